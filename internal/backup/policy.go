package backup

import (
	"slices"

	"lvyue/internal/workday"
)

// Why a copy is good no more. The values are kept and never change.
const (
	// Retention: it is no longer kept.
	Retention = "retention"
	// Damaged: it was read, and is not what was written.
	Damaged = "damaged"
	// Destroyed with all others, and the key (§7.2).
	Destroyed = "destroyed"
)

// Policy is how long copies are kept: all of the last Days days, and the newest of each of the last Weeks weeks and of the
// last Months months, the running ones included. Weeks begin on Monday.
type Policy struct{ Days, Weeks, Months int }

// Kept is the policy. The contract asks for a copy a day and says nothing of how long one is kept (§3.9).
func Kept() Policy { return Policy{Days: 7, Weeks: 4, Months: 12} }

// Forget are the days, of those of all good copies, whose copies are not kept on the day today, oldest first. The newest is
// always kept, however old it is.
func (p Policy) Forget(days []workday.Date, today workday.Date) []workday.Date {
	days = slices.SortedFunc(slices.Values(days), workday.Date.Compare)
	var forget []workday.Date
	for i, day := range days {
		if i+1 < len(days) && !p.keeps(day, days[i+1], today) {
			forget = append(forget, day)
		}
	}
	return forget
}

// keeps tells whether a copy is kept beside the next newer one.
func (p Policy) keeps(day, next, today workday.Date) bool {
	return day.After(today.AddDays(-p.Days)) ||
		(monday(day) != monday(next) && monday(day).After(monday(today).AddDays(-7*p.Weeks))) ||
		(month(day) != month(next) && month(day) > month(today)-p.Months)
}

// monday is the first day of the week.
func monday(d workday.Date) workday.Date {
	const week = 7
	return d.AddDays(-(int(d.Weekday()) + week - 1) % week)
}

// month counts months.
func month(d workday.Date) int {
	const year = 12
	return d.Year()*year + int(d.Month())
}
