package sla

import (
	"cmp"
	"slices"
	"time"

	"lvyue/internal/workday"
)

// Ref names a fault.
type Ref struct {
	Contract string `json:"contract"`
	Fault    int    `json:"fault"`
}

// Promise is what has become of one promise in a month, fault by fault, and how long it took where it was done, in time or not.
type Promise struct {
	Met, Breached, Changed, Waived, Running []Ref

	Took Spread
}

// Month is the report of a calendar month: of the faults that were reported in it, by the clock of Shanghai, from its first
// instant until Until, which belongs to the next. Every fault is in Requests, in Unconfirmed, or in one list of Plan.
type Month struct {
	First       workday.Date
	From, Until time.Time
	AsOf        time.Time
	Faults      []Fault
	Response    Promise
	Plan        Promise
	Restore     Spread
	Requests    []Ref // no clock ever ran for them (§4.3)
	Unconfirmed []Ref // reported by somebody who is no administrator; nobody has taken them up (§3.13)
	Disputed    []Ref // open disputes name one of their promises (§6.3), which is in its list as it stands
	// Unacknowledged are among the breached responses, Unplanned among the breached plans: nobody ever came.
	Unacknowledged []Ref
	Unplanned      []Ref
}

// Of counts the faults that were reported in the month of that day. What still runs is judged as of an instant.
func Of(month workday.Date, all []Fault, asOf time.Time) Month {
	m := Month{First: month, AsOf: asOf}
	m.From, m.Until = bounds(month)
	for _, f := range all {
		if !f.ReportedAt.Before(m.From) && f.ReportedAt.Before(m.Until) {
			m.Faults = append(m.Faults, f)
		}
	}
	slices.SortStableFunc(m.Faults, func(a, b Fault) int {
		return cmp.Or(a.ReportedAt.Compare(b.ReportedAt), cmp.Compare(a.Contract, b.Contract), a.Fault-b.Fault)
	})
	m.count()
	return m
}

// bounds are the first instant of a month, and that of the next.
func bounds(month workday.Date) (from, until time.Time) {
	from = time.Date(month.Year(), month.Month(), 1, 0, 0, 0, 0, workday.Shanghai)
	return from, from.AddDate(0, 1, 0)
}

func (m *Month) count() {
	var response, plan, restore []time.Duration
	for _, f := range m.Faults {
		ref := Ref{f.Contract, f.Fault}
		m.Response.add(f.Response(m.AsOf), ref)
		m.planned(f, ref)
		if len(f.Disputed) > 0 {
			m.Disputed = append(m.Disputed, ref)
		}
		if f.Unacknowledged(m.AsOf) {
			m.Unacknowledged = append(m.Unacknowledged, ref)
		}
		response = appendTime(response, f.ToResponse)
		plan = appendTime(plan, f.ToPlan)
		restore = appendTime(restore, f.ToRestore)
	}
	m.Response.Took, m.Plan.Took, m.Restore = spread(response), spread(plan), spread(restore)
}

// planned counts what became of the hour, or why there was none.
func (m *Month) planned(f Fault, ref Ref) {
	outcome := f.Plan(m.AsOf)
	switch {
	case outcome != None:
		m.Plan.add(outcome, ref)
	case f.wish():
		m.Requests = append(m.Requests, ref)
	default:
		m.Unconfirmed = append(m.Unconfirmed, ref)
	}
	if outcome == Breached && f.PlanAt.IsZero() {
		m.Unplanned = append(m.Unplanned, ref)
	}
}

func (p *Promise) add(o Outcome, ref Ref) {
	switch o {
	case Met:
		p.Met = append(p.Met, ref)
	case Breached:
		p.Breached = append(p.Breached, ref)
	case Changed:
		p.Changed = append(p.Changed, ref)
	case Waived:
		p.Waived = append(p.Waived, ref)
	case Running:
		p.Running = append(p.Running, ref)
	case None:
	}
}

func appendTime(all []time.Duration, took func() (time.Duration, bool)) []time.Duration {
	if d, is := took(); is {
		return append(all, d)
	}
	return all
}
