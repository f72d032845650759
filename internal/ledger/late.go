package ledger

import (
	"fmt"
	"slices"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// Afterwards is what an act does to the money of a contract whose workflow is over: money still comes, is taken back by
// the bank, turns out to be another contract's, and goes back to the customer (§5.4). Nothing else is owed any more.
type Afterwards struct {
	Money message.Money
	// Came is a receipt that is new, Changed one of which something new is said; nil for none. Duties are those that stand
	// otherwise now.
	Came    *message.Receipt
	Changed *message.Receipt
	Duties  []message.Obligation
	Text    refusal.Text
}

// LatePay records a receipt that no fee uses. Refused as by RefuseReceipt. A known one changes nothing: its Came is nil.
func LatePay(m message.Money, at time.Time, p message.Payment) (Afterwards, *refusal.Refusal) {
	if no := RefuseReceipt(m.Receipts, at, p); no != nil {
		return Afterwards{}, no
	}
	if _, recorded := Recorded(m.Receipts, p.Reference); recorded {
		return Afterwards{Money: m, Text: AlreadyRecorded()}, nil
	}
	r := NewReceipt(at, p)
	after := Afterwards{Money: m, Text: refusal.Text{
		ZH: "合同已了结；收款 " + p.Amount.String() + " 元已登记，未抵用。",
		EN: "the contract is over; the receipt of " + p.Amount.String() + " CNY is recorded as unapplied",
	}}
	if i := indexOf(m.Receipts, p.Reference); i >= 0 {
		after.Money.Receipts = slices.Clone(m.Receipts)
		after.Money.Receipts[i], after.Changed = r, &r
		return after, nil
	}
	after.Money.Receipts, after.Came = append(slices.Clip(m.Receipts), r), &r
	return after, nil
}

// LateReturn ends a receipt, and takes off what it was applied to. Refused as by RefuseReturn.
func LateReturn(m message.Money, at time.Time, by string, r message.Return, why string) (Afterwards, *refusal.Refusal) {
	if no := RefuseReturn(m.Receipts, at, r); no != nil {
		return Afterwards{}, no
	}
	gone := NewGone(at, by, r, why)
	m.Receipts = slices.Clone(m.Receipts)
	changed := m.Receipts[indexOf(m.Receipts, r.Reference)]
	changed.Gone, changed.Held = &gone, false
	m.Receipts[indexOf(m.Receipts, r.Reference)] = changed
	m.Applied = slices.DeleteFunc(slices.Clone(m.Applied), func(a message.Applied) bool { return a.Reference == r.Reference })
	return Afterwards{Money: m, Changed: &changed, Text: refusal.Text{
		ZH: "收款 " + r.Reference + " 不再计入。", EN: "receipt " + r.Reference + " counts no more",
	}}, nil
}

func indexOf(receipts []message.Receipt, reference string) int {
	return slices.IndexFunc(receipts, func(r message.Receipt) bool { return r.Reference == reference })
}

// LateRefund asks for money back that nothing uses, and sets it aside. Refused as by RefuseOverRefund; the refund of §1.4
// is not among what can still be asked for.
func LateRefund(m message.Money, at time.Time, by string, r message.RefundRequest) (Afterwards, *refusal.Refusal) {
	if r.Reason != message.RefundOverpayment {
		return Afterwards{}, refusal.Rule("destroyed", "7.2", "合同已了结；只能退还多付款。", "the contract is over; only what came too much can go back")
	}
	var rest money.CNY
	for _, receipt := range Counting(m.Receipts) {
		rest = rest.Add(left(m, receipt))
	}
	if no := RefuseOverRefund(r.Amount, rest); no != nil {
		return Afterwards{}, no
	}
	refund := message.Refund{
		Obligation: fmt.Sprintf("refund/%d", len(m.Refunds)+1), Amount: r.Amount, Reason: r.Reason, After: len(m.Charges),
		RequestedBy: by, RequestedOn: workday.Of(at), Since: at,
	}
	m.Refunds = append(slices.Clip(m.Refunds), refund)
	m = setAside(m, refund)
	return Afterwards{
		Money: m,
		Duties: []message.Obligation{{
			ID: refund.Obligation, Clause: "5.4", OwedBy: message.Provider, OpenedAt: at, Status: message.Pending,
		}},
		Text: refusal.Text{
			ZH: refund.Obligation + "：退款 " + r.Amount.String() + " 元已申请，须由另一人批准。",
			EN: refund.Obligation + ": a refund of " + r.Amount.String() + " CNY is asked for; another person must approve it",
		},
	}, nil
}

// left is what of a receipt nothing has used.
func left(m message.Money, r message.Receipt) money.CNY {
	rest := r.Amount
	for _, a := range m.Applied {
		if a.Reference == r.Reference {
			rest = rest.Sub(a.Amount)
		}
	}
	return rest
}

// setAside gives the refund its money, from the oldest receipt on.
func setAside(m message.Money, refund message.Refund) message.Money {
	wanted := refund.Amount
	applied := slices.Clone(m.Applied)
	for _, receipt := range inOrder(Counting(m.Receipts)) {
		if piece := money.Min(left(m, receipt), wanted); piece.IsPositive() {
			applied = append(applied, message.Applied{Reference: receipt.Reference, To: refund.Obligation, Amount: piece})
			wanted = wanted.Sub(piece)
		}
	}
	m.Applied = applied
	return m
}

// LateStep approves a refund or pays it. Refused as by RefuseApproval, RefusePayout and RefuseUnbacked, and as "unknown_refund" or
// "not_open" for one that is not there or over.
func LateStep(m message.Money, at time.Time, by string, name message.ActName, s message.RefundStep) (Afterwards, *refusal.Refusal) {
	i := slices.IndexFunc(m.Refunds, func(r message.Refund) bool { return r.Obligation == s.Refund })
	if i < 0 {
		return Afterwards{}, refusal.Rule("unknown_refund", "5.4", "没有退款 "+s.Refund+"。", "there is no refund "+s.Refund)
	}
	r := m.Refunds[i]
	if r.Paid() || r.Dropped || r.Amount.IsZero() {
		return Afterwards{}, refusal.Rule("not_open", "5.4", "退款 "+s.Refund+" 已了结。", "refund "+s.Refund+" is closed already")
	}
	after := Afterwards{}
	on, counted := contract.CountedOn(at, s.On)
	if name == message.ApproveRefund {
		if no := RefuseApproval(r, by); no != nil {
			return Afterwards{}, no
		}
		r.ApprovedBy, r.ApprovedOn = by, workday.Of(at)
		after.Text = refusal.Text{ZH: "退款已批准，可以付款。", EN: "the refund is approved; it can be paid"}
	} else {
		if no := RefusePayout(r, at, s); no != nil {
			return Afterwards{}, no
		}
		if no := RefuseUnbacked(r, appliedTo(m, r.Obligation)); no != nil {
			return Afterwards{}, no
		}
		r.PaidOn, r.PaidBy, r.PaidFrom, r.PayReference, r.PayLine = on, by, s.Account, s.Reference, s.Line
		after.Duties = []message.Obligation{{
			ID: r.Obligation, Clause: "5.4", OwedBy: message.Provider, OpenedAt: r.Since, Status: message.Met,
			SettledAt: counted, ClosedAt: counted,
		}}
		after.Text = refusal.Text{ZH: "退款 " + r.Amount.String() + " 元已付。", EN: "the refund of " + r.Amount.String() + " CNY is paid"}
	}
	m.Refunds = slices.Clone(m.Refunds)
	m.Refunds[i] = r
	after.Money = m
	return after, nil
}
