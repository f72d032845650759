package cli

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/message"
	"lvyue/internal/sla"
	"lvyue/internal/words"
)

// fault is the page about one fault: where it stands, its clocks, then everything that happened.
func (p *paper) fault(d faultDocument) {
	p.line("%s  合同 %s  产品 %s", "%s  contract %s  product %s", p.paint(bold, p.in(words.Duty(d.ID))), d.Contract, orAll(d.System))
	p.line("状态：%s    一小时：%s    负责：%s", "state: %s    the hour: %s    with: %s",
		p.paint(bold, p.in(words.FaultState(d.State))), p.sla(message.SLA(d.Promises.Plan)), orAll(d.Owner))
	if d.Reopens > 0 {
		p.line("再现自 %s", "there again after %s", p.in(words.Duty(message.FaultID(d.Reopens))))
	}
	if d.ReopenedAs != nil {
		p.line("再现为 %s", "there again as %s", p.in(words.Duty(message.FaultID(*d.ReopenedAs))))
	}
	p.counted(d)
	p.promise(d)
	p.disputed(d)
	p.majeure(d)
	p.pages(d.Pages)
	p.title("日志（证据）", "Log (evidence)")
	p.timeline(timelineDocument{Contract: d.Contract, Events: d.Log})
}

// counted is which moment counts, and which was only that of entry.
func (p *paper) counted(d faultDocument) {
	if d.ReportedAt.Equal(d.EnteredAt) {
		p.line("报障：%s", "reported: %s", p.moment(d.ReportedAt))
	} else {
		p.line("报障：来电 %s，以此为准；录入 %s", "reported: by a call at %s, which counts; entered at %s", p.moment(d.ReportedAt), p.moment(d.EnteredAt))
	}
	switch {
	case d.State == message.FaultReported:
		p.line("非系统管理员所报：待系统管理员确认后起计（§3.13）", "not reported by an administrator: the hour runs once one takes it up (§3.13)")
	case d.ClockAt == nil:
		p.line("非故障，不计时（§4.3）", "a request: no clock runs (§4.3)")
	case !d.ClockAt.Equal(d.ReportedAt):
		p.line("起计：%s", "the hour began: %s", p.moment(*d.ClockAt))
	}
}

// promise is what has become of the two promises and of the service.
func (p *paper) promise(d faultDocument) {
	if d.ClockAt == nil {
		return
	}
	header := table.Row{"承诺", "时限", "实际", "用时", "结果", "谁", "事件"}
	if p.lang != "zh" {
		header = table.Row{"promise", "due", "done", "took", "outcome", "who", "event"}
	}
	row := d.FaultRow
	p.rows(header, []table.Row{
		{
			p.say("响应 §4.2", "response §4.2"), p.momentOf(d.Promises.ResponseDue), p.momentOf(d.ResponseAt), p.took(d.Promises.ResponseSeconds),
			p.outcome(d.Promises.Response), d.RespondedBy, p.seq(d.Promises.Events.Response),
		},
		{
			p.say("方案 §3.11", "plan §3.11"), p.momentOf(d.DeadlineAt), p.momentOf(d.PlanAt), p.took(d.Promises.PlanSeconds),
			p.outcome(d.Promises.Plan), d.PlannedBy, p.seq(d.Promises.Events.Plan),
		},
		{
			p.say("恢复", "restored"), "—", p.moment(row.ResolvedAt), p.took(d.Promises.RestoreSeconds), "", "", p.seq(d.Promises.Events.Resolved),
		},
	})
}

// disputed are the promises that wait for a dispute to be settled.
func (p *paper) disputed(d faultDocument) {
	named := map[string]string{"response": p.say("响应", "response"), "plan": p.say("方案", "plan")}
	var all []string
	for _, promise := range d.Promises.Disputed {
		all = append(all, named[promise])
	}
	if len(all) > 0 {
		p.line("争议中：%s（§6.3）", "in dispute: %s (§6.3)", strings.Join(all, p.say("、", ", ")))
	}
}

func (p *paper) outcome(o sla.Outcome) string { return p.sla(message.SLA(o)) }

// seq is the number of an event in the chain; nothing for none.
func (p *paper) seq(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("#%d", n)
}

func (p *paper) majeure(d faultDocument) {
	for _, m := range d.Majeure {
		p.line("不可抗力（%s）：%s 至 %s（§3.12）", "force majeure (%s): from %s until %s (§3.12)",
			p.in(words.Majeure(m.Kind)), p.moment(m.From), p.momentOf(m.Until))
	}
	if d.AwaitsApproval {
		p.line("%s", "%s", p.paint(urgent, p.say("不可抗力待第二人复核，时限照计", "force majeure waits for a second person; the hour runs on")))
	}
}

func (p *paper) pages(pages []pageLine) {
	if len(pages) == 0 {
		return
	}
	p.title("呼叫", "Pages")
	header := table.Row{"序", "时刻", "谁", "缘由", "级"}
	if p.lang != "zh" {
		header = table.Row{"no.", "at", "who", "why", "rung"}
	}
	rows := make([]table.Row, len(pages))
	for i, g := range pages {
		rows[i] = table.Row{g.Seq, p.instant(g.At), g.To, p.in(words.Page(g.Kind)), p.in(words.Rung(g.Rung))}
	}
	p.rows(header, rows)
}
