package slack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/refusal"
)

// tell is what the thread under a fault's card tells of a note; false if it tells nothing of it. The whole channel hears of what is
// owed soon, of what was missed, and of a miss that was none.
func (c faultCard) tell(n message.FaultNote) (said, bool) {
	var m said
	switch {
	case n.What == message.SlackAway:
		m = c.away(n)
	case hasBody(n):
		m.blocks = c.tellAct(n)
	case n.What == "sla" && n.New == string(message.SLABreached):
		m = c.alarm("⛔", dark, refusal.Text{
			ZH: "*SLA 超时* · " + number(c.Fault) + " 未在一小时内提交方案，已记录并通知经理", EN: "*SLA breached* · " + number(c.Fault) + " has no plan within the hour; recorded, manager informed",
		}, row{[]string{ActPlan, ActExplain}, nil})
	case n.What == "breach-corrected":
		m = c.alarm("🔵", blue, refusal.Text{
			ZH: "*更正* · " + number(c.Fault) + " 先前的超时通知不成立", EN: "*Correction* · the breach of " + number(c.Fault) + " that was told of was none",
		}, row{})
	case c.warns(n):
		m = c.warning(n)
	}
	m.event = cardEvent
	if m.text == "" && len(m.blocks) > 0 {
		m.text, m.color = "📌 "+number(c.Fault)+" · "+c.line(actName(message.ActName(n.What)))+" · "+c.people.name(n.Who)+" "+c.clock(n.At), grey
	}
	return m, len(m.blocks) > 0
}

// alarm is what everybody in the channel hears, with what can be done about it while it stands.
func (c faultCard) alarm(sign, color string, t refusal.Text, r row) said {
	m := said{text: sign + " " + c.line(t), color: color, broadcast: true, blocks: []api.Block{note(c.line(refusal.Text{
		ZH: "合同 " + c.Contract + " · 方案截止 " + c.clock(c.DeadlineAt), EN: "contract " + c.Contract + " · plan due " + c.clock(c.DeadlineAt),
	}))}}
	if !working(c.FaultRow) {
		return m
	}
	id := BlockID(c.Contract, c.FaultRow)
	if actions := r.block(id, Value(c.Contract, c.FaultRow), func(a string) string { return label(c.FaultRow, a) }); actions != nil {
		m.blocks = append([]api.Block{actions}, m.blocks...)
	}
	return m
}

// warns tells whether there still is something to warn of: a plan is owed and the time has not run out. Of one warning to many
// people, the first tells.
func (c faultCard) warns(n message.FaultNote) bool {
	if n.Page == nil || n.Page.Kind != message.WarningPage || c.SLA != message.SLARunning || !c.now.Before(n.Page.Deadline) {
		return false
	}
	first := slices.IndexFunc(c.Notes, func(other message.FaultNote) bool { return sameWarning(n, other) })
	return c.Notes[first].Seq == n.Seq
}

// sameWarning tells whether two pages are one rung's, to two people.
func sameWarning(a, b message.FaultNote) bool {
	return a.Page != nil && b.Page != nil && a.At.Equal(b.At) && a.Page.Kind == b.Page.Kind && a.Page.Rung == b.Page.Rung
}

func (c faultCard) warning(n message.FaultNote) said {
	var who []string
	for _, other := range c.Notes {
		if sameWarning(n, other) {
			who = append(who, c.people.mention(other.Page.To))
		}
	}
	minutes := int((n.Page.Deadline.Sub(c.now) + time.Minute - 1) / time.Minute)
	m := c.alarm("⏳", amber, refusal.Text{
		ZH: fmt.Sprintf("*%s 距方案截止 %d 分钟，尚无方案*", number(c.Fault), minutes), EN: fmt.Sprintf("*%d minutes left, no plan yet*", minutes),
	}, row{[]string{ActPlan, ActEscalate}, nil})
	m.text += " " + strings.Join(who, " ")
	return m
}

// away tells that people were called by other ways meanwhile.
func (c faultCard) away(n message.FaultNote) said {
	a, ok := paging.AwayOf(n.Body)
	if !ok {
		return said{}
	}
	text := "📡 " + c.line(a.Text(c.clock))
	return said{text: number(c.Fault) + " · " + text, color: grey, blocks: []api.Block{note(text)}}
}

// actName is what the thread calls an act.
func actName(name message.ActName) refusal.Text {
	return map[message.ActName]refusal.Text{
		message.Plan:         {ZH: "方案", EN: "plan"},
		message.ForceMajeure: {ZH: "不可抗力", EN: "force majeure"},
		message.LiftMajeure:  {ZH: "不可抗力解除", EN: "force majeure lifted"},
		message.Progress:     {ZH: "进展", EN: "progress"},
		message.HandOver:     {ZH: "移交", EN: "handed over"},
		message.Escalate:     {ZH: "升级", EN: "escalated"},
		message.Resolve:      {ZH: "解决", EN: "resolved"},
		message.Explain:      {ZH: "超时原因", EN: "why the hour was missed"},
		message.WaiveFault:   {ZH: "超时豁免", EN: "breach waived"},
		message.Classify:     {ZH: "分类", EN: "classified"},
	}[name]
}

// spokenBody is what the bodies of all acts on a fault but a plan hold for people to read.
type spokenBody struct {
	Kind     message.MajeureKind `json:"kind"`
	Evidence string              `json:"evidence"`
	Text     string              `json:"text"`
	To       string              `json:"to"`
	Request  bool                `json:"request"`
	AskedBy  string              `json:"asked_by"`
}

// tellAct is what somebody has said: the words of our own people, whole as far as a message goes; nil if there are none.
func (c faultCard) tellAct(n message.FaultNote) []api.Block {
	name := message.ActName(n.What)
	if p, _, found := lastAct[message.FaultPlan]([]message.FaultNote{n}, message.Plan); found {
		return []api.Block{section(planText(p, c.now, 1400))}
	}
	var body spokenBody
	if actName(name) == (refusal.Text{}) || json.Unmarshal(n.Body, &body) != nil {
		return nil
	}
	text := escape(body.Text, 2900)
	switch {
	case name == message.ForceMajeure:
		text = "*" + c.line(majeure(body.Kind)) + "*\n*证据 Evidence* " + escape(body.Evidence, 2500)
	case name == message.HandOver:
		text = "→ " + c.people.mention(body.To)
	case body.AskedBy != "":
		text += "\n" + c.line(refusal.Text{ZH: "由 " + c.people.name(body.AskedBy) + " 提出", EN: "asked for by " + c.people.name(body.AskedBy)})
	case name == message.Classify && body.Request:
		text = strings.TrimSpace("非故障 / no fault\n" + text)
	}
	if text == "" {
		return nil
	}
	return []api.Block{section(text)}
}
