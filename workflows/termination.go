package workflows

import (
	"slices"
	"strings"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/contract"
	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// mayReportShortfall (§1.4): only a miss of the standard opens the right.
func mayReportShortfall(_ *performance, _ done, m message.Measurement) *refusal.Refusal {
	if m.Required <= 0 || m.Measured < 0 {
		return refusal.BadInput("bad_measurement", "测量值无效。", "this is no measurement",
			refusal.Wrong("required", "须大于零", "must be more than zero"),
			refusal.Wrong("measured", "不得为负", "must not be negative"))
	}
	if m.Measured >= m.Required {
		return refusal.Rule("standard_met", "1.4",
			"测量值达到负载标准，不构成解除权。", "the measurement meets the load standard; it opens no right")
	}
	return nil
}

func reportShortfall(_ workflow.Context, p *performance, _ done, m message.Measurement) refusal.Text {
	p.Shortfalls = append(p.Shortfalls, m)
	return refusal.Text{
		ZH: "已记录未达负载标准，甲方可单方解除合同。",
		EN: "the miss of the load standard is recorded; the customer may terminate alone",
	}
}

// fallShort (§1.4): a load acceptance that stays short of the standard opens the right, whoever has the deployment tried again.
func (p *performance) fallShort(r message.Report) {
	a := r.Acceptance
	if a == nil || !r.Short {
		return
	}
	m := message.Measurement{Required: int64(a.Users), Measured: int64(a.Carried), Evidence: ledger.HashOf(a.Result)}
	p.Shortfalls = append(p.Shortfalls, m)
	p.noted = append(p.noted, message.Event{What: "fell-short", Clause: "1.4", Subject: r.Duty, Detail: r})
	p.tell(r.Duty, "fell-short")
}

// mayTerminate: a person ends the contract on a ground that the contract or the law gives, on a day that has
// not passed.
func mayTerminate(p *performance, d done, t message.Termination) *refusal.Refusal {
	switch {
	case !slices.Contains(grounds(), t.Ground):
		return refusal.BadInput("unknown_ground", "终止理由无效。", "there is no such ground",
			refusal.Wrong("ground", "须为 "+listed(), "must be one of "+listed()))
	case t.On.IsZero():
		return refusal.BadInput("bad_day", "缺少终止日期。", "the day is missing", refusal.Wrong("on", "缺少日期", "a day is missing"))
	case t.On.Before(d.day()):
		return refusal.Rule("past_day", "7.2", "终止日期 "+t.On.String()+" 已过。", "the day "+t.On.String()+" has passed")
	case p.Termination != nil && !t.On.Before(p.Termination.On):
		return refusal.Rule("already_terminated", "7.2",
			"合同已定于 "+p.Termination.On.String()+" 终止。", "the contract already ends on "+p.Termination.On.String())
	default:
		return firstOf(contract.RefuseFarDay(d.ReceivedAt, t.On), p.mayUse(t))
	}
}

// mayUse asks what the ground itself needs.
func (p *performance) mayUse(t message.Termination) *refusal.Refusal {
	year, running := p.year()
	switch {
	case t.Ground == message.LoadShortfall && len(p.Shortfalls) == 0:
		return refusal.Rule("no_shortfall", "1.4",
			"没有未达负载标准的记录。", "no miss of the load standard is recorded")
	case t.Ground == message.Expiry && (!running || t.On != year.Last || p.Talks.Agreed != nil):
		return refusal.Rule("not_expiry", "5.2",
			"期满终止只能是服务年度的最后一日。", "a contract expires only on the last day of its service year")
	default:
		return nil
	}
}

func grounds() []message.Ground {
	return []message.Ground{message.Expiry, message.Agreement, message.LoadShortfall, message.Breach, message.Award}
}

func listed() string {
	names := make([]string, 0, len(grounds()))
	for _, g := range grounds() {
		names = append(names, string(g))
	}
	return strings.Join(names, ", ")
}

// terminate fixes the day that ends the contract. Using the right of §1.4 opens the refund.
func terminate(_ workflow.Context, p *performance, d done, t message.Termination) refusal.Text {
	p.Termination = &t
	p.Talks.Offered = nil
	text := refusal.Text{ZH: "合同将于 " + t.On.String() + " 终止。", EN: "the contract ends on " + t.On.String()}
	if t.Ground == message.LoadShortfall && !p.feesAskedFor() {
		refund := p.openShortfallRefund(d)
		text.ZH += "应退服务费 " + refund.String() + " 元。"
		text.EN += "; " + refund.String() + " CNY are to be refunded"
	}
	return text
}

// terminationDay ends the contract at 24:00 of the day that a person fixed.
func (p *performance) terminationDay() []moment {
	if p.Termination == nil || !p.EndedOn.IsZero() {
		return nil
	}
	return []moment{{at: p.Termination.On.End(), what: "termination", happen: func(ctx workflow.Context) {
		p.end(ctx, p.Termination.On, p.Termination.Ground)
	}}}
}

// end ends the contract with the day. What is still open is void, but for the destruction of the data (§7.2),
// which opens now, and for money.
func (p *performance) end(ctx workflow.Context, on workday.Date, ground message.Ground) {
	p.EndedOn, p.Ground = on, ground
	p.Phase = message.Ended
	for i := range p.Obligations {
		if o := &p.Obligations[i]; o.Open() && !p.outlives(o.ID) {
			p.drop(o, message.Void)
		}
	}
	for i := range p.Fees {
		f := &p.Fees[i]
		f.Void = f.Void || p.find(f.Obligation).Status == message.Void
	}
	p.settleFees(ctx)
	p.stopWorks(ctx, creates)
	p.openDestruction(ctx, on)
}

// outlives: a refund is owed however the contract ends, and so are a customer's own data (§3.8) and the fee of a service year
// that has started.
func (p *performance) outlives(id string) bool {
	if strings.HasPrefix(id, "refund/") || strings.HasPrefix(id, migrationsOff) {
		return true
	}
	f := p.feeOf(id)
	return f != nil && f.Year <= len(p.Years)
}
