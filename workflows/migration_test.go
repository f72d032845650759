package workflows_test

import (
	"strconv"
	"sync/atomic"
	"testing"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/suite"
)

// What the customer enters in its old system until the cut-over is there afterwards; the old system stays whole and takes no
// changes any more.
func TestContract_ACustomersOwnSystemMovesOntoTheCloud(t *testing.T) { // §3.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	old := s.server64(oldHost)
	s.untilTold("while it runs")
	s.comesIntoForce()
	s.at("2025-10-08 10:00", movesIn(oldHost, "2025-11-28").as("before the deployment"))
	s.at("2025-10-09 09:00", names("2025-10-20"))
	s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
	s.at("2025-11-03 10:00", cutsOver("migration-in/2").as("unknown"), movesIn(oldHost, "2025-11-02").as("past"),
		movesIn(oldHost, "2031-11-02").as("far"), movesIn("http://oa/", "2025-11-28").as("no host"),
		movesIn(oldHost, "2025-11-28"), movesIn(oldHost, "2025-11-28").as("again"), cutsOver("migration-in/1").as("too soon"),
		waives("migration-in/1").as("while it runs"))
	s.sees("2025-11-03 11:00", "migration", "migration-in/1: opened 2025-11-03 10:00, due 2025-11-28, pending")
	var rehearsed suite.Counts
	s.at("2025-11-03 12:00", happens(func(s *story) {
		rehearsed = s.counts(s.deployed())
		if old.frozen() || len(suite.Differences(s.counts(oldHost), rehearsed)) > 0 {
			t.Error("the rehearsal differs, or the old system is frozen")
		}
	}))
	s.at("2025-11-04 10:00", old.enters("4", "a late row"))
	s.at("2025-11-05 10:00", cutsOver("migration-in/1"))
	s.at("2025-11-06 10:00", cutsOver("migration-in/1").as("twice"), movesIn(oldHost, "2025-11-28").as("once more"))
	s.until("2025-11-07 00:00")
	s.compare("duties", s.duties("migration"), []string{"migration-in/1: opened 2025-11-03 10:00, due 2025-11-28, met 2025-11-05 10:00"})
	now := s.counts(s.deployed())
	if differences := suite.Differences(s.counts(oldHost), now); len(differences) > 0 || !old.frozen() || now.Rows() != rehearsed.Rows()+1 {
		t.Errorf("differences %v, frozen %v, %d rows after %d", differences, old.frozen(), now.Rows(), rehearsed.Rows())
	}
	s.compare("events", s.recorded("migration-rehearsed", "migrated", "migration-failed"), []string{
		"migration-rehearsed migration-in/1", "migrated migration-in/1",
	})
	s.wantTold(map[string]string{
		"before the deployment": "not_deployed", "unknown": "unknown_migration", "past": "past_day", "far": "far_day", "no host": "bad_host",
		"again": "already_open", "too soon": "migration_running", "while it runs": "migration_running", "twice": "not_open",
		"once more": "already_migrated",
	})
	s.compare("invoices", s.documents(), []string{"INV first-payment 120000.00 2025-09-26"})
	s.sound()
}

// A 32-bit system is upgraded by people first; then the duty goes on.
func TestContract_A32BitSystemIsUpgradedFirst(t *testing.T) { // §3.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	old := s.server64(oldHost)
	old.system.Bits = 32
	s.comesIntoService()
	s.at("2025-11-03 10:00", movesIn(oldHost, "2025-11-28"))
	s.sees("2025-11-03 11:00", "migration", "migration-in/1: opened 2025-11-03 10:00, due 2025-11-28, pending, parked")
	s.at("2025-11-04 10:00", cutsOver("migration-in/1").as("unrehearsed"), happens(func(s *story) { old.run(s, "suite upgrade") }), retries("migration-in/1"))
	s.at("2025-11-05 10:00", cutsOver("migration-in/1"))
	s.until("2025-11-29 00:00")
	s.compare("duties", s.duties("migration"), []string{"migration-in/1: opened 2025-11-03 10:00, due 2025-11-28, met 2025-11-05 10:00"})
	s.compare("events", s.recorded("migration-rehearsed", "migrated", "migration-failed"), []string{
		"migration-failed migration-in/1", "migration-rehearsed migration-in/1", "migrated migration-in/1",
	})
	s.wantTold(map[string]string{"unrehearsed": "not_rehearsed"})
}

// A copy that is spoilt on the way ends the cut-over: the customer works on in its old system, and nothing there has changed.
func TestContract_ACutOverThatFailsLeadsBack(t *testing.T) { // §3.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	old := s.server64(oldHost)
	spoils := false
	s.systems.spoil = lossy(oldHost, func() bool { return spoils })
	s.comesIntoService()
	s.at("2025-11-03 10:00", movesIn(oldHost, "2025-11-28"))
	s.at("2025-11-04 10:00", happens(func(*story) { spoils = true }), cutsOver("migration-in/1"))
	s.sees("2025-11-04 11:00", "migration", "migration-in/1: opened 2025-11-03 10:00, due 2025-11-28, pending, parked")
	s.at("2025-11-04 12:00", happens(func(s *story) {
		if counts := s.counts(oldHost); old.frozen() || counts.Rows() != 6 {
			t.Errorf("frozen %v, %d rows", old.frozen(), counts.Rows())
		}
		spoils = false
	}))
	s.at("2025-11-05 10:00", cutsOver("migration-in/1"))
	s.until("2025-11-06 00:00")
	s.compare("duties", s.duties("migration"), []string{"migration-in/1: opened 2025-11-03 10:00, due 2025-11-28, met 2025-11-05 10:00"})
	if !old.frozen() || len(suite.Differences(s.counts(oldHost), s.counts(s.deployed()))) > 0 {
		t.Error("the second cut-over moved nothing")
	}
}

// An old system that does not answer parks the duty in time for people to see to it, and a missed day is a breach like any.
func TestContract_AMigrationThatNobodySeesToIsLate(t *testing.T) { // §3.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2025-11-03 10:00", movesIn("nobody.example.com", "2025-11-08"))
	s.sees("2025-11-03 11:00", "migration", "migration-in/1: opened 2025-11-03 10:00, due 2025-11-08, pending, parked")
	s.sees("2025-11-08 23:59", "migration", "migration-in/1: opened 2025-11-03 10:00, due 2025-11-08, pending, parked") // a Saturday
	s.sees("2025-11-09 00:01", "migration", "migration-in/1: opened 2025-11-03 10:00, due 2025-11-08, overdue, parked")
	s.at("2025-11-10 10:00", waives("migration-in/1"))
	s.at("2025-11-10 11:00", movesIn(oldHost, "2025-12-01").as("another host"))
	s.at("2025-11-20 10:00", terminates("2025-11-20", message.Agreement))
	s.until("2025-11-21 12:00")
	s.compare("duties", s.duties("migration"), []string{
		"migration-in/1: opened 2025-11-03 10:00, due 2025-11-08, waived, parked",
		"migration-in/2: opened 2025-11-10 11:00, due 2025-12-01, void, parked",
	})
	s.wantTold(map[string]string{"another host": ""})
}

// A rehearsal does not stop the customer's work: it counts as equal by what was there before the copy, or after it. One that
// finds no quiet moment at all is left to a person.
func TestContract_ARehearsalBearsWithWorkInTheOldSystem(t *testing.T) { // §3.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	old, rows, busy := s.server64(oldHost), atomic.Int64{}, atomic.Bool{}
	enters := func() { old.enters(strconv.FormatInt(3+rows.Add(1), 10), "meanwhile").other(s) }
	s.systems.taken = func(string) { enters() }
	s.systems.holds = func() {
		if busy.Load() {
			enters()
		}
	}
	busy.Store(true)
	s.comesIntoService()
	s.at("2025-11-03 10:00", movesIn(oldHost, "2025-11-28"))
	s.sees("2025-11-03 12:00", "migration", "migration-in/1: opened 2025-11-03 10:00, due 2025-11-28, pending, parked")
	s.at("2025-11-03 20:00", cutsOver("migration-in/1").as("unrehearsed"), happens(func(*story) { busy.Store(false) }), retries("migration-in/1"))
	s.until("2025-11-04 00:00")
	s.compare("events", s.recorded("migration-rehearsed", "migration-failed"), []string{
		"migration-failed migration-in/1", "migration-rehearsed migration-in/1",
	})
	s.wantTold(map[string]string{"unrehearsed": "not_rehearsed"})
}

func TestContract_WhoDidNotRunOnItsOwnServersHasNothingToMigrate(t *testing.T) { // §3.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	none, rented := s.form, s.form
	none.MigrationIn, rented.MigrationIn = nil, &contract.MigrationIn{}
	s.at("2025-10-27 10:00", amend(none)...)
	s.at("2025-10-28 10:00", movesIn(oldHost, "2025-11-28").as("not said"))
	s.at("2025-10-29 10:00", amend(rented)...)
	s.at("2025-11-03 10:00", movesIn(oldHost, "2025-11-28").as("none"))
	s.until("2025-11-04 00:00")
	s.wantTold(map[string]string{"not said": "nothing_to_migrate", "none": "nothing_to_migrate"})
	if opened := s.duties("migration"); len(opened) > 0 {
		t.Errorf("it opened %v", opened)
	}
}
