package workday

import (
	"slices"
	"time"
)

// Calendar answers which days are working days: from the notices it knows and, for a year without one, from the
// statutory days. It never changes, so any number of goroutines may ask it; With gives a wider one.
//
// It covers the years 2014–2100. Reading a day beyond is the refusal "calendar_unknown".
type Calendar struct {
	// notices stand in the order of issue; a later one overrules an earlier one on the days that it names.
	notices []Notice
	// named is what the last notice to name a day says of it.
	named map[Date]ruling
	// marks has one entry per day covered, so that counting reads bytes and allocates nothing.
	marks   []mark
	version string
}

// ruling is one day of a notice, with the notice.
type ruling struct {
	NoticeDay
	by *Notice
}

// mark is what counting needs to know of a day.
type mark uint8

const (
	working mark = 1 << iota
	provisional
)

// New makes a calendar of notices, in whatever order they are given. The errors are those of With.
func New(notices ...Notice) (*Calendar, error) {
	ordered := slices.SortedFunc(slices.Values(notices), byIssue)
	c := lawAlone()
	for _, n := range ordered {
		wider, _, err := c.With(n)
		if err != nil {
			return nil, err
		}
		c = wider
	}
	return c, nil
}

// Notices are the notices known, in the order of issue. The answer is the caller's own.
func (c *Calendar) Notices() []Notice {
	out := slices.Clone(c.notices)
	for i := range out {
		out[i].Days = slices.Clone(out[i].Days)
	}
	return out
}

// Version names what this calendar answers: the same notices give the same version in whatever order they became
// known, other notices give another one. It begins with the last year that has a notice: "2026-5f0c3a917be2".
func (c *Calendar) Version() string { return c.version }

// lawAlone is the calendar without a notice.
func lawAlone() *Calendar {
	c := &Calendar{marks: make([]mark, index(newYear(lastYear+1)))}
	for year := firstYear; year <= lastYear; year++ {
		c.markYear(year)
	}
	c.version = c.digest()
	return c
}

// plus is this calendar with a notice that is not known yet. A notice changes its own year and, since it makes the
// end of the year before final, that one; beyond them only the days that it names.
func (c *Calendar) plus(n Notice) *Calendar {
	wider := &Calendar{
		notices: slices.SortedFunc(slices.Values(append(slices.Clone(c.notices), n)), byIssue),
		named:   make(map[Date]ruling, len(c.named)+len(n.Days)),
		marks:   slices.Clone(c.marks),
	}
	for i := range wider.notices {
		for _, day := range wider.notices[i].Days {
			wider.named[day.Date] = ruling{NoticeDay: day, by: &wider.notices[i]}
		}
	}
	for year := max(n.Year-1, firstYear); year <= n.Year; year++ {
		wider.markYear(year)
	}
	wider.markNamed()
	wider.version = wider.digest()
	return wider
}

// markYear marks the days of a year as if no notice named any of them. A year with a notice is then plain weekdays
// and weekends; a year without has its statutory days off.
func (c *Calendar) markYear(year int) {
	final := c.finalBefore(year)
	for d, next := newYear(year), newYear(year+1); d.Before(next); d = d.AddDays(1) {
		var m mark
		if !d.weekend() {
			m |= working
		}
		if !d.Before(final) {
			m |= provisional
		}
		c.marks[index(d)] = m
	}
	if c.arranges(year) {
		return
	}
	for day := range statutoryRest(year) {
		c.marks[index(day)] &^= working
	}
}

// finalBefore is the first day of a year that a notice to come may still change: New Year without a notice for the
// year; 26 December while the next year's notice is missing, which may reach back (that for 2019 reached 29
// December 2018; three days are to spare); else the next New Year.
func (c *Calendar) finalBefore(year int) Date {
	switch {
	case !c.arranges(year):
		return newYear(year)
	case !c.arranges(year + 1):
		return dateOf(year, time.December, 26)
	default:
		return newYear(year + 1)
	}
}

// markNamed lets the notices rule: a day that a notice names is final, also in a neighbouring year.
func (c *Calendar) markNamed() {
	for day, ruling := range c.named {
		if !Covers(day) {
			continue
		}
		c.marks[index(day)] = 0
		if !ruling.Off {
			c.marks[index(day)] = working
		}
	}
}

// arranges tells whether an original notice for the year is known; an amendment alone arranges only its days.
func (c *Calendar) arranges(year int) bool {
	return slices.ContainsFunc(c.notices, func(n Notice) bool { return n.Year == year && n.Amends == "" })
}

func newYear(year int) Date { return dateOf(year, time.January, 1) }

// Covers tells whether working days can be counted on the day, with or without a notice.
func Covers(d Date) bool { return firstYear <= d.Year() && d.Year() <= lastYear }

// index is the place of a covered day in marks.
func index(d Date) int { return int(d.day - firstDay) }
