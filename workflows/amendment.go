package workflows

import (
	"slices"

	"go.temporal.io/sdk/workflow"

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

// rule puts the changed terms in force. A changed fee is that of the fees not yet paid in full; what was agreed
// for the next year only changes if the form's fee does.
func (p *performance) rule(ctx workflow.Context, a message.Amendment) {
	old := p.Terms.Fee
	p.Terms, p.FormHash = a.Terms, a.FormHash
	p.AgreedFor = a.Terms.Configuration()
	if a.Terms.Fee.Equal(old) {
		return
	}
	for i := range p.Fees {
		if f := &p.Fees[i]; f.CompleteAt.IsZero() && !f.Void {
			f.Amount, f.Since = a.Terms.Fee, p.cause.at
			p.reprice(*f)
		}
	}
	p.settleFees(ctx)
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
