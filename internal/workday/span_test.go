package workday_test

import (
	"testing"

	"pgregory.net/rapid"

	"lvyue/internal/workday"
)

func TestServiceYear_EndsTheDayBeforeTheCorrespondingDay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		start       string
		k           int
		first, last string
	}{
		{"2025-10-20", 1, "2025-10-20", "2026-10-19"},
		{"2025-10-20", 2, "2026-10-20", "2027-10-19"},
		{"2024-02-29", 1, "2024-02-29", "2025-02-28"},
		{"2024-02-29", 2, "2025-03-01", "2026-02-28"},
		{"2024-02-29", 4, "2027-03-01", "2028-02-28"},
		{"2024-02-29", 5, "2028-02-29", "2029-02-28"},
		{"2023-03-01", 1, "2023-03-01", "2024-02-29"},
		{"2024-02-28", 1, "2024-02-28", "2025-02-27"},
		{"2024-03-01", 2, "2025-03-01", "2026-02-28"},
		{"2025-01-01", 1, "2025-01-01", "2025-12-31"},
		{"2024-12-31", 1, "2024-12-31", "2025-12-30"},
	} {
		want := workday.Span{First: workday.MustDate(tt.first), Last: workday.MustDate(tt.last)}
		if got := workday.ServiceYear(workday.MustDate(tt.start), tt.k); got != want {
			t.Errorf("%s, %d: got %v, want %v", tt.start, tt.k, got, want)
		}
	}
}

func TestServiceYear_TilesWithoutGapOrOverlap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := workday.MustDate("2000-01-01").AddDays(rapid.IntRange(0, 40000).Draw(t, "start"))
		k := rapid.IntRange(1, 60).Draw(t, "k")
		year, next := workday.ServiceYear(start, k), workday.ServiceYear(start, k+1)
		if k == 1 && year.First != start {
			t.Fatalf("the first year begins on %s", year.First)
		}
		if next.First != year.Last.AddDays(1) {
			t.Fatalf("%v is followed by %v", year, next)
		}
		if year.First.AddDays(364).After(year.Last) || year.First.AddDays(366).Before(year.Last) {
			t.Fatalf("%v is no year", year)
		}
	})
}

func TestServiceYear_LeapDayTilesForDecades(t *testing.T) {
	t.Parallel()
	start := workday.MustDate("2024-02-29")
	last := start.AddDays(-1)
	for k := 1; k <= 80; k++ {
		year := workday.ServiceYear(start, k)
		if year.First != last.AddDays(1) {
			t.Fatalf("year %d begins on %s after %s", k, year.First, last)
		}
		last = year.Last
	}
	if last.String() != "2104-02-28" {
		t.Errorf("after 80 years: %s", last)
	}
}
