package ledger

import (
	"slices"
	"time"

	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// Grain says in what steps a fee is earned over its period.
type Grain string

// ByDay: each day of the period earns the same. ByMonth: each service month earns the same, as soon as it begins.
const (
	ByDay   Grain = "day"
	ByMonth Grain = "month"
)

// RefundRight says what the customer's right to the whole annual fee (§1.4) does to revenue while it is open.
type RefundRight string

// IgnoreRefund: the right changes nothing until it is used. HoldForRefund: nothing is earned before the period has
// ended; all of it is in the month of the period's last day.
const (
	IgnoreRefund  RefundRight = "ignore"
	HoldForRefund RefundRight = "hold"
)

// Earned is what a calendar month earns. Month is its first day; Net is without tax, below zero where a credit
// note takes revenue back.
type Earned struct {
	Month workday.Date
	Net   money.CNY
}

// Schedule spreads a net amount over the calendar months of the period first–last, both served. What is earned by
// the end of each month is rounded half up, and the month gets the difference to the month before: the rows are
// exactly net, and none goes below zero. A month that earns nothing has no row.
//
// Service months run from first as service years do (workday.ServiceYear), so a service year has twelve. Each
// is earned in a calendar month of its own: the first in that of first, the next in the next one, also where that
// month lacks the day, as February lacks the 31st.
//
// A negative net gives the same rows below zero; no amount, and a period without a day, give none. Any other grain
// counts as ByDay, any other right as IgnoreRefund.
func Schedule(net money.CNY, first, last workday.Date, g Grain, r RefundRight) []Earned {
	if first.IsZero() || last.Before(first) {
		return nil
	}
	var rows []Earned
	var before money.CNY
	for k := range monthsApart(first, last) + 1 {
		part, whole := served(first, last, k, g, r)
		through := money.Part(net, part, whole)
		if by := through.Sub(before); !by.IsZero() {
			rows = append(rows, Earned{Month: monthAfter(first, k), Net: by})
		}
		before = through
	}
	return rows
}

// served is the part of the whole that is earned by the end of the k-th calendar month after that of first.
func served(first, last workday.Date, k int, g Grain, r RefundRight) (part, whole int64) {
	switch {
	case k == monthsApart(first, last):
		return 1, 1
	case r == HoldForRefund:
		return 0, 1
	case g == ByMonth:
		return int64(k) + 1, serviceMonths(first, last)
	default:
		return days(first, monthAfter(first, k+1).AddDays(-1)), days(first, last)
	}
}

// serviceMonths is how many service months begin within the period. In the month of last one more does if the
// corresponding day has come; where the month lacks that day, the next begins on the first of the month after.
func serviceMonths(first, last workday.Date) int64 {
	n := int64(monthsApart(first, last))
	if last.Day() >= first.Day() {
		n++
	}
	return n
}

// monthsApart is how many calendar months last lies after first.
func monthsApart(first, last workday.Date) int {
	return 12*(last.Year()-first.Year()) + int(last.Month()) - int(first.Month())
}

// monthAfter is the first day of the k-th calendar month after d's.
func monthAfter(d workday.Date, k int) workday.Date {
	return workday.Of(time.Date(d.Year(), d.Month()+time.Month(k), 1, 0, 0, 0, 0, workday.Shanghai))
}

// days is how many days the period has, both ends inside.
func days(first, last workday.Date) int64 {
	return (last.End().Unix() - first.Start().Unix()) / (24 * 60 * 60)
}

// Credit gives the rows below zero by which a credit note of the net amount credited, issued on that day, reduces
// a schedule. It takes what is not earned yet, from the last month back; what exceeds that reduces the month of
// the credit note. A month up to earnedThrough, the last one recognised (no day: none), is never touched: a credit
// note issued in such a month counts in the first one after.
//
// The rows are exactly −credited, in order, one per month. The schedule may hold the rows of earlier credit notes
// as well; rows of one month count together.
func Credit(schedule []Earned, credited money.CNY, earnedThrough, on workday.Date) []Earned {
	rest := credited
	var rows []Earned
	for _, planned := range slices.Backward(perMonth(schedule)) {
		taken := money.Min(planned.Net, rest)
		if planned.Month.After(earnedThrough) && taken.IsPositive() {
			rows = append(rows, Earned{Month: planned.Month, Net: taken.Neg()})
			rest = rest.Sub(taken)
		}
	}
	return perMonth(append(rows, Earned{Month: creditMonth(earnedThrough, on), Net: rest.Neg()}))
}

// creditMonth is the month of the credit note, or the first that is not recognised.
func creditMonth(earnedThrough, on workday.Date) workday.Date {
	month := monthAfter(on, 0)
	if month.After(earnedThrough) {
		return month
	}
	return monthAfter(earnedThrough, 1)
}

// perMonth puts rows in order, one per month, without those of nothing.
func perMonth(rows []Earned) []Earned {
	var sums []Earned
	for _, row := range slices.SortedFunc(slices.Values(rows), func(a, b Earned) int { return a.Month.Compare(b.Month) }) {
		if n := len(sums); n > 0 && sums[n-1].Month == row.Month {
			sums[n-1].Net = sums[n-1].Net.Add(row.Net)
		} else {
			sums = append(sums, row)
		}
	}
	return slices.DeleteFunc(sums, func(e Earned) bool { return e.Net.IsZero() })
}
