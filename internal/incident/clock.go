package incident

import (
	"time"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// Begin is the fault that a report makes. The hour runs from the call or the receipt (§3.11), if an administrator reports a fault:
// nobody else's report starts it (§3.13), and a wish has none (§4.3). What is there again has an hour of its own.
func Begin(f *message.Incident, r message.FaultReport, received time.Time) {
	f.System, f.Reopens, f.Administrator = r.System, r.Reopens, r.Administrator
	f.ReportedAt, f.EnteredAt, f.SLA = Counts(r.Called, received), received, message.SLANone
	switch {
	case r.Request:
		f.State = message.FaultRequest
	case !r.Administrator:
		f.State = message.FaultReported
	default:
		Start(f, f.ReportedAt)
	}
}

// Start lets the hour run from an instant, and owes the two promises of §4.2. A word that was given before is no answer to it.
func Start(f *message.Incident, at time.Time) {
	f.ResponseAt, f.RespondedBy = time.Time{}, ""
	f.State, f.SLA = message.FaultOpen, message.SLARunning
	f.ClockAt, f.Since, f.DeadlineAt, f.Climbed = at, at, at.Add(f.Terms.Plan), -1
	f.Obligations = []message.Obligation{
		duty(f, "response", "4.2", at.Add(f.Terms.Response)),
		duty(f, "plan", "3.11", f.DeadlineAt),
	}
}

// duty is a promise that is counted in real time: its DueAt is the last instant in time.
func duty(f *message.Incident, what, clause string, due time.Time) message.Obligation {
	return message.Obligation{
		ID: message.FaultID(f.N) + "/" + what, Clause: clause, OwedBy: message.Provider, OpenedAt: f.ClockAt,
		DueOn: workday.Of(due), DueAt: due, Status: message.Pending,
	}
}

func response(f *message.Incident) *message.Obligation { return &f.Obligations[0] }

func plan(f *message.Incident) *message.Obligation { return &f.Obligations[1] }

// clocked tells whether the two promises are owed, or have been judged. Those of what has become a request in time are neither.
func clocked(f *message.Incident) bool { return f.SLA != message.SLANone }

// settle performs a promise at an instant: exactly at its last one is in time.
func settle(o *message.Obligation, at time.Time) {
	o.SettledAt, o.ClosedAt, o.Status = at, at, message.Met
	if at.After(o.DueAt) {
		o.Status = message.MetLate
	}
}

// Respond keeps the first word of a person (§4.2), whatever it was: nobody is called again to answer. One that was said on the
// telephone before the first that is known makes good what was told of it (§4.1). A plan of before the clock answers as it begins.
func Respond(f *message.Incident, who string, at time.Time) {
	at = later(at, f.ClockAt)
	if !clocked(f) || !f.ResponseAt.IsZero() && !at.Before(f.ResponseAt) {
		return
	}
	f.ResponseAt, f.RespondedBy = at, who
	settle(response(f), at)
	if f.Owner == "" {
		f.Owner = who
	}
	if f.State == message.FaultOpen {
		f.State = message.FaultAcknowledged
	}
}

// Planned keeps the first plan, and judges it by the instant that counts (§3.11): exactly on the hour is met, a moment later is
// not. A plan that was given in time and entered late makes good a breach that was told of. While force majeure rules the hour
// stands still, and no plan is late (§3.12).
func Planned(f *message.Incident, who string, at time.Time) {
	if f.PlanAt.IsZero() || at.Before(f.PlanAt) {
		f.PlanAt, f.PlannedBy = at, who
	}
	if !clocked(f) || f.SLA == message.SLAMet || f.SLA == message.SLAWaived {
		return
	}
	switch {
	case !at.After(f.DeadlineAt):
		f.SLA, f.BreachedAt = message.SLAMet, time.Time{}
	case f.SLA == message.SLARunning:
		f.SLA, f.BreachedAt = message.SLABreached, f.DeadlineAt
	}
	settle(plan(f), f.PlanAt)
	if f.SLA == message.SLAChanged {
		plan(f).Status = message.Met
	}
}

// BreachAt is the first instant at which a plan is late; zero while nobody waits for one, and while it is in dispute (§6.3).
func BreachAt(f *message.Incident) time.Time {
	if f.SLA != message.SLARunning || waits(plan(f)) {
		return time.Time{}
	}
	return f.DeadlineAt.Add(moment)
}

// Breach records that the hour has passed without a plan (§3.11).
func Breach(f *message.Incident) {
	f.SLA, f.BreachedAt = message.SLABreached, f.DeadlineAt
	plan(f).Status = message.Overdue
}

// LateAt is when a response is late; zero while none is waited for.
func LateAt(f *message.Incident) time.Time {
	if !clocked(f) || response(f).Status != message.Pending {
		return time.Time{}
	}
	return response(f).DueAt.Add(moment)
}

// Unanswered records that nobody has answered in time (§4.2).
func Unanswered(f *message.Incident) { response(f).Status = message.Overdue }

// Waive lets a missed hour go, as the customer said.
func Waive(f *message.Incident, at time.Time) {
	f.SLA = message.SLAWaived
	plan(f).Status, plan(f).ClosedAt = message.Waived, at
}

// void lets go what is no longer owed: of a request, or of force majeure until the end.
func void(f *message.Incident, at time.Time) {
	for i := range f.Obligations {
		if o := &f.Obligations[i]; o.Open() {
			o.Status, o.ClosedAt = message.Void, at
		}
	}
}
