package workflows

import (
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// receipt gives the receipt under a reference, nil if there never was one.
func (p *performance) receipt(reference string) *message.Receipt {
	i := slices.IndexFunc(p.Receipts, func(r message.Receipt) bool { return r.Reference == reference })
	if i < 0 {
		return nil
	}
	return &p.Receipts[i]
}

// mayReturn (§5.4): a receipt that counts may be taken back by the bank, or belong to another contract.
func mayReturn(p *performance, d done, r message.Return) *refusal.Refusal {
	return ledger.RefuseReturn(p.Receipts, d.ReceivedAt, r)
}

func mayMove(p *performance, d done, r message.Return) *refusal.Refusal {
	return ledger.RefuseMove(p.Terms.Number, p.Receipts, d.ReceivedAt, r)
}

// reverse (§5.4): the bank took the money back, so it was never received. What it had completed is open again.
func reverse(ctx workflow.Context, p *performance, d done, r message.Return) refusal.Text {
	p.letGo(ctx, d, r, message.Reversed)
	return refusal.Text{
		ZH: "收款 " + r.Reference + " 已被银行退回，不再计入。",
		EN: "the bank took receipt " + r.Reference + " back; it counts no more",
	}
}

// move (§5.4): the money was another contract's.
func move(ctx workflow.Context, p *performance, d done, r message.Return) refusal.Text {
	p.letGo(ctx, d, r, message.Moved)
	return refusal.Text{
		ZH: "收款 " + r.Reference + " 已移出，归合同 " + r.To + "。",
		EN: "receipt " + r.Reference + " is moved out, to contract " + r.To,
	}
}

func (p *performance) letGo(ctx workflow.Context, d done, r message.Return, why string) {
	receipt := p.receipt(r.Reference)
	gone := ledger.NewGone(d.ReceivedAt, d.Actor.Who, r, why)
	receipt.Gone, receipt.Held = &gone, false
	p.reopenFees(ctx)
}

func mayUnapply(p *performance, _ done, k message.Keeping) *refusal.Refusal {
	return ledger.RefuseKeeping(p.Receipts, k.Reference, false)
}

func mayApply(p *performance, _ done, k message.Keeping) *refusal.Refusal {
	return ledger.RefuseKeeping(p.Receipts, k.Reference, true)
}

// unapply (§5.4): a person keeps a receipt from being applied. What it had completed is open again.
func unapply(ctx workflow.Context, p *performance, _ done, k message.Keeping) refusal.Text {
	p.receipt(k.Reference).Held = true
	p.reopenFees(ctx)
	return refusal.Text{ZH: "收款 " + k.Reference + " 已撤销核销。", EN: "receipt " + k.Reference + " is taken off what it paid"}
}

// apply (§5.4): the receipt is applied again, as of the day on which it came.
func apply(ctx workflow.Context, p *performance, _ done, k message.Keeping) refusal.Text {
	p.receipt(k.Reference).Held = false
	p.settleFees(ctx)
	return refusal.Text{ZH: "收款 " + k.Reference + " 已重新核销。", EN: "receipt " + k.Reference + " is applied again"}
}

// reopenFees follows money that counts no more: a fee that it completed is owed again by its old day; one that another
// receipt still completes was complete when that came. Then the money that is left goes where it is owed.
func (p *performance) reopenFees(ctx workflow.Context) {
	shares, _ := p.allocate()
	for i := range p.Fees {
		f := &p.Fees[i]
		share, claims := shares[f.Obligation]
		switch {
		case !claims || f.CompleteAt.IsZero():
		case share.CompleteAt.IsZero():
			p.reopen(ctx, f)
		case share.CompleteAt.After(f.CompleteAt):
			p.completeLater(ctx, f, share.CompleteAt)
		}
	}
	p.settleFees(ctx)
}

func (p *performance) completeLater(ctx workflow.Context, f *message.Fee, at time.Time) {
	f.CompleteAt = at
	if d := p.find(deployment); f.Obligation == firstPayment && d != nil && d.Open() {
		d.OpenedAt, d.From = at, workday.Of(at) // §5.5: two working days from the day on which the fee is complete
		p.setDue(d, p.count(ctx, d.Rule, d.From, d.Named))
	}
	if o := p.find(f.Obligation); o.Done() {
		o.SettledAt = at
		o.Status = judge(*o)
	}
}

// reopen takes a settlement back; after the contract's end, the fee of a year that never began is owed no more. A
// deployment that rests on the first fee is owed no more while it is not there; a
// system that is usable stays so (§5.4: nothing is suspended).
func (p *performance) reopen(ctx workflow.Context, f *message.Fee) {
	f.CompleteAt = time.Time{}
	if o := p.find(f.Obligation); o.Done() && !p.EndedOn.IsZero() && !p.outlives(f.Obligation) {
		p.drop(o, message.Void)
		o.SettledAt, f.Void = time.Time{}, true
	} else if o.Done() {
		o.SettledAt, o.ClosedAt, o.RemindedAt = time.Time{}, time.Time{}, time.Time{}
		p.tell(o.ID, "reopened")
		p.thaw(o)
	}
	if d := p.find(deployment); f.Obligation == firstPayment && d != nil && d.Open() {
		p.drop(d, message.Void)
		p.stopWorks(ctx, creates)
		if p.Phase == message.Deploying {
			p.Phase = message.AwaitingPayment
		}
	}
}
