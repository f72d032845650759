package workday

import (
	"fmt"
	"slices"

	"lvyue/internal/refusal"
)

// The working days of a year have lain between 248 and 251 since 2016; two more on either side are believed.
const (
	fewestWorkingDays = 246
	mostWorkingDays   = 252
)

// fault is one thing wrong with a notice.
type fault struct {
	code  string
	field refusal.Field
}

func wrong(code, path, zh, en string) fault {
	return fault{code: code, field: refusal.Wrong(path, zh, en)}
}

// refuse makes one refusal of one or more faults, with the code of the first.
func refuse(faults []fault) *refusal.Refusal {
	fields := make([]refusal.Field, len(faults))
	for i, f := range faults {
		fields[i] = f.field
	}
	return refusal.BadInput(faults[0].code,
		"放假通知有误，未录入。", "The notice does not hold together and was not taken.", fields...)
}

// faults are what is wrong with the notice by itself.
func (n Notice) faults() []fault {
	var faults []fault
	if n.Year < firstYear || n.Year > lastYear {
		faults = append(faults, wrong("notice_year", "year",
			fmt.Sprintf("年份须在 %d 至 %d 之间，而不是 %d", firstYear, lastYear, n.Year),
			fmt.Sprintf("the year must lie between %d and %d, not %d", firstYear, lastYear, n.Year)))
	}
	if len(n.Days) == 0 {
		faults = append(faults, wrong("notice_empty", "days", "没有列出任何一天", "names no day"))
	}
	seen := make(map[Date]bool, len(n.Days))
	for i, day := range n.Days {
		faults = append(faults, n.dayFaults(datePath(i), day, seen[day.Date])...)
		seen[day.Date] = true
	}
	return faults
}

func (n Notice) dayFaults(path string, day NoticeDay, twice bool) []fault {
	var faults []fault
	if !day.Off && !day.Date.weekend() {
		faults = append(faults, wrong("notice_make_up_weekday", path,
			fmt.Sprintf("%s 是%s，调休上班日须是星期六或星期日", day.Date, weekdayZH(day.Date)),
			fmt.Sprintf("%s is a %s; a make-up working day is a Saturday or Sunday", day.Date, day.Date.Weekday())))
	}
	if twice {
		faults = append(faults, wrong("notice_day_twice", path,
			fmt.Sprintf("%s 出现两次", day.Date), fmt.Sprintf("%s is named twice", day.Date)))
	}
	if year := day.Date.Year(); year < n.Year-1 || year > n.Year+1 {
		faults = append(faults, wrong("notice_other_year", path,
			fmt.Sprintf("%s 不在 %d 年及其前后一年内", day.Date, n.Year),
			fmt.Sprintf("%s is neither in %d nor in a year beside it", day.Date, n.Year)))
	}
	return faults
}

// statutoryFaults are the statutory days that the notice makes people work, and those of its year that work with
// the notice in force because no notice gives them off.
func (c *Calendar) statutoryFaults(n Notice) []fault {
	var faults []fault
	for i, day := range n.Days {
		if name, statutory := statutoryName(day.Date); statutory && !day.Off {
			faults = append(faults, statutoryFault(datePath(i), restDay{day.Date, name}))
		}
	}
	for _, s := range statutoryDays(n.Year) {
		named := slices.ContainsFunc(n.Days, func(day NoticeDay) bool { return day.Date == s.date })
		if !named && c.marks[index(s.date)]&working != 0 {
			faults = append(faults, statutoryFault("days", s))
		}
	}
	return faults
}

func statutoryFault(path string, s restDay) fault {
	return wrong("notice_statutory_working", path,
		fmt.Sprintf("%s 是法定节假日（%s），须放假", s.date, s.name),
		fmt.Sprintf("%s is a statutory day off (%s)", s.date, festivalName(s.name).EN))
}

// countFaults are the years that end up with too few or too many working days: the notice's own, and one beside it
// that has a notice and of which this one names days.
func (c *Calendar) countFaults(n Notice) []fault {
	var faults []fault
	for year := max(n.Year-1, firstYear); year <= min(n.Year+1, lastYear); year++ {
		names := slices.ContainsFunc(n.Days, func(day NoticeDay) bool { return day.Date.Year() == year })
		count := c.workingDaysIn(year)
		believed := count >= fewestWorkingDays && count <= mostWorkingDays
		if believed || year != n.Year && (!names || !c.arranges(year)) {
			continue
		}
		faults = append(faults, wrong("notice_day_count", "days",
			fmt.Sprintf("%d 年将有 %d 个工作日，应为 %d 至 %d 个", year, count, fewestWorkingDays, mostWorkingDays),
			fmt.Sprintf("%d would have %d working days; a year has %d to %d", year, count, fewestWorkingDays, mostWorkingDays)))
	}
	return faults
}

// workingDaysIn counts the working days of a covered year.
func (c *Calendar) workingDaysIn(year int) int {
	first := index(newYear(year))
	count := 0
	for _, m := range c.marks[first:index(newYear(year+1))] {
		if m&working != 0 {
			count++
		}
	}
	return count
}

func datePath(i int) string { return fmt.Sprintf("days[%d].date", i) }
