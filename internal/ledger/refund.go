package ledger

import (
	"cmp"
	"strings"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// RefuseOverRefund says why an amount cannot go back as overpayment: it must be above zero (bad_amount), and no more than
// nothing uses (over_refund, §5.4).
func RefuseOverRefund(amount, unused money.CNY) *refusal.Refusal {
	if !amount.IsPositive() {
		return refusal.BadInput("bad_amount", "退款金额须大于零。", "the amount must be more than zero",
			refusal.Wrong("amount", "须大于零", "must be more than zero"))
	}
	if unused.Less(amount) {
		return refusal.Rule("over_refund", "5.4",
			"可退的多付款项只有 "+unused.String()+" 元。", "only "+unused.String()+" CNY were overpaid and can go back")
	}
	return nil
}

// RefuseNothing refuses a refund of fees of which none was paid (nothing_paid, §1.4).
func RefuseNothing(paid money.CNY) *refusal.Refusal {
	if paid.IsPositive() {
		return nil
	}
	return refusal.Rule("nothing_paid", "1.4", "没有已付的年服务费可退。", "no annual fee was paid that could go back")
}

// engine asked for the refunds of releases that did not keep who did.
const engine = "lvyue"

// clauseOf is the clause that a refund rests on.
func clauseOf(r message.Refund) string {
	if r.Reason == message.RefundOverpayment {
		return "5.4"
	}
	return "1.4"
}

// RefuseApproval says why a person cannot approve a refund: it is approved (already_approved), or they asked for it
// themselves (same_person). Names are compared as people type them.
func RefuseApproval(r message.Refund, who string) *refusal.Refusal {
	switch {
	case r.Approved():
		return refusal.Rule("already_approved", clauseOf(r), "退款已由 "+r.ApprovedBy+" 批准。", "the refund was approved by "+r.ApprovedBy)
	case strings.EqualFold(strings.TrimSpace(cmp.Or(r.RequestedBy, engine)), strings.TrimSpace(who)):
		return refusal.Rule("same_person", clauseOf(r),
			who+" 是申请人，须由另一人批准。", who+" asked for this refund; a different person must approve it")
	default:
		return nil
	}
}

// RefuseChanged refuses to approve a refund of §1.4 when what was paid is no longer what it gives back
// (refund_changed). Unused is what was paid ahead for a year that will never begin, besides.
func RefuseChanged(r message.Refund, paid, unused money.CNY) *refusal.Refusal {
	if !r.Amount.Less(paid) && !paid.Add(unused).Less(r.Amount) {
		return nil
	}
	return refusal.Rule("refund_changed", "1.4",
		"申请之后已付款项有变：现为 "+paid.String()+" 元；请放弃该退款后重新申请。",
		"what was paid has changed since it was asked for: it is "+paid.String()+" CNY now; waive this refund and ask again")
}

// RefuseRed says why the confirmation of a red fapiao cannot be recorded: the refund is not approved (not_approved), waits
// for none (no_red_wanted), has one (already_confirmed), or no number is given (bad_confirmation).
func RefuseRed(r message.Refund, s message.RefundStep) *refusal.Refusal {
	switch {
	case strings.TrimSpace(s.Confirmation) == "" || !named(s.Confirmation):
		return refusal.BadInput("bad_confirmation", "缺少红字信息确认单编号，或不是编号。", "the number of the confirmation is missing, or is none",
			refusal.Wrong("confirmation", "必须填写，最多 64 个字符", "must be given, with at most 64 characters"))
	case !r.Approved():
		return notApproved(r)
	case !r.RedWanted:
		return refusal.Rule("no_red_wanted", "1.4", "该退款无须红字确认。", "this refund waits for no red fapiao")
	case r.Red != "":
		return refusal.Rule("already_confirmed", "1.4", "红字确认已登记。", "the red fapiao is confirmed already")
	default:
		return nil
	}
}

// RefusePayout says why a refund cannot be paid: it is not approved (not_approved), its red fapiao is not confirmed
// (red_missing), the bank's reference is missing (bad_payment), or the day is none: it has not come (future_day) or lies
// before the approval (past_day).
func RefusePayout(r message.Refund, receivedAt time.Time, s message.RefundStep) *refusal.Refusal {
	on, _ := contract.CountedOn(receivedAt, s.On)
	switch {
	case len(wrongNames(s.Reference, s.Account)) > 0:
		return refusal.BadInput("bad_payment", "付款信息有误：", "this payment cannot be recorded:", wrongNames(s.Reference, s.Account)...)
	case s.Reference == "":
		return refusal.BadInput("bad_payment", "缺少银行流水号。", "the bank's reference is missing",
			refusal.Wrong("reference", "缺少银行流水号", "the bank's reference is missing"))
	case !r.Approved():
		return notApproved(r)
	case r.RedWanted && r.Red == "":
		return refusal.Rule("red_missing", "1.4",
			"已开数电票，须先登记红字信息确认单。", "a fapiao was issued; its red one must be confirmed first")
	case on.Before(r.ApprovedOn):
		return refusal.Rule("past_day", clauseOf(r),
			"付款日不得早于批准日 "+r.ApprovedOn.String()+"。", "it cannot have been paid before its approval on "+r.ApprovedOn.String())
	default:
		return contract.RefuseFutureDay(receivedAt, s.On)
	}
}

// RefuseUnbacked refuses to pay a refund whose money is not there any more (not_set_aside, §5.4): the bank took a receipt
// back, or somebody keeps it back, since it was set aside.
func RefuseUnbacked(r message.Refund, setAside money.CNY) *refusal.Refusal {
	if !setAside.Less(r.Amount) {
		return nil
	}
	return refusal.Rule("not_set_aside", "5.4",
		"为该退款预留的款项只有 "+setAside.String()+" 元。", "only "+setAside.String()+" CNY are set aside for this refund")
}

func notApproved(r message.Refund) *refusal.Refusal {
	return refusal.Rule("not_approved", clauseOf(r), "退款尚未由另一人批准。", "the refund is not approved by a second person yet")
}
