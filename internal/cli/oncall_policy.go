package cli

import (
	"fmt"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/incident"
	"lvyue/internal/oncall"
)

// policyLine is the policy under which a fault that is reported now is looked after, with what is usual where the form says nothing.
// Without nudge_minutes nobody is reminded. The hour of the plan is the contract's (§3.11).
type policyLine struct {
	oncall.Policy

	PlanMinutes int `json:"plan_minutes"`
}

func policyOf(rota oncall.Rota) policyLine {
	terms := incident.Under(incident.Terms(rota.Ladder), rota.Policy)
	after := oncall.Rest
	if terms.Fresh {
		after = oncall.Fresh
	}
	minutes := func(d time.Duration) int { return int(d / time.Minute) }
	return policyLine{PlanMinutes: minutes(terms.Plan), Policy: oncall.Policy{
		ResponseMinutes: minutes(terms.Response), NudgeMinutes: minutes(terms.Nudge), ProgressMinutes: minutes(terms.Again),
		SecondPersonMinutes: minutes(terms.Late), ConfirmHours: int(terms.Confirm / time.Hour), AfterMajeure: after,
	}}
}

func (p *paper) policy(l policyLine) {
	every := func(minutes int) string {
		if minutes == 0 {
			return "—"
		}
		return fmt.Sprintf(p.say("每 %d 分钟", "every %d minutes"), minutes)
	}
	after := p.say("剩余时间继续", "what was left of the hour goes on")
	if l.AfterMajeure == oncall.Fresh {
		after = p.say("另起一小时", "a whole hour begins")
	}
	p.rows(nil, []table.Row{
		{p.say("有人响应 §4.2", "a person answers §4.2"), fmt.Sprintf(p.say("%d 分钟内", "within %d minutes"), l.ResponseMinutes)},
		{p.say("提醒负责人尚无方案", "whoever has it is reminded of the plan"), every(l.NudgeMinutes)},
		{p.say("向客户通报 §3.12", "word to the customer §3.12"), every(l.ProgressMinutes)},
		{
			p.say("标记不可抗力须第二人复核 §3.12", "force majeure needs a second person §3.12"),
			fmt.Sprintf(p.say("%d 分钟后", "after %d minutes"), l.SecondPersonMinutes),
		},
		{p.say("不可抗力解除后 §3.12", "after force majeure §3.12"), after},
		{p.say("管理员沉默即关闭", "an administrator's silence closes it"), fmt.Sprintf(p.say("%d 小时后", "after %d hours"), l.ConfirmHours)},
		{p.say("方案 §3.11（合同规定）", "the plan §3.11 (the contract's)"), fmt.Sprintf(p.say("%d 分钟内", "within %d minutes"), l.PlanMinutes)},
	})
}
