package slack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// staleness is how much longer a card may name a time left than it is.
const staleness = 5 * time.Minute

// people tells what somebody of the rota is called in a message; nil knows nobody.
type people func(id string) person

// person is how somebody is named, and mentioned if they are in Slack; roles are those of the rota.
type person struct{ name, mention, roles string }

func (p people) name(id string) string {
	if p == nil || id == "" || p(id).name == "" {
		return escape(id, 100)
	}
	return escape(p(id).name, 100)
}

func (p people) mention(id string) string {
	if p == nil || p(id).mention == "" {
		return p.name(id)
	}
	return "<@" + p(id).mention + ">"
}

// faultCard draws a fault as it stands at the moment now.
type faultCard struct {
	message.FaultCard
	speech

	now    time.Time
	people people
}

func drawFault(f message.FaultCard, now time.Time, who people) said {
	c := faultCard{f, speech(f.Language), now, who}
	l := lookOf(f.FaultRow)
	m := said{event: cardEvent, color: l.color, text: l.sign + " " + c.line(c.title(l))}
	m.blocks = append(m.blocks, section(c.lines(c.standing())), c.facts())
	if f.Text != "" {
		m.blocks = append(m.blocks, section(quoted(f.Text)))
	}
	if grounds := c.grounds(); grounds != "" {
		m.blocks = append(m.blocks, section(grounds))
	}
	if actions := faultActions(f.Contract, f.FaultRow); actions != nil {
		m.blocks = append(m.blocks, actions)
	}
	m.blocks = append(m.blocks, c.foot())
	return m
}

// title is the headline, which telephones show, too: when a plan is owed, it says so.
func (c faultCard) title(l look) refusal.Text {
	t := refusal.Text{
		ZH: "*故障 " + number(c.Fault) + " " + l.name.ZH + "*", EN: "*Fault " + number(c.Fault) + " " + l.name.EN + "*",
	}
	if c.State == message.FaultRequest {
		t = refusal.Text{ZH: "*需求 " + number(c.Fault) + "* · 非故障", EN: "*Request " + number(c.Fault) + "* · no fault"}
	}
	if c.SLA == message.SLARunning && working(c.FaultRow) {
		t.ZH, t.EN = t.ZH+" · "+c.clock(c.DeadlineAt)+" 前需方案", t.EN+" · plan due by "+c.clock(c.DeadlineAt)
	}
	return t
}

func (c faultCard) clock(at time.Time) string { return clock(at, c.now) }

// until is the time that is left for a plan.
func (c faultCard) until() refusal.Text {
	at := c.clock(c.DeadlineAt)
	left := c.DeadlineAt.Sub(c.now)
	if left <= 0 {
		return refusal.Text{ZH: "方案截止 " + at + "（已到时限）", EN: "plan was due " + at}
	}
	minutes := int((left + time.Minute - 1) / time.Minute)
	return refusal.Text{ZH: fmt.Sprintf("方案截止 %s（剩 %d 分）", at, minutes), EN: fmt.Sprintf("plan due %s (%d min left)", at, minutes)}
}

// freshUntil is when the time left on the card is no longer true; zero if it names none.
func freshUntil(f message.FaultRow, now time.Time) time.Time {
	if f.SLA != message.SLARunning || !working(f) || !now.Before(f.DeadlineAt) {
		return time.Time{}
	}
	if next := now.Add(staleness); next.Before(f.DeadlineAt) {
		return next
	}
	return f.DeadlineAt
}

// standing is where the fault stands, in a sentence.
func (c faultCard) standing() refusal.Text {
	switch {
	case c.AwaitsApproval && c.State != message.FaultMajeure:
		until := c.until()
		return refusal.Text{
			ZH: "*不可抗力待第二人确认* · 期间时限照计 · " + until.ZH, EN: "*Force majeure awaits a second person* · the hour runs on · " + until.EN,
		}
	case breached(c.FaultRow):
		at := c.DeadlineAt.In(c.now.Location()).Format("15:04:05")
		return refusal.Text{
			ZH: "*SLA 超时* · " + at + " 前未提交方案，已记录并通知经理", EN: "*SLA breached* · no plan by " + at + "; recorded, manager informed",
		}
	}
	switch c.State {
	case message.FaultOpen:
		until := c.until()
		return refusal.Text{ZH: "*" + until.ZH + "*", EN: "*" + upperFirst(until.EN) + "*"}
	case message.FaultAcknowledged:
		return c.acknowledged()
	case message.FaultPlanned:
		return c.planned()
	case message.FaultMajeure:
		return c.majeure()
	case message.FaultResolved:
		return refusal.Text{
			ZH: "*已解决* " + c.clock(c.ResolvedAt) + " · 待客户管理员确认", EN: "*Resolved* " + c.clock(c.ResolvedAt) + " · awaiting customer confirmation",
		}
	case message.FaultClosed:
		return c.closed()
	case message.FaultRequest:
		return refusal.Text{ZH: "*非故障* · 由双方协商，不计时限", EN: "*No fault* · the parties agree about it; no hour runs"}
	default:
		return refusal.Text{
			ZH: "*非系统管理员报障* · 由系统管理员确认后受理并计时", EN: "*Reported by somebody else than the administrator* · the hour runs once an administrator takes it up",
		}
	}
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// acknowledged: after force majeure the clock may have run out with no answer of a person.
func (c faultCard) acknowledged() refusal.Text {
	who, at := c.people.name(c.RespondedBy), c.clock(c.ResponseAt)
	t := refusal.Text{ZH: "*" + who + " " + at + " 已响应*", EN: "*" + who + " acknowledged " + at + "*"}
	if c.SLA == message.SLARunning {
		t.ZH, t.EN = t.ZH+" · "+c.until().ZH, t.EN+" · "+c.until().EN
	}
	return t
}

func (c faultCard) planned() refusal.Text {
	at, took, judged := c.clock(c.PlanAt), span(c.PlanAt.Sub(c.ClockAt)), c.judged()
	t := refusal.Text{ZH: "*方案已于 " + at + " 提交* · 用时 " + took.ZH, EN: "*Plan submitted " + at + "* · " + took.EN}
	if judged.ZH != "" {
		t.ZH, t.EN = t.ZH+" · *"+judged.ZH+"*", t.EN+" · *"+judged.EN+"*"
	}
	return t
}

// judged is what became of the promise of a plan within the hour.
func (c faultCard) judged() refusal.Text {
	switch c.SLA {
	case message.SLAMet:
		return refusal.Text{ZH: "达标", EN: "SLA met"}
	case message.SLABreached:
		return refusal.Text{ZH: "超时", EN: "SLA breached"}
	case message.SLAWaived:
		return refusal.Text{ZH: "超时已豁免", EN: "breach waived"}
	case message.SLAChanged:
		return refusal.Text{ZH: "不可抗力", EN: "force majeure"}
	default:
		return refusal.Text{}
	}
}

func (c faultCard) majeure() refusal.Text {
	kind := majeure(c.MajeureKind)
	t := refusal.Text{ZH: "*不可抗力：" + kind.ZH + "*", EN: "*Force majeure: " + kind.EN + "*"}
	if _, who, found := lastAct[message.Majeure](c.Notes, message.ForceMajeure); found {
		t.ZH += " · 标记人 " + c.people.name(who)
		t.EN += " · marked by " + c.people.name(who)
	} else {
		t.ZH, t.EN = t.ZH+" ·", t.EN+" ·"
	}
	t.ZH += " " + c.clock(c.MajeureAt) + " · 职责：沟通与协调"
	t.EN += " " + c.clock(c.MajeureAt) + " · duty now: communicate and coordinate"
	if !c.DueAt.IsZero() {
		t.ZH, t.EN = t.ZH+" · 下次通报 "+c.clock(c.DueAt), t.EN+" · next update "+c.clock(c.DueAt)
	}
	return t
}

// closed is how long everything took; what never came about is left out.
func (c faultCard) closed() refusal.Text {
	var zh, en []string
	add := func(nameZH, nameEN string, from, to time.Time) {
		if !from.IsZero() && !to.IsZero() {
			took := span(to.Sub(from))
			zh, en = append(zh, nameZH+" "+took.ZH), append(en, nameEN+" "+took.EN)
		}
	}
	add("响应", "ack", c.ClockAt, c.ResponseAt)
	add("方案", "plan", c.ClockAt, c.PlanAt)
	add("恢复", "restore", c.ReportedAt, c.ResolvedAt)
	t := refusal.Text{ZH: "*已关闭*", EN: "*Closed*"}
	if len(zh) > 0 {
		t.ZH, t.EN = t.ZH+" · "+strings.Join(zh, "，"), t.EN+" · "+strings.Join(en, ", ")
	}
	if judged := c.judged(); judged.ZH != "" {
		t.ZH, t.EN = t.ZH+" · *"+judged.ZH+"*", t.EN+" · *"+judged.EN+"*"
	}
	return t
}

func (c faultCard) facts() api.Block {
	system := c.System
	if system == "" {
		system = "全部 all of it"
	}
	rung := ""
	if working(c.FaultRow) {
		rung = escape(c.Rung, 100)
	}
	reporter := c.clock(c.ReportedAt)
	if c.Reporter != "" {
		reporter = escape(c.Reporter, 100) + " · " + reporter
	}
	return facts(
		field{"合同 Contract", escape(c.Contract, 100)}, field{"客户 Customer", escape(c.Customer, 200)},
		field{"报告人 Reported by", reporter}, field{"系统 System", escape(system, 100)},
		field{"负责人 Owner", c.people.mention(c.Owner)}, field{"级别 Rung", rung},
	)
}

// grounds are what the present state rests on: the plan that is carried out, the evidence of force majeure.
func (c faultCard) grounds() string {
	if m, _, found := lastAct[message.Majeure](c.Notes, message.ForceMajeure); found && c.State == message.FaultMajeure {
		return "*证据 Evidence* " + escape(m.Evidence, 700)
	}
	p, _, found := lastAct[message.FaultPlan](c.Notes, message.Plan)
	if !found || c.State != message.FaultPlanned && c.State != message.FaultResolved {
		return ""
	}
	return planText(p, c.now, 700)
}

// planText is a plan, each part of at most so many characters.
func planText(p message.FaultPlan, now time.Time, limit int) string {
	parts := []string{"*原因 Cause* " + escape(p.Cause, limit), "*步骤 Steps* " + escape(p.Steps, limit)}
	if !p.WorksBy.IsZero() {
		parts = append(parts, "*预计恢复 Works by* "+clock(p.WorksBy, now))
	}
	return strings.Join(parts, "\n")
}

// foot is what happened when, in the smallest letters.
func (c faultCard) foot() api.Block {
	parts := []string{number(c.Fault)}
	add := func(at time.Time, what string) {
		if !at.IsZero() {
			parts = append(parts, c.clock(at)+" "+what)
		}
	}
	add(c.ReportedAt, "报障")
	add(c.ResponseAt, c.people.name(c.RespondedBy)+" 响应")
	add(c.PlanAt, c.people.name(c.PlannedBy)+" 方案")
	add(c.MajeureAt, "不可抗力")
	add(c.LiftedAt, "解除")
	add(c.BreachedAt, "超时")
	add(c.ResolvedAt, "解决")
	add(c.ClosedAt, "关闭")
	if c.Reopens > 0 {
		parts = append(parts, "同 same as "+number(c.Reopens))
	}
	return note(strings.Join(parts, " · "))
}

// lastAct is the last act of that name, and whose it was.
func lastAct[Body any](notes []message.FaultNote, name message.ActName) (Body, string, bool) {
	var body Body
	for _, n := range slices.Backward(notes) {
		if n.What == string(name) && hasBody(n) && json.Unmarshal(n.Body, &body) == nil {
			return body, n.Who, true
		}
	}
	return body, "", false
}

// hasBody tells an act from a change of the state that is called the same.
func hasBody(n message.FaultNote) bool { return len(n.Body) > 0 && string(n.Body) != "null" }
