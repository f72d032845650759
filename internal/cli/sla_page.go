package cli

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/sla"
	"lvyue/internal/words"
)

// month is the report for people: first what was promised, then why, then fault by fault.
func (p *paper) month(d monthDocument, m sla.Month) {
	p.line("%s 报障 %d 起（截至 %s）", "%s: %d reported (as of %s)", p.paint(bold, d.Month), d.Faults, p.instant(d.AsOf))
	p.outcomes(d)
	p.times(m)
	p.named(d.Requests, "非故障（§4.3）", "requests (§4.3)")
	p.named(d.Unconfirmed, "非系统管理员所报，未确认（§3.13）", "not by an administrator, not taken up (§3.13)")
	p.named(d.Disputed, "争议中，未了结前不判超时（§6.3）", "in dispute, not called missed until it is settled (§6.3)")
	p.named(d.NeverAcknowledged, "无人响应（计入响应超时）", "never acknowledged (among the breached responses)")
	p.named(d.NeverPlanned, "未出方案（计入方案超时）", "never planned (among the breached plans)")
	p.named(d.Plan.Breached, "方案超时", "plan breached")
	p.waivers(d.Waivers)
	p.intervals(d.Majeure)
	p.missedRungs(d.MissedRungs)
	p.failedWays(d.Failures)
	p.monthRows(d)
}

func (p *paper) outcomes(d monthDocument) {
	header := table.Row{"承诺", "达标", "超时", "职责变更", "已豁免", "计时中"}
	if p.lang != "zh" {
		header = table.Row{"promise", "met", "breached", "duty changed", "waived", "running"}
	}
	row := func(name string, d promiseDocument) table.Row {
		return table.Row{name, d.Met.Count, d.Breached.Count, d.Changed.Count, d.Waived.Count, d.Running.Count}
	}
	p.rows(header, []table.Row{row(p.say("响应 §4.2", "response §4.2"), d.Response), row(p.say("方案 §3.11", "plan §3.11"), d.Plan)})
}

func (p *paper) times(m sla.Month) {
	header := table.Row{"用时", "起数", "中位数", "P90", "最大"}
	if p.lang != "zh" {
		header = table.Row{"time", "cases", "median", "P90", "max"}
	}
	row := func(name string, s sla.Spread) table.Row {
		if s.Count == 0 {
			return table.Row{name, 0, "—", "—", "—"}
		}
		return table.Row{name, s.Count, p.whole(s.Median), p.whole(s.P90), p.whole(s.Max)}
	}
	p.rows(header, []table.Row{
		row(p.say("响应", "response"), m.Response.Took), row(p.say("方案", "plan"), m.Plan.Took), row(p.say("恢复", "restore"), m.Restore),
	})
	p.line("P90 按最近秩法（第 ⌈0.9·n⌉ 短）；用时自起计之时，不扣除不可抗力，不足一秒计一秒",
		"P90 by nearest rank (the ⌈0.9·n⌉-th shortest); times run from the beginning of the clock, force majeure not taken off, a begun second counted")
}

// whole is a length of time in whole seconds, as documents have it.
func (p *paper) whole(d time.Duration) string {
	return p.span(time.Duration(sla.Seconds(d)) * time.Second)
}

// named are the faults behind a number; nothing for none.
func (p *paper) named(t tally, zh, en string) {
	if t.Count == 0 {
		return
	}
	var names []string
	for _, r := range t.Faults {
		names = append(names, fmt.Sprintf("%s fault/%d", r.Contract, r.Fault))
	}
	p.line(zh+"：%d（%s）", en+": %d (%s)", t.Count, strings.Join(names, p.say("、", ", ")))
}

func (p *paper) waivers(all []waiverLine) {
	for _, w := range all {
		p.line("已豁免（§6.4）：%s fault/%d，%s，%s %s", "waived (§6.4): %s fault/%d, %s, by %s %s", w.Contract, w.Fault, oneLine(w.Reason), w.Who, p.seq(w.WaivedBy))
	}
}

func (p *paper) intervals(all []intervalLine) {
	for _, i := range all {
		p.line("不可抗力（%s）：%s fault/%d，%s 至 %s，%s，事件 %s %s", "force majeure (%s): %s fault/%d, from %s until %s, %s, events %s %s",
			p.in(words.Majeure(i.Kind)), i.Contract, i.Fault, p.instant(i.From), p.momentOf(i.Until), p.took(i.Seconds), p.seq(i.MarkedBy), p.seq(i.EndedBy))
		if i.Evidence != "" {
			p.line("  证据：%s（%s %s）", "  evidence: %s (%s %s)", oneLine(i.Evidence), i.Who, p.seq(i.EvidencedBy))
		}
	}
}

// oneLine is what somebody typed, so that it breaks neither a line nor the terminal.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// momentOf is an instant, or "—" for none.
func (p *paper) momentOf(t *time.Time) string {
	if t == nil {
		return "—"
	}
	return p.moment(*t)
}

// took is a time taken, or "—" for none.
func (p *paper) took(seconds *int64) string {
	if seconds == nil {
		return "—"
	}
	return p.span(time.Duration(*seconds) * time.Second)
}

func (p *paper) monthRows(d monthDocument) {
	if len(d.Rows) == 0 {
		return
	}
	p.title("逐起", "Fault by fault")
	header := table.Row{"合同", "故障", "产品", "报障", "响应", "", "方案", "", "恢复", "事件"}
	if p.lang != "zh" {
		header = table.Row{"contract", "fault", "product", "reported", "response", "", "plan", "", "restore", "events"}
	}
	rows := make([]table.Row, len(d.Rows))
	for i, r := range d.Rows {
		rows[i] = table.Row{
			r.Contract, r.Fault, orAll(r.System), p.instant(r.ReportedAt), p.outcome(r.Response), p.took(r.ResponseSeconds),
			p.outcome(r.Plan), p.took(r.PlanSeconds), p.took(r.RestoreSeconds), p.seqs(r.Events),
		}
	}
	p.rows(header, rows)
}

// seqs are the events that a row rests on: report, response, plan, restoration.
func (p *paper) seqs(s sla.Seqs) string {
	var all []string
	for _, n := range []int64{s.Reported, s.Response, s.Plan, s.Resolved} {
		if n > 0 {
			all = append(all, p.seq(n))
		}
	}
	return strings.Join(all, " ")
}
