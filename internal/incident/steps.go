package incident

import (
	"time"

	"lvyue/internal/message"
)

// Acknowledge is the first word of a person: the state is theirs.
func Acknowledge(f *message.Incident, who string, at time.Time) {
	Respond(f, who, at)
	f.Owner = who
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

// Resolve says that the system works again. What works within the hour had its solution within the hour; what force majeure kept from
// one owes none any more.
func Resolve(f *message.Incident, who string, at time.Time) {
	Respond(f, who, at)
	if f.SLA == message.SLAChanged {
		void(f, at)
	} else if f.PlanAt.IsZero() || f.SLA == message.SLABreached {
		Planned(f, who, at)
	}
	f.State, f.ResolvedAt = message.FaultResolved, at
	f.Asked, f.AwaitsApproval = nil, false
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

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
