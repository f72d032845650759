package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"

	"lvyue/internal/message"
	"lvyue/internal/money"
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

// control is a button of the desk: who may press it, what is asked first (nil: nothing), and which act it is. An act of the contract is
// addressed to the contract, though it tells of a fault.
type control struct {
	level      level
	modal      *modal
	ofContract bool
	act        func(a about, in values) (message.ActName, any)
}

// controls are all of them, by their action id.
func controls() map[string]control {
	all := map[string]control{faultForm: {level: anybody, modal: newFaultModal(), ofContract: true, act: reports}}
	for name, c := range faultControls() {
		all["fault."+name] = c
	}
	for name, c := range contractControls() {
		c.level, c.ofContract = contractors, true
		all["contract."+name] = c
	}
	return all
}

// faultForm is the callback of the shortcut and of the form for a report.
const faultForm = "fault_new"

func faultControls() map[string]control {
	words := func(name message.ActName) func(about, values) (message.ActName, any) {
		return func(_ about, in values) (message.ActName, any) {
			return name, message.Words{Text: in.text("text")}
		}
	}
	return map[string]control{
		"ack": {level: engineers, act: words(message.Acknowledge)},
		"escalate": {level: engineers, act: func(a about, _ values) (message.ActName, any) {
			return message.Escalate, message.Words{Rung: a.Rung}
		}},
		"lift":     {level: leads, act: words(message.LiftMajeure)},
		"confirm":  {level: anybody, act: words(message.ConfirmFault)},
		"progress": {level: engineers, modal: wordsModal("发布进展", "Post progress"), act: words(message.Progress)},
		"resolve":  {level: engineers, modal: wordsModal("已解决", "Resolved"), act: words(message.Resolve)},
		"explain":  {level: managers, modal: wordsModal("说明超时原因", "Explain"), act: words(message.Explain)},
		"waive":    {level: managers, modal: wordsModal("豁免超时", "Waive"), act: words(message.WaiveFault)},
		"plan": {level: engineers, modal: planModal(), act: func(_ about, in values) (message.ActName, any) {
			return message.Plan, message.FaultPlan{Cause: in.text("cause"), Steps: in.text("steps"), WorksBy: in.moment("works_by")}
		}},
		"force-majeure": {level: leads, modal: majeureModal(), act: func(_ about, in values) (message.ActName, any) {
			return message.ForceMajeure, message.Majeure{
				Kind: message.MajeureKind(in.text("kind")), Evidence: joined(in.text("evidence"), in.text("note")),
			}
		}},
		"hand-over": {level: engineers, modal: handOverModal(), act: func(_ about, in values) (message.ActName, any) {
			return message.HandOver, message.Handing{To: in.text("to")}
		}},
		"not-a-fault": {level: leads, modal: wordsModal("不是故障", "Not a fault"), act: func(_ about, in values) (message.ActName, any) {
			return message.Classify, message.Classification{Request: true, Text: in.text("text")}
		}},
		"reopen": {level: anybody, modal: reopenModal(), ofContract: true, act: func(a about, in values) (message.ActName, any) {
			return message.Reopen, message.FaultReport{Reporter: in.text("reporter"), Text: in.text("text"), Reopens: a.Fault}
		}},
	}
}

// joined is evidence with a note under it, which the clause does not ask for.
func joined(evidence, note string) string {
	if note == "" {
		return evidence
	}
	return evidence + "\n" + note
}

// ofData is the duty that is confirmed or held (§7.2).
const ofData = "destruction"

func contractControls() map[string]control {
	return map[string]control{
		"confirm-destruction": {modal: destructionModal(), act: func(about, values) (message.ActName, any) {
			return message.Confirm, message.Confirmation{What: ofData}
		}},
		"hold": {modal: wordsModal("法定保全", "Legal hold"), act: func(_ about, in values) (message.ActName, any) {
			return message.Hold, message.Confirmation{What: ofData, Reason: in.text("text")}
		}},
		"offer": {modal: offerModal(), act: func(_ about, in values) (message.ActName, any) {
			return message.Offer, message.Proposal{By: message.Provider, Fee: amount(in.text("fee"))}
		}},
		"decline": {act: func(about, values) (message.ActName, any) { return message.Reply, message.Decision{} }},
		"accept-quote": {modal: quoteModal(), act: func(a about, _ values) (message.ActName, any) {
			return message.AcceptQuote, message.Acceptance{Amount: amount(a.What)}
		}},
		"retry": {modal: retryModal(), act: func(a about, _ values) (message.ActName, any) {
			return message.Retry, message.Again{Duty: a.What}
		}},
	}
}

// amount is one that was checked before.
func amount(text string) money.CNY {
	a, _ := money.Parse(text)
	return a
}

func reports(_ about, in values) (message.ActName, any) {
	return message.ReportFault, message.FaultReport{
		Called: message.Called{CalledAt: in.moment("called_at")}, Reporter: in.text("reporter"), System: in.text("system"), Text: in.text("text"),
	}
}

// readValue reads what a button carries: that of a fault a Mark, that of a contract what it is for.
func readValue(d deed) (about, bool) {
	a := about{Channel: d.channel, TS: d.ts}
	switch {
	case d.name == "fault.new" || d.name == faultForm:
		return a, true
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
	if d.name == "fault.new" {
		d.name = faultForm
	}
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

// act stores what the button says; the answer follows.
func (h *Handler) act(ctx context.Context, d deed, c control, a about) {
	actor, no := h.mayAct(ctx, d, c.level, a)
	if no == nil {
		act, err := newAct(d.pressID(), c, a, nil, actor)
		if err != nil {
			h.warn(ctx, "an act cannot be written", slog.Any("error", err))
			return
		}
		if no = h.keep(ctx, act, d.listener(), a.Rev); no != nil && !troubled(no) {
			h.turnAway(ctx, d, actor.Who, a, no)
		}
	}
	if no != nil {
		h.later(ctx, func(ctx context.Context) { h.tell(ctx, d.listener(), refusing(no)) })
	}
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
