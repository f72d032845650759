package incident

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lvyue/internal/message"
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
