package workflows

import (
	"slices"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// mayPay (§5.4, §5.6): money that came is recorded, whatever is owed. One reference is one receipt.
func mayPay(p *performance, d done, paid message.Payment) *refusal.Refusal {
	return ledger.RefuseReceipt(p.Receipts, d.ReceivedAt, paid)
}

// pay records a receipt and applies it to the fees that are owed. One that was moved to another contract by mistake
// comes back under its reference.
func pay(ctx workflow.Context, p *performance, d done, paid message.Payment) refusal.Text {
	if _, recorded := ledger.Recorded(p.Receipts, paid.Reference); recorded {
		return ledger.AlreadyRecorded()
	}
	receipt := ledger.NewReceipt(d.ReceivedAt, paid)
	if known := p.receipt(paid.Reference); known != nil {
		*known = receipt
	} else {
		p.Receipts = append(p.Receipts, receipt)
	}
	p.settleFees(ctx)
	return refusal.Text{ZH: "收款 " + paid.Amount.String() + " 元已登记。", EN: "receipt of " + paid.Amount.String() + " CNY recorded"}
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
		if f.Obligation == firstPayment && p.UsableAt.IsZero() {
			p.deploy(ctx, f.CompleteAt)
		}
	}
}

// claimant is a fee or a refund that takes money, in its turn.
type claimant struct {
	ledger.Claim

	to string
}

// claimants are the fees that are owed, in the order in which they opened, with the refunds where they were asked for. A
// fee that was waived and is not complete takes what no other needs.
func (p *performance) claimants() []claimant {
	var owed, waived []claimant
	for i, f := range p.Fees {
		owed = append(owed, p.refundsAfter(i)...)
		c := claimant{to: f.Obligation, Claim: ledger.Claim{Amount: f.Amount.Sub(f.Credited), Since: f.Since}}
		switch {
		case f.Void || c.Amount.IsZero():
		case f.CompleteAt.IsZero() && p.find(f.Obligation).Status == message.Waived:
			waived = append(waived, c)
		default:
			owed = append(owed, c)
		}
	}
	return slices.Concat(owed, p.refundsAfter(len(p.Fees)), waived)
}

// allocate applies all receipts that count to the claimants, in turn.
func (p *performance) allocate() (map[string]ledger.Share, money.CNY) {
	all := p.claimants()
	claims := make([]ledger.Claim, len(all))
	for i, c := range all {
		claims[i] = c.Claim
	}
	shares, rest := ledger.Allocate(claims, ledger.Counting(p.Receipts))
	byDuty := make(map[string]ledger.Share, len(all))
	for i, c := range all {
		byDuty[c.to] = shares[i]
	}
	return byDuty, rest
}

// money is what was received over the whole life, and what of it nothing has used.
func (p *performance) money() (received, unapplied money.CNY) {
	received = ledger.Received(p.Receipts)
	shares, _ := p.allocate()
	unapplied = received
	for _, c := range p.claimants() {
		unapplied = unapplied.Sub(shares[c.to].Applied)
	}
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
