package workday

import "time"

// Span is a run of days; both ends are inside.
type Span struct {
	First Date `json:"first" yaml:"first"`
	Last  Date `json:"last"  yaml:"last"`
}

// ServiceYear is the k-th service year (k ≥ 1) of a service that began on start, start itself being served
// (§5.1). The corresponding day of a later year is the first day of the next service year; where it does not
// exist (29 February) the month's last day is the last one (Civil Code art. 202). Every year is computed from
// start, so years tile without gap or overlap. Working days never move the end of a service year.
//
// k < 1 has no meaning; callers refuse it before.
func ServiceYear(start Date, k int) Span {
	if k == 1 {
		return Span{First: start, Last: lastOfYear(start, 1)}
	}
	return Span{First: lastOfYear(start, k-1).AddDays(1), Last: lastOfYear(start, k)}
}

func lastOfYear(start Date, k int) Date {
	next, err := NewDate(start.Year()+k, start.Month(), start.Day())
	if err != nil && start.Month() == time.February {
		return dateOf(start.Year()+k, time.February, 28)
	}
	return next.AddDays(-1)
}

// dateOf is for days that are known to exist; any other gives no day.
func dateOf(year int, month time.Month, day int) Date {
	d, err := NewDate(year, month, day)
	if err != nil {
		return Date{}
	}
	return d
}
