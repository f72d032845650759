package workflows

import (
	"encoding/json"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// act is one thing that people do: what must hold before it, and what follows.
type act struct {
	name   message.ActName
	clause string
	refuse func(*performance, message.Act) *refusal.Refusal
	follow func(workflow.Context, *performance, message.Act) refusal.Text
}

// on builds an act with body B. The act is refused by when (the state of the contract as a whole) or by may
// (the rules of the clause); neither changes anything, so both serve the update's validator too.
func on[B any](
	name message.ActName, clause string,
	when func(*performance) *refusal.Refusal,
	may func(*performance, done, B) *refusal.Refusal,
	follow func(workflow.Context, *performance, done, B) refusal.Text,
) act {
	return act{
		name: name, clause: clause,
		refuse: func(p *performance, a message.Act) *refusal.Refusal {
			body, err := read[B](a)
			if err != nil {
				return err
			}
			if no := when(p); no != nil {
				return no
			}
			return may(p, done{a}, body)
		},
		follow: func(ctx workflow.Context, p *performance, a message.Act) refusal.Text {
			body, _ := read[B](a)
			return follow(ctx, p, done{a}, body)
		},
	}
}

func read[B any](a message.Act) (B, *refusal.Refusal) {
	var body B
	err := json.Unmarshal(a.Body, &body) //workflowcheck:ignore what it reads depends on the bytes alone
	if err != nil {
		return body, refusal.BadInput("bad_act", "内容无法读取。", "the content of this act cannot be read: "+err.Error())
	}
	return body, nil
}

// done is an act at the moment of its receipt.
type done struct{ message.Act }

func (d done) day() workday.Date { return workday.Of(d.ReceivedAt) }

// listen lets people act by updates, the rehearsal move its clock, and operators look.
func (p *performance) listen(ctx workflow.Context) error {
	for _, a := range acts() {
		options := workflow.UpdateHandlerOptions{Validator: func(_ workflow.Context, act message.Act) error {
			return p.refuseAtOnce(a, act)
		}}
		if err := workflow.SetUpdateHandlerWithOptions(ctx, string(a.name), p.answer, options); err != nil {
			return err
		}
	}
	if err := p.letAdvance(ctx); err != nil {
		return err
	}
	return workflow.SetQueryHandler(ctx, message.StateQuery, func() (message.State, error) { return p.State, nil })
}

// refuseAtOnce is the validator: it refuses what the rules refuse, without a trace in the history, provided
// that nothing that came before is still to be applied.
func (p *performance) refuseAtOnce(a act, act message.Act) error {
	if !p.upToDate(act) {
		return nil
	}
	no := a.refuse(p, act)
	if no == nil {
		return nil
	}
	return temporal.NewNonRetryableApplicationError(no.Error(), "refusal", nil, no)
}

func (p *performance) upToDate(a message.Act) bool {
	m, found := p.nextMoment()
	passed := found && !m.at.After(a.ReceivedAt)
	return p.idle && !passed && !p.arrivals.waiting() && !p.ahead(a) && a.Seq > p.Heard
}

// answer handles an update: the act takes its place in the order of the inbox, and the caller waits for the
// answer. An act that was applied already gets the answer that it got then.
func (p *performance) answer(ctx workflow.Context, a message.Act) (message.Answer, error) {
	ctx, _ = workflow.NewDisconnectedContext(ctx)
	defer func() { p.answered = true }()
	if a.Seq <= p.Heard {
		var inbox *activities.Inbox
		return ask[message.Answer](ctx, inbox.Answered, a.ID), nil
	}
	arrived := p.arrivals.put(a)
	await(ctx, func() bool { return arrived.answer != nil })
	return *arrived.answer, nil
}

// do applies an act, or refuses it by the rules. The answer is stored either way.
func (p *performance) do(ctx workflow.Context, a *arrivedAct) {
	rule := ruleOf(a.Name)
	p.Heard = a.Seq
	if no := rule.refuse(p, a.Act); no != nil {
		a.answer = &message.Answer{Text: no.Text, Refusal: no}
		p.store(ctx, message.Record{ActID: a.ID, Answer: a.answer})
		return
	}
	answer := &message.Answer{}
	p.take(ctx, cause{key: "act " + a.ID, at: a.ReceivedAt, act: &a.Act, clause: rule.clause, answer: answer},
		func(ctx workflow.Context) { answer.Text = rule.follow(ctx, p, a.Act) })
	a.answer = answer
}

func ruleOf(name message.ActName) act {
	for _, a := range acts() {
		if a.name == name {
			return a
		}
	}
	return act{refuse: func(*performance, message.Act) *refusal.Refusal {
		return refusal.BadInput("unknown_act", "没有这种操作。", "there is no act "+string(name))
	}}
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
