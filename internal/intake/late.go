package intake

import (
	"context"
	"encoding/json"
	"fmt"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// afterEnd answers an act whose workflow is not there. If the contract's data is destroyed, the contract is
// over: money is still recorded (Late), all else is refused as "destroyed" (§7.2). Otherwise cause stays the
// error, since the contract has just not begun, or an operator must look.
func (i Intake) afterEnd(ctx context.Context, act message.Act, cause error) (message.Answer, error) {
	view, err := i.Store.View(ctx, act.Contract)
	if err != nil {
		return message.Answer{}, fmt.Errorf("look at %s: %w", act.Contract, err)
	}
	if view.Contract.Phase != message.Destroyed {
		return message.Answer{}, cause
	}
	if act.Name == message.Pay {
		return i.late(ctx, act, view.Receipts)
	}
	no := refusal.Rule("destroyed", "7.2", "合同数据已销毁，合同已了结。", "the contract is over: its data has been destroyed")
	return i.settle(ctx, act, message.Answer{Text: no.Text, Refusal: no})
}

// late records late money, and looks once more when somebody else recorded some at the same time.
func (i Intake) late(ctx context.Context, act message.Act, known []message.Receipt) (message.Answer, error) {
	answer, err := i.Late(ctx, act, known)
	if err == nil {
		return answer, nil
	}
	view, lookErr := i.Store.View(ctx, act.Contract)
	if lookErr != nil || len(view.Receipts) == len(known) {
		return message.Answer{}, err
	}
	return i.Late(ctx, act, view.Receipts)
}

// Late records money that came after the end of everything (§5.4: a receipt is always recorded). Known are the
// contract's receipts as they stand. A known reference with the same amount changes nothing and
// says so; with another it is refused ("reference_reused"), as is a day that has not come ("future_day").
func (i Intake) Late(ctx context.Context, act message.Act, known []message.Receipt) (message.Answer, error) {
	var paid message.Payment
	if err := json.Unmarshal(act.Body, &paid); err != nil {
		no := refusal.BadInput("bad_act", "内容无法读取", "the content of this act cannot be read")
		return i.settle(ctx, act, message.Answer{Text: no.Text, Refusal: no})
	}
	if no := ledger.RefuseReceipt(known, act.ReceivedAt, paid); no != nil {
		return i.settle(ctx, act, message.Answer{Text: no.Text, Refusal: no})
	}
	if _, recorded := ledger.Recorded(known, paid.Reference); recorded {
		return i.settle(ctx, act, message.Answer{Text: ledger.AlreadyRecorded()})
	}
	receipt := ledger.NewReceipt(act.ReceivedAt, paid)
	answer := message.Answer{Text: refusal.Text{
		ZH: "合同已了结；收款 " + paid.Amount.String() + " 元已登记，未抵用。",
		EN: "the contract is over; the receipt of " + paid.Amount.String() + " CNY is recorded as unapplied",
	}}
	books, err := i.Store.Money(ctx, act.Contract)
	if err != nil {
		return message.Answer{}, fmt.Errorf("look at the money of %s: %w", act.Contract, err)
	}
	books.Receipts = append(books.Receipts, receipt)
	came := message.Event{
		Key: "act " + act.ID, At: act.ReceivedAt, What: "receipt", Clause: "5.4", Subject: receipt.Reference,
		Actor: act.Actor, ActID: act.ID, ReceivedAt: act.ReceivedAt, New: paid.Amount.String(),
		Changed: message.Changed{Receipt: &receipt},
	}
	booked := message.Event{
		Key: "money of act " + act.ID, At: act.ReceivedAt, What: "money", Subject: act.Contract, Actor: act.Actor,
		Changed: message.Changed{Money: &books},
	}
	record := message.Record{
		Contract: act.Contract, ActID: act.ID, Answer: &answer, Events: []message.Event{came, booked},
	}
	if err := i.Store.Record(ctx, record); err != nil {
		return message.Answer{}, fmt.Errorf("record a late receipt of %s: %w", act.Contract, err)
	}
	return answer, nil
}
