package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
)

// afterEnd answers an act whose workflow is not there. If the contract's data is destroyed, the contract is
// over: its money is still looked after (Late), all else is refused as "destroyed" (§7.2). Otherwise cause stays the
// error, since the contract has just not begun, or an operator must look.
func (i Intake) afterEnd(ctx context.Context, act message.Act, cause error) (message.Answer, error) {
	if act.Fault > 0 {
		return i.afterFault(ctx, act, cause)
	}
	view, err := i.Store.View(ctx, act.Contract)
	if err != nil {
		return message.Answer{}, fmt.Errorf("look at %s: %w", act.Contract, err)
	}
	if view.Contract.Phase != message.Destroyed {
		return message.Answer{}, cause
	}
	return i.Late(ctx, act, view)
}

// late finds what an act does to the money of a contract that is over; nil for an act that is not about money.
func late(act message.Act) func(message.Money) (ledger.Afterwards, *refusal.Refusal) {
	at, by := act.ReceivedAt, act.Actor.Who
	switch act.Name {
	case message.Pay:
		return with(act, func(m message.Money, p message.Payment) (ledger.Afterwards, *refusal.Refusal) {
			return ledger.LatePay(m, at, p)
		})
	case message.Reverse:
		return with(act, func(m message.Money, r message.Return) (ledger.Afterwards, *refusal.Refusal) {
			return ledger.LateReturn(m, at, by, r, message.Reversed)
		})
	case message.MoveReceipt:
		return with(act, func(m message.Money, r message.Return) (ledger.Afterwards, *refusal.Refusal) {
			if no := ledger.RefuseMove(act.Contract, m.Receipts, at, r); no != nil {
				return ledger.Afterwards{}, no
			}
			return ledger.LateReturn(m, at, by, r, message.Moved)
		})
	case message.RequestRefund:
		return with(act, func(m message.Money, r message.RefundRequest) (ledger.Afterwards, *refusal.Refusal) {
			return ledger.LateRefund(m, at, by, r)
		})
	case message.Book:
		return func(m message.Money) (ledger.Afterwards, *refusal.Refusal) {
			return ledger.Afterwards{Money: m, Text: refusal.Text{ZH: "该合同已补记入账。", EN: "the contract is booked"}}, nil
		}
	case message.ApproveRefund, message.PayRefund:
		return with(act, func(m message.Money, s message.RefundStep) (ledger.Afterwards, *refusal.Refusal) {
			return ledger.LateStep(m, at, by, act.Name, s)
		})
	default:
		return nil
	}
}

// with reads the body of an act.
func with[B any](act message.Act, follow func(message.Money, B) (ledger.Afterwards, *refusal.Refusal),
) func(message.Money) (ledger.Afterwards, *refusal.Refusal) {
	return func(m message.Money) (ledger.Afterwards, *refusal.Refusal) {
		var body B
		if err := json.Unmarshal(act.Body, &body); err != nil {
			return ledger.Afterwards{}, refusal.BadInput("bad_act", "内容无法读取", "the content of this act cannot be read")
		}
		return follow(m, body)
	}
}

// Late looks after the money of a contract that is over, as view shows it. Two who act at once do so one after the
// other.
func (i Intake) Late(ctx context.Context, act message.Act, view postgres.View) (message.Answer, error) {
	follow := late(act)
	if follow == nil {
		no := refusal.Rule("destroyed", "7.2", "合同数据已销毁，合同已了结。", "the contract is over: its data has been destroyed")
		return i.settle(ctx, act, message.Answer{Text: no.Text, Refusal: no})
	}
	for {
		m, events, err := i.Store.Money(ctx, act.Contract)
		if err != nil {
			return message.Answer{}, fmt.Errorf("look at the money of %s: %w", act.Contract, err)
		}
		if m.Buyer == "" { // nothing was ever booked: the contract ended before there were books
			m = ledger.Before(view.Contract, view.Receipts)
		}
		after, no := follow(m)
		if no != nil {
			return i.settle(ctx, act, message.Answer{Text: no.Text, Refusal: no})
		}
		if after.Came != nil || after.Changed != nil {
			after = after.Settle(view.Obligations, act.ReceivedAt)
		}
		answer := message.Answer{Text: after.Text}
		err = i.Store.RecordAfter(ctx, events, message.Record{
			Contract: act.Contract, ActID: act.ID, Answer: &answer, Events: eventsOf(act, after, view.Contract),
		})
		if err == nil {
			return i.settle(ctx, act, answer)
		}
		if !errors.Is(err, postgres.ErrMovedOn) {
			return message.Answer{}, fmt.Errorf("record %s of %s: %w", act.Name, act.Contract, err)
		}
	}
}

// eventsOf is the evidence of an act after the end. An act that changed nothing leaves none.
func eventsOf(act message.Act, after ledger.Afterwards, row message.ContractRow) []message.Event {
	if after.Came == nil && after.Changed == nil && act.Name == message.Pay {
		return nil
	}
	var events []message.Event
	add := func(what, clause, subject, now string, changed message.Changed) {
		events = append(events, message.Event{
			Key: fmt.Sprintf("act %s: %s %s", act.ID, what, subject), At: act.ReceivedAt, What: what, Clause: clause,
			Subject: subject, Actor: act.Actor, ActID: act.ID, ReceivedAt: act.ReceivedAt, New: now, Changed: changed,
		})
	}
	if r := after.Came; r != nil {
		add("receipt", "5.4", r.Reference, r.Amount.String(), message.Changed{Receipt: r})
	} else {
		add(string(act.Name), "5.4", act.Contract, "", message.Changed{})
		events[0].Detail = act.Body
	}
	if r := after.Changed; r != nil {
		add("receipt-changed", "5.4", r.Reference, "", message.Changed{ReceiptChange: r})
	}
	for _, o := range after.Duties {
		add(string(o.Status), o.Clause, o.ID, string(o.Status), message.Changed{Obligation: &o})
	}
	row.Received, row.Unapplied = after.Money.Balance()
	add("contract", "5.4", row.Number, "", message.Changed{Contract: &row})
	add("money", "5.4", row.Number, "", message.Changed{Money: &after.Money})
	return events
}
