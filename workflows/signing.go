package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

const firstPayment = "first-payment"

// maySign (§5.1): each side signs once, the same form, on a day that has come.
func maySign(p *performance, d done, s message.Signature) *refusal.Refusal {
	switch {
	case s.By != message.Customer && s.By != message.Provider:
		return unknownSide()
	case s.FormHash != p.FormHash:
		return refusal.Rule("other_form", "7.4",
			"该编号下已有内容不同的合同文本。", "another form stands under this number already")
	case p.signedBy(s.By):
		return refusal.Rule("already_signed", "5.1", "该方已经签署。", "this side has signed already")
	default:
		return firstOf(contract.RefuseFutureDay(d.ReceivedAt, s.On), contract.RefuseFarDay(d.ReceivedAt, s.On))
	}
}

func unknownSide() *refusal.Refusal {
	return refusal.BadInput("unknown_side", "签署方须为 customer 或 provider。", "the side must be customer or provider",
		refusal.Wrong("by", "须为 customer 或 provider", "must be customer or provider"))
}

// sign (§5.1): the contract is in force from the later of the two signing days; the first fee is then due
// (§5.4).
func sign(ctx workflow.Context, p *performance, d done, s message.Signature) refusal.Text {
	var at time.Time
	s.On, at = contract.CountedOn(d.ReceivedAt, s.On)
	p.Signatures = append(p.Signatures, message.Signed{Signature: s, At: at})
	if len(p.Signatures) < 2 {
		return refusal.Text{ZH: "已记录签署，等待另一方。", EN: "signature recorded; the other side has yet to sign"}
	}
	p.comeIntoForce(ctx)
	return refusal.Text{
		ZH: "双方已签署，合同自 " + p.Effective.String() + " 起生效。",
		EN: "both sides have signed; the contract is in force from " + p.Effective.String(),
	}
}

func (p *performance) comeIntoForce(ctx workflow.Context) {
	var at time.Time
	for _, s := range p.Signatures {
		p.Effective, at = workday.Later(p.Effective, s.On), later(at, s.At)
	}
	p.Phase = message.AwaitingPayment
	p.openCounted(ctx, message.Obligation{
		ID: firstPayment, Clause: "5.4", OwedBy: message.Customer, OpenedAt: at,
		Rule: contract.FirstPaymentRule, From: p.Effective,
	})
	p.owe(message.Fee{Obligation: firstPayment, Year: 1, Amount: p.Terms.Fee, Since: at})
}

func (p *performance) signedBy(side message.Side) bool {
	for _, s := range p.Signatures {
		if s.By == side {
			return true
		}
	}
	return false
}
