package workflows

import (
	"fmt"
	"slices"

	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/contract"
	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// refundsAfter are the refunds that were asked for when so many fees had opened, or that stand behind so many, and that take money: an overpayment
// from its request on, the refund of §1.4 from its approval, which credits the fees that it gives back.
func (p *performance) refundsAfter(fees int) []claimant {
	var claims []claimant
	for _, r := range p.Refunds {
		takes := r.Approved() || r.Reason == message.RefundOverpayment
		if r.After == fees && takes && !r.Dropped {
			claims = append(claims, claimant{to: r.Obligation, Claim: ledger.Claim{Amount: r.Amount, Since: r.Since}})
		}
	}
	return claims
}

// openRefund asks for a refund. One of nothing is done at once.
func (p *performance) openRefund(d done, r message.Refund, clause string) message.Refund {
	r.Obligation = fmt.Sprintf("refund/%d", len(p.Refunds)+1)
	r.Since = d.ReceivedAt
	r.RequestedBy, r.RequestedOn = d.Actor.Who, d.day()
	p.Refunds = append(p.Refunds, r)
	o := p.open(message.Obligation{ID: r.Obligation, Clause: clause, OwedBy: message.Provider, OpenedAt: d.ReceivedAt})
	if r.Amount.IsZero() {
		p.settle(o, d.ReceivedAt)
	}
	return r
}

// openShortfallRefund (§1.4): the whole fee paid for the running year, and what was paid ahead. It takes its money before
// the fees that it gives back, or what is left of those would take it.
func (p *performance) openShortfallRefund(d done) money.CNY {
	year, _ := p.year()
	from := max(year.Year, 1)
	before := slices.IndexFunc(p.Fees, func(f message.Fee) bool { return f.Annual() && f.Year >= from })
	if before < 0 {
		before = len(p.Fees)
	}
	refund := message.Refund{Reason: message.RefundShortfall, FromYear: from, After: before, Amount: p.paidFrom(from)}
	return p.openRefund(d, refund, "1.4").Amount
}

// paidFrom is what was paid as annual fee for that year and later ones, and not given back.
func (p *performance) paidFrom(year int) money.CNY {
	shares, _ := p.allocate()
	paid := map[int]money.CNY{}
	for _, f := range p.Fees {
		if f.Annual() {
			paid[f.Year] = shares[f.Obligation].Applied
		}
	}
	return contract.ShortfallRefund(paid, year)
}

// mayRequestRefund: what came too much may go back (§5.4); so may what §1.4 gives, when it was used and nothing asks for
// it already.
func mayRequestRefund(p *performance, _ done, r message.RefundRequest) *refusal.Refusal {
	_, rest := p.allocate()
	switch r.Reason {
	case message.RefundOverpayment:
		return ledger.RefuseOverRefund(r.Amount, rest)
	case message.RefundShortfall:
		return p.mayAskForFees()
	default:
		return refusal.BadInput("bad_refund", "退款事由无效。", "there is no such reason for a refund",
			refusal.Wrong("reason", "须为 overpayment 或 load-shortfall", "must be overpayment or load-shortfall"))
	}
}

// feesAskedFor tells whether §1.4 was ever used to ask for the fees.
func (p *performance) feesAskedFor() bool {
	return slices.ContainsFunc(p.Refunds, func(r message.Refund) bool { return r.Reason != message.RefundOverpayment })
}

func (p *performance) mayAskForFees() *refusal.Refusal {
	used := p.Termination != nil && p.Termination.Ground == message.LoadShortfall
	asked := slices.ContainsFunc(p.Refunds, func(r message.Refund) bool {
		return r.Reason != message.RefundOverpayment && !r.Approved() && p.find(r.Obligation).Open()
	})
	switch {
	case !used:
		return refusal.Rule("right_not_used", "1.4",
			"甲方未因未达负载标准解除合同。", "the customer has not terminated because of the load standard")
	case asked:
		return refusal.Rule("refund_open", "1.4", "该退款已在办理。", "this refund is under way already")
	default:
		year, _ := p.year()
		return ledger.RefuseNothing(p.paidFrom(max(year.Year, 1)))
	}
}

func requestRefund(ctx workflow.Context, p *performance, d done, r message.RefundRequest) refusal.Text {
	var amount money.CNY
	if r.Reason == message.RefundShortfall {
		amount = p.openShortfallRefund(d)
	} else {
		amount = p.openRefund(d, message.Refund{Reason: r.Reason, After: len(p.Fees), Amount: r.Amount}, "5.4").Amount
	}
	p.settleFees(ctx)
	id := p.Refunds[len(p.Refunds)-1].Obligation
	return refusal.Text{
		ZH: id + "：退款 " + amount.String() + " 元已申请，须由另一人批准。",
		EN: id + ": a refund of " + amount.String() + " CNY is asked for; another person must approve it",
	}
}

// refund gives the refund of an obligation, nil if it is none.
func (p *performance) refund(obligation string) *message.Refund {
	i := slices.IndexFunc(p.Refunds, func(r message.Refund) bool { return r.Obligation == obligation })
	if i < 0 {
		return nil
	}
	return &p.Refunds[i]
}

// openRefundOf refuses a step at a refund that is not there, or over.
func (p *performance) openRefundOf(id string) *refusal.Refusal {
	switch r := p.refund(id); {
	case r == nil:
		return refusal.Rule("unknown_refund", "1.4", "没有退款 "+id+"。", "there is no refund "+id)
	case !p.find(id).Open():
		return refusal.Rule("not_open", "1.4", "退款 "+id+" 已了结。", "refund "+id+" is closed already")
	default:
		return nil
	}
}

// mayApproveRefund (§1.4, "Acts that only a person may do"): another person than the one who asked, and not more than
// was paid and is there now.
func mayApproveRefund(p *performance, d done, s message.RefundStep) *refusal.Refusal {
	if no := p.openRefundOf(s.Refund); no != nil {
		return no
	}
	if p.disputed(s.Refund) {
		return frozenRefund()
	}
	r := p.refund(s.Refund)
	shares, rest := p.allocate()
	if r.Reason == message.RefundOverpayment {
		return firstOf(ledger.RefuseApproval(*r, d.Actor.Who), ledger.RefuseUnbacked(*r, shares[r.Obligation].Applied))
	}
	return firstOf(ledger.RefuseApproval(*r, d.Actor.Who), ledger.RefuseChanged(*r, p.paidFrom(max(r.FromYear, 1)), rest))
}

// frozenRefund (§6.3): a credit note cannot be taken back, nor a payment.
func frozenRefund() *refusal.Refusal {
	return refusal.Rule("frozen", "6.3", "退款在争议中。", "the refund is in dispute")
}

// approveRefund credits what §1.4 gives back. A red 数电票 must be confirmed first where a blue one stands.
func approveRefund(ctx workflow.Context, p *performance, d done, s message.RefundStep) refusal.Text {
	r := p.refund(s.Refund)
	if r.Reason != message.RefundOverpayment {
		var books *activities.Books
		r.RedWanted = ask[bool](ctx, books.BlueFapiao, activities.FapiaoQuestion{Contract: p.Terms.Number, Obligations: p.creditFees(*r)})
	}
	r.ApprovedBy, r.ApprovedOn = d.Actor.Who, d.day()
	p.settleFees(ctx)
	text := refusal.Text{ZH: "退款已批准，可以付款。", EN: "the refund is approved; it can be paid"}
	if r.RedWanted {
		text = refusal.Text{ZH: "退款已批准；已开数电票，须先确认红字。", EN: "the refund is approved; a fapiao was issued, so its red one must be confirmed first"}
	}
	return text
}

// creditFees takes back what was paid for the years of the refund, and names the fees.
func (p *performance) creditFees(r message.Refund) []string {
	shares, _ := p.allocate()
	var credited []string
	for i := range p.Fees {
		f := &p.Fees[i]
		if paid := shares[f.Obligation].Applied; f.Annual() && f.Year >= r.FromYear && paid.IsPositive() {
			f.Credited = f.Credited.Add(paid)
			credited = append(credited, f.Obligation)
		}
	}
	return credited
}

func mayConfirmRed(p *performance, _ done, s message.RefundStep) *refusal.Refusal {
	if no := p.openRefundOf(s.Refund); no != nil {
		return no
	}
	return ledger.RefuseRed(*p.refund(s.Refund), s)
}

// confirmRed ends the wait for the tax office.
func confirmRed(_ workflow.Context, p *performance, d done, s message.RefundStep) refusal.Text {
	r := p.refund(s.Refund)
	r.Red, r.RedBy = s.Confirmation, d.Actor.Who
	return refusal.Text{ZH: "红字确认已登记，可以付款。", EN: "the red fapiao is confirmed; the refund can be paid"}
}

// mayPayRefund: approved, the red fapiao confirmed if one is wanted, its money there, and not in dispute (§6.3).
func mayPayRefund(p *performance, d done, s message.RefundStep) *refusal.Refusal {
	if no := p.openRefundOf(s.Refund); no != nil {
		return no
	}
	if p.disputed(s.Refund) {
		return frozenRefund()
	}
	r := p.refund(s.Refund)
	shares, _ := p.allocate()
	return firstOf(ledger.RefusePayout(*r, d.ReceivedAt, s), ledger.RefuseUnbacked(*r, shares[r.Obligation].Applied))
}

// payRefund records that the money went out; the duty is performed.
func payRefund(_ workflow.Context, p *performance, d done, s message.RefundStep) refusal.Text {
	r := p.refund(s.Refund)
	on, at := contract.CountedOn(d.ReceivedAt, s.On)
	r.PaidOn, r.PaidBy, r.PaidFrom, r.PayReference, r.PayLine = on, d.Actor.Who, s.Account, s.Reference, s.Line
	p.settle(p.find(r.Obligation), at)
	return refusal.Text{ZH: "退款 " + r.Amount.String() + " 元已付。", EN: "the refund of " + r.Amount.String() + " CNY is paid"}
}

// dropRefund lets a refund go that was waived and not paid.
func (p *performance) dropRefund(id string) {
	if r := p.refund(id); r != nil && !r.Paid() {
		r.Dropped = true
	}
}

// serviceOf is the service that a fee pays for; no days while the first year has none. An expansion serves from its
// acceptance to the end of its year.
func (p *performance) serviceOf(f message.Fee) workday.Span {
	if p.Start.IsZero() {
		return workday.Span{}
	}
	service := workday.ServiceYear(p.Start, f.Year)
	service.First = workday.Later(service.First, f.First)
	return service
}
