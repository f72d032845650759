// Package sla counts a month's faults (§3.11–3.13, §4.2): what became of the two promises, and how long a response, a plan and
// the restored service took. It reads the evidence alone, so that each number leads to the events it rests on. It reads no
// clock: what still runs is judged at an instant that the caller names.
package sla

import (
	"time"

	"lvyue/internal/message"
)

// Outcome is what has become of a promise.
type Outcome string

// Outcomes, the words of message.SLA. A promise that was never owed is None.
const (
	None     = Outcome(message.SLANone)
	Running  = Outcome(message.SLARunning)
	Met      = Outcome(message.SLAMet)
	Breached = Outcome(message.SLABreached)
	Changed  = Outcome(message.SLAChanged)
	Waived   = Outcome(message.SLAWaived)
)

// Entry is an event in its place in the chain of its contract.
type Entry struct {
	Seq int64
	message.Event
}

// Fault is a fault as the evidence tells of it.
type Fault struct {
	Contract string
	message.FaultRow

	// Disputed are the promises that open disputes name (§6.3), "response" or "plan".
	Disputed []string
	// Answer is the promise of a person's word (§4.2); without an id it was never owed. Missed: it was overdue when it was let go.
	Answer  message.Obligation
	Missed  bool
	Seqs    Seqs
	Majeure []Interval
	Waiver  Word // why the missed hour was let go (§6.4)
	Rungs   []MissedRung
	// Failures are there after Failed.
	Failures []Failure

	pages map[string]int64 // the events that asked for its pages
	words words
}

// Seqs are the events that a fault's moments rest on; 0 where there is none. Clock is that by which the hour began, SLA the last
// one about the hour.
type Seqs struct {
	Reported int64 `json:"reported"`
	Clock    int64 `json:"clock"`
	Response int64 `json:"response"`
	Plan     int64 `json:"plan"`
	Resolved int64 `json:"resolved"`
	SLA      int64 `json:"sla"`
}

// Interval is a time of force majeure (§3.12): from the mark until it was lifted or the fault resolved; Until is zero while it
// lasts. Marked and Ended are its events, Evidence what was given for it.
type Interval struct {
	Kind     message.MajeureKind
	From     time.Time
	Until    time.Time
	Marked   int64
	Ended    int64
	Evidence Word
}

// Response is what has become of the promise that a person answers (§4.2). A fault that nobody has acknowledged misses it, with
// or without a word of the engine; its last instant is in time. While it is in dispute it is missed only if it was before.
func (f Fault) Response(asOf time.Time) Outcome {
	o := f.Answer
	switch {
	case o.ID == "" || o.Status == message.Void && !f.Missed:
		return None
	case o.Status == message.Met:
		return Met
	case o.Status == message.Waived:
		return Waived
	case o.Status == message.Pending && !asOf.After(o.DueAt), o.Status == message.Frozen && !f.Missed:
		return Running
	default:
		return Breached
	}
}

// Plan is what has become of the hour (§3.11). A fault without a plan misses it, with or without a word of the engine, unless it is in
// dispute.
func (f Fault) Plan(asOf time.Time) Outcome {
	if f.SLA == message.SLARunning && asOf.After(f.DeadlineAt) && !f.contested("plan") {
		return Breached
	}
	return Outcome(f.SLA)
}

// Unacknowledged tells whether nobody has answered, and it is too late to do so in time.
func (f Fault) Unacknowledged(asOf time.Time) bool {
	return f.ResponseAt.IsZero() && f.Response(asOf) == Breached
}

// wish: it is no fault (§4.3).
func (f Fault) wish() bool { return f.State == message.FaultRequest }

// clocked tells whether the hour ever ran.
func (f Fault) clocked() bool { return !f.ClockAt.IsZero() }

// took is the real time from the beginning of the clock to an instant; false if there is none. Force majeure is not taken off.
func (f Fault) took(until time.Time) (time.Duration, bool) {
	if !f.clocked() || until.IsZero() {
		return 0, false
	}
	return max(until.Sub(f.ClockAt), 0), true
}

// ToResponse is the time to a person's first word; false, here and below, if it has not come or no clock ran.
func (f Fault) ToResponse() (time.Duration, bool) { return f.took(f.ResponseAt) }

// ToPlan is the time to the first plan.
func (f Fault) ToPlan() (time.Duration, bool) { return f.took(f.PlanAt) }

// ToRestore is the time until the system worked again.
func (f Fault) ToRestore() (time.Duration, bool) { return f.took(f.ResolvedAt) }
