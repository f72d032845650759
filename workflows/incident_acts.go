package workflows

import (
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// acts is what people do to a fault.
func (c *care) acts() []act[*care] {
	return []act[*care]{
		on(message.Acknowledge, "4.2", (*care).whenever, mayAcknowledge, acknowledge),
		on(message.Plan, "3.11", (*care).whenever, mayPlan, submitPlan),
		on(message.ForceMajeure, "3.12", (*care).whenever, mayMark, mark),
		on(message.LiftMajeure, "3.12", (*care).whenever, mayLift, lift),
		on(message.Progress, "3.12", (*care).whenever, maySay, progress),
		on(message.HandOver, "4.2", (*care).whenever, mayHandOver, handOver),
		on(message.Escalate, "4.2", (*care).whenever, mayEscalate, escalate),
		on(message.Resolve, "3.11", (*care).whenever, mayResolve, resolve),
		on(message.ConfirmFault, "3.13", (*care).whenever, mayConfirmFault, confirmFault),
		on(message.Classify, "4.3", (*care).whenever, mayClassify, classify),
		on(message.Explain, "3.11", (*care).whenever, mayExplain, explain),
		on(message.WaiveFault, "6.4", (*care).whenever, mayWaiveFault, waiveFault),
	}
}

// whenever: what may be done depends on the state of the fault, which the rules look at themselves.
func (c *care) whenever() *refusal.Refusal { return nil }

// at is the instant that counts for an act.
func (d done) at(c message.Called) time.Time { return incident.Counts(c, d.ReceivedAt) }

func (c *care) said(zh, en string) refusal.Text {
	id := message.FaultID(c.N)
	return refusal.Text{ZH: id + " " + zh, EN: id + " " + en}
}

func mayAcknowledge(c *care, d done, w message.Words) *refusal.Refusal {
	return incident.RefuseAnswer(&c.Incident, w, d.ReceivedAt)
}

func acknowledge(_ workflow.Context, c *care, d done, w message.Words) refusal.Text {
	incident.Acknowledge(&c.Incident, d.Actor.Who, d.at(w.Called))
	return c.said("已由 "+d.Actor.Who+" 响应。", "is acknowledged by "+d.Actor.Who)
}

func mayPlan(c *care, d done, p message.FaultPlan) *refusal.Refusal {
	return incident.RefusePlan(&c.Incident, p, d.ReceivedAt)
}

// submitPlan (§3.11): in time is what was received, or said on the telephone, by the last instant of the hour.
func submitPlan(_ workflow.Context, c *care, d done, p message.FaultPlan) refusal.Text {
	was := c.State
	incident.Submit(&c.Incident, d.Actor.Who, d.at(p.Called))
	if was == message.FaultResolved {
		c.State = was
	}
	switch c.SLA {
	case message.SLAMet:
		return c.said("的方案已提交，时限内。", "has its plan, in time")
	case message.SLABreached:
		return c.said("的方案已提交，超过一小时时限。", "has its plan, after the hour")
	default:
		return c.said("的方案已提交。", "has its plan")
	}
}

func mayMark(c *care, d done, m message.Majeure) *refusal.Refusal {
	return incident.RefuseMajeure(&c.Incident, m, d.Actor, d.ReceivedAt)
}

// mark (§3.12): force majeure changes the duty. Late in the hour it waits for a second person, and the hour runs on.
func mark(ctx workflow.Context, c *care, d done, m message.Majeure) refusal.Text {
	at := d.at(m.Called)
	if asked := c.Asked; asked != nil && asked.Kind == m.Kind && asked.By != d.Actor.Who {
		incident.Mark(&c.Incident, asked.Majeure, asked.At)
		return c.said("的不可抗力已由第二人复核。", "is force majeure, as a second person has approved")
	}
	incident.Respond(&c.Incident, d.Actor.Who, at)
	if incident.NeedsSecond(&c.Incident, d.ReceivedAt) {
		c.Asked, c.AwaitsApproval = &message.MajeureBy{Majeure: m, By: d.Actor.Who, At: at}, true
		c.reach(ctx, []string{"lead", "manager"}, message.ApprovalPage, d.Actor.Who)
		return c.said("的不可抗力待第二人复核，期间时限照计。", "waits for a second person to approve force majeure; the hour runs on")
	}
	incident.Mark(&c.Incident, m, at)
	return c.said("已标记为不可抗力，职责变为沟通与协调。", "is marked as force majeure: the duty is now to communicate and coordinate")
}

func mayLift(c *care, d done, w message.Words) *refusal.Refusal {
	return firstOf(incident.RefuseLift(&c.Incident), incident.RefuseCall(w.Called, c.MajeureAt, d.ReceivedAt))
}

func lift(_ workflow.Context, c *care, d done, w message.Words) refusal.Text {
	incident.Lift(&c.Incident, d.at(w.Called))
	if c.SLA != message.SLARunning {
		return c.said("的不可抗力已解除。", "is force majeure no more")
	}
	until := c.DeadlineAt.In(d.ReceivedAt.Location()).Format("15:04:05")
	return c.said("的不可抗力已解除，方案不迟于 "+until+" 提交。", "is force majeure no more; there will be a plan by "+until)
}

func maySay(c *care, d done, w message.Words) *refusal.Refusal {
	return incident.RefuseWords(&c.Incident, w, d.ReceivedAt)
}

// progress (§3.12, §4.2): the customer was told how it goes, by a person who thereby has answered.
func progress(ctx workflow.Context, c *care, d done, w message.Words) refusal.Text {
	if c.State == message.FaultOpen && since(ctx, "a word to the customer answers") {
		incident.Respond(&c.Incident, d.Actor.Who, d.at(w.Called))
	}
	c.ToldAt = later(c.ToldAt, d.at(w.Called))
	return c.said("的进展已记录。", "has word of how it goes")
}

func mayResolve(c *care, d done, w message.Words) *refusal.Refusal {
	return incident.RefuseResolve(&c.Incident, w, d.ReceivedAt)
}

// resolve (§3.11): it works again, and whoever may confirm is told.
func resolve(ctx workflow.Context, c *care, d done, w message.Words) refusal.Text {
	incident.Resolve(&c.Incident, d.Actor.Who, d.at(w.Called))
	if !w.CalledAt.IsZero() && since(ctx, "silence begins when it is told") {
		c.ToldAt = d.ReceivedAt
	}
	c.send(message.ResolvedPage, "", c.AccountManager, "")
	return c.said("已解决，待系统管理员确认。", "is resolved; an administrator may confirm it")
}

func mayConfirmFault(c *care, d done, w message.Words) *refusal.Refusal {
	return incident.RefuseConfirm(&c.Incident, w, d.Actor, d.ReceivedAt)
}

// confirmFault: it works, or (§3.13) what somebody else reported is the administrator's report from now on, or from their call (§4.1).
func confirmFault(ctx workflow.Context, c *care, d done, w message.Words) refusal.Text {
	if c.State == message.FaultReported {
		c.Administrator = true
		incident.Start(&c.Incident, d.at(w.Called))
		c.firstWord(ctx)
		return c.receipt()
	}
	incident.Close(&c.Incident, d.at(w.Called))
	return c.said("已确认并关闭。", "is confirmed and closed")
}

func mayClassify(c *care, d done, body message.Classification) *refusal.Refusal {
	return incident.RefuseClassify(&c.Incident, body, d.ReceivedAt)
}

// classify (§4.3): a fault's hour begins when it is found to be one; both moments are kept. One that has missed its hour has no other.
func classify(ctx workflow.Context, c *care, d done, body message.Classification) refusal.Text {
	if body.Request {
		incident.Request(&c.Incident, d.ReceivedAt)
		return c.said("不是故障，转为需求协商。", "is no fault; the parties agree about it")
	}
	incident.Again(&c.Incident, d.at(body.Called))
	c.firstWord(ctx)
	if c.SLA != message.SLARunning {
		missed := c.BreachedAt.In(d.ReceivedAt.Location()).Format(time.DateTime)
		return c.said("转为故障；时限已于 "+missed+" 届满并有结论，方案须立即提交。",
			"is a fault again; its hour ended at "+missed+" and is judged, its plan is owed at once")
	}
	return c.receipt()
}

func mayHandOver(c *care, _ done, h message.Handing) *refusal.Refusal {
	if h.To == "" {
		return refusal.BadInput("bad_person", "未写明移交给谁。", "nobody is named to take it", refusal.Wrong("to", "不能为空", "is missing"))
	}
	return incident.RefuseWork(&c.Incident)
}

func handOver(_ workflow.Context, c *care, d done, h message.Handing) refusal.Text {
	incident.Respond(&c.Incident, d.Actor.Who, d.ReceivedAt)
	c.Owner = h.To
	c.send(message.EscalationPage, "", h.To, "")
	return c.said("已移交 "+h.To+"。", "is handed over to "+h.To)
}

func mayEscalate(c *care, _ done, w message.Words) *refusal.Refusal {
	if no := incident.RefuseWork(&c.Incident); no != nil {
		return no
	}
	if w.Rung != "" && w.Rung != c.Rung {
		return refusal.Rule("escalated_already", "4.2", "已升级至 "+c.Rung+"。", "it has been escalated to "+c.Rung+" already")
	}
	return nil
}

// escalate calls the next rung at once, and the ladder goes on from there. To call the same people again is no escalation.
func escalate(ctx workflow.Context, c *care, d done, _ message.Words) refusal.Text {
	rung := message.Rung{Name: "everyone", After: c.Climbed, To: []string{"everyone"}, Kind: message.EscalationPage}
	above := c.above(message.Rung{After: c.Climbed})
	if i := slices.IndexFunc(above, func(r message.Rung) bool { return !r.Repeat }); i >= 0 {
		rung = above[i]
	}
	c.climb(ctx, incident.Call{Rung: rung, At: d.ReceivedAt})
	return c.said("已升级至 "+rung.Name+"。", "is escalated to "+rung.Name)
}

func mayExplain(c *care, _ done, w message.Words) *refusal.Refusal {
	return incident.RefuseMissed(&c.Incident, w)
}

func explain(_ workflow.Context, c *care, _ done, _ message.Words) refusal.Text {
	return c.said("的超时原因已记录。", "has its missed hour explained")
}

func mayWaiveFault(c *care, d done, w message.Words) *refusal.Refusal {
	return incident.RefuseWaive(&c.Incident, w, d.Actor)
}

// waiveFault (§6.4): the customer lets a missed hour go, in writing.
func waiveFault(_ workflow.Context, c *care, d done, _ message.Words) refusal.Text {
	incident.Waive(&c.Incident, d.ReceivedAt)
	return c.said("的超时已由甲方豁免。", "has its missed hour waived by the customer")
}
