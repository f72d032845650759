package workflows

import (
	"slices"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// mayAmend (§6.4): changes are made in writing by both sides, each signing the same form once.
func mayAmend(p *performance, _ done, a message.Amendment) *refusal.Refusal {
	switch {
	case a.By != message.Customer && a.By != message.Provider:
		return unknownSide()
	case a.Terms.Number != p.Terms.Number:
		return refusal.Rule("other_contract", "6.4",
			"补充协议的合同编号不符。", "the changed form bears another contract's number")
	case a.FormHash == p.FormHash:
		return refusal.Rule("nothing_changed", "6.4", "表单没有变更。", "the form changes nothing")
	}
	if proposed := p.proposed(a.FormHash); proposed != nil && slices.Contains(proposed.SignedBy, a.By) {
		return refusal.Rule("already_signed", "6.4", "该方已签署此变更。", "this side has signed this change already")
	}
	return nil
}

// amend rules from the later of the two signatures.
func amend(ctx workflow.Context, p *performance, _ done, a message.Amendment) refusal.Text {
	proposed := p.proposed(a.FormHash)
	if proposed == nil {
		p.Amendments = append(p.Amendments, message.Amending{Amendment: a})
		proposed = &p.Amendments[len(p.Amendments)-1]
	}
	proposed.SignedBy = append(proposed.SignedBy, a.By)
	if len(proposed.SignedBy) < 2 {
		return refusal.Text{ZH: "已记录，等待另一方签署变更。", EN: "recorded; the other side has yet to sign the change"}
	}
	proposed.Ruling = true
	p.rule(ctx, proposed.Amendment)
	return refusal.Text{ZH: "合同变更已生效。", EN: "the change rules from now on"}
}

// rule puts the changed terms in force, also for a year that is agreed already; what was signed by one side only
// is off the table. If the form's fee differs from that of the form before, it is that of every fee not yet paid in
// full; else the fee that renewals have agreed stands. So with the load standard: what was bought in mid-year stands
// unless the form says another one than before.
func (p *performance) rule(ctx workflow.Context, a message.Amendment) {
	p.Amendments = slices.DeleteFunc(p.Amendments, func(other message.Amending) bool { return !other.Ruling })
	present, repriced := p.Terms, !a.Terms.Fee.Equal(p.FormFee)
	resized := p.FormLoad == nil || !same(a.Terms.Load, *p.FormLoad)
	p.Terms, p.FormHash, p.FormFee, p.FormLoad = a.Terms, a.FormHash, a.Terms.Fee, &a.Terms.Load
	if resized {
		p.resize(a.Terms.Configuration())
	} else {
		p.Terms.Load = present.Load
	}
	if !repriced {
		p.Terms.Fee = present.Fee
	}
	p.dropRise()
	if !repriced {
		return
	}
	for i := range p.Fees {
		if f := &p.Fees[i]; f.Annual() && f.CompleteAt.IsZero() && !f.Void {
			f.Amount, f.Since = a.Terms.Fee, p.cause.at
			if f.Amount.Less(f.Credited) { // §1.4 gave more back: nothing is left to ask for
				f.Amount = f.Credited
			}
			p.reprice(*f)
		}
	}
	p.settleFees(ctx)
}

// resize: what is agreed from now on, also for a year that is agreed already, is this configuration.
func (p *performance) resize(to contract.Configuration) {
	p.withdrawQuote()
	p.AgreedFor = to
	p.Talks.Asked, p.Talks.Bought = nil, nil
	if agreed := p.Talks.Agreed; agreed != nil {
		agreed.Terms = &to
	}
}

// dropRise takes an offer of the provider off the table that would be a rise without growth by the terms as they are now
// (§5.8).
func (p *performance) dropRise() {
	o := p.Talks.Offered
	if o != nil && o.By == message.Provider && contract.RefuseRise(p.Terms.Fee, p.AgreedFor, o.Fee, *o.Terms) != nil {
		p.Talks.Offered = nil
	}
}

// reprice shows the changed fee on its service year, if that has started or is agreed.
func (p *performance) reprice(f message.Fee) {
	if f.Year <= len(p.Years) {
		p.Years[f.Year-1].Fee = f.Amount
		return
	}
	if p.Talks.Agreed != nil && f.Year == p.Talks.Year+1 {
		p.Talks.Agreed.Fee = f.Amount
	}
}

// proposed is the change of that form that is not yet ruling.
func (p *performance) proposed(hash string) *message.Amending {
	for i := range p.Amendments {
		if p.Amendments[i].FormHash == hash && !p.Amendments[i].Ruling {
			return &p.Amendments[i]
		}
	}
	return nil
}
