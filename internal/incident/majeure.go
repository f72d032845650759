package incident

import (
	"time"

	"lvyue/internal/message"
)

// NeedsSecond tells whether a mark of force majeure that is received at an instant needs a second person: late in the hour, or
// after it, whenever it is said to have been made.
func NeedsSecond(f *message.Incident, received time.Time) bool {
	return f.SLA != message.SLAMet && received.After(f.Since.Add(f.Terms.Late))
}

// Mark changes the duty (§3.12), as of the instant of the mark: from then on the customer is told how it goes, and what is left of
// the hour waits. A mark in time makes good a breach that was told of while it waited for its second person, also when a plan
// came meanwhile; one after the deadline undoes no breach.
func Mark(f *message.Incident, m message.Majeure, at time.Time) {
	f.Before, f.State = f.State, message.FaultMajeure
	f.MajeureKind, f.MajeureAt, f.LiftedAt, f.ToldAt = m.Kind, at, time.Time{}, at
	f.Asked, f.AwaitsApproval = nil, false
	if f.SLA != message.SLARunning && f.SLA != message.SLABreached || at.After(f.DeadlineAt) {
		return
	}
	f.SLA, f.BreachedAt, f.Rest = message.SLAChanged, time.Time{}, f.DeadlineAt.Sub(at)
	plan(f).Status = message.Frozen
	if !f.PlanAt.IsZero() {
		plan(f).Status = message.Met
	}
}

// Lift ends force majeure. What was left of the hour goes on, or, if the terms say so, a whole one begins.
func Lift(f *message.Incident, at time.Time) {
	f.State, f.LiftedAt = f.Before, at
	if !f.PlanAt.IsZero() {
		f.State = message.FaultPlanned
	}
	if f.SLA != message.SLAChanged || !f.PlanAt.IsZero() {
		return
	}
	rest := f.Rest
	if f.Terms.Fresh {
		rest, f.Climbed = f.Terms.Plan, -1
	}
	f.DeadlineAt = at.Add(rest)
	f.SLA, f.Since = message.SLARunning, f.DeadlineAt.Add(-f.Terms.Plan)
	kept := plan(f).OpenedAt
	*plan(f) = duty(f, "plan", "3.11", f.DeadlineAt)
	plan(f).OpenedAt = kept
}
