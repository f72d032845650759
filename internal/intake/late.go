package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
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
		return i.Late(ctx, act, view.Contract, view.Receipts)
	}
	no := refusal.Rule("destroyed", "7.2", "合同数据已销毁，合同已了结。", "the contract is over: its data has been destroyed")
	return i.settle(ctx, act, message.Answer{Text: no.Text, Refusal: no})
}

// Late records money that came after the end of everything (§5.4: a receipt is always recorded). Row and known
// are the contract and its receipts as they stand. A known reference with the same amount changes nothing and
// says so; with another it is refused ("reference_reused"), as is a day that has not come ("future_day").
func (i Intake) Late(
	ctx context.Context, act message.Act, row message.ContractRow, known []message.Receipt,
) (message.Answer, error) {
	var paid message.Payment
	if err := json.Unmarshal(act.Body, &paid); err != nil {
		no := refusal.BadInput("bad_act", "内容无法读取", "the content of this act cannot be read")
		return i.settle(ctx, act, message.Answer{Text: no.Text, Refusal: no})
	}
	if answer, done := judge(act, paid, known); done {
		return i.settle(ctx, act, answer)
	}
	receipt := receiptOf(act, paid)
	row.Received, row.Unapplied = row.Received.Add(paid.Amount), row.Unapplied.Add(paid.Amount)
	answer := message.Answer{Text: refusal.Text{
		ZH: "合同已了结；收款 " + paid.Amount.String() + " 元已登记，未抵用。",
		EN: "the contract is over; the receipt of " + paid.Amount.String() + " CNY is recorded as unapplied",
	}}
	record := message.Record{Contract: act.Contract, ActID: act.ID, Answer: &answer, Events: []message.Event{{
		Key: "act " + act.ID, At: act.ReceivedAt, What: "receipt", Clause: "5.4", Subject: receipt.Reference,
		Actor: act.Actor, ActID: act.ID, ReceivedAt: act.ReceivedAt, New: paid.Amount.String(),
		Changed: message.Changed{Receipt: &receipt, Contract: &row},
	}}}
	if err := i.Store.Record(ctx, record); err != nil {
		return message.Answer{}, fmt.Errorf("record a late receipt of %s: %w", act.Contract, err)
	}
	return answer, nil
}

// judge gives the answer to money that is not recorded: wrongly typed, known already, or dated ahead.
func judge(act message.Act, paid message.Payment, known []message.Receipt) (message.Answer, bool) {
	refuse := func(no *refusal.Refusal) (message.Answer, bool) {
		return message.Answer{Text: no.Text, Refusal: no}, true
	}
	if !paid.Amount.IsPositive() || paid.Reference == "" {
		return refuse(refusal.BadInput("bad_payment", "收款信息有误", "this receipt cannot be recorded",
			refusal.Wrong("amount", "须大于零，并附银行流水号", "must be more than zero, with the bank's reference")))
	}
	n := slices.IndexFunc(known, func(r message.Receipt) bool { return r.Reference == paid.Reference })
	switch {
	case n >= 0 && known[n].Amount.Equal(paid.Amount):
		return message.Answer{Text: refusal.Text{
			ZH: "该笔收款此前已登记，未作变更。", EN: "this receipt is already recorded; nothing has changed",
		}}, true
	case n >= 0:
		return refuse(refusal.Rule("reference_reused", "5.4",
			"该流水号已登记，金额为 "+known[n].Amount.String()+"。",
			"this reference is recorded already, with the amount "+known[n].Amount.String()))
	case paid.On.After(workday.Of(act.ReceivedAt)):
		return refuse(refusal.BadInput("future_day", "日期晚于收到之日", "the day has not come yet",
			refusal.Wrong("on", "晚于收到之日", "is after the day of receipt")))
	}
	return message.Answer{}, false
}

// receiptOf counts on the day of receipt, or at 23:59:59 of an earlier day at the bank.
func receiptOf(act message.Act, paid message.Payment) message.Receipt {
	on, at := workday.Of(act.ReceivedAt), act.ReceivedAt
	if !paid.On.IsZero() && paid.On != on {
		on, at = paid.On, paid.On.End().Add(-time.Second)
	}
	return message.Receipt{Reference: paid.Reference, Amount: paid.Amount, On: on, At: at, Account: paid.Account}
}
