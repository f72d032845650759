package workday_test

import (
	"testing"

	"pgregory.net/rapid"

	"lvyue/internal/workday"
)

// Counting forward and back are each other's inverse on working days, whatever day one starts from.
func TestCount_ForwardAndBackAgree(t *testing.T) {
	t.Parallel()
	c := workday.Embedded()
	rapid.Check(t, func(t *rapid.T) {
		from := workday.MustDate("2016-06-01").AddDays(rapid.IntRange(0, 20000).Draw(t, "day"))
		n := rapid.IntRange(1, 80).Draw(t, "n")
		there := must(t)(c.AddWorkingDays(from, n))
		back := must(t)(c.WorkingDaysBefore(there.Date.AddDays(1), n))
		if first := must(t)(c.AddWorkingDays(from, 1)); back.Date != first.Date {
			t.Fatalf("%d days back from %s: %s, not %s", n, there.Date, back.Date, first.Date)
		}
		before := must(t)(c.WorkingDaysBefore(from, n))
		again := must(t)(c.AddWorkingDays(before.Date.AddDays(-1), n))
		if last := must(t)(c.WorkingDaysBefore(from, 1)); again.Date != last.Date {
			t.Fatalf("%d days on from %s: %s, not %s", n, before.Date, again.Date, last.Date)
		}
	})
}

func TestCount_OneMoreDayIsTheNextWorkingDay(t *testing.T) {
	t.Parallel()
	c := workday.Embedded()
	rapid.Check(t, func(t *rapid.T) {
		from := workday.MustDate("2016-06-01").AddDays(rapid.IntRange(0, 20000).Draw(t, "day"))
		n := rapid.IntRange(1, 80).Draw(t, "n")
		short, long := must(t)(c.AddWorkingDays(from, n)), must(t)(c.AddWorkingDays(from, n+1))
		if next := must(t)(c.AddWorkingDays(short.Date, 1)); next.Date != long.Date {
			t.Fatalf("%s is followed by %s, not %s", short.Date, next.Date, long.Date)
		}
		if short.Provisional && !long.Provisional {
			t.Fatalf("%s is provisional and %s beyond it is not", short.Date, long.Date)
		}
	})
}

func TestExplain_AgreesWithTheCountAndShowsEveryDay(t *testing.T) {
	t.Parallel()
	c := workday.Embedded()
	rapid.Check(t, func(t *rapid.T) {
		from := workday.MustDate("2016-06-01").AddDays(rapid.IntRange(0, 20000).Draw(t, "day"))
		n := rapid.IntRange(1, 40).Draw(t, "n")
		sameCount(t, must(t)(c.AddWorkingDays(from, n)), must(t)(c.ExplainAdd(from, n)), n)
		sameCount(t, must(t)(c.WorkingDaysBefore(from, n)), must(t)(c.ExplainBefore(from, n)), n)
	})
}

func sameCount(t *rapid.T, short, long workday.Result, n int) {
	t.Helper()
	last := long.Days[len(long.Days)-1]
	if short.Date != long.Date || short.Provisional != long.Provisional || last.Date != short.Date || last.Number != n {
		t.Fatalf("%v explained as %v", short, long)
	}
	anyProvisional := false
	for _, day := range long.Days {
		anyProvisional = anyProvisional || day.Provisional
		if day.Working != (day.Number > 0) || day.Why.ZH == "" || day.Why.EN == "" {
			t.Fatalf("%v", day)
		}
	}
	if anyProvisional != short.Provisional {
		t.Fatalf("provisional %t, its days %t", short.Provisional, anyProvisional)
	}
}

func must(t *rapid.T) func(workday.Result, error) workday.Result {
	return func(r workday.Result, err error) workday.Result {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}
