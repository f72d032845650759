package sla

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lvyue/internal/message"
)

// Fold gives the faults of a contract, requests among them, in the order of their numbers. Entries are its evidence in its order.
func Fold(contract string, entries []Entry) []Fault {
	known := map[int]*Fault{}
	find := func(n int) *Fault {
		if known[n] == nil {
			known[n] = &Fault{Contract: contract}
		}
		return known[n]
	}
	for _, e := range entries {
		if o := e.Changed.Obligation; o != nil {
			if n, is := answers(o.ID); is {
				find(n).owes(*o)
			}
		}
		if row := e.Changed.Fault; row != nil {
			find(row.Fault).becomes(*row, e.Seq)
		}
	}
	var all []Fault
	for _, f := range known {
		if f.Fault > 0 {
			all = append(all, *f)
		}
	}
	slices.SortFunc(all, func(a, b Fault) int { return a.Fault - b.Fault })
	return all
}

// answers is the number of the fault to which the duty is a response.
func answers(duty string) (n int, is bool) {
	if !strings.HasSuffix(duty, "/response") {
		return 0, false
	}
	_, err := fmt.Sscanf(duty, "fault/%d/response", &n)
	return n, err == nil
}

// owes keeps the promise as it is now. What was overdue stays missed when it is let go, but not when a word in time turns up.
func (f *Fault) owes(o message.Obligation) {
	f.Missed = o.Status == message.Overdue || o.Status == message.Void && f.Missed
	f.Answer = o
}

// becomes takes the row after an event, and remembers the event by which each moment came.
func (f *Fault) becomes(row message.FaultRow, seq int64) {
	was := f.FaultRow
	f.FaultRow = row
	mark := func(at *int64, old, now time.Time) {
		if !now.Equal(old) {
			*at = seq
		}
	}
	mark(&f.Seqs.Reported, was.ReportedAt, row.ReportedAt)
	mark(&f.Seqs.Clock, was.ClockAt, row.ClockAt)
	mark(&f.Seqs.Response, was.ResponseAt, row.ResponseAt)
	mark(&f.Seqs.Plan, was.PlanAt, row.PlanAt)
	mark(&f.Seqs.Resolved, was.ResolvedAt, row.ResolvedAt)
	if row.SLA != was.SLA {
		f.Seqs.SLA = seq
	}
	f.majeure(was, seq)
}

// majeure follows force majeure from its mark to its end.
func (f *Fault) majeure(was message.FaultRow, seq int64) {
	if !f.MajeureAt.IsZero() && !f.MajeureAt.Equal(was.MajeureAt) {
		f.Majeure = append(f.Majeure, Interval{Kind: f.MajeureKind, From: f.MajeureAt, Marked: seq})
	}
	if len(f.Majeure) == 0 {
		return
	}
	last := &f.Majeure[len(f.Majeure)-1]
	if !last.Until.IsZero() || f.State == message.FaultMajeure {
		return
	}
	last.Until, last.Ended = f.LiftedAt, seq
	if last.Until.IsZero() {
		last.Until = f.ResolvedAt
	}
}
