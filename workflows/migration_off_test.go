package workflows_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lvyue/activities"
	"lvyue/internal/handover"
	"lvyue/internal/message"
	"lvyue/internal/offsite"
	"lvyue/internal/suite"
)

// handsOver gives the story a store outside the cloud, and gives its folder.
func (s *story) handsOver() string {
	s.t.Helper()
	dir := s.t.TempDir()
	store, err := offsite.OpenPackages(s.t.Context(), "file://"+dir, "stories", s.systems)
	must(s.t, err)
	s.t.Cleanup(func() { must(s.t, store.Close()) })
	s.exports = store
	return filepath.Join(dir, "stories", s.form.Number)
}

// loads puts the files of a package into a fresh system, and gives what it counts; nothing but the files is used.
func (s *story) loads(folder, host string) (handover.Manifest, suite.Counts) {
	s.t.Helper()
	s.server64(host)
	var m handover.Manifest
	text, err := os.ReadFile(filepath.Join(folder, handover.ManifestFile))
	must(s.t, err)
	must(s.t, json.Unmarshal(text, &m))
	for name, put := range map[string]func(context.Context, string, string, *os.File, int64) error{
		handover.DatabaseFile: func(ctx context.Context, host, number string, f *os.File, size int64) error {
			return s.systems.PutDatabase(ctx, host, number, f, size)
		},
		handover.FilesFile: func(ctx context.Context, host, number string, f *os.File, size int64) error {
			return s.systems.PutFiles(ctx, host, number, f, size)
		},
	} {
		f, err := os.Open(filepath.Join(folder, name))
		must(s.t, err)
		info, err := f.Stat()
		must(s.t, err)
		must(s.t, put(s.t.Context(), host, s.form.Number, f, info.Size()))
		must(s.t, f.Close())
	}
	return m, s.counts(host)
}

// A customer tries a first package while it works on, accepts the last one in writing, owes nothing for either, and only then
// is anything destroyed.
func TestContract_ACustomerLeavesWithAllItsData(t *testing.T) { // §3.8 §7.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.untilTold("while it is made")
	folder := s.handsOver()
	s.comesIntoForce()
	s.at("2025-10-08 10:00", movesOff("2025-11-28", false).as("before the deployment"))
	s.at("2025-10-09 09:00", names("2025-10-20"))
	s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
	s.at("2026-03-02 10:00", movesOff("", false).as("no day"), movesOff("2026-03-01", false).as("past"), acceptsPackage(paper).as("nothing open"),
		movesOff("2026-03-31", false), movesOff("", true).as("too soon"), acceptsPackage(paper).as("while it is made"))
	var first, last suite.Counts
	s.at("2026-03-03 10:00", happens(func(s *story) {
		if s.isFrozen(s.deployed()) {
			t.Error("the customer cannot work on")
		}
		_, first = s.loads(filepath.Join(folder, "migration-off-1"), "first.example.com")
	}), acceptsPackage(paper).as("not final"), movesOff("2026-04-01", false).as("another day"))
	s.at("2026-03-04 10:00", terminates("2026-03-10", message.Agreement), movesOff("2026-03-31", true))
	s.at("2026-03-05 10:00", happens(func(s *story) {
		if !s.isFrozen(s.deployed()) {
			t.Error("the last word can still change")
		}
		var m handover.Manifest
		m, last = s.loads(filepath.Join(folder, "migration-off-2"), "last.example.com")
		if differences := suite.Differences(m.Counts, last); len(differences) > 0 || !m.Final || !m.Still || len(m.Products) != 4 {
			t.Errorf("the package differs: %v, %+v", differences, m)
		}
	}))
	s.at("2026-03-11 10:00", confirms("wang").as("unaccepted"),
		deed{name: message.AcceptPackage, who: "chen", body: message.PackageAcceptance{By: message.Provider, Document: paper}}.as("by the provider"),
		acceptsPackage("signed").as("no paper"))
	s.sees("2026-03-11 11:00", "migration", "migration-off/1: opened 2026-03-02 10:00, due 2026-03-31, pending")
	s.at("2026-03-12 10:00", acceptsPackage(paper), acceptsPackage(paper).as("twice"))
	s.at("2026-03-12 11:00", confirms("wang"), confirms("zhao"), movesOff("2026-03-31", true).as("under way"))
	s.until("2026-03-20 00:00")
	s.expect(want{State: "destroyed, ended 2026-03-10"})
	s.compare("duties", s.duties("migration"), []string{"migration-off/1: opened 2026-03-02 10:00, due 2026-03-31, met 2026-03-12 10:00"})
	s.compare("events", s.recorded("exported", "migration-failed"), []string{"exported migration-off/1", "exported migration-off/1"})
	s.compare("invoices", s.documents(), []string{"INV first-payment 120000.00 2025-09-26"})
	if left, err := s.exports.Left(t.Context(), s.form.Number); err != nil || len(left) > 0 {
		t.Errorf("we keep %v, %v", left, err)
	}
	if len(suite.Differences(first, last)) > 0 {
		t.Error("two packages of the same data differ")
	}
	s.wantTold(map[string]string{
		"before the deployment": "not_deployed", "no day": "bad_day", "past": "past_day", "nothing open": "no_migration", "too soon": "migration_running",
		"while it is made": "migration_running", "not final": "not_final", "another day": "other_day", "unaccepted": "migration_open",
		"by the provider": "not_the_customer", "no paper": "bad_document", "twice": "no_migration", "under way": "destruction_under_way",
	})
	s.sound()
}

// After the contract's end the customer may still ask for its data, and a work at it is not stopped by the end.
func TestContract_TheDataIsOwedAfterTheEnd(t *testing.T) { // §3.8
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.handsOver()
	s.comesIntoService()
	s.at("2026-03-02 10:00", terminates("2026-03-02", message.Agreement))
	s.at("2026-03-03 10:00", confirms("wang"), movesOff("2026-03-06", true))
	s.at("2026-03-03 11:00", confirms("zhao").as("unaccepted"))
	s.at("2026-03-04 10:00", waives("migration-off/1"), confirms("zhao").as("waived"))
	s.until("2026-03-10 00:00")
	s.expect(want{State: "destroyed, ended 2026-03-02"})
	s.compare("duties", s.duties("migration"), []string{"migration-off/1: opened 2026-03-03 10:00, due 2026-03-06, waived"})
	s.wantTold(map[string]string{"unaccepted": "migration_open", "waived": ""})
}

// unreachable is a store that nothing can be written to, while it is told so.
type unreachable struct {
	activities.Exports

	down *bool
}

func (u unreachable) Export(ctx context.Context, o handover.Order) (handover.Package, error) {
	if *u.down {
		return handover.Package{}, errors.New("the store does not answer")
	}
	return u.Exports.Export(ctx, o)
}

// A final package that cannot be made lets the customer work on; what was frozen in vain is let go.
func TestContract_AFinalPackageThatFailsLetsTheCustomerWorkOn(t *testing.T) { // §3.8
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	folder, down := s.handsOver(), true
	s.exports = unreachable{s.exports, &down}
	s.comesIntoService()
	s.at("2026-03-02 10:00", movesOff("2026-03-31", true))
	s.sees("2026-03-02 12:00", "migration", "migration-off/1: opened 2026-03-02 10:00, due 2026-03-31, pending, parked")
	frozenAt := func(at string, want bool) {
		s.at(at, happens(func(s *story) {
			if got := s.isFrozen(s.deployed()); got != want {
				t.Errorf("at %s frozen %v", at, got)
			}
		}))
	}
	frozenAt("2026-03-02 13:00", false)
	s.at("2026-03-03 10:00", happens(func(*story) { down = false }), retries("migration-off/1"))
	frozenAt("2026-03-03 11:00", true)
	s.at("2026-03-04 10:00", waives("migration-off/1"))
	frozenAt("2026-03-04 11:00", false)
	s.at("2026-03-05 10:00", movesOff("2026-03-31", true))
	frozenAt("2026-03-05 11:00", true)
	s.at("2026-03-06 10:00", movesOff("", false))
	frozenAt("2026-03-06 11:00", false)
	s.at("2026-03-06 12:00", acceptsPackage(paper).as("not the last word any more"))
	s.until("2026-03-07 00:00")
	s.compare("duties", s.duties("migration"), []string{
		"migration-off/1: opened 2026-03-02 10:00, due 2026-03-31, waived", "migration-off/2: opened 2026-03-05 10:00, due 2026-03-31, pending",
	})
	s.compare("events", s.recorded("exported", "migration-failed", "thawed"), []string{
		"migration-failed migration-off/1", "exported migration-off/1", "thawed migration-off/1", "exported migration-off/2", "exported migration-off/2",
	})
	s.wantTold(map[string]string{"not the last word any more": "not_final"})
	made, err := os.ReadDir(folder)
	must(t, err)
	if len(made) != 3 {
		t.Errorf("the packages are %v", made)
	}
}

// Without a store outside the cloud the duty waits for a person, who is told what is missing.
func TestContract_APackageNeedsAStore(t *testing.T) { // §3.8
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", movesOff("2026-03-31", false))
	s.until("2026-03-03 00:00")
	s.compare("duties", s.duties("migration"), []string{"migration-off/1: opened 2026-03-02 10:00, due 2026-03-31, pending, parked"})
	if o := s.expect(want{}).Obligations; !strings.Contains(o[len(o)-1].Attention, "LVYUE_EXPORT_URL") {
		t.Errorf("people are told %q", o[len(o)-1].Attention)
	}
}
