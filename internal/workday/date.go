package workday

import (
	"cmp"
	"fmt"
	"time"

	"lvyue/internal/refusal"
)

const (
	daySeconds = 24 * 60 * 60
	utcOffset  = 8 * 60 * 60
	// unixEpoch is 1970-01-01 counted in days from 0001-01-01 = 1.
	unixEpoch = 719163
	maxYear   = 9999
	layout    = time.DateOnly
)

// Shanghai is the zone of every civil date: +08:00 without daylight saving since 1991, so that no zone database
// is needed.
//
//nolint:gochecknoglobals // a constant of the law
var Shanghai = time.FixedZone("Asia/Shanghai", utcOffset)

// Date is a civil day of the years 0001–9999, without hour or zone. The zero value means "no day" and is before
// every day. Dates compare with ==. As text, JSON and YAML a Date is "2026-03-02", no day is "".
type Date struct {
	// day counts from 0001-01-01 = 1, so that counting days is adding numbers.
	day int32
}

// NewDate is the given day. A day that the calendar does not have (30 February, year 0) is the bad input
// "impossible_date".
func NewDate(year int, month time.Month, day int) (Date, error) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if year < 1 || year > maxYear || t.Year() != year || t.Month() != month || t.Day() != day {
		return Date{}, impossible(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	}
	return fromUTC(t), nil
}

// ParseDate reads YYYY-MM-DD and nothing else; anything else, and a day that does not exist, is the bad input
// "impossible_date".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() < 1 {
		return Date{}, impossible(s)
	}
	return fromUTC(t), nil
}

// MustDate is ParseDate for constants and tests; it panics where ParseDate refuses.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Of is the Shanghai day that contains t: 2026-01-04T16:00:00Z lies on 2026-01-05.
func Of(t time.Time) Date {
	return dayNumber(floorDiv(t.Unix()+utcOffset, daySeconds) + unixEpoch)
}

// Start is 00:00 in Shanghai; of no day, the zero time.
func (d Date) Start() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Unix(int64(d.day-unixEpoch)*daySeconds-utcOffset, 0).In(Shanghai)
}

// End is 24:00 in Shanghai, the first instant after the day (Civil Code art. 203); of no day, the zero time.
func (d Date) End() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return d.Start().Add(daySeconds * time.Second)
}

// AddDays is the day n days later, or earlier for n < 0. No day stays no day, and a step out of the years
// 0001–9999 gives no day.
func (d Date) AddDays(n int) Date {
	if d.IsZero() || n > maxYear*366 || n < -maxYear*366 {
		return Date{}
	}
	return dayNumber(int64(d.day) + int64(n))
}

// Compare is -1, 0 or +1 as d lies before, on or after other.
func (d Date) Compare(other Date) int { return cmp.Compare(d.day, other.day) }

// Before tells whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.day < other.day }

// After tells whether d is a later day than other.
func (d Date) After(other Date) bool { return d.day > other.day }

// Weekday of no day is Sunday.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.day % 7) }

// Year of no day is 0.
func (d Date) Year() int {
	if d.IsZero() {
		return 0
	}
	return d.utc().Year()
}

// Month of no day is 0.
func (d Date) Month() time.Month {
	if d.IsZero() {
		return 0
	}
	return d.utc().Month()
}

// Day is the day of the month; of no day, 0.
func (d Date) Day() int {
	if d.IsZero() {
		return 0
	}
	return d.utc().Day()
}

// IsZero tells whether d is no day.
func (d Date) IsZero() bool { return d.day == 0 }

// String is "2026-03-02", or "" for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(layout)
}

// Later is the later of two days; a day is later than no day.
func Later(a, b Date) Date {
	if a.Before(b) {
		return b
	}
	return a
}

func (d Date) weekend() bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

func (d Date) utc() time.Time {
	return time.Unix(int64(d.day-unixEpoch)*daySeconds, 0).UTC()
}

func fromUTC(t time.Time) Date {
	return dayNumber(floorDiv(t.Unix(), daySeconds) + unixEpoch)
}

// dayNumber guards the range of a Date.
func dayNumber(n int64) Date {
	const last = 3652059 // 9999-12-31
	if n < 1 || n > last {
		return Date{}
	}
	return Date{day: int32(n)}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func impossible(s string) *refusal.Refusal {
	return refusal.BadInput("impossible_date",
		fmt.Sprintf("%q 不是日期：须为日历上有的一天，写作 2026-03-02。", s),
		fmt.Sprintf("%q is not a date: write a day that exists, as 2026-03-02.", s))
}
