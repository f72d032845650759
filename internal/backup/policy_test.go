package backup_test

import (
	"strings"
	"testing"

	"lvyue/internal/backup"
	"lvyue/internal/workday"
)

// days reads `2026-03-02 2026-03-03`.
func days(text string) []workday.Date {
	var all []workday.Date
	for one := range strings.FieldsSeq(text) {
		all = append(all, workday.MustDate(one))
	}
	return all
}

func text(all []workday.Date) string {
	var lines []string
	for _, d := range all {
		lines = append(lines, d.String())
	}
	return strings.Join(lines, " ")
}

// §3.9: both sides of each boundary of the policy. 2026-06-17 is a Wednesday.
func TestPolicy_BothSidesOfEachBoundary(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, copies, forget string }{
		{"none", "", ""},
		{"the only one, however old", "2019-01-01", ""},
		{"the newest, however old", "2019-01-01 2019-02-01", "2019-01-01"},
		{"the seventh day is kept", "2026-06-11 2026-06-12 2026-06-17", ""},
		{"the eighth is not, beside a newer one of its week", "2026-06-10 2026-06-11 2026-06-17", "2026-06-10"},
		{"the newest of the week before, Sunday", "2026-06-05 2026-06-07 2026-06-17", "2026-06-05"},
		{"a Sunday and the Monday after it are of two weeks", "2026-06-07 2026-06-08 2026-06-17", ""},
		{"of the fourth week", "2026-05-29 2026-05-30 2026-06-01 2026-06-17", "2026-05-29"}, // 05-30 is May's newest too
		{"the Monday of the fourth week", "2026-05-24 2026-05-25 2026-06-01 2026-06-17", "2026-05-24"},
		{"a week before it", "2026-05-17 2026-05-24 2026-06-17", "2026-05-17"},
		{"the newest of a month", "2026-03-30 2026-03-31 2026-04-01 2026-06-17", "2026-03-30"},
		{"of the twelfth month", "2025-07-01 2025-07-31 2026-06-17", "2025-07-01"},
		{"of a month before it", "2025-06-30 2025-07-31 2026-06-17", "2025-06-30"},
		{"in any order", "2026-06-17 2026-06-05 2026-06-07", "2026-06-05"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := text(backup.Kept().Forget(days(tt.copies), workday.MustDate("2026-06-17"))); got != tt.forget {
				t.Errorf("forgets %q, want %q", got, tt.forget)
			}
		})
	}
}

// §3.9: a copy a day for three years leaves what the policy says: 7 days, 4 weeks, 12 months, some of which are the same.
func TestPolicy_OfThreeYearsLeavesAFewCopies(t *testing.T) {
	t.Parallel()
	first := workday.MustDate("2023-01-01")
	var kept []workday.Date
	for i := range 3 * 365 {
		today := first.AddDays(i)
		kept = append(kept, today)
		gone := backup.Kept().Forget(kept, today)
		kept = without(kept, gone)
	}
	want := "2025-01-31 2025-02-28 2025-03-31 2025-04-30 2025-05-31 2025-06-30 2025-07-31 2025-08-31 2025-09-30 2025-10-31 2025-11-30 " +
		"2025-12-14 2025-12-21 2025-12-24 2025-12-25 2025-12-26 2025-12-27 2025-12-28 2025-12-29 2025-12-30"
	if got := text(kept); got != want {
		t.Errorf("kept  %s\nwant %s", got, want)
	}
}

func without(all, gone []workday.Date) []workday.Date {
	is := map[workday.Date]bool{}
	for _, d := range gone {
		is[d] = true
	}
	var rest []workday.Date
	for _, d := range all {
		if !is[d] {
			rest = append(rest, d)
		}
	}
	return rest
}
