package workflows

import (
	"slices"
	"strings"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

const (
	destruction = "destruction"
	twoPersons  = 2
)

// openDestruction (§7.2): within five working days of the end, the customer's data is destroyed.
func (p *performance) openDestruction(ctx workflow.Context, ended workday.Date) {
	p.openCounted(ctx, message.Obligation{
		ID: destruction, Clause: "7.2", OwedBy: message.Provider, OpenedAt: ended.End(),
		Rule: contract.DestructionRule, From: ended,
	})
	p.tell(destruction, "opened")
}

// mayConfirm (§7.2): two different persons confirm, after the contract has ended, and not while an open dispute
// names the destruction or a legal hold stands.
func mayConfirm(p *performance, d done, c message.Confirmation) *refusal.Refusal {
	if no := isDestruction(c.What); no != nil {
		return no
	}
	switch {
	case p.EndedOn.IsZero():
		return refusal.Rule("not_open", "7.2",
			"合同尚未终止，不能销毁数据。", "the contract has not ended; there is nothing to destroy yet")
	case p.HeldBy != "":
		return refusal.Rule("held", "7.2", "数据销毁已被 "+p.HeldBy+" 保全。", "the destruction is held by "+p.HeldBy)
	case p.disputed(destruction):
		return refusal.Rule("frozen", "6.3", "数据销毁在争议中。", "the destruction is in dispute")
	case p.openMigration(migrationsOff) != nil:
		return p.refuseUnaccepted()
	case slices.ContainsFunc(p.Confirmed, func(who string) bool { return samePerson(who, d.Actor.Who) }):
		return refusal.Rule("same_person", "7.2",
			d.Actor.Who+" 已确认过，须由另一人确认。", d.Actor.Who+" has confirmed already; a different person must")
	case len(p.Confirmed) >= twoPersons:
		return underWay()
	default:
		return nil
	}
}

// samePerson compares names as people type them.
func samePerson(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

func isDestruction(what string) *refusal.Refusal {
	if what == destruction {
		return nil
	}
	return refusal.BadInput("unknown_matter", "只能是 destruction。", "only the destruction can be meant",
		refusal.Wrong("what", "须为 destruction", "must be destruction"))
}

func underWay() *refusal.Refusal {
	return refusal.Rule("destruction_under_way", "7.2", "数据销毁正在进行。", "the destruction is under way")
}

// confirm: the second person's word starts the destruction. The engine never does it alone.
func confirm(_ workflow.Context, p *performance, d done, _ message.Confirmation) refusal.Text {
	p.Confirmed = append(p.Confirmed, d.Actor.Who)
	if len(p.Confirmed) < twoPersons {
		return refusal.Text{ZH: "已确认，还需另一人确认。", EN: "confirmed; a second person must confirm too"}
	}
	p.Phase = message.Destroying
	p.want(destruction)
	return refusal.Text{ZH: "两人均已确认，开始销毁。", EN: "two persons have confirmed; the destruction begins"}
}

// mayHold (§7.2): a person may hold the destruction back, before it is under way.
func mayHold(p *performance, _ done, h message.Confirmation) *refusal.Refusal {
	if no := isDestruction(h.What); no != nil {
		return no
	}
	switch {
	case len(p.Confirmed) >= twoPersons:
		return underWay()
	case p.HeldBy != "":
		return refusal.Rule("already_held", "7.2", "数据销毁已被 "+p.HeldBy+" 保全。", "the destruction is held by "+p.HeldBy)
	default:
		return nil
	}
}

func hold(_ workflow.Context, p *performance, d done, _ message.Confirmation) refusal.Text {
	p.HeldBy = d.Actor.Who
	return refusal.Text{ZH: "数据销毁已保全。", EN: "the destruction is held"}
}

func mayRelease(p *performance, _ done, h message.Confirmation) *refusal.Refusal {
	if no := isDestruction(h.What); no != nil {
		return no
	}
	if p.HeldBy == "" {
		return refusal.Rule("not_held", "7.2", "数据销毁未被保全。", "the destruction is not held")
	}
	return nil
}

func release(_ workflow.Context, p *performance, _ done, _ message.Confirmation) refusal.Text {
	p.HeldBy = ""
	return refusal.Text{ZH: "保全已解除。", EN: "the hold is released"}
}

// gone (§7.2): everything was read back as gone, by id and by tag. The certificate says so. The duty is performed when
// nothing was left for the first time; what is looked for later only proves it.
func (p *performance) gone(r message.Report) {
	p.noted = append(p.noted, message.Event{What: "certificate", Clause: "7.2", Subject: destruction, Detail: r})
	at := r.At
	if len(r.ReadBack) > 0 {
		at = r.ReadBack[0]
	}
	p.settle(p.find(destruction), at)
	p.Phase = message.Destroyed
}
