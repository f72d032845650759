package cli

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/warning"
	"lvyue/internal/words"
)

// health is the page about all contracts: the worst first, then those of which nothing is known.
func (p *paper) health(h warning.Health) {
	header := table.Row{"合同", "级别", "资源", "指标", "情况", "建议"}
	if p.lang != "zh" {
		header = table.Row{"contract", "class", "resource", "metric", "how it is", "suggested"}
	}
	rows := make([]table.Row, len(h.Open))
	for i, w := range h.Open {
		rows[i] = append(table.Row{w.Contract}, p.warning(w.Warning)...)
	}
	p.rows(header, rows)
	for _, u := range h.Unmeasured {
		p.line("%s %s 没有测量；上次：%s", "%s %s is not measured; last: %s", p.paint(urgent, "✗"), u.Contract, p.instant(u.LookedAt))
	}
}

// contractHealth is the page about one contract: what is used, then what is warned of.
func (p *paper) contractHealth(d contractHealthDocument) {
	looked := "—"
	if d.LookedAt != nil {
		looked = p.instant(*d.LookedAt)
	}
	p.line("%s  %s    上次测量：%s", "%s  %s    last measured: %s", p.paint(bold, d.Contract), p.in(words.Phase(d.Phase)), looked)
	switch {
	case d.Overdue:
		p.line("%s 超过 %d 小时没有测量；请确认工作进程在运行", "%s not measured for more than %d hours; check that a worker runs",
			p.paint(urgent, "✗"), int(warning.Overdue.Hours()))
	case d.Phase != message.InService:
		p.line("合同不在服务中，不测量", "the contract is not in service; nothing is measured")
	case len(d.Gauges) == 0:
		p.line("还没有任何测量数据", "nothing has been measured yet")
	}
	p.gauges(d.Gauges)
	p.warnings(d.Open)
}

func (p *paper) gauges(all []gaugeLine) {
	header := table.Row{"种类", "资源", "指标", "", "用量", "每天", "用满", "时刻"}
	if p.lang != "zh" {
		header = table.Row{"kind", "resource", "metric", "", "used", "a day", "full in", "at"}
	}
	rows := make([]table.Row, len(all))
	for i, g := range all {
		rows[i] = table.Row{
			p.in(words.Piece(g.Kind)), g.Resource, p.metric(g.Gauge), bar(g.Percent), fmt.Sprintf("%6.2f %%", g.Percent), "—", "—", p.instant(g.At),
		}
		if g.PerDay != nil {
			rows[i][5] = fmt.Sprintf("%+.2f", *g.PerDay)
		}
		if g.DaysToFull != nil {
			rows[i][6] = p.days(*g.DaysToFull)
		}
		if g.Silent {
			rows[i][3], rows[i][4] = p.paint(urgent, p.in(refusal.Text{ZH: "无数据", EN: "no data"})), "—"
		}
	}
	p.rows(header, rows)
}

func (p *paper) warnings(open []warning.Warning) {
	if len(open) == 0 {
		return
	}
	p.title("预警", "Warnings")
	header := table.Row{"级别", "资源", "指标", "情况", "建议"}
	if p.lang != "zh" {
		header = table.Row{"class", "resource", "metric", "how it is", "suggested"}
	}
	rows := make([]table.Row, len(open))
	for i, w := range open {
		rows[i] = p.warning(w)
	}
	p.rows(header, rows)
}

// warning is one row: how bad, of what, why, and what would help.
func (p *paper) warning(w warning.Warning) table.Row {
	colours := map[warning.Class]colour{warning.Near: open, warning.Urgent: urgent, warning.Critical: urgent}
	return table.Row{
		p.paint(colours[w.Class], p.in(words.Class(w.Class))), p.in(words.Piece(w.Kind)) + " " + w.Resource, p.metric(w.Gauge), p.why(w), p.growth(w),
	}
}

func (p *paper) metric(g hosting.Gauge) string {
	return strings.TrimSpace(p.in(words.Metric(g.Metric)) + " " + g.Device)
}

func (p *paper) why(w warning.Warning) string {
	if w.What == warning.Silent {
		return p.in(refusal.Text{ZH: "无数据，自 ", EN: "no data since "}) + p.instant(w.Since)
	}
	text := fmt.Sprintf("%.2f %%", w.Percent)
	if w.Grows {
		text += p.in(refusal.Text{ZH: "，用满还有 ", EN: ", full in "}) + p.days(w.Days)
	}
	return text
}

// days are whole: a forecast is no more exact. What is left is never rounded up.
func (p *paper) days(n float64) string {
	return strconv.Itoa(int(math.Floor(n))) + p.in(refusal.Text{ZH: " 天", EN: " days"})
}

// growth is what is suggested, with its price for the rest of the term.
func (p *paper) growth(w warning.Warning) string {
	if w.Growth == nil {
		return "—"
	}
	to := w.Growth.To
	var text string
	switch {
	case to.Short:
		return fmt.Sprintf(p.in(refusal.Text{ZH: "集群，%d 台服务器（§3.5）", EN: "a cluster of %d servers (§3.5)"}), w.Growth.Nodes)
	case w.Metric == hosting.Storage && w.Kind == hosting.Server:
		text = strconv.Itoa(to.ServerDiskGB) + " GB"
	case w.Metric == hosting.Storage:
		text = strconv.Itoa(to.DatabaseGB) + " GB"
	case w.Kind == hosting.Server:
		text = to.ServerType
	default:
		text = to.DatabaseClass
	}
	if w.Growth.AnswerHash != "" {
		text += fmt.Sprintf(p.in(refusal.Text{ZH: "，%s 元", EN: ", %s CNY"}), w.Growth.Amount)
	}
	return text
}

// bar is a level of ten parts; above nothing there is always one of them.
func bar(percent float64) string {
	const parts = 10
	full := min(int(math.Ceil(percent/parts)), parts)
	return strings.Repeat("█", full) + strings.Repeat("░", parts-full)
}
