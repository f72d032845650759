package workday

import "iter"

// Marked is a day as a calendar has it.
type Marked struct {
	Date        Date
	Working     bool
	Provisional bool
}

// Days are all days that the calendar covers, in order, for whoever counts elsewhere.
func (c *Calendar) Days() iter.Seq[Marked] {
	return func(yield func(Marked) bool) {
		for i, m := range c.marks {
			if !yield(Marked{Date: at(i), Working: m&working != 0, Provisional: m&provisional != 0}) {
				return
			}
		}
	}
}
