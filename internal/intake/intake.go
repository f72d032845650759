// Package intake is the one way in for what people do to contracts. An act is stored first, with the moment of
// its receipt; then it is taken to the contract's workflow; and its first answer stands for ever. Whatever
// fails on the way delays the effect, never the moment, and the relay finishes what was begun. It judges
// nothing that a workflow can judge: it says who a person is, which only the forms and the rota know.
package intake

import (
	"context"
	"log/slog"

	"go.temporal.io/sdk/client"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
)

// Intake takes acts in for one engine.
type Intake struct {
	Store  *postgres.Store
	Client client.Client
	// TaskQueue is where a contract that starts is served; Prefix stands before workflow ids ("" in production).
	TaskQueue string
	Prefix    string
	// Rehearsal is the clock that a contract starts with; nil in production.
	Rehearsal *message.Clock
	// Log hears of acts that the relay could not deliver; nil for nobody.
	Log *slog.Logger
}

// Take stores the act and delivers it. It returns the act as stored, with its place and moment, and the answer:
// that of the first delivery if the id is known. Form is the form that a Sign or an Amend signs; it is kept
// first, and a Sign of a different form under a known number is refused ("other_form", §7.4). A refusal by the rules is an
// answer, not an error; an error says that there is no answer yet (see Deliver), or that nothing was stored.
func (i Intake) Take(ctx context.Context, act message.Act, form *contract.Form) (message.Act, message.Answer, error) {
	stored, answered, err := i.Keep(ctx, act, form)
	if err != nil {
		return act, message.Answer{}, err
	}
	if answered != nil {
		return stored, *answered, nil
	}
	answer, err := i.Deliver(ctx, stored)
	return stored, answer, err
}

// Keep is Submit of an act that signs a form, which is kept first; nil for other acts.
func (i Intake) Keep(ctx context.Context, act message.Act, form *contract.Form) (message.Act, *message.Answer, error) {
	if err := i.keep(ctx, act, form); err != nil {
		return act, nil, err
	}
	return i.Submit(ctx, act)
}

// Submit is the first half of Take, for whoever must say at once that an act is received: it stores the act with the moment of its
// receipt, and gives it as stored. The answer is nil until it has one; Deliver gets it. An error means that nothing was stored, or,
// as "database_interrupted", that nobody knows.
func (i Intake) Submit(ctx context.Context, act message.Act) (message.Act, *message.Answer, error) {
	act, err := i.recognise(ctx, act)
	if err == nil {
		err = i.refuseStranger(ctx, act)
	}
	if err != nil {
		return act, nil, err
	}
	return i.Store.Submit(ctx, act)
}

// keep stores the form that is signed, whole, before the act: the workflow knows it by its hash.
func (i Intake) keep(ctx context.Context, act message.Act, form *contract.Form) error {
	switch {
	case form == nil || form.Number != act.Contract: // the workflow refuses another contract's form
		return nil
	case act.Name == message.Sign:
		return i.Store.RegisterForm(ctx, *form)
	case act.Name == message.Amend:
		return i.Store.KeepAmendedForm(ctx, *form)
	default:
		return nil
	}
}
