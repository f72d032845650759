package postgres_test

import (
	"sync"
	"testing"

	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// notice2027 has the days of the law, with the weekend hits made good and nothing moved.
func notice2027() workday.Notice {
	n := workday.Notice{Year: 2027, Number: "test", PublishedOn: workday.MustDate("2026-11-04"), URL: "https://example.com"}
	for _, d := range []string{
		"2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-02-10", "2027-04-05", "2027-05-01",
		"2027-05-02", "2027-05-03", "2027-05-04", "2027-06-09", "2027-09-15", "2027-10-01", "2027-10-02", "2027-10-03", "2027-10-04", "2027-10-05",
	} {
		n.Days = append(n.Days, workday.NoticeDay{Date: workday.MustDate(d), Name: "假日", Off: true})
	}
	return n
}

func TestAnImportedNoticeCountsAtOnce_InEveryProcess(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	worker := testkit.Open(t, store.Schema())
	calendar, err := worker.Calendar(t.Context())
	if err != nil || calendar.Version() != workday.Embedded().Version() {
		t.Fatalf("version %s (%v)", calendar.Version(), err)
	}
	for i, want := range []bool{true, false} {
		if added, err := store.ImportNotice(t.Context(), notice2027()); err != nil || added != want {
			t.Errorf("import %d: added %v (%v)", i+1, added, err)
		}
	}
	wider, err := workday.New(append(workday.Embedded().Notices(), notice2027())...)
	if err != nil {
		t.Fatal(err)
	}
	if calendar, err = worker.Calendar(t.Context()); err != nil || calendar.Version() != wider.Version() {
		t.Errorf("the worker counts by %s, want %s (%v)", calendar.Version(), wider.Version(), err)
	}
	if again, err := worker.Calendar(t.Context()); err != nil || again != calendar {
		t.Errorf("nothing new, and yet another calendar (%v)", err)
	}
	amendment := workday.Notice{Year: 2027, Number: "amends", Amends: "test", Days: []workday.NoticeDay{
		{Date: workday.MustDate("2027-10-06"), Off: true}, {Date: workday.MustDate("2027-10-09")},
	}}
	if added, err := worker.ImportNotice(t.Context(), amendment); err != nil || !added {
		t.Fatalf("the amendment: added %v (%v)", added, err)
	}
	after, err := store.Calendar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if next, err := after.AddWorkingDays(workday.MustDate("2027-10-05"), 3); err != nil || next.Date.String() != "2027-10-09" || next.Provisional {
		t.Errorf("counted to %v (%v)", next, err)
	}
}

func TestANoticeIsImportedOnce_WhoeverDoesItAtOnce(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	var everyone sync.WaitGroup
	added := make([]bool, 8)
	for i := range added {
		everyone.Go(func() {
			var err error
			if added[i], err = store.ImportNotice(t.Context(), notice2027()); err != nil {
				t.Error(err)
			}
		})
	}
	everyone.Wait()
	n := 0
	for _, one := range added {
		if one {
			n++
		}
	}
	if n != 1 || ask[int](t, store, "SELECT count(*) FROM calendar_notice") != 1 {
		t.Errorf("imported %d times", n)
	}
}

func TestAnEmbeddedNoticeIsKnown(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	for _, n := range workday.Embedded().Notices() {
		if added, err := store.ImportNotice(t.Context(), n); err != nil || added {
			t.Errorf("%d: added %v (%v)", n.Year, added, err)
		}
	}
}

func TestABadNoticeIsRefused_AndLeavesNothing(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	bad := notice2027()
	bad.Days = append(bad.Days, workday.NoticeDay{Date: workday.MustDate("2027-03-03")}) // a Wednesday worked in exchange
	added, err := store.ImportNotice(t.Context(), bad)
	wantCode(t, err, "notice_make_up_weekday")
	calendar, err := store.Calendar(t.Context())
	if err != nil || added || calendar.Version() != workday.Embedded().Version() {
		t.Errorf("added %v, version %s (%v)", added, calendar.Version(), err)
	}
}

// An import that a later build's embedded notice contradicts must not stop the counting of days.
func TestWhatTheProductEmbedsRulesOverAnImport(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	if err := asSuperuser(t, store, `INSERT INTO calendar_notice (year, number, url, amends, days)
		VALUES (2026, '', '', '', '[{"date": "2026-01-01", "name": "", "off": true}]')`); err != nil {
		t.Fatal(err)
	}
	if calendar, err := store.Calendar(t.Context()); err != nil || calendar.Version() != workday.Embedded().Version() {
		t.Errorf("version %s (%v)", calendar.Version(), err)
	}
	if added, err := store.ImportNotice(t.Context(), notice2027()); err != nil || !added {
		t.Errorf("the next import: added %v (%v)", added, err)
	}
}
