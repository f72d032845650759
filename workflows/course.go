package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/message"
)

// course is the way of an S, a contract or an incident, through time. Two things move it: what comes due, and what people do and
// machines report. Both are applied in the order of their instants, never in that in which the workflow happens to see them;
// at one instant what is due comes first.
type course[S subject[S]] struct {
	of       S
	journal  *message.Journal
	clock    *clock
	arrivals arrivals
	read     time.Time // the inbox was read up to this instant
	timer    timer
	present  time.Time // the clock, when it was last looked at
	idle     bool      // everything up to now is done; waiting
	afresh   bool      // the history shall start afresh
	answered bool      // an update was answered since the last wait
}

// subject is what goes through a course.
type subject[S any] interface {
	// timetable is what the passing of time does, in order; acts is what people do.
	timetable() []moment
	acts() []act[S]
	// inbox is where its acts lie, after those it has heard.
	inbox() activities.InboxQuestion
	// take is one step: something happens, and is stored as evidence with the answer to its act. Store stores what is no step.
	take(ctx workflow.Context, c cause, happen func(workflow.Context))
	store(ctx workflow.Context, r message.Record)
}

// cause is what a step follows from. Its key makes the events of the step unique.
type cause struct {
	key    string
	at     time.Time
	act    *message.Act
	clause string
	answer *message.Answer
}

// catchUp applies all that has come due or arrived up to now, earliest first. Before a moment, the inbox is
// read up to its instant, so that no lapse overtakes an act that was received in time.
func (c *course[S]) catchUp(ctx workflow.Context) {
	c.idle = false
	for {
		c.present = c.clock.now(ctx)
		c.arrivals.drain(c.clock.instant(ctx))
		m, due := c.nextMoment()
		a, arrived := c.arrivals.first()
		due = due && !m.at.After(later(c.present, a.at))
		switch {
		case arrived && (!due || a.at.Before(m.at)):
			c.apply(ctx, a)
		case due && c.read.Before(m.at):
			c.readInbox(ctx, m.at)
		case due:
			c.of.take(ctx, cause{key: m.key(c.journal.Heard), at: later(m.at, c.journal.At)}, m.happen)
		default:
			c.idle = true
			c.timer.forget()
			return
		}
	}
}

func (c *course[S]) nextMoment() (moment, bool) {
	all := c.of.timetable()
	if len(all) == 0 {
		return moment{}, false
	}
	return all[0], true
}

// readInbox fetches the acts received before the instant that no update has brought yet.
func (c *course[S]) readInbox(ctx workflow.Context, before time.Time) {
	if _, whole := c.fetch(ctx, before); whole {
		c.read = before
	}
}

// fetch queues the next acts of the inbox, up to the last of them; whole tells whether there are no more.
func (c *course[S]) fetch(ctx workflow.Context, before time.Time) (last int64, whole bool) {
	var inbox *activities.Inbox
	question := c.of.inbox()
	question.After, question.Before = c.journal.Heard, before
	found := ask[[]message.Act](ctx, inbox.Unapplied, question)
	for _, act := range found {
		c.arrivals.put(act)
		last = act.Seq
	}
	return last, len(found) < activities.Page
}

// apply takes the step that an arrival asks for. An act waits for those received before it.
func (c *course[S]) apply(ctx workflow.Context, a arrival) {
	if a.act == nil {
		c.arrivals.signals = c.arrivals.signals[1:]
		c.of.take(ctx, cause{key: a.key, at: later(a.at, c.journal.At)}, a.happen)
		return
	}
	if !a.act.led && c.ahead(a.act.Act) {
		last, whole := c.fetch(ctx, time.Time{})
		a.act.led = whole || a.act.Seq <= last
		return
	}
	c.arrivals.acts = c.arrivals.acts[1:]
	c.do(ctx, a.act)
}

// ahead tells whether acts received before this one may still lie in the inbox.
func (c *course[S]) ahead(a message.Act) bool {
	return c.journal.Heard < a.Seq-1
}

// do applies an act, or refuses it by the rules. The answer is stored either way.
func (c *course[S]) do(ctx workflow.Context, a *arrivedAct) {
	rule := ruleOf(c.of.acts(), a.Name)
	c.journal.Heard = a.Seq
	if no := rule.refuse(c.of, a.Act); no != nil {
		a.answer = &message.Answer{Text: no.Text, Refusal: no}
		c.of.store(ctx, message.Record{ActID: a.ID, Answer: a.answer})
		return
	}
	answer := &message.Answer{}
	c.of.take(ctx, cause{key: "act " + a.ID, at: a.ReceivedAt, act: &a.Act, clause: rule.clause, answer: answer},
		func(ctx workflow.Context) { answer.Text = rule.follow(ctx, c.of, a.Act) })
	a.answer = answer
}

// listen lets people act by updates.
func (c *course[S]) listen(ctx workflow.Context) error {
	for _, a := range c.of.acts() {
		options := workflow.UpdateHandlerOptions{Validator: func(_ workflow.Context, act message.Act) error {
			return c.refuseAtOnce(a, act)
		}}
		if err := workflow.SetUpdateHandlerWithOptions(ctx, string(a.name), c.answer, options); err != nil {
			return err
		}
	}
	return nil
}

// refuseAtOnce is the validator: it refuses what the rules refuse, without a trace in the history, provided
// that nothing that came before is still to be applied.
func (c *course[S]) refuseAtOnce(a act[S], act message.Act) error {
	if !c.upToDate(act) {
		return nil
	}
	no := a.refuse(c.of, act)
	if no == nil {
		return nil
	}
	return temporal.NewNonRetryableApplicationError(no.Error(), "refusal", nil, no)
}

func (c *course[S]) upToDate(a message.Act) bool {
	m, found := c.nextMoment()
	passed := found && !m.at.After(a.ReceivedAt)
	return c.idle && !passed && !c.arrivals.waiting() && !c.ahead(a) && a.Seq > c.journal.Heard
}

// answer handles an update: the act takes its place in the order of the inbox, and the caller waits for the
// answer. An act that was applied already gets the answer that it got then.
func (c *course[S]) answer(ctx workflow.Context, a message.Act) (message.Answer, error) {
	ctx, _ = workflow.NewDisconnectedContext(ctx)
	defer func() { c.answered = true }()
	if a.Seq <= c.journal.Heard {
		var inbox *activities.Inbox
		return ask[message.Answer](ctx, inbox.Answered, a.ID), nil
	}
	arrived := c.arrivals.put(a)
	await(ctx, func() bool { return arrived.answer != nil })
	return *arrived.answer, nil
}

// wait sleeps until something comes due or arrives, the rehearsal's clock is moved, or the run should leave.
func (c *course[S]) wait(ctx workflow.Context) {
	m, _ := c.nextMoment()
	c.timer.arm(ctx, c.clock, m.at)
	c.answered = false
	await(ctx, func() bool { return c.stirred(ctx) || c.leaves(ctx) })
}

// stirred tells whether there is something to do.
func (c *course[S]) stirred(ctx workflow.Context) bool {
	return c.arrivals.waiting() || c.timer.rung() || (c.clock.rehearsed && c.isDue(ctx))
}

// isDue tells whether a moment has come.
func (c *course[S]) isDue(ctx workflow.Context) bool {
	m, found := c.nextMoment()
	return found && !m.at.After(c.clock.now(ctx))
}

// leaves tells whether the run ends here to go on in a fresh history: when it asked for one itself, when the server
// suggests it, and when a new version of the worker asks.
func (c *course[S]) leaves(ctx workflow.Context) bool {
	info := workflow.GetInfo(ctx)
	return c.afresh || info.GetContinueAsNewSuggested() || info.GetTargetWorkerDeploymentVersionChanged()
}

// everyoneAnswered waits until every caller has its answer; false if something stirred meanwhile and must be
// dealt with first. It lets go of the task after an answer: the server loses the answer of an update that
// completes together with its run.
func (c *course[S]) everyoneAnswered(ctx workflow.Context) bool {
	await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) || c.stirred(ctx) })
	if c.answered {
		c.answered = false
		await(ctx, workflow.NewTimer(ctx, breath).IsReady)
	}
	return workflow.AllHandlersFinished(ctx) && !c.stirred(ctx)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
