package cli

import (
	"fmt"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/postgres"
	"lvyue/internal/words"
)

func (p *paper) faults(faults []postgres.Fault, now time.Time) {
	if len(faults) == 0 {
		p.line("没有故障", "no fault")
		return
	}
	header := table.Row{"合同", "故障", "产品", "状态", "一小时", "报障", "时限", "剩余", "负责"}
	if p.lang != "zh" {
		header = table.Row{"contract", "fault", "product", "state", "the hour", "reported", "plan due", "left", "with"}
	}
	rows := make([]table.Row, len(faults))
	for i, f := range faults {
		rows[i] = table.Row{
			f.Contract, f.Fault, orAll(f.System), p.in(words.FaultState(f.State)), p.sla(f.SLA), p.instant(f.ReportedAt), p.instant(planDue(f.FaultRow)),
			p.left(f.FaultRow, now), f.Owner,
		}
	}
	p.rows(header, rows)
}

// orAll is the product, or "—" for all of them.
func orAll(system string) string {
	if system == "" {
		return "—"
	}
	return system
}

func (p *paper) sla(s message.SLA) string { return p.paint(slaColour(s), p.in(words.SLA(s))) }

// slaColour is green for what was kept, red for what was missed, yellow for what runs.
func slaColour(s message.SLA) colour {
	switch s {
	case message.SLAMet:
		return good
	case message.SLABreached:
		return urgent
	case message.SLARunning, message.SLAChanged:
		return open
	case message.SLANone, message.SLAWaived:
		return faint
	default:
		return faint
	}
}

// left is how long there is for a plan, or how late it is; after it, how long it took.
func (p *paper) left(f message.FaultRow, now time.Time) string {
	const soon = 15 * time.Minute
	left, awaited := timeLeft(f, now)
	switch {
	case !awaited && !f.PlanAt.IsZero() && !f.ClockAt.IsZero():
		return p.say("用时 ", "took ") + p.took(seconds(f.PlanAt.Sub(f.ClockAt), true))
	case !awaited:
		return "—"
	case left < 0:
		return p.paint(urgent, p.say("已超 ", "late by ")+p.span(-left))
	case left <= soon:
		return p.paint(urgent, p.span(left))
	default:
		return p.paint(open, p.span(left))
	}
}

// span is a length of time in the largest two units that it has.
func (p *paper) span(d time.Duration) string {
	const day = 24 * time.Hour
	hours, minutes, seconds := d%day/time.Hour, d%time.Hour/time.Minute, d%time.Minute/time.Second
	switch {
	case d >= day:
		return fmt.Sprintf(p.say("%d 天 %d 时", "%dd %dh"), d/day, hours)
	case d >= time.Hour:
		return fmt.Sprintf(p.say("%d 时 %d 分", "%dh %dm"), hours, minutes)
	case d >= time.Minute:
		return fmt.Sprintf(p.say("%d 分 %d 秒", "%dm %ds"), minutes, seconds)
	default:
		return fmt.Sprintf(p.say("%d 秒", "%ds"), seconds)
	}
}

// openFaults is the line of a contract's page about the faults that are looked after.
func (p *paper) openFaults(all []postgres.Fault, now time.Time) {
	for _, f := range openFaults(all) {
		p.line("%s：%s，%s，时限 %s，%s（starter fault show %s %d）", "%s: %s, %s, plan due %s, %s (starter fault show %s %d)",
			p.paint(bold, p.in(words.Duty(message.FaultID(f.Fault)))), p.in(words.FaultState(f.State)), p.sla(f.SLA), p.instant(planDue(f.FaultRow)),
			p.left(f.FaultRow, now), f.Contract, f.Fault)
	}
}

// dueOf is when a duty is due: the last instant of a fault's, the day of any other.
func (p *paper) dueOf(o message.Obligation) string {
	if isFault(o.ID) {
		return p.moment(o.DueAt)
	}
	return p.due(o.DueOn, o.Provisional)
}

// faultChange is what became of a fault; false for what other changes are told like.
func (p *paper) faultChange(e message.Event) (string, bool) {
	switch page := e.Changed.Page; {
	case !isFault(e.Subject) || e.ActID != "":
		return "", false
	case e.What == message.SlackAway:
		a, ok := paging.AwayOf(e.Detail)
		return p.in(a.Text(p.moment)), ok
	case e.What == "page" && page != nil:
		return p.paged(*page), true
	case e.What == "joined":
		return p.rejoined(e.New), true
	case e.What == "sla" || e.What == "breach-corrected":
		return p.arrow(p.in(words.SLA(message.SLA(e.Old))), p.in(words.SLA(message.SLA(e.New)))), true
	case e.What == "rung-missed" || e.What == "nobody-on-call":
		return p.in(words.Rung(e.New)), true
	case e.What == "reopened":
		return p.in(words.Duty(e.New)), true
	case e.Changed.Obligation != nil:
		return p.dutyChange(e)
	default:
		return p.arrow(p.in(words.FaultState(message.FaultState(e.Old))), p.in(words.FaultState(message.FaultState(e.New)))), true
	}
}

func (p *paper) dutyChange(e message.Event) (string, bool) {
	if e.What == "opened" || e.What == "counted" {
		return p.say("到期 ", "due ") + p.moment(e.Changed.Obligation.DueAt), true
	}
	return "", false
}

func (p *paper) arrow(old, now string) string {
	if old == "" {
		return now
	}
	return old + " → " + now
}

// paged is who was called, and why.
func (p *paper) paged(page message.Page) string {
	text := page.To + p.say("：", ": ") + p.in(words.Page(page.Kind))
	if page.Rung != "" {
		text += p.say("（", " (") + p.in(words.Rung(page.Rung)) + p.say("）", ")")
	}
	return text
}

// rejoined is when a report of the same trouble was made.
func (p *paper) rejoined(at string) string {
	if t, err := time.Parse(time.RFC3339, at); err == nil {
		return p.say("报障 ", "reported ") + p.moment(t)
	}
	return at
}
