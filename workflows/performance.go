package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/message"
)

// performance is one run of a contract's workflow: the State that it carries, its course through time, and the step that
// is being taken.
type performance struct {
	message.State
	course[*performance]

	cause    cause
	notices  []message.Notice
	noted    []message.Event
	wanted   []string
	begun    []message.Incident  // faults that the step has begun
	reopened []message.Reopening // faults that live on as others
	disputes []string            // duties of faults that the step has put into dispute, or taken out of one
}

func resume(ctx workflow.Context, s message.State) *performance {
	if s.Phase == "" {
		s.Phase = message.Signing
		form := s.Terms.Load
		s.AgreedFor, s.FormFee, s.FormLoad = s.Terms.Configuration(), s.Terms.Fee, &form
	}
	s.Version = message.StateVersion
	p := &performance{State: s}
	p.course = course[*performance]{of: p, journal: &p.Journal, clock: newClock(s.Rehearsal)}
	p.arrivals.sources = p.hears(ctx)
	return p
}

func (p *performance) inbox() activities.InboxQuestion {
	return activities.InboxQuestion{Contract: p.Terms.Number}
}

// letIn lets people act, the rehearsal move its clock, and operators look.
func (p *performance) letIn(ctx workflow.Context) error {
	if err := p.listen(ctx); err != nil {
		return err
	}
	if err := p.letAdvance(ctx); err != nil {
		return err
	}
	return workflow.SetQueryHandler(ctx, message.StateQuery, func() (message.State, error) { return p.State, nil })
}

// letAdvance lets a rehearsal move the clock. The answer comes when everything up to the instant is done.
func (p *performance) letAdvance(ctx workflow.Context) error {
	return p.clock.letAdvance(ctx, func(ctx workflow.Context) message.Advanced {
		await(ctx, func() bool { return p.idle && !p.stirred(ctx) })
		p.answered = true
		m, _ := p.nextMoment()
		return message.Advanced{
			Now: p.clock.now(ctx), Next: m.at, Works: p.openWorks(), Events: p.Events, Phase: p.Phase,
			Busy: p.performed() || p.leaves(ctx),
		}
	})
}

// take is one step: something happens, follows through, and is stored as evidence with its answer; only then
// does work begin outside.
func (p *performance) take(ctx workflow.Context, c cause, happen func(workflow.Context)) {
	was := p.snapshot()
	p.cause, p.notices, p.noted, p.wanted, p.begun = c, nil, nil, nil, nil
	p.At = later(p.At, c.at)
	happen(ctx)
	p.freeze()
	p.record(ctx, was)
	p.startWorks(ctx)
	p.tellReopened(ctx)
	p.tellDisputed(ctx)
}

// close ends the workflow, or this run of it.
func (p *performance) close(ctx workflow.Context) error {
	if p.performed() {
		return nil
	}
	p.Rehearsal = p.clock.carried()
	return workflow.NewContinueAsNewError(ctx, message.ContractWorkflow, message.ContractInput{State: p.State})
}
