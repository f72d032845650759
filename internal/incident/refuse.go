package incident

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// Administrator is the role of those of the form (§2.1).
const Administrator = "administrator"

// longest is how many characters a text may have.
const longest = 10000

// written checks the texts of an act, by their names in it: there, and not endless. Every wrong one is told.
func written(texts ...[2]string) *refusal.Refusal {
	var wrong []refusal.Field
	for _, t := range texts {
		switch {
		case strings.TrimSpace(t[1]) == "":
			wrong = append(wrong, refusal.Wrong(t[0], "不能为空", "is missing"))
		case len([]rune(t[1])) > longest:
			wrong = append(wrong, refusal.Wrong(t[0], "超过 10000 字", "has more than 10,000 characters"))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return refusal.BadInput("bad_text", "内容有误：", "the content is wrong:", wrong...)
}

// RefuseCall holds a call to its order: it was before it was entered, and what is said about a fault comes after its report.
func RefuseCall(c message.Called, since, received time.Time) *refusal.Refusal {
	switch {
	case c.CalledAt.IsZero():
		return nil
	case c.CalledAt.After(received):
		return refusal.BadInput("future_call", "来电时刻有误：", "the moment of the call is wrong:",
			refusal.Wrong("called_at", "晚于录入时刻", "lies after the moment of entry"))
	case c.CalledAt.Before(since):
		return refusal.BadInput("early_call", "来电时刻有误：", "the moment of the call is wrong:",
			refusal.Wrong("called_at", "早于报障时刻", "lies before the report"))
	default:
		return nil
	}
}

// RefuseReport wants a whole report: it says what is wrong, with what (§3.11). System is one of the products or empty.
func RefuseReport(r message.FaultReport, products []string, received time.Time) *refusal.Refusal {
	if no := written([2]string{"reporter", r.Reporter}, [2]string{"text", r.Text}); no != nil {
		return no
	}
	if r.System != "" && !slices.Contains(products, r.System) {
		return refusal.BadInput("unknown_system", "报障内容有误：", "the report is wrong:",
			refusal.Wrong("system", "不是已启用的产品", "is no enabled product"))
	}
	return RefuseCall(r.Called, time.Time{}, received)
}

// RefuseEarlyCall refuses a call about a system that was not usable yet; a year mistyped is found so.
func RefuseEarlyCall(c message.Called, usable time.Time) *refusal.Refusal {
	if c.CalledAt.IsZero() || !c.CalledAt.Before(usable) {
		return nil
	}
	return refusal.BadInput("early_call", "来电时刻有误：", "the moment of the call is wrong:",
		refusal.Wrong("called_at", "早于系统交付使用", "lies before the system was usable"))
}

// in refuses what may not be done in the fault's state.
func in(f *message.Incident, states ...message.FaultState) *refusal.Refusal {
	if slices.Contains(states, f.State) {
		return nil
	}
	return notNow(f)
}

// notNow says where the fault stands, and by whom.
func notNow(f *message.Incident) *refusal.Refusal {
	id := message.FaultID(f.N)
	switch f.State {
	case message.FaultClosed:
		return Closed(f.FaultRow)
	case message.FaultResolved:
		return refusal.Rule("fault_resolved", "3.11", id+" 已于 "+clock(f.ResolvedAt)+" 解决，待管理员确认。",
			id+" was resolved at "+clock(f.ResolvedAt)+" and waits for the administrator's word")
	case message.FaultReported:
		return refusal.Rule("not_administrator", "3.13", id+" 非系统管理员报告，待管理员确认后处理。",
			id+" was not reported by an administrator; it waits until one takes it up")
	case message.FaultRequest:
		return refusal.Rule("is_request", "4.3", id+" 不是故障，由双方协商。", id+" is a request, not a fault; the parties agree about it")
	case message.FaultMajeure:
		return refusal.Rule("already_force_majeure", "3.12", id+" 已标记为不可抗力。", id+" is marked as force majeure already")
	case message.FaultPlanned:
		return refusal.Rule("already_planned", "3.11", id+" 的方案已由 "+f.PlannedBy+" 于 "+clock(f.PlanAt)+" 提交。",
			id+" has a plan since "+clock(f.PlanAt)+", by "+f.PlannedBy)
	default:
		return refusal.Rule("not_now", "3.11", id+" 目前不能这样处理。", id+" is not in a state for this")
	}
}

// Closed is the refusal of what is done too late: nothing more is done to a fault that is closed.
func Closed(f message.FaultRow) *refusal.Refusal {
	id := message.FaultID(f.Fault)
	return refusal.Rule("fault_closed", "3.11", id+" 已于 "+clock(f.ClosedAt)+" 关闭。", id+" was closed at "+clock(f.ClosedAt))
}

// clock is an instant as people read it in Shanghai.
func clock(at time.Time) string { return at.In(workday.Shanghai).Format("2006-01-02 15:04:05") }

// RefuseAcknowledge keeps to the first answer: that one counts; who comes second is told who was first.
func RefuseAcknowledge(f *message.Incident) *refusal.Refusal {
	if !f.ResponseAt.IsZero() && (f.State == message.FaultAcknowledged || f.State == message.FaultMajeure) {
		id := message.FaultID(f.N)
		return refusal.Rule("already_acknowledged", "4.2", id+" 已由 "+f.RespondedBy+" 于 "+clock(f.ResponseAt)+" 响应。",
			id+" was acknowledged at "+clock(f.ResponseAt)+" by "+f.RespondedBy)
	}
	return in(f, message.FaultOpen, message.FaultAcknowledged, message.FaultMajeure)
}

// RefuseAnswer is RefuseAcknowledge of an answer that may have been given by telephone: one that was given before the first that is
// known is entered as long as the fault is not closed (§4.1). What was said before the clock began is no answer.
func RefuseAnswer(f *message.Incident, w message.Words, received time.Time) *refusal.Refusal {
	no := RefuseAcknowledge(f)
	if !w.CalledAt.IsZero() && w.CalledAt.Before(f.ResponseAt) {
		no = in(f, append(working(), message.FaultResolved)...)
	}
	return cmp.Or(no, RefuseCall(w.Called, later(f.ReportedAt, f.ClockAt), received))
}

// working are the states in which a fault is worked at.
func working() []message.FaultState {
	return []message.FaultState{message.FaultOpen, message.FaultAcknowledged, message.FaultPlanned, message.FaultMajeure}
}

// RefuseWork refuses work at what is not worked at: who plans, resolves, hands over or escalates does so while the fault is worked at.
func RefuseWork(f *message.Incident) *refusal.Refusal { return in(f, working()...) }

// RefusePlan wants a whole plan: it says what the cause is thought to be, and what is done (§3.11). A better one may follow.
func RefusePlan(f *message.Incident, p message.FaultPlan, received time.Time) *refusal.Refusal {
	if no := in(f, append(working(), message.FaultResolved)...); no != nil {
		return no
	}
	if f.State == message.FaultResolved && p.CalledAt.IsZero() {
		return notNow(f)
	}
	if no := written([2]string{"cause", p.Cause}, [2]string{"steps", p.Steps}); no != nil {
		return no
	}
	return RefuseCall(p.Called, f.ReportedAt, received)
}

// RefuseMajeure wants a case of §3.12, with evidence, that began after the last one ended; late in the hour by two different persons,
// by rank (role "oncall" is not enough).
func RefuseMajeure(f *message.Incident, m message.Majeure, by message.Actor, received time.Time) *refusal.Refusal {
	kinds := []message.MajeureKind{message.Earthquake, message.Fire, message.Telecom, message.CloudVendor, message.PublicOrder}
	switch {
	case f.State == message.FaultMajeure:
		return notNow(f)
	case by.Role == string(oncall.Engineer):
		return refusal.Rule("needs_lead", "3.12", "标记不可抗力须由主管进行。", "force majeure is marked by a lead")
	case !slices.Contains(kinds, m.Kind):
		return refusal.BadInput("bad_kind", "内容有误：", "the content is wrong:",
			refusal.Wrong("kind", "须是 earthquake、fire、telecom、cloud-vendor 或 policy", "must be earthquake, fire, telecom, cloud-vendor or policy"))
	case f.Asked != nil && f.Asked.Kind == m.Kind && f.Asked.By == by.Who:
		return refusal.Rule("same_person", "3.12", "须由另一人复核。", "another person must approve it")
	}
	if no := in(f, message.FaultOpen, message.FaultAcknowledged, message.FaultPlanned); no != nil {
		return no
	}
	if no := written([2]string{"evidence", m.Evidence}); no != nil {
		return no
	}
	return RefuseCall(m.Called, later(f.ReportedAt, f.LiftedAt), received)
}

// RefuseLift refuses an end of what was not there.
func RefuseLift(f *message.Incident) *refusal.Refusal {
	switch f.State {
	case message.FaultMajeure:
		return nil
	case message.FaultClosed:
		return Closed(f.FaultRow)
	default:
	}
	id := message.FaultID(f.N)
	return refusal.Rule("no_force_majeure", "3.12", id+" 未标记为不可抗力。", id+" is not marked as force majeure")
}

// RefuseWords wants words: something is said, while there is something to say it about.
func RefuseWords(f *message.Incident, w message.Words, received time.Time) *refusal.Refusal {
	if no := in(f, working()...); no != nil {
		return no
	}
	return said(f, w, received)
}

// said checks what is said about a fault, and when.
func said(f *message.Incident, w message.Words, received time.Time) *refusal.Refusal {
	return cmp.Or(written([2]string{"text", w.Text}), RefuseCall(w.Called, f.ReportedAt, received))
}

// RefuseConfirm says who confirms: the administrator, or who looks after the contract for them, confirms what was resolved, or takes
// up what somebody else has reported (§3.13); by telephone, after it was.
func RefuseConfirm(f *message.Incident, w message.Words, by message.Actor, received time.Time) *refusal.Refusal {
	if no := in(f, message.FaultResolved, message.FaultReported); no != nil {
		return no
	}
	if by.Role != Administrator && by.Role != "account-manager" {
		return refusal.Rule("not_administrator", "3.13", "须由系统管理员确认。", "an administrator of the customer confirms it")
	}
	return RefuseCall(w.Called, later(f.ReportedAt, f.ResolvedAt), received)
}

// RefuseClassify says what may become what: a request of an administrator becomes a fault, and the other way round before it is
// planned (§4.3).
func RefuseClassify(f *message.Incident, c message.Classification, received time.Time) *refusal.Refusal {
	if c.Request {
		return cmp.Or(in(f, message.FaultReported, message.FaultOpen, message.FaultAcknowledged), RefuseCall(c.Called, f.ReportedAt, received))
	}
	if f.State == message.FaultRequest && !f.Administrator {
		return refusal.Rule("not_administrator", "3.13", "须由系统管理员报障。", "an administrator of the customer reports it as a fault")
	}
	return cmp.Or(in(f, message.FaultRequest), RefuseCall(c.Called, f.ReportedAt, received))
}

// RefuseWaive says who writes down a waiver: the customer lets a missed hour go; who is on call writes down nothing of the kind, and
// nobody approves what they asked for themselves.
func RefuseWaive(f *message.Incident, w message.Words, by message.Actor) *refusal.Refusal {
	if w.AskedBy != "" && w.AskedBy == by.Who {
		return refusal.Rule("same_person", "6.4", "须由另一人批准。", "another person must approve it")
	}
	if by.Role == string(oncall.Engineer) {
		return refusal.Rule("needs_manager", "6.4", "豁免超时须由经理或客户经理记录。", "a manager or the account manager records a waiver")
	}
	return RefuseMissed(f, w)
}

// RefuseResolve says what is resolved: what is worked at is resolved; and what has no clock, when it is settled with the customer (§3.13, §4.3).
func RefuseResolve(f *message.Incident, w message.Words, received time.Time) *refusal.Refusal {
	if no := in(f, append(working(), message.FaultReported, message.FaultRequest)...); no != nil {
		return no
	}
	return said(f, w, received)
}

// RefuseMissed keeps to what was missed: that is explained, or let go.
func RefuseMissed(f *message.Incident, w message.Words) *refusal.Refusal {
	if f.State == message.FaultClosed {
		return Closed(f.FaultRow)
	}
	if f.SLA != message.SLABreached {
		id := message.FaultID(f.N)
		return refusal.Rule("not_breached", "3.11", id+" 没有超时。", id+" has not missed its hour")
	}
	return written([2]string{"text", w.Text})
}
