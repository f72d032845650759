package oncall

import (
	"slices"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// InSlack is the rota with the accounts by which its people are in a workspace: the ids of the form, but for those that were
// revoked, and where the form has none, the accounts that were approved. Links are the last words about each member of it.
func (r Rota) InSlack(links []message.Approval) Rota {
	r.People = slices.Clone(r.People)
	for _, l := range links {
		if l.State == message.Revoked {
			r.change(func(p Person) bool { return p.Slack == l.Member() }, "")
		}
	}
	for _, l := range links {
		if _, taken := r.BySlack(l.Member()); l.State == message.Approved && !taken {
			r.change(func(p Person) bool { return p.ID == l.Person && p.Slack == "" }, l.Member())
		}
	}
	return r
}

func (r Rota) change(whose func(Person) bool, account string) {
	if i := slices.IndexFunc(r.People, whose); i >= 0 {
		r.People[i].Slack = account
	}
}

// RefuseApproval holds a word about a link or a waiver to its order, and to whoever may say it. Last is the word before about the same
// thing. Of an answer, ID is that of the question, 0 for the last one. The rota is that of InSlack.
func (r Rota) RefuseApproval(last, next message.Approval) *refusal.Refusal {
	switch next.State {
	case message.AskedFor:
		return r.refuseAsking(last, next)
	case message.Revoked:
		return r.refuseRevoking(last, next)
	default:
		return r.refuseAnswer(last, next)
	}
}

// refuseAsking: what was asked waits for its answer, and an account is one person's.
func (r Rota) refuseAsking(last, next message.Approval) *refusal.Refusal {
	if last.State == message.AskedFor {
		return refusal.Rule("asked_already", "", "申请已于 "+clock(last)+" 提出，待另一人批准。",
			"this was asked for at "+clock(last)+" and waits for another person")
	}
	if next.Member() == "" {
		return nil
	}
	if p, known := r.BySlack(next.Member()); known {
		return refusal.Rule("linked_already", "", "此账号已绑定为 "+p.ID+"。", "this account is linked to "+p.ID+" already")
	}
	return r.refuseAccount(next)
}

// refuseAnswer: what was asked is answered once, by another person than it is about, who may.
func (r Rota) refuseAnswer(last, next message.Approval) *refusal.Refusal {
	waits := last.State == message.AskedFor && (next.ID == 0 || next.ID == last.ID)
	entered := next.Member() != "" && next.ID == 0 && next.State == message.Approved && last.State != message.Approved
	if !waits && !entered {
		return answered(last)
	}
	if waits {
		next.Person = last.Person
	}
	if next.State == message.Approved && next.By == next.Person {
		return refusal.Rule("same_person", "", "须由另一人批准，不能由本人或提出者批准。", "another person must approve it than who asks, or whom it is about")
	}
	if next.Member() == "" {
		return nil
	}
	if no := r.refuseByRank(next.By); no != nil || next.State == message.Refused {
		return no
	}
	return r.refuseAccount(next)
}

func answered(last message.Approval) *refusal.Refusal {
	if last.State == "" || last.State == message.AskedFor {
		return refusal.Rule("not_asked", "", "没有待批准的申请，请查看最新的卡片。", "nothing waits for an approval here; please look at the latest card")
	}
	said := map[message.ApprovalState]refusal.Text{
		message.Approved: {ZH: "批准", EN: "approved"}, message.Refused: {ZH: "拒绝", EN: "refused"}, message.Revoked: {ZH: "撤销", EN: "revoked"},
	}[last.State]
	return refusal.Rule("answered_already", "", "已由 "+last.By+" 于 "+clock(last)+said.ZH+"。", "this was "+said.EN+" at "+clock(last)+" by "+last.By)
}

// refuseRevoking: what is revoked was there, or was asked for.
func (r Rota) refuseRevoking(last, next message.Approval) *refusal.Refusal {
	_, linked := r.BySlack(next.Member())
	if next.Member() == "" || !linked && last.State != message.AskedFor {
		return refusal.Rule("not_linked", "", "此账号没有绑定。", "this account is not linked")
	}
	return r.refuseByRank(next.By)
}

// refuseByRank: a lead or a manager answers for who acts in the desk's name.
func (r Rota) refuseByRank(id string) *refusal.Refusal {
	if p, known := r.Person(id); known && !p.Inactive && (p.Has(Lead) || p.Has(Manager)) {
		return nil
	}
	return refusal.Rule("needs_role", "", "须由值班表中的“主管”（lead）或“经理”（manager）办理。", "it takes the role \"lead\" or \"manager\" on the rota")
}

// refuseAccount: whom a member is linked to is on the rota, and has no other account.
func (r Rota) refuseAccount(next message.Approval) *refusal.Refusal {
	p, known := r.Person(next.Person)
	var why refusal.Text
	switch {
	case next.Person == "":
		why = refusal.Text{ZH: "不能为空", EN: "is missing"}
	case !known || p.Inactive:
		why = refusal.Text{ZH: "值班表中没有 " + next.Person + "，或已停用", EN: "is not on the rota, or inactive: " + next.Person}
	case p.Slack != "" && p.Slack != next.Member():
		why = refusal.Text{ZH: next.Person + " 已有另一账号", EN: next.Person + " has another account"}
	default:
		return nil
	}
	return refusal.BadInput("bad_person", "不能绑定：", "this account cannot be linked so:", refusal.Field{Path: "person", Text: why})
}

func clock(a message.Approval) string { return a.At.In(workday.Shanghai).Format("2006-01-02 15:04") }
