package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/message"
)

// performance is one run of a contract's workflow: the State that it carries, what has arrived and is not yet
// applied, and the step that is being taken.
type performance struct {
	message.State

	clock    *clock
	arrivals arrivals
	read     time.Time // the inbox was read up to this instant
	timer    timer
	present  time.Time // the clock, when it was last looked at
	idle     bool      // everything up to now is done; waiting
	yearOver bool      // a service year began: the history starts afresh
	answered bool      // an update was answered since the last wait

	cause   cause
	notices []message.Notice
	noted   []message.Event
	wanted  []string
}

// cause is what a step follows from. Its key makes the events of the step unique.
type cause struct {
	key    string
	at     time.Time
	act    *message.Act
	clause string
	answer *message.Answer
}

func resume(ctx workflow.Context, s message.State) *performance {
	if s.Phase == "" {
		s.Phase = message.Signing
		form := s.Terms.Load
		s.AgreedFor, s.FormFee, s.FormLoad = s.Terms.Configuration(), s.Terms.Fee, &form
	}
	s.Version = message.StateVersion
	p := &performance{State: s, clock: newClock(s.Rehearsal)}
	p.arrivals.listen(ctx)
	return p
}

// catchUp applies all that has come due or arrived up to now, earliest first. Before a moment, the inbox is
// read up to its instant, so that no lapse overtakes an act that was received in time.
func (p *performance) catchUp(ctx workflow.Context) {
	p.idle = false
	for {
		p.present = p.clock.now(ctx)
		p.arrivals.drain(p.clock.instant(ctx))
		m, due := p.nextMoment()
		a, arrived := p.arrivals.first()
		due = due && !m.at.After(later(p.present, a.at))
		switch {
		case arrived && (!due || a.at.Before(m.at)):
			p.apply(ctx, a)
		case due && p.read.Before(m.at):
			p.readInbox(ctx, m.at)
		case due:
			p.take(ctx, cause{key: m.key(p.Heard), at: later(m.at, p.At)}, m.happen)
		default:
			p.idle = true
			p.timer.forget()
			return
		}
	}
}

// take is one step: something happens, follows through, and is stored as evidence with its answer; only then
// does work begin outside.
func (p *performance) take(ctx workflow.Context, c cause, happen func(workflow.Context)) {
	was := p.snapshot()
	p.cause, p.notices, p.noted, p.wanted = c, nil, nil, nil
	p.At = later(p.At, c.at)
	happen(ctx)
	p.freeze()
	p.record(ctx, was)
	p.startWorks(ctx)
}

// leaves tells whether the run ends here to go on in a fresh history: at every service year, when the server
// suggests it, and when a new version of the worker asks.
func (p *performance) leaves(ctx workflow.Context) bool {
	info := workflow.GetInfo(ctx)
	asked := p.yearOver || info.GetContinueAsNewSuggested() || info.GetTargetWorkerDeploymentVersionChanged()
	return asked
}

// everyoneAnswered waits until every caller has its answer; false if something stirred meanwhile and must be
// dealt with first. It lets go of the task after an answer: the server loses the answer of an update that
// completes together with its run.
func (p *performance) everyoneAnswered(ctx workflow.Context) bool {
	await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) || p.stirred(ctx) })
	if p.answered {
		p.answered = false
		await(ctx, workflow.NewTimer(ctx, breath).IsReady)
	}
	return workflow.AllHandlersFinished(ctx) && !p.stirred(ctx)
}

// close ends the workflow, or this run of it.
func (p *performance) close(ctx workflow.Context) error {
	if p.performed() {
		return nil
	}
	p.Rehearsal = p.clock.carried()
	return workflow.NewContinueAsNewError(ctx, message.ContractWorkflow, message.ContractInput{State: p.State})
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
