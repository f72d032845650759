package workday

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestLaw_ComputedYearsHaveTheDaysOffOfTheLaw(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{
		2027: "01-01 02-05 02-08 02-09 02-10 04-05 05-03 05-04 06-09 09-15 10-01 10-04 10-05",
		2028: "01-03 01-25 01-26 01-27 01-28 04-04 05-01 05-02 05-29 10-02 10-03 10-04 10-05",
	} {
		var days []string
		for d := range statutoryRest(year) {
			if !d.weekend() {
				days = append(days, d.String()[5:])
			}
		}
		slices.Sort(days)
		if got := strings.Join(days, " "); got != want {
			t.Errorf("%d: got %s, want %s", year, got, want)
		}
	}
}

// 办法 art. 2 and 6: whatever weekends and coincidences do, as many weekdays are off as there are statutory days.
func TestLaw_EveryYearMakesGoodWhatWeekendsTake(t *testing.T) {
	t.Parallel()
	for year := firstYear; year <= lastYear; year++ {
		weekdays, want := 0, 11
		if year >= 2025 {
			want = 13
		}
		for d := range statutoryRest(year) {
			if d.Year() != year {
				t.Errorf("%d: %s", year, d)
			}
			if !d.weekend() {
				weekdays++
			}
		}
		if weekdays != want || len(statutoryDays(year)) != want {
			t.Errorf("%d: %d weekdays off for %d statutory days, want %d", year, weekdays, len(statutoryDays(year)), want)
		}
	}
}

func TestLaw_PublishedNoticesGiveTheStatutoryDaysOff(t *testing.T) {
	t.Parallel()
	c := Embedded()
	for year := 2016; year <= 2026; year++ {
		if !c.arranges(year) {
			t.Errorf("no notice for %d", year)
		}
		for _, s := range statutoryDays(year) {
			if c.marks[index(s.date)]&working != 0 {
				t.Errorf("%s %s is worked", s.date, s.name)
			}
		}
	}
}

// What a notice shifts it gives back: weekdays off less make-up days are the statutory days. Only the extension of
// Spring Festival 2020 gave two days more.
func TestLaw_PublishedNoticesAddUp(t *testing.T) {
	t.Parallel()
	c := Embedded()
	for year := 2016; year <= 2026; year++ {
		want := len(statutoryDays(year))
		if year == 2020 {
			want += 2
		}
		got := 0
		for d := newYear(year); d.Before(newYear(year + 1)); d = d.AddDays(1) {
			works := c.marks[index(d)]&working != 0
			switch {
			case works && d.weekend():
				got--
			case !works && !d.weekend():
				got++
			}
		}
		if got != want {
			t.Errorf("%d: %d days off in all, want %d", year, got, want)
		}
	}
}

func TestLaw_EveryYearHasItsWorkingDays(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]int{
		2016: 250, 2017: 249, 2018: 250, 2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251,
		2025: 248, 2026: 248, 2027: 248, 2028: 247,
	} {
		if got := Embedded().workingDaysIn(year); got != want {
			t.Errorf("%d: %d working days, want %d", year, got, want)
		}
	}
}

func TestFestivals_FallWhereTheMoonAndTheSunPutThem(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{
		2014: "01-31 04-05 06-02 09-08",
		2027: "02-06 04-05 06-09 09-15",
		2028: "01-26 04-04 05-28 10-03",
		2029: "02-13 04-04 06-16 09-22",
		2030: "02-03 04-05 06-05 09-12",
		2033: "01-31 04-04 06-01 09-08",
		2100: "02-09 04-05 06-12 09-18",
	} {
		f := festivalsOf(year)
		got := fmt.Sprintf("%s %s %s %s", f.springFestival.String()[5:], f.qingming.String()[5:],
			f.dragonBoat.String()[5:], f.midAutumn.String()[5:])
		if got != want {
			t.Errorf("%d: got %s, want %s", year, got, want)
		}
	}
}
