package postgres

import (
	"slices"
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
	if e.Changed.ReceiptChange != nil {
		r := *e.Changed.ReceiptChange
		moment(&r.At)
		e.Changed.ReceiptChange = &r
	}
	if e.Changed.Money != nil {
		m := *e.Changed.Money
		m.Receipts, m.Refunds = slices.Clone(m.Receipts), slices.Clone(m.Refunds)
		for i := range m.Receipts {
			moment(&m.Receipts[i].At)
		}
		for i := range m.Refunds {
			moment(&m.Refunds[i].Since)
		}
		e.Changed.Money = &m
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
