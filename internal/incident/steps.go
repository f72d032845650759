package incident

import (
	"time"

	"lvyue/internal/message"
)

// Acknowledge is the first word of a person: the fault is theirs. A call that is entered when somebody has it takes it from nobody.
func Acknowledge(f *message.Incident, who string, at time.Time) {
	if f.ResponseAt.IsZero() {
		f.Owner = who
	}
	Respond(f, who, at)
}

// Submit takes a plan. Under force majeure the state stays.
func Submit(f *message.Incident, who string, at time.Time) {
	Respond(f, who, at)
	Planned(f, who, at)
	if f.State != message.FaultMajeure {
		f.State = message.FaultPlanned
	}
	f.ToldAt = later(f.ToldAt, at)
}

// Resolve says that the system works again, or, of what has no clock, that it is settled with the customer (§3.13, §4.3).
func Resolve(f *message.Incident, who string, at time.Time) {
	if clocked(f) && f.State != message.FaultRequest {
		solve(f, who, at)
	}
	f.State, f.ResolvedAt = message.FaultResolved, at
	f.Asked, f.AwaitsApproval = nil, false
}

// solve: what works within the hour had its solution within the hour; what force majeure kept from one owes none any more.
func solve(f *message.Incident, who string, at time.Time) {
	Respond(f, who, at)
	switch {
	case f.SLA == message.SLAChanged:
		void(f, at)
	case f.PlanAt.IsZero() || f.SLA == message.SLABreached:
		Planned(f, who, at)
	}
}

// Close ends the fault.
func Close(f *message.Incident, at time.Time) {
	f.State, f.ClosedAt, f.DueAt = message.FaultClosed, at, time.Time{}
}

// Request makes a wish of what was reported (§4.3). A breach that has happened stays.
func Request(f *message.Incident, at time.Time) {
	f.State, f.Asked, f.AwaitsApproval = message.FaultRequest, nil, false
	if f.SLA == message.SLARunning {
		f.SLA = message.SLANone
	}
	void(f, at)
}

// Again makes a fault of a request (§4.3). Its hour begins at that instant; when it was reported is kept. A fault that has missed its
// hour and was called a request since has been judged, and gets no other hour: the breach stays as it is recorded, and so do the end
// of the hour and a waiver of it. What is owed is owed since then: the plan at once, and a word of somebody if nobody ever gave one.
// People are called where the ladder has got to meanwhile.
func Again(f *message.Incident, at time.Time) {
	if f.SLA == message.SLANone {
		Start(f, at)
		return
	}
	f.State = message.FaultOpen
	if !f.ResponseAt.IsZero() {
		f.State = message.FaultAcknowledged
	}
	for i := range f.Obligations {
		if o := &f.Obligations[i]; o.Status == message.Void {
			o.Status, o.ClosedAt = message.Overdue, time.Time{}
		}
	}
	pass(f, at)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
