package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

const deployment = "deployment"

// deploy (§5.5) opens the deployment with the receipt of the full fee, and begins the work at once.
func (p *performance) deploy(ctx workflow.Context, receipt time.Time) {
	if !p.EndedOn.IsZero() {
		return
	}
	p.Phase = message.Deploying
	p.openCounted(ctx, message.Obligation{
		ID: deployment, Clause: "5.5", OwedBy: message.Provider, OpenedAt: receipt,
		Rule: contract.DeploymentRule, From: workday.Of(receipt), Named: p.Named,
	})
	p.want(deployment)
}

// mayDesignate (§5.5): the customer may name a day until the system is usable, and change it until then.
func mayDesignate(p *performance, d done, n message.Designation) *refusal.Refusal {
	switch {
	case n.DeployOn.IsZero():
		return refusal.BadInput("bad_day", "缺少指定日期。", "the day is missing",
			refusal.Wrong("deploy_on", "缺少日期", "a day is missing"))
	case !p.UsableAt.IsZero():
		return refusal.Rule("already_usable", "5.5",
			"系统已可用，不能再指定部署日期。", "the system is usable already; its day can no longer be named")
	case n.DeployOn.Before(d.day()):
		return refusal.Rule("past_day", "5.5",
			"指定日期 "+n.DeployOn.String()+" 已过。", "the named day "+n.DeployOn.String()+" has passed")
	default:
		return contract.RefuseFarDay(d.ReceivedAt, n.DeployOn)
	}
}

func designate(ctx workflow.Context, p *performance, _ done, n message.Designation) refusal.Text {
	p.Named = n.DeployOn
	if o := p.find(deployment); o != nil {
		o.Named = n.DeployOn
		p.setDue(o, p.count(ctx, o.Rule, o.From, o.Named))
	}
	return refusal.Text{ZH: "已记录指定部署日期 " + n.DeployOn.String() + "。", EN: "deployment named for " + n.DeployOn.String()}
}

// usable (§5.5): the duty is performed, and the first day of the first service year is fixed. A deployment that was
// dropped, since the bank took the fee back, and became usable all the same, begins nothing. The evidence keeps what was
// deployed, so that whatever is missing of it later can be told (§3.2).
func (p *performance) usable(r message.Report) {
	if o := p.find(deployment); o.Status == message.Void && p.EndedOn.IsZero() {
		return
	}
	p.noted = append(p.noted, message.Event{What: "deployed", Clause: "3.2", Subject: deployment, Detail: r})
	p.UsableAt, p.Installed = r.At, p.products()
	p.settle(p.find(deployment), r.At)
	if p.EndedOn.IsZero() {
		p.Start = contract.ServiceStart(p.Named, workday.Of(r.At))
	}
}
