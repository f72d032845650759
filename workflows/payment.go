package workflows

import (
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// mayPay (§5.4, §5.6): money that came is recorded, whatever is owed. One reference is one receipt.
func mayPay(p *performance, d done, r message.Payment) *refusal.Refusal {
	if wrong := wrongPayment(r); len(wrong) > 0 {
		return refusal.BadInput("bad_payment", "收款信息有误：", "this receipt cannot be recorded:", wrong...)
	}
	if known := p.receipt(r.Reference); known != nil {
		if known.Amount.Equal(r.Amount) {
			return nil
		}
		return refusal.Rule("reference_reused", "5.4",
			"该流水号已登记，金额为 "+known.Amount.String()+"。",
			"this reference is recorded already, with the amount "+known.Amount.String())
	}
	return mayCount(d, r.On)
}

func wrongPayment(r message.Payment) []refusal.Field {
	var wrong []refusal.Field
	if !r.Amount.IsPositive() {
		wrong = append(wrong, refusal.Wrong("amount", "金额须大于零", "must be more than zero"))
	}
	if r.Reference == "" {
		wrong = append(wrong, refusal.Wrong("reference", "缺少银行流水号", "the bank's reference is missing"))
	}
	return wrong
}

// pay records a receipt and applies it to the fees that are owed. It counts on its day at the bank; an earlier
// day counts at 23:59:59.
func pay(ctx workflow.Context, p *performance, d done, r message.Payment) refusal.Text {
	if p.receipt(r.Reference) != nil {
		return refusal.Text{ZH: "该笔收款此前已登记，未作变更。", EN: "this receipt is already recorded; nothing has changed"}
	}
	on, at := counted(d, r.On)
	p.Receipts = append(p.Receipts, message.Receipt{
		Reference: r.Reference, Amount: r.Amount, On: on, At: at, Account: r.Account,
	})
	p.settleFees(ctx)
	return refusal.Text{ZH: "收款 " + r.Amount.String() + " 元已登记。", EN: "receipt of " + r.Amount.String() + " CNY recorded"}
}

func (p *performance) receipt(reference string) *message.Receipt {
	i := slices.IndexFunc(p.Receipts, func(r message.Receipt) bool { return r.Reference == reference })
	if i < 0 {
		return nil
	}
	return &p.Receipts[i]
}

// owe adds an annual fee to what the receipts are applied to.
func (p *performance) owe(f message.Fee) {
	p.Fees = append(p.Fees, f)
}

// settleFees closes every fee that the receipts have reached. The first one complete is the receipt of §5.5.
func (p *performance) settleFees(ctx workflow.Context) {
	shares, _ := p.allocate()
	for i := range p.Fees {
		f := &p.Fees[i]
		if f.Void || !f.CompleteAt.IsZero() || shares[f.Obligation].CompleteAt.IsZero() {
			continue
		}
		f.CompleteAt = shares[f.Obligation].CompleteAt
		p.settle(p.find(f.Obligation), f.CompleteAt)
		if f.Obligation == firstPayment {
			p.deploy(ctx, f.CompleteAt)
		}
	}
}

// allocate applies all receipts to the fees that are owed, in the order in which those opened.
func (p *performance) allocate() (map[string]ledger.Share, money.CNY) {
	var owed []message.Fee
	for _, f := range p.Fees {
		if !f.Void {
			owed = append(owed, f)
		}
	}
	claims, receipts := make([]ledger.Claim, len(owed)), make([]ledger.Receipt, len(p.Receipts))
	for i, f := range owed {
		claims[i] = ledger.Claim{Amount: f.Amount, Since: f.Since}
	}
	for i, r := range p.Receipts {
		receipts[i] = ledger.Receipt{Amount: r.Amount, At: r.At}
	}
	shares, rest := ledger.Allocate(claims, receipts)
	byDuty := make(map[string]ledger.Share, len(owed))
	for i, f := range owed {
		byDuty[f.Obligation] = shares[i]
	}
	return byDuty, rest
}

// money is what was received over the whole life, and what of it no fee has used.
func (p *performance) money() (received, unapplied money.CNY) {
	for _, r := range p.Receipts {
		received = received.Add(r.Amount)
	}
	_, unapplied = p.allocate()
	return received, unapplied
}

// feeOf gives the fee behind an obligation, nil if it is no fee.
func (p *performance) feeOf(obligation string) *message.Fee {
	i := slices.IndexFunc(p.Fees, func(f message.Fee) bool { return f.Obligation == obligation })
	if i < 0 {
		return nil
	}
	return &p.Fees[i]
}

// lastInstant is 24:00 of the day, the first instant that is late.
func lastInstant(d workday.Date) time.Time { return d.End() }
