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

// pay records a receipt and applies it to the fees that are owed.
func pay(ctx workflow.Context, p *performance, d done, paid message.Payment) refusal.Text {
	if _, recorded := ledger.Recorded(p.Receipts, paid.Reference); recorded {
		return ledger.AlreadyRecorded()
	}
	p.Receipts = append(p.Receipts, ledger.NewReceipt(d.ReceivedAt, paid))
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
		if f.Obligation == firstPayment {
			p.deploy(ctx, f.CompleteAt)
		}
	}
}

// allocate applies all receipts to the fees that are owed, in the order in which those opened. A fee that was
// waived and is not complete takes what no other fee needs.
func (p *performance) allocate() (map[string]ledger.Share, money.CNY) {
	var owed, waived []message.Fee
	for _, f := range p.Fees {
		switch {
		case f.Void:
		case f.CompleteAt.IsZero() && p.find(f.Obligation).Status == message.Waived:
			waived = append(waived, f)
		default:
			owed = append(owed, f)
		}
	}
	owed = append(owed, waived...)
	claims := make([]ledger.Claim, len(owed))
	for i, f := range owed {
		claims[i] = ledger.Claim{Amount: f.Amount, Since: f.Since}
	}
	shares, rest := ledger.Allocate(claims, p.Receipts)
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
