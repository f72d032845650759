package ledger

import (
	"slices"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// RefuseReceipt says why money cannot be recorded beside the receipts known, nil if it can or already is: it must
// have an amount above zero and the bank's reference (bad_payment), a reference is one receipt
// (reference_reused), one that the bank took back does not come again (receipt_reversed), and its day has come (future_day). Whether anything is owed does not matter (§5.4, §5.6).
func RefuseReceipt(known []message.Receipt, receivedAt time.Time, p message.Payment) *refusal.Refusal {
	if wrong := wrongFields(p); len(wrong) > 0 {
		return refusal.BadInput("bad_payment", "收款信息有误：", "this receipt cannot be recorded:", wrong...)
	}
	r, ever := Told(known, p.Reference)
	switch {
	case ever && r.Gone != nil && r.Gone.Why == message.Reversed:
		return refusal.Rule("receipt_reversed", "5.4",
			"银行已退回该流水号的款项；再次到账应有新的流水号。",
			"the bank took the money of this reference back; money that comes again has a reference of its own")
	case !ever || (r.Gone != nil && r.Amount.Equal(p.Amount)):
		return contract.RefuseFutureDay(receivedAt, p.On)
	case r.Amount.Equal(p.Amount):
		return nil
	default:
		return refusal.Rule("reference_reused", "5.4",
			"该流水号已登记，金额为 "+r.Amount.String()+"。",
			"this reference is recorded already, with the amount "+r.Amount.String())
	}
}

func wrongFields(p message.Payment) []refusal.Field {
	var wrong []refusal.Field
	if !p.Amount.IsPositive() {
		wrong = append(wrong, refusal.Wrong("amount", "金额须大于零", "must be more than zero"))
	}
	if p.Reference == "" {
		wrong = append(wrong, refusal.Wrong("reference", "缺少银行流水号", "the bank's reference is missing"))
	}
	return wrong
}

// Recorded finds the receipt with that reference, if it counts.
func Recorded(known []message.Receipt, reference string) (message.Receipt, bool) {
	r, ever := Told(known, reference)
	return r, ever && r.Counts()
}

// Told finds the receipt with that reference, also one that counts no more.
func Told(known []message.Receipt, reference string) (message.Receipt, bool) {
	i := slices.IndexFunc(known, func(r message.Receipt) bool { return r.Reference == reference })
	if i < 0 {
		return message.Receipt{}, false
	}
	return known[i], true
}

// AlreadyRecorded is the answer to a receipt that is known with the same amount.
func AlreadyRecorded() refusal.Text {
	return refusal.Text{ZH: "该笔收款此前已登记，未作变更。", EN: "this receipt is already recorded; nothing has changed"}
}

// NewReceipt is the receipt of money, on the day and at the instant at which it counts.
func NewReceipt(receivedAt time.Time, p message.Payment) message.Receipt {
	on, at := contract.CountedOn(receivedAt, p.On)
	return message.Receipt{Reference: p.Reference, Amount: p.Amount, On: on, At: at, Account: p.Account, Line: p.Line}
}
