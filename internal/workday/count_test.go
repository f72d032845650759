package workday_test

import (
	"testing"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// The examples were counted by hand.
func TestAddWorkingDays_CountsAsTheLawAndTheNoticesDo(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		why  string
		from string
		n    int
		want string
	}{
		{"Spring Festival eve was a working day in 2024", "2024-02-08", 5, "2024-02-21"},
		{"a make-up Sunday counts", "2024-02-02", 2, "2024-02-05"},
		{"around Labour Day", "2024-04-26", 5, "2024-05-07"},
		{"a make-up Saturday counts", "2024-05-10", 2, "2024-05-13"},
		{"make-up Saturday before Mid-Autumn", "2024-09-13", 2, "2024-09-18"},
		{"National Day 2024", "2024-09-27", 5, "2024-10-10"},
		{"over the year's end", "2024-12-30", 2, "2025-01-02"},
		{"into Spring Festival 2025", "2025-01-24", 5, "2025-02-07"},
		{"ends on a make-up Saturday", "2025-01-24", 6, "2025-02-08"},
		{"§5.4 five days after signing before National Day", "2025-09-26", 5, "2025-10-10"},
		{"§3.4 thirty days over National Day", "2025-09-26", 30, "2025-11-13"},
		{"make-up Sunday in January", "2025-12-29", 5, "2026-01-06"},
		{"nine days of Spring Festival 2026", "2026-02-13", 5, "2026-02-27"},
		{"one day, to a make-up Saturday", "2026-02-27", 1, "2026-02-28"},
		{"make-up Sunday before Mid-Autumn", "2026-09-18", 5, "2026-09-24"},
		{"Mid-Autumn and National Day 2026", "2026-09-24", 5, "2026-10-09"},
		{"from a day off", "2026-10-03", 2, "2026-10-09"},
		{"May Day 2019 as amended", "2019-04-30", 1, "2019-05-05"},
		{"make-up Sunday of the amendment of 2019", "2019-04-26", 1, "2019-04-28"},
		{"Spring Festival 2020 as extended", "2020-01-23", 1, "2020-02-03"},
		{"December 2018 by the notice for 2019", "2018-12-28", 2, "2019-01-02"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			got, err := workday.Embedded().AddWorkingDays(workday.MustDate(tt.from), tt.n)
			wantDay(t, got, err, tt.want, false)
		})
	}
}

func TestWorkingDaysBefore_CountsStrictlyBeforeTheDay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		why  string
		day  string
		n    int
		want string
	}{
		{"opens on a make-up Saturday", "2025-02-28", 15, "2025-02-08"},
		{"from a Sunday over Spring Festival", "2026-03-08", 15, "2026-02-10"},
		{"§5.6 the window before a year that ends with December", "2025-12-31", 15, "2025-12-10"},
		{"over a make-up Saturday", "2024-10-14", 5, "2024-10-08"},
		{"§5.6 the window before 29 February", "2026-02-28", 15, "2026-02-02"},
		{"§5.6 the window before 19 October 2026", "2026-10-19", 15, "2026-09-21"},
		{"one day before a Monday", "2025-03-03", 1, "2025-02-28"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			got, err := workday.Embedded().WorkingDaysBefore(workday.MustDate(tt.day), tt.n)
			wantDay(t, got, err, tt.want, false)
		})
	}
}

// Tier A: the law alone, until the notice for 2027 is published.
func TestAddWorkingDays_IsProvisionalWhereANoticeIsStillToCome(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		why         string
		from        string
		n           int
		want        string
		provisional bool
	}{
		{"the last day that only its own notice rules", "2026-12-24", 1, "2026-12-25", false},
		{"a Saturday that the next notice may turn into a working day", "2026-12-25", 1, "2026-12-28", true},
		{"starting inside the open days reads the rest of them", "2026-12-27", 1, "2026-12-28", true},
		{"over New Year", "2026-12-30", 2, "2027-01-04", true},
		{"§3.4 thirty days into 2027", "2026-11-20", 30, "2027-01-04", true},
		{"one fewer stays in 2026, among the open days", "2026-11-20", 29, "2026-12-31", true},
		{"24 stay before them", "2026-11-20", 25, "2026-12-25", false},
		{"Spring Festival's weekend days made good", "2027-02-04", 1, "2027-02-11", true},
		{"Labour Day's weekend days made good", "2027-04-30", 1, "2027-05-05", true},
		{"National Day's weekend days made good", "2027-09-30", 1, "2027-10-06", true},
		{"never the weekends alone", "2027-06-08", 1, "2027-06-10", true},
		{"Mid-Autumn inside National Day made good", "2028-09-29", 1, "2028-10-06", true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			got, err := workday.Embedded().AddWorkingDays(workday.MustDate(tt.from), tt.n)
			wantDay(t, got, err, tt.want, tt.provisional)
		})
	}
}

func TestWorkingDaysBefore_ReadsBackIntoTheProvisionalDays(t *testing.T) {
	t.Parallel()
	got, err := workday.Embedded().WorkingDaysBefore(workday.MustDate("2027-01-04"), 2)
	wantDay(t, got, err, "2026-12-30", true)
	got, err = workday.Embedded().WorkingDaysBefore(workday.MustDate("2026-12-26"), 1)
	wantDay(t, got, err, "2026-12-25", false)
}

func TestCount_RefusesWhatCannotBeCounted(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		day  string
		n    int
		code string
	}{
		{"2026-03-02", 0, "bad_count"},
		{"2026-03-02", -1, "bad_count"},
		{"2100-12-31", 1, "calendar_unknown"},
		{"2026-03-02", 100000, "calendar_unknown"},
		{"2500-01-01", 1, "calendar_unknown"},
		{"1999-12-31", 1, "calendar_unknown"},
	} {
		_, err := workday.Embedded().AddWorkingDays(workday.MustDate(tt.day), tt.n)
		wantCode(t, err, tt.code)
	}
	_, err := workday.Embedded().WorkingDaysBefore(workday.MustDate("2014-01-01"), 1)
	wantCode(t, err, "calendar_unknown")
	_, err = workday.Embedded().AddWorkingDays(workday.Date{}, 1)
	wantCode(t, err, "impossible_date")
	_, err = workday.Embedded().ExplainAdd(workday.Date{}, 1)
	wantCode(t, err, "impossible_date")
}

func TestCount_ReachesTheEdgesOfTheCalendar(t *testing.T) {
	t.Parallel()
	got, err := workday.Embedded().AddWorkingDays(workday.MustDate("2013-12-31"), 1)
	wantDay(t, got, err, "2014-01-02", true)
	got, err = workday.Embedded().AddWorkingDays(workday.MustDate("2100-12-30"), 1)
	wantDay(t, got, err, "2100-12-31", true)
}

func BenchmarkAddWorkingDays(b *testing.B) {
	c, from := workday.Embedded(), workday.MustDate("2025-09-26")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.AddWorkingDays(from, 30); err != nil {
			b.Fatal(err)
		}
	}
}

func wantDay(t *testing.T, got workday.Result, err error, want string, provisional bool) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if got.Date.String() != want || got.Provisional != provisional {
		t.Errorf("got %s, provisional %t; want %s, %t", got.Date, got.Provisional, want, provisional)
	}
	if got.Calendar != workday.Embedded().Version() {
		t.Errorf("calendar %q", got.Calendar)
	}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if r, ok := refusal.As(err); !ok || r.Code != code || r.ZH == "" || r.EN == "" {
		t.Errorf("got %v, want refusal %s", err, code)
	}
}
