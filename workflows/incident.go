package workflows

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/incident"
	"lvyue/internal/message"
)

// care is one run of a fault's workflow: the Incident that it carries, its course through time, and the step that is being
// taken.
type care struct {
	message.Incident
	course[*care]

	cause cause
	noted []message.Event
}

// Incident looks after one fault (§3.11–3.13, §4): from the report it calls people until there is a plan, judges the hour by the
// moments at which things were received, lets people act, and ends when the customer's administrator has confirmed, or is
// silent. It outlives its contract. Like a contract, it is stopped by no cancellation from outside.
func Incident(ctx workflow.Context, in message.Incident) error {
	ctx, _ = workflow.NewDisconnectedContext(ctx)
	c := &care{Incident: in}
	c.course = course[*care]{of: c, journal: &c.Journal, clock: newClock(in.Rehearsal)}
	c.arrivals.sources = []source{
		signals(ctx, message.ReopenedSignal, c.reopened), signals(ctx, message.DisputedSignal, c.contested),
	}
	if err := c.letIn(ctx); err != nil {
		return err
	}
	for {
		c.catchUp(ctx)
		if !c.Ended() && !c.leaves(ctx) {
			c.wait(ctx)
			continue
		}
		if c.everyoneAnswered(ctx) {
			return c.close(ctx)
		}
	}
}

func (c *care) letIn(ctx workflow.Context) error {
	if err := c.listen(ctx); err != nil {
		return err
	}
	return c.clock.letAdvance(ctx, func(ctx workflow.Context) message.Advanced {
		await(ctx, func() bool { return c.idle && !c.stirred(ctx) })
		c.answered = true
		m, _ := c.nextMoment()
		return message.Advanced{Now: c.clock.now(ctx), Next: m.at, Events: c.Events, Busy: c.Ended() || c.leaves(ctx)}
	})
}

func (c *care) close(ctx workflow.Context) error {
	if c.Ended() {
		return nil
	}
	in := c.Incident
	in.Rehearsal = c.clock.carried()
	return workflow.NewContinueAsNewError(ctx, message.IncidentWorkflow, in)
}

func (c *care) inbox() activities.InboxQuestion {
	return activities.InboxQuestion{Contract: c.Contract, Fault: c.N}
}

// timetable is what the passing of time does to a fault.
func (c *care) timetable() []moment {
	if c.Ended() {
		return nil
	}
	return inOrder(
		c.hourPasses(),    // §3.11: without a plan
		c.nobodyAnswers(), // §4.2
		c.calls(),         // §4.2: the ladder
		c.nudges(),        // §4.2: whoever has it
		c.words(),         // §3.12: what the customer is owed meanwhile
		c.silence(),       // an administrator who says nothing confirms
	)
}

// one is a moment, if it has an instant.
func one(at time.Time, what string, happen func(workflow.Context)) []moment {
	if at.IsZero() {
		return nil
	}
	return []moment{{at: at, what: what, happen: happen}}
}

func (c *care) hourPasses() []moment {
	return one(incident.BreachAt(&c.Incident), "breach", func(workflow.Context) { incident.Breach(&c.Incident) })
}

func (c *care) nobodyAnswers() []moment {
	return one(incident.LateAt(&c.Incident), "unanswered", func(workflow.Context) { incident.Unanswered(&c.Incident) })
}

func (c *care) calls() []moment {
	call, found := incident.NextCall(&c.Incident, c.present)
	if !found {
		return nil
	}
	return one(call.At, "rung "+call.Name, func(ctx workflow.Context) { c.climb(ctx, call) })
}

func (c *care) nudges() []moment {
	return one(incident.NudgeNext(&c.Incident, c.present), "nudge", func(workflow.Context) {
		c.NudgedAt = c.cause.at
		c.send(message.WarningPage, "", c.orManager(c.Owner), "")
	})
}

func (c *care) words() []moment {
	return one(incident.ToldNext(&c.Incident, c.present), "word", func(workflow.Context) {
		c.ToldAt = c.cause.at
		c.send(message.ProgressPage, "", c.orManager(c.Owner), "")
	})
}

func (c *care) silence() []moment {
	return one(incident.SilenceConfirms(&c.Incident), "silence", func(workflow.Context) {
		incident.Close(&c.Incident, c.cause.at)
	})
}

// reopened ends a resolved fault that is there again as another.
func (c *care) reopened(r message.Reopening) arrival {
	return arrival{at: r.At, key: "reopened as " + message.FaultID(r.As), happen: func(workflow.Context) {
		if c.State == message.FaultResolved {
			c.noted = append(c.noted, message.Event{What: "reopened", Clause: "3.11", Subject: message.FaultID(c.N), New: message.FaultID(r.As)})
			incident.Close(&c.Incident, c.cause.at)
		}
	}}
}

// contested (§6.3): other duties of the fault than before are in dispute.
func (c *care) contested(d message.Contested) arrival {
	key := fmt.Sprintf("in dispute %v since %s", d.Duties, d.At.Format(time.RFC3339Nano))
	return arrival{at: d.At, key: key, happen: func(workflow.Context) { c.Disputed = d.Duties }}
}
