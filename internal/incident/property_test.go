package incident_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
)

// judge keeps, beside a fault, what the contract alone says of its hour: the instants that count, and nothing of the fault's own.
type judge struct {
	f        *message.Incident
	now      time.Time
	deadline time.Time
	inTime   bool // a plan or a resolution counted by the deadline, or while force majeure ruled
	excused  bool // force majeure was marked by the deadline, and rules or has outlasted the need of a plan
	ruled    bool // excused, and not lifted
	planned  bool
	waived   bool
	request  bool
	judged   bool // the hour was missed or waived before it became a request
	disputed bool // the plan is in dispute
	before   bool // the hour was missed before it was
	settled  message.SLA
}

// solved is told of a plan or a resolution by the instant that counts.
func (j *judge) solved(at time.Time) {
	j.planned = true
	j.inTime = j.inTime || !at.After(j.deadline) || j.ruled
}

func (j *judge) marked(at time.Time) {
	if !j.inTime && !at.After(j.deadline) {
		j.excused, j.ruled = true, true
	}
}

// lifted: what was left goes on, unless there is a plan.
func (j *judge) lifted(marked, at time.Time) {
	if j.ruled && !j.planned && !j.waived {
		j.deadline = at.Add(j.deadline.Sub(marked))
		j.excused, j.before = false, false
	}
	j.ruled = false
}

// breached is whether the hour was missed, as the contract has it: while the plan is in dispute, a late plan alone says so.
func (j *judge) breached() bool {
	return (!j.disputed || j.before || j.planned) && (!j.request || j.judged) && !j.waived && !j.inTime && !j.excused && j.now.After(j.deadline)
}

// counted draws the instant that counts for an act: of its receipt, or of a call before it.
func (j *judge) counted(t *rapid.T, since time.Time) message.Called {
	ago := rapid.SampledFrom([]time.Duration{-1, -1, 0, tick, 7 * time.Minute, 40 * time.Minute}).Draw(t, "called ago")
	if ago < 0 || j.now.Add(-ago).Before(since) {
		return message.Called{}
	}
	return message.Called{CalledAt: j.now.Add(-ago)}
}

// acts are what people do to a fault; each is tried in every state.
func (j *judge) acts() map[string]func(*rapid.T) {
	f := j.f
	return map[string]func(*rapid.T){
		"": func(*rapid.T) {},
		"ack": func(t *rapid.T) {
			w := message.Words{Called: j.counted(t, f.ReportedAt)}
			if incident.RefuseAnswer(f, w, j.now) == nil {
				incident.Acknowledge(f, "wang", incident.Counts(w.Called, j.now))
			}
		},
		"plan": func(t *rapid.T) {
			p := message.FaultPlan{Called: j.counted(t, f.ReportedAt), Cause: "a", Steps: "b"}
			if was := f.State; incident.RefusePlan(f, p, j.now) == nil {
				at := incident.Counts(p.Called, j.now)
				incident.Submit(f, "wang", at)
				if was == message.FaultResolved {
					f.State = was
				}
				j.solved(at)
			}
		},
		"resolve": func(t *rapid.T) {
			w := message.Words{Called: j.counted(t, f.ReportedAt), Text: "x"}
			if incident.RefuseResolve(f, w, j.now) != nil {
				return
			}
			at, solves := incident.Counts(w.Called, j.now), f.State != message.FaultRequest
			incident.Resolve(f, "wang", at)
			if solves {
				j.solved(at)
				j.ruled = false
			}
		},
		"force majeure": j.mark,
		"lift": func(*rapid.T) {
			if marked := f.MajeureAt; incident.RefuseLift(f) == nil {
				incident.Lift(f, j.now)
				j.lifted(marked, j.now)
			}
		},
		"waive": func(*rapid.T) {
			if incident.RefuseMissed(f, message.Words{Text: "x"}) == nil {
				incident.Waive(f, j.now)
				j.waived = true
			}
		},
		"request": func(*rapid.T) {
			if incident.RefuseClassify(f, message.Classification{Request: true}, j.now) == nil {
				j.request, j.judged = true, j.judged || j.breached() || j.waived
				incident.Request(f, j.now)
			}
		},
		"fault": func(*rapid.T) {
			if incident.RefuseClassify(f, message.Classification{}, j.now) != nil {
				return
			}
			incident.Again(f, j.now)
			if j.request = false; !j.judged {
				j.deadline, j.before = j.now.Add(time.Hour), false
			}
		},
		"dispute": func(t *rapid.T) {
			j.before = j.breached()
			j.disputed, f.Disputed = true, []string{"fault/1/plan"}
			if rapid.Bool().Draw(t, "of the answer too") {
				f.Disputed = append(f.Disputed, "fault/1/response")
			}
		},
		"settle": func(*rapid.T) {
			j.disputed, f.Disputed = false, nil
		},
	}
}

func (j *judge) mark(t *rapid.T) {
	f := j.f
	m := message.Majeure{Called: j.counted(t, f.ReportedAt), Kind: message.Fire, Evidence: "x"}
	by := message.Actor{Who: rapid.SampledFrom([]string{"zhou", "li"}).Draw(t, "by"), Role: "lead"}
	if incident.RefuseMajeure(f, m, by, j.now) != nil {
		return
	}
	at := incident.Counts(m.Called, j.now)
	switch {
	case f.Asked != nil:
		at = f.Asked.At
		incident.Mark(f, f.Asked.Majeure, at)
		j.marked(at)
	case incident.NeedsSecond(f, j.now):
		f.Asked = &message.MajeureBy{Majeure: m, By: by.Who, At: at}
	default:
		incident.Mark(f, m, at)
		j.marked(at)
	}
}

// Whatever people do in whatever order: the hour is missed if and only if nothing counted by its end; what is settled is never
// judged otherwise, but for a breach that was none; its end moves with a lift or with a new clock alone.
func TestFault_WhateverPeopleDoTheHourIsJudgedByWhatCounted_3_11_3_12(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := reported(incident.Terms(oncall.DefaultLadder()))
		j := &judge{f: f, now: called, deadline: f.DeadlineAt, settled: f.SLA}
		names := []string{"", "ack", "plan", "resolve", "force majeure", "force majeure", "lift", "lift", "waive", "request", "fault", "dispute", "settle"}
		for range rapid.IntRange(1, 14).Draw(t, "acts") {
			j.now = j.now.Add(rapid.SampledFrom([]time.Duration{
				0, tick, 5 * time.Minute, 14 * time.Minute, 20 * time.Minute, 29 * time.Minute, time.Hour, 3 * time.Hour,
			}).Draw(t, "later"))
			if rapid.Bool().Draw(t, "at the end of the hour") && j.deadline.After(j.now) {
				j.now = j.deadline.Add(rapid.SampledFrom([]time.Duration{-tick, 0, tick}).Draw(t, "about"))
			}
			passes(f, j.now)
			j.agrees(t, "the passing of time", f.DeadlineAt)
			name, was := rapid.SampledFrom(names).Draw(t, "act"), f.DeadlineAt
			j.acts()[name](t)
			incident.Freeze(f, j.now)
			passes(f, j.now)
			if name == "lift" || name == "fault" {
				was = f.DeadlineAt
			}
			j.agrees(t, name, was)
		}
	})
}

// agrees compares the fault with the contract after a step that leaves the deadline where it was.
func (j *judge) agrees(t *rapid.T, step string, was time.Time) {
	f := j.f
	if got := f.SLA == message.SLABreached; got != j.breached() {
		t.Fatalf("after %s, %v after the call, the hour is %s; missed by the contract: %v", step, j.now.Sub(called), f.SLA, j.breached())
	}
	if !f.DeadlineAt.Equal(was) || !f.DeadlineAt.Equal(j.deadline) {
		t.Fatalf("after %s the hour ends %v after the call, want %v", step, f.DeadlineAt.Sub(called), j.deadline.Sub(called))
	}
	if (f.SLA == message.SLABreached) == f.BreachedAt.IsZero() && f.SLA != message.SLAWaived {
		t.Fatalf("after %s the hour is %s, missed at %v", step, f.SLA, f.BreachedAt)
	}
	if j.settled != f.SLA && (j.settled == message.SLAMet || j.settled == message.SLAWaived) {
		t.Fatalf("%s made %s of what was %s for good", step, f.SLA, j.settled)
	}
	j.settled = f.SLA
	plan := f.Obligations[1].Status
	if open := plan == message.Pending || plan == message.Overdue; open && j.disputed {
		t.Fatalf("after %s the plan is in dispute, and %s", step, plan)
	}
	if plan == message.Frozen && !j.disputed && !j.ruled {
		t.Fatalf("after %s nothing keeps the plan, and it is %s", step, plan)
	}
	if late := plan == message.Overdue || plan == message.MetLate; late != j.breached() && plan != message.Void && plan != message.Frozen {
		t.Fatalf("after %s the hour is %s and the duty %s", step, f.SLA, plan)
	}
}
