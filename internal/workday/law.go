package workday

import (
	"slices"
	"time"
)

// restDay is one statutory day of rest.
type restDay struct {
	date Date
	name string
}

// statutoryDays are the days that the law itself gives off in a covered year, in order of date, a day that falls
// on two festivals twice. 全国年节及纪念日放假办法 art. 2: 11 days; 13 since 2025-01-01, when the eve of Spring
// Festival and 2 May were added.
func statutoryDays(year int) []restDay {
	f := festivalsOf(year)
	days := []restDay{
		{dateOf(year, time.January, 1), "元旦"},
		{f.springFestival, "春节"},
		{f.springFestival.AddDays(1), "春节"},
		{f.springFestival.AddDays(2), "春节"},
		{f.qingming, "清明节"},
		{dateOf(year, time.May, 1), "劳动节"},
		{f.dragonBoat, "端午节"},
		{f.midAutumn, "中秋节"},
		{dateOf(year, time.October, 1), "国庆节"},
		{dateOf(year, time.October, 2), "国庆节"},
		{dateOf(year, time.October, 3), "国庆节"},
	}
	if year >= 2025 {
		days = append(days, restDay{f.springFestival.AddDays(-1), "春节"}, restDay{dateOf(year, time.May, 2), "劳动节"})
	}
	slices.SortStableFunc(days, func(a, b restDay) int { return a.date.Compare(b.date) })
	return days
}

// statutoryName is the festival of a statutory day; any other day, and one that is not covered, has none.
func statutoryName(d Date) (string, bool) {
	if !Covers(d) {
		return "", false
	}
	for _, s := range statutoryDays(d.Year()) {
		if s.date == d {
			return s.name, true
		}
	}
	return "", false
}

// statutoryRest is what the law alone keeps people from working in a covered year: the statutory days and, for
// each that falls on a weekend (办法 art. 6) or on another statutory day, the next weekday that is still free. The
// second is practice, not text: Mid-Autumn inside National Day gave an eighth day off in 2020 and 2025.
func statutoryRest(year int) map[Date]rest {
	days, off := statutoryDays(year), make(map[Date]rest)
	var owed []restDay
	for _, s := range days {
		if _, twice := off[s.date]; twice || s.date.weekend() {
			owed = append(owed, s)
		}
		if _, twice := off[s.date]; !twice {
			off[s.date] = rest{name: s.name}
		}
	}
	for _, s := range owed {
		off[nextFree(s.date, off)] = rest{name: s.name, instead: true}
	}
	return off
}

// rest says why the law gives a day off: the festival, and whether the day makes good one lost to a weekend.
type rest struct {
	name    string
	instead bool
}

func nextFree(d Date, off map[Date]rest) Date {
	for {
		d = d.AddDays(1)
		if _, taken := off[d]; !taken && !d.weekend() {
			return d
		}
	}
}
