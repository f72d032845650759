package workday

import (
	"fmt"

	"lvyue/internal/refusal"
)

// Result is a day found by counting working days.
type Result struct {
	Date Date `json:"date"`
	// Provisional is true when any day read on the way, the result included, may still be changed by a notice to
	// come. No irreversible effect may rest on a provisional result.
	Provisional bool `json:"provisional"`
	// Calendar is the version of the calendar that gave the answer.
	Calendar string `json:"calendar"`
	// Days explains the count, in the order in which the days were read; only the Explain functions fill it.
	Days []Day `json:"days,omitempty"`
}

// AddWorkingDays is the n-th working day strictly after from: the day of the event is not counted, whatever day it
// is (Civil Code art. 201), and "within n working days" includes the result until its 24:00 (arts. 203, 1259).
// n < 1 is the bad input "bad_count", no day the bad input "impossible_date"; a count that leaves the years
// 2014–2100 is refused as "calendar_unknown".
func (c *Calendar) AddWorkingDays(from Date, n int) (Result, error) {
	return c.count(from, n, 1)
}

// WorkingDaysBefore is the n-th working day strictly before day, by analogy with art. 201. "In the n working days
// before day" opens with the result at 00:00 (§5.6). The errors are those of AddWorkingDays.
func (c *Calendar) WorkingDaysBefore(day Date, n int) (Result, error) {
	return c.count(day, n, -1)
}

// count walks from the anchor, which is not read, in steps of one day forward or back.
func (c *Calendar) count(anchor Date, n, step int) (Result, error) {
	if err := countable(anchor, n); err != nil {
		return Result{}, err
	}
	var read mark
	for i, left := index(anchor)+step, n; i >= 0 && i < len(c.marks); i += step {
		read |= c.marks[i]
		if c.marks[i]&working != 0 {
			left--
		}
		if left == 0 {
			return Result{Date: at(i), Provisional: read&provisional != 0, Calendar: c.version}, nil
		}
	}
	return Result{}, unknown(anchor, n)
}

func countable(anchor Date, n int) error {
	if anchor.IsZero() {
		return impossible("")
	}
	if n < 1 {
		return refusal.BadInput("bad_count",
			fmt.Sprintf("工作日数须为 1 或更大的整数，而不是 %d。", n),
			fmt.Sprintf("Count one working day or more, not %d.", n))
	}
	return nil
}

func unknown(anchor Date, n int) error {
	return refusal.BadInput("calendar_unknown",
		fmt.Sprintf("从 %s 起数 %d 个工作日，超出了已有日历的范围（%d 年至 %d 年）。", anchor, n, firstYear, lastYear),
		fmt.Sprintf("Counting %d working days from %s leaves the years that the calendar covers, %d to %d.",
			n, anchor, firstYear, lastYear))
}

// at is the covered day at place i of marks.
func at(i int) Date { return Date{day: firstDay + int32(i)} } //nolint:gosec // marks are a few ten thousand days
