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
	known := map[int]Fault{}
	keep := func(n int, after func(Fault) Fault) {
		f := known[n]
		f.Contract = contract
		known[n] = after(f)
	}
	inDispute := ""
	for _, e := range entries {
		if row := e.Changed.Contract; row != nil {
			inDispute = row.Disputed
		}
		if o := e.Changed.Obligation; o != nil {
			if n, is := answers(o.ID); is {
				keep(n, func(f Fault) Fault { return f.owing(*o) })
			}
		}
		if n, is := about(e); is {
			keep(n, func(f Fault) Fault { return f.told(e) })
		}
		if row := e.Changed.Fault; row != nil {
			keep(row.Fault, func(f Fault) Fault { return f.becoming(*row, e.Seq) })
		}
	}
	var all []Fault
	for _, f := range known {
		if f.Fault > 0 {
			f.Disputed = disputed(inDispute, f.Fault)
			all = append(all, f)
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

// about is the number of the fault that an event is about.
func about(e Entry) (n int, is bool) {
	_, err := fmt.Sscanf(e.Subject, "fault/%d", &n)
	return n, err == nil && e.Subject == message.FaultID(n)
}

// told is the fault after what else an event tells of it: a word, a rung that was missed, a page.
func (f Fault) told(e Entry) Fault {
	f.words = f.words.hear(e)
	if e.What == "rung-missed" {
		f.Rungs = append(f.Rungs, MissedRung{e.New, e.At, e.Seq})
	}
	if page := e.Changed.Page; page != nil {
		if f.pages == nil {
			f.pages = map[string]int64{}
		}
		f.pages[page.Key] = e.Seq
	}
	return f
}

// owing is the fault with its promise as it is now. What was overdue stays missed when it is let go or comes into dispute, but not
// when a word in time turns up.
func (f Fault) owing(o message.Obligation) Fault {
	letGo := o.Status == message.Void || o.Status == message.Frozen
	f.Missed = o.Status == message.Overdue || letGo && f.Missed
	f.Answer = o
	return f
}

// becoming is the fault with its row after an event; the event by which each moment came is remembered.
func (f Fault) becoming(row message.FaultRow, seq int64) Fault {
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
	if row.SLA == message.SLAWaived && was.SLA != message.SLAWaived {
		f.Waiver = f.words.waiver
	}
	f.Majeure = f.intervals(was, seq)
	return f
}

// intervals follow force majeure from its mark to its end.
func (f Fault) intervals(was message.FaultRow, seq int64) []Interval {
	all := slices.Clone(f.Majeure)
	if !f.MajeureAt.IsZero() && !f.MajeureAt.Equal(was.MajeureAt) {
		all = append(all, Interval{Kind: f.MajeureKind, From: f.MajeureAt, Marked: seq, Evidence: f.words.marked(f.MajeureAt)})
	}
	if len(all) == 0 || f.State == message.FaultMajeure {
		return all
	}
	last := &all[len(all)-1]
	if !last.Until.IsZero() {
		return all
	}
	last.Until, last.Ended = f.LiftedAt, seq
	if last.Until.IsZero() {
		last.Until = f.ResolvedAt
	}
	return all
}
