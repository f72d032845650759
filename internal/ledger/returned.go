package ledger

import (
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// RefuseReturn says why a receipt cannot cease to count, nil if it can: it must be known (unknown_receipt) and count
// (receipt_gone), and the day has come (future_day), is not long ago (far_day) and not before that of the receipt
// (past_day). §5.4: what was not received has settled nothing.
func RefuseReturn(known []message.Receipt, receivedAt time.Time, r message.Return) *refusal.Refusal {
	if no := refuseUnknown(known, r.Reference); no != nil {
		return no
	}
	if wrong := wrongNames(r.BankReference, ""); len(wrong) > 0 {
		return refusal.BadInput("bad_payment", "退回信息有误：", "this reversal cannot be recorded:", wrong...)
	}
	on, _ := contract.CountedOn(receivedAt, r.On)
	if receipt, _ := Told(known, r.Reference); on.Before(receipt.On) {
		return refusal.Rule("past_day", "5.4", "退回日不得早于到账日 "+receipt.On.String()+"。",
			"it cannot have been taken back before it came on "+receipt.On.String())
	}
	return refuseDay(receivedAt, r.On)
}

// refuseDay refuses a day of money that has not come (future_day) or lies too far back (far_day).
func refuseDay(receivedAt time.Time, on workday.Date) *refusal.Refusal {
	if no := contract.RefuseFutureDay(receivedAt, on); no != nil {
		return no
	}
	return contract.RefuseFarDay(receivedAt, on)
}

// RefuseMove is RefuseReturn for money of another contract than number, which must be named and another
// (bad_move).
func RefuseMove(number string, known []message.Receipt, receivedAt time.Time, r message.Return) *refusal.Refusal {
	if r.To == "" || r.To == number {
		return refusal.BadInput("bad_move", "须指明另一份合同。", "another contract must be named",
			refusal.Wrong("to", "须为另一份合同的编号", "must be the number of another contract"))
	}
	return RefuseReturn(known, receivedAt, r)
}

// RefuseKeeping says why a receipt cannot be kept back from being applied, or applied again: it must be known and count,
// and not stand so already (nothing_to_do). Held: it must be kept back now.
func RefuseKeeping(known []message.Receipt, reference string, held bool) *refusal.Refusal {
	if no := refuseUnknown(known, reference); no != nil {
		return no
	}
	if r, _ := Told(known, reference); r.Held != held {
		return refusal.Rule("nothing_to_do", "5.4", "该收款的核销状态本来如此。", "this receipt stands so already")
	}
	return nil
}

func refuseUnknown(known []message.Receipt, reference string) *refusal.Refusal {
	switch r, ever := Told(known, reference); {
	case !ever:
		return refusal.Rule("unknown_receipt", "5.4", "没有流水号为 "+reference+" 的收款。", "there is no receipt "+reference)
	case !r.Counts():
		return refusal.Rule("receipt_gone", "5.4", "收款 "+reference+" 已不再计入。", "receipt "+reference+" counts no more already")
	default:
		return nil
	}
}

// NewGone is the end of a receipt, on its day.
func NewGone(receivedAt time.Time, by string, r message.Return, why string) message.Gone {
	on, _ := contract.CountedOn(receivedAt, r.On)
	return message.Gone{Why: why, On: on, By: by, Reference: r.BankReference, Line: r.Line, To: r.To}
}
