package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// about is what a card or a modal is about. It travels as a modal's private metadata. Rung is the last one that the card shows, What
// the duty, the amount or the thing that a contract's button is for; Channel and TS are the card.
type about struct {
	Contract string `json:"contract,omitempty"`
	Fault    int    `json:"fault,omitempty"`
	Rev      int    `json:"rev,omitempty"`
	Rung     string `json:"rung,omitempty"`
	What     string `json:"what,omitempty"`
	Channel  string `json:"channel,omitempty"`
	TS       string `json:"ts,omitempty"`
}

// readValue reads what a button carries: that of a fault a Mark, that of a contract what it is for.
func readValue(d deed) (about, bool) {
	a := about{Channel: d.channel, TS: d.ts}
	switch {
	case d.name == ActReport || d.name == faultForm:
		return a, true
	case d.name == ActLink:
		return a, true
	case strings.HasPrefix(d.name, "approval."):
		a.What = d.value
		return a, d.value != ""
	case strings.HasPrefix(d.name, "contract."):
		var known bool
		a.Contract, a.What, known = ParseMatterValue(d.value)
		return a, known
	default:
		m, known := ParseValue(d.value)
		a.Contract, a.Fault, a.Rev, a.Rung = m.Contract, m.Fault, m.Rev, m.Rung
		return a, known
	}
}

// press does what a button is for: at once, or after a form.
func (h *Handler) press(ctx context.Context, d deed) {
	c, known := controls()[d.name]
	a, readable := readValue(d)
	switch {
	case !known || !readable:
		h.warn(ctx, "a button is not known", slog.String("action", d.name), slog.String("value", d.value))
		h.later(ctx, func(ctx context.Context) { h.tell(ctx, d.listener(), refusing(unknownButton())) })
	case c.modal != nil:
		h.later(ctx, func(ctx context.Context) { h.ask(ctx, d, a) })
	default:
		h.act(ctx, d, c, a)
	}
}

func unknownButton() *refusal.Refusal {
	return refusal.Rule("unknown_button", "", "此按钮已不可用，请查看最新的卡片。", "This button is not in use any more; please look at the latest card.")
}

// act does what the button says; the answer follows.
func (h *Handler) act(ctx context.Context, d deed, c control, a about) {
	actor, no := h.mayAct(ctx, d, c.level, a)
	if no == nil {
		if no = h.perform(ctx, d.pressID(), c, request{d, a, nil, actor}); no != nil && !troubled(no) {
			h.turnAway(ctx, d, actor.Who, a, no)
		}
	}
	if no != nil {
		h.later(ctx, func(ctx context.Context) { h.tellRefusal(ctx, d.listener(), no) })
	}
}

// perform does what a control is for, under the business id of the press or the form.
func (h *Handler) perform(ctx context.Context, id string, c control, r request) *refusal.Refusal {
	if c.do != nil {
		return c.do(ctx, h, r)
	}
	act, err := newAct(id, c, r.about, r.in, r.actor)
	if err != nil {
		h.warn(ctx, "an act cannot be written", slog.Any("error", err))
		return unstored(err)
	}
	return h.keep(ctx, act, r.listener(), r.Rev)
}

// mayAct is allow in one word: who acts, or why not. Who is refused is kept.
func (h *Handler) mayAct(ctx context.Context, d deed, l level, a about) (message.Actor, *refusal.Refusal) {
	actor, no, err := h.allow(ctx, d, l, a.Contract)
	if err != nil {
		h.warn(ctx, "nobody knows who clicked", slog.Any("error", err))
		return actor, unstored(err)
	}
	if no != nil {
		h.turnAway(ctx, d, actor.Who, a, no)
	}
	return actor, no
}

// troubled tells a refusal that is none: the database is away.
func troubled(no *refusal.Refusal) bool { return no.Code == "not_stored" || no.Code == "not_confirmed" }

// newAct is what goes into the inbox.
func newAct(id string, c control, a about, in values, actor message.Actor) (message.Act, error) {
	name, body := c.act(a, in)
	text, err := json.Marshal(body)
	if err != nil {
		return message.Act{}, fmt.Errorf("write the act %s: %w", name, err)
	}
	act := message.Act{ID: id, Name: name, Contract: a.Contract, Fault: a.Fault, Actor: actor, Body: text}
	if c.ofContract {
		act.Fault = 0
	}
	return act, nil
}

// pressID is the business id of a press: the same however often and by whichever way it comes.
func (d deed) pressID() string {
	return strings.Join([]string{"ba", d.team, d.channel, d.ts, d.name, d.member, d.at}, ":")
}

// submissionID is that of a form.
func (d deed) submissionID() string {
	return strings.Join([]string{"vs", d.team, d.view.ID, d.view.Hash}, ":")
}
