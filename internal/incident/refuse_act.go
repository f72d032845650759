package incident

import (
	"cmp"
	"slices"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

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
