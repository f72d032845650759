package postgres

import (
	"time"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// inShanghai is the event with all its instants in Shanghai time and to the microsecond, as columns hold them. The
// rows of the original stay as they are.
func inShanghai(e message.Event) message.Event {
	moment(&e.At, &e.ReceivedAt)
	if e.Changed.Obligation != nil {
		o := *e.Changed.Obligation
		moment(&o.OpenedAt, &o.DueAt, &o.SettledAt, &o.ClosedAt, &o.RemindedAt)
		e.Changed.Obligation = &o
	}
	if e.Changed.Receipt != nil {
		r := *e.Changed.Receipt
		moment(&r.At)
		e.Changed.Receipt = &r
	}
	if e.Changed.Notice != nil {
		n := *e.Changed.Notice
		moment(&n.At)
		e.Changed.Notice = &n
	}
	return e
}

// moment leaves the zero time alone: it means "none" and must not be written.
func moment(instants ...*time.Time) {
	for _, at := range instants {
		if !at.IsZero() {
			*at = at.Truncate(time.Microsecond).In(workday.Shanghai)
		}
	}
}
