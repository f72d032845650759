package workflows_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"lvyue/activities"
	"lvyue/internal/message"
)

func TestContract_AfterAnOutageOneReminderStandsForAll(t *testing.T) { // §5.6
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.until("2026-10-01 00:00")
	s.downUntil("2026-10-18 12:00") // over the reminders of 12 and 17 October
	s.until("2026-10-19 12:00")
	s.expect(want{Messages: append(slices.Clone(firstMessages),
		"2026-09-21 00:00 renewal-talks/1 opened",
		"2026-10-17 09:00 renewal-talks/1 reminder",
		"2026-10-19 09:00 renewal-talks/1 due-today")})
}

func TestContract_AfterAnOutageTheEngineDoesNoActOfAPerson(t *testing.T) { // §5.2 §5.6 §7.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-07-31 11:00", offers(fee, nil))
	s.until("2026-08-01 00:00")
	s.downUntil("2027-01-15 12:00")
	s.until("2027-02-01 00:00")
	s.expect(want{
		State: "ended, ended 2026-10-19",
		Duties: append(slices.Clone(firstDuties),
			"renewal-talks/1: opened 2026-09-21 00:00, due 2026-10-19, void",
			"destruction: opened 2026-10-20 00:00, due 2026-10-26, overdue"),
		Years: []string{firstYear},
		Messages: append(slices.Clone(firstMessages),
			"2026-09-21 00:00 renewal-talks/1 opened",
			"2026-10-20 00:00 destruction opened",
			"2026-10-27 00:00 destruction overdue"),
	})
	if got := s.account.Left(); got != 6 {
		t.Errorf("%d resources are left, want 5: nobody has confirmed", got)
	}
}

func TestContract_ADeploymentThatFailsForGoodWaitsForAPerson(t *testing.T) { // §3.2 §5.5
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", 0)
	s.comesIntoForce()
	s.at("2025-10-09 15:00", retries("deployment").as("early"), pays(fee, "ICBC-001"))
	s.cloud = s.client("not the key")
	s.until("2025-10-12 12:00")
	s.expect(want{
		State: "deploying",
		Duties: []string{
			firstDuties[0], "deployment: opened 2025-10-09 15:00, due 2025-10-11, overdue, parked",
		},
		Messages: append(slices.Clone(firstMessages),
			"2025-10-09 15:00 deployment attention", "2025-10-11 09:00 deployment due-today", "2025-10-12 00:00 deployment overdue"),
	})
	s.cloud = s.client("untold")
	s.at("2025-10-13 09:00", retries("deployment"))
	s.at("2025-10-13 09:30", retries("deployment").as("late"))
	s.until("2025-10-13 10:00")
	s.expect(want{
		State:  "in-service",
		Duties: []string{firstDuties[0], "deployment: opened 2025-10-09 15:00, due 2025-10-11, met-late 2025-10-13 09:00"},
		Years:  []string{"1: 2025-10-13..2026-10-12 120000.00"},
	})
	s.wantTold(map[string]string{"early": "not_parked", "late": "not_parked"})
}

func TestContract_ADestructionThatFailsForGoodIsTriedAgainByAPerson(t *testing.T) { // §7.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 11:00", terminates("2026-03-02", message.Agreement))
	s.until("2026-03-03 00:00")
	s.cloud = s.client("not the key")
	s.at("2026-03-03 10:00", confirms("chen"), confirms("wang"))
	s.until("2026-03-10 12:00")
	s.expect(want{
		State:  "destroying, ended 2026-03-02",
		Duties: append(slices.Clone(firstDuties), "destruction: opened 2026-03-03 00:00, due 2026-03-09, overdue, parked"),
	})
	s.cloud = s.client("untold")
	s.at("2026-03-10 13:00", retries("destruction"))
	s.until("2026-03-11 00:00")
	s.expect(want{
		State: "destroyed, ended 2026-03-02",
		Duties: append(slices.Clone(firstDuties),
			"destruction: opened 2026-03-03 00:00, due 2026-03-09, met-late 2026-03-10 13:00"),
	})
	if got := s.account.Left(); got != 0 || !s.over {
		t.Errorf("%d resources are left, the workflow is over: %v; want 0, true", got, s.over)
	}
}

func TestContract_AWorkEndedByHandIsNoticed(t *testing.T) { // §5.5
	t.Parallel()
	t.Run("at the start of a run", func(t *testing.T) {
		t.Parallel()
		s := begin(t, "2025-09-26 09:00", time.Hour)
		s.comesIntoForce()
		s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
		s.until("2025-10-09 15:05") // the story's works do not outlive its runs
		s.until("2025-10-09 15:10")
		s.expect(want{Duties: []string{firstDuties[0], "deployment: opened 2025-10-09 15:00, due 2025-10-11, pending, parked"}})
	})
	t.Run("a day later at the latest", func(t *testing.T) {
		t.Parallel()
		s := begin(t, "2025-09-26 09:00", 75*time.Hour)
		s.comesIntoService() // 20 October is named for the deployment
		s.until("2025-10-09 15:05")
		s.server.keep(true)
		s.at("2025-10-12 12:00", happens(func(s *story) { s.server.keep(false) }))
		s.until("2025-10-12 12:01")
		s.expect(want{Duties: []string{firstDuties[0], "deployment: opened 2025-10-09 15:00, due 2025-10-20, pending"}})
		s.server.keep(true)
		s.at("2025-10-12 12:02", happens(func(s *story) { s.server.keep(false) }))
		s.until("2025-10-13 12:02")
		s.expect(want{Duties: []string{firstDuties[0], "deployment: opened 2025-10-09 15:00, due 2025-10-20, pending, parked"}})
	})
	t.Run("a day later at the latest, also when the duty is overdue", func(t *testing.T) {
		t.Parallel()
		s := begin(t, "2025-09-26 09:00", 75*time.Hour)
		s.comesIntoForce()
		s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
		s.until("2025-10-09 15:05")
		s.server.keep(true)
		s.at("2025-10-12 01:00", happens(func(s *story) { s.server.keep(false) })) // overdue for an hour
		s.until("2025-10-12 01:01")
		s.expect(want{Duties: []string{firstDuties[0], "deployment: opened 2025-10-09 15:00, due 2025-10-11, overdue"}})
		s.server.keep(true)
		s.at("2025-10-12 01:02", happens(func(s *story) { s.server.keep(false) }))
		s.until("2025-10-13 01:02")
		s.expect(want{Duties: []string{firstDuties[0], "deployment: opened 2025-10-09 15:00, due 2025-10-11, overdue, parked"}})
		s.at("2025-10-13 09:00", retries("deployment").as("again"))
		s.until("2025-10-14 00:00")
		s.wantTold(map[string]string{"again": ""})
		s.expect(want{State: "in-service"})
	})
	t.Run("when the duty falls due", func(t *testing.T) {
		t.Parallel()
		s := begin(t, "2025-09-26 09:00", 75*time.Hour)
		s.comesIntoForce()
		s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
		s.until("2025-10-09 15:05")
		s.server.keep(true)
		s.at("2025-10-11 16:00", happens(func(s *story) { s.server.keep(false) }))
		s.until("2025-10-11 23:59:59")
		s.expect(want{Duties: []string{firstDuties[0], "deployment: opened 2025-10-09 15:00, due 2025-10-11, pending"}})
		s.server.keep(true)
		s.at("2025-10-12 00:00:00", happens(func(s *story) { s.server.keep(false) })) // before the engine's grace is over
		s.until("2025-10-12 00:01")
		s.expect(want{Duties: []string{firstDuties[0], "deployment: opened 2025-10-09 15:00, due 2025-10-11, overdue, parked"}})
		s.at("2025-10-13 09:00", retries("deployment"))
		s.until("2025-10-14 00:00")
		s.expect(want{State: "in-service"})
		if got := s.account.Created(); got != 6 {
			t.Errorf("%d resources were ordered, want 6: the second try goes on with what the first one made", got)
		}
	})
}

// absent is evidence whose database is away for some time.
type absent struct {
	activities.EvidenceStore

	away func() bool
}

func (a absent) Record(ctx context.Context, r message.Record) error {
	if a.away() {
		return errors.New("the database is away")
	}
	return a.EvidenceStore.Record(ctx, r)
}

func TestContract_WhileTheDatabaseIsAwayItWaitsAndLosesNothing(t *testing.T) {
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	from, to := instant(t, "2025-10-10 23:59:30"), instant(t, "2025-10-11 00:00:40")
	s.evidence = absent{s.store, func() bool { return s.now().After(from) && s.now().Before(to) }}
	s.comesIntoForce()
	s.until("2025-10-11 12:00")
	s.expect(want{
		Duties: []string{"first-payment: opened 2025-09-26 16:00, due 2025-10-10, overdue"},
		Messages: append(slices.Clone(firstMessages),
			"2025-10-10 09:00 first-payment due-today", "2025-10-11 00:00 first-payment overdue"),
	})
}
