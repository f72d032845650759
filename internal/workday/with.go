package workday

import (
	"slices"

	"lvyue/internal/refusal"
)

// With is this calendar with one more notice, and true; or, when the notice says nothing new or is refused, this
// calendar and false. A refusal is a bad input with every fault at once; its code is that of the first:
//
//	notice_known_otherwise     its number, or the original notice of its year, is known with other days
//	notice_year                its year is not covered
//	notice_empty               it names no day
//	notice_make_up_weekday     a working day that is not a Saturday or Sunday
//	notice_day_twice           a date named twice
//	notice_other_year          a day farther off than the neighbouring years
//	notice_statutory_working   a statutory day left working
//	notice_day_count           a year whose working days are not 246–252
func (c *Calendar) With(n Notice) (*Calendar, bool, error) {
	n.Days = slices.Clone(n.Days)
	known, err := c.knows(n)
	if err != nil || known {
		return c, false, err
	}
	faults := n.faults()
	if n.Year < firstYear || n.Year > lastYear {
		return c, false, refuse(faults)
	}
	wider := c.plus(n)
	faults = append(faults, wider.statutoryFaults(n)...)
	faults = append(faults, wider.countFaults(n)...)
	if len(faults) > 0 {
		return c, false, refuse(faults)
	}
	return wider, true, nil
}

// knows tells whether a known notice says the same. What counts is what a notice says of the days; a better link
// or another spelling of a festival is nothing new.
func (c *Calendar) knows(n Notice) (bool, error) {
	for _, k := range c.notices {
		if !sameNotice(k, n) {
			continue
		}
		if k.Year == n.Year && k.Amends == n.Amends && slices.Equal(k.effect(), n.effect()) {
			return true, nil
		}
		return false, refusal.BadInput("notice_known_otherwise",
			k.title().ZH+"已经录入，且内容不同；变更须作为修改通知录入，在 amends 中写明被修改的文号。",
			k.title().EN+" is known with other days; a change is a notice of its own that names the number it amends.")
	}
	return false, nil
}

// sameNotice tells whether two notices claim to be one: by number; as originals of one year, which has only one;
// and, where a number is missing, as amendments of one notice.
func sameNotice(a, b Notice) bool {
	if a.Number != "" && a.Number == b.Number {
		return true
	}
	nameless := a.Number == "" || b.Number == ""
	return a.Year == b.Year && a.Amends == b.Amends && (a.Amends == "" || nameless)
}

// effect is what a notice says of the days, in order of date. That a weekend is off needs no original notice to
// say so, and not every source repeats it; in an amendment it may take back a working Saturday.
func (n Notice) effect() []NoticeDay {
	var days []NoticeDay
	for _, day := range n.Days {
		if n.Amends != "" || !day.Off || !day.Date.weekend() {
			days = append(days, NoticeDay{Date: day.Date, Off: day.Off})
		}
	}
	slices.SortFunc(days, func(a, b NoticeDay) int { return a.Date.Compare(b.Date) })
	return days
}
