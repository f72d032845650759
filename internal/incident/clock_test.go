package incident_test

import (
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

func TestPlan_TheLastInstantOfTheHourIsInTime_3_11(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		at   time.Duration
		sla  message.SLA
		plan message.Status
	}{
		{"a microsecond before the hour", time.Hour - tick, message.SLAMet, message.Met},
		{"on the hour", time.Hour, message.SLAMet, message.Met},
		{"a microsecond after the hour", time.Hour + tick, message.SLABreached, message.MetLate},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, late := range []bool{false, true} { // whether the engine has looked at the hour before the plan
				f := reported(incident.Terms(oncall.DefaultLadder()))
				if late {
					passes(f, after(time.Hour+tick))
				}
				incident.Submit(f, "wang", after(c.at))
				wantSLA(t, f, c.sla, c.plan)
				wantAt(t, "the plan is", promise(t, f, "fault/1/plan").SettledAt, after(c.at))
				wantAt(t, "the hour ends", f.DeadlineAt, after(time.Hour))
				if c.sla == message.SLABreached {
					wantAt(t, "it was missed", f.BreachedAt, after(time.Hour))
				}
			}
		})
	}
}

func TestPlan_NoPlanIsABreachAtTheHourItself_3_11(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	passes(f, after(time.Hour))
	wantSLA(t, f, message.SLARunning, message.Pending)
	passes(f, after(5*time.Hour)) // the engine wakes late
	wantSLA(t, f, message.SLABreached, message.Overdue)
	wantAt(t, "it was missed", f.BreachedAt, after(time.Hour))
}

func TestPlan_GivenInTimeAndEnteredLateCorrectsTheBreach_3_11_4_1(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	passes(f, after(70*time.Minute))
	wantSLA(t, f, message.SLABreached, message.Overdue)
	incident.Submit(f, "wang", after(80*time.Minute)) // the better plan was entered first
	wantSLA(t, f, message.SLABreached, message.MetLate)
	p := message.FaultPlan{Called: message.Called{CalledAt: after(58 * time.Minute)}, Cause: "磁盘满", Steps: "清理"}
	wantRefused(t, incident.RefusePlan(f, p, after(85*time.Minute)), "")
	incident.Submit(f, "wang", incident.Counts(p.Called, after(85*time.Minute)))
	wantSLA(t, f, message.SLAMet, message.Met)
	wantAt(t, "the plan is", f.PlanAt, after(58*time.Minute))
	incident.Submit(f, "wang", after(90*time.Minute)) // a better one follows: the judgement stays
	wantSLA(t, f, message.SLAMet, message.Met)
}

func TestPlan_ACallIsNeitherBeforeTheReportNorInTheFuture_4_1(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	for _, c := range []struct {
		at   time.Time
		code string
	}{
		{after(-tick), "early_call"}, {after(0), ""}, {after(10 * time.Minute), ""}, {after(10*time.Minute + tick), "future_call"},
	} {
		p := message.FaultPlan{Called: message.Called{CalledAt: c.at}, Cause: "磁盘满", Steps: "清理"}
		wantRefused(t, incident.RefusePlan(f, p, after(10*time.Minute)), c.code)
	}
}

func TestPlan_SaysCauseAndSteps_3_11(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	wantRefused(t, incident.RefusePlan(f, message.FaultPlan{Cause: "磁盘满", Steps: " "}, called), "bad_text")
	wantRefused(t, incident.RefusePlan(f, message.FaultPlan{Cause: "\n", Steps: "清理"}, called), "bad_text")
	wantRefused(t, incident.RefusePlan(f, message.FaultPlan{Cause: "磁盘满", Steps: "清理"}, called), "")
}

func TestResponse_APersonAnswersWithinFiveMinutes_4_2(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at   time.Duration
		want message.Status
	}{
		{5*time.Minute - tick, message.Met}, {5 * time.Minute, message.Met}, {5*time.Minute + tick, message.MetLate},
	} {
		f := reported(incident.Terms(oncall.DefaultLadder()))
		passes(f, after(c.at))
		incident.Acknowledge(f, "wang", after(c.at))
		if got := promise(t, f, "fault/1/response"); got.Status != c.want || !got.SettledAt.Equal(after(c.at)) {
			t.Errorf("answered after %v: %s at %v, want %s", c.at, got.Status, got.SettledAt.Sub(called), c.want)
		}
		if f.State != message.FaultAcknowledged || f.SLA != message.SLARunning {
			t.Errorf("an answer is no plan: %s, %s", f.State, f.SLA)
		}
	}
}

func TestResponse_TheFirstWordCountsAndTheSecondIsToldWhose_4_2(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	incident.Acknowledge(f, "wang", after(3*time.Minute))
	no := incident.RefuseAcknowledge(f)
	wantRefused(t, no, "already_acknowledged")
	if f.RespondedBy != "wang" || no == nil || no.EN == "" {
		t.Errorf("responded by %q, refused with %+v", f.RespondedBy, no)
	}
}

func TestReport_TheHourRunsFromTheCall_4_1(t *testing.T) {
	t.Parallel()
	f := &message.Incident{N: 1, Terms: incident.Terms(oncall.DefaultLadder())}
	call := message.FaultReport{Reporter: "李明", Text: "x", Administrator: true, Called: message.Called{CalledAt: called}}
	incident.Begin(f, call, after(20*time.Minute))
	wantAt(t, "the clock runs", f.ClockAt, called)
	wantAt(t, "it was entered", f.EnteredAt, after(20*time.Minute))
	wantAt(t, "the plan is due", f.DeadlineAt, after(time.Hour))
	wantAt(t, "the answer is due", promise(t, f, "fault/1/response").DueAt, after(5*time.Minute))

	late := &message.Incident{N: 1, Terms: incident.Terms(oncall.DefaultLadder())}
	incident.Begin(late, call, after(90*time.Minute))
	passes(late, after(90*time.Minute))
	wantSLA(t, late, message.SLABreached, message.Overdue)
	wantAt(t, "it was missed", late.BreachedAt, after(time.Hour))
}

func TestReport_OnlyAnAdministratorStartsTheHour_3_13(t *testing.T) {
	t.Parallel()
	f := &message.Incident{N: 1, Terms: incident.Terms(oncall.DefaultLadder())}
	incident.Begin(f, message.FaultReport{Reporter: "孙七", Text: "x"}, called)
	if f.State != message.FaultReported || f.SLA != message.SLANone || len(f.Obligations) > 0 || !f.DeadlineAt.IsZero() {
		t.Errorf("a clock runs: %+v", f.FaultRow)
	}
	wantRefused(t, incident.RefusePlan(f, message.FaultPlan{Cause: "a", Steps: "b"}, called), "not_administrator")
	wantRefused(t, incident.RefuseConfirm(f, message.Words{}, message.Actor{Who: "孙七", Role: "person"}, called), "not_administrator")
	wantRefused(t, incident.RefuseConfirm(f, message.Words{}, message.Actor{Who: "李明", Role: incident.Administrator}, called), "")
	incident.Start(f, after(30*time.Minute))
	wantAt(t, "it was reported", f.ReportedAt, called)
	wantAt(t, "the clock runs", f.ClockAt, after(30*time.Minute))
	wantAt(t, "the plan is due", f.DeadlineAt, after(90*time.Minute))
}

func TestRequest_HasNoClockUntilItIsAFault_4_3(t *testing.T) {
	t.Parallel()
	f := &message.Incident{N: 1, Terms: incident.Terms(oncall.DefaultLadder())}
	incident.Begin(f, message.FaultReport{Reporter: "李明", Text: "x", Administrator: true, Request: true}, called)
	passes(f, after(100*time.Hour))
	if _, climbs := incident.NextCall(f, after(100*time.Hour)); f.SLA != message.SLANone || climbs || len(f.Obligations) > 0 {
		t.Errorf("a request has a clock: %+v", f.FaultRow)
	}
	wantRefused(t, incident.RefuseClassify(f, message.Classification{Request: true}, after(200*time.Hour)), "is_request")
	wantRefused(t, incident.RefuseClassify(f, message.Classification{}, after(200*time.Hour)), "")
	incident.Start(f, after(101*time.Hour))
	wantAt(t, "it was reported", f.ReportedAt, called)
	wantAt(t, "the plan is due", f.DeadlineAt, after(102*time.Hour))
	wantSLA(t, f, message.SLARunning, message.Pending)
}

func TestRequest_AFaultThatIsNoneOwesNothingMore_4_3(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	incident.Request(f, after(10*time.Minute))
	passes(f, after(3*time.Hour))
	wantSLA(t, f, message.SLANone, message.Void)
}

// A fault that was answered, called a request and found to be a fault after all owes an answer anew, which can be given.
func TestRequest_AFaultAgainOwesAnAnswerThatCanBeGiven_4_2_4_3(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	incident.Acknowledge(f, "wang", after(2*time.Minute))
	incident.Request(f, after(10*time.Minute))
	incident.Start(f, after(20*time.Minute))
	wantRefused(t, incident.RefuseAcknowledge(f), "")
	incident.Acknowledge(f, "wang", after(22*time.Minute))
	passes(f, after(26*time.Minute))
	if got := promise(t, f, "fault/1/response"); got.Status != message.Met || !got.SettledAt.Equal(after(22*time.Minute)) {
		t.Errorf("the answer is %s at %v, want met after 22m", got.Status, got.SettledAt.Sub(called))
	}
}

func TestWaive_LetsAMissedHourGoForGood_6_4(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	words := message.Words{Text: "甲方谅解"}
	wantRefused(t, incident.RefuseMissed(f, words), "not_breached")
	passes(f, after(time.Hour+tick))
	wantRefused(t, incident.RefuseMissed(f, message.Words{}), "bad_text")
	wantRefused(t, incident.RefuseMissed(f, words), "")
	incident.Waive(f, after(70*time.Minute))
	wantSLA2 := func() {
		t.Helper()
		if got := promise(t, f, "fault/1/plan").Status; f.SLA != message.SLAWaived || got != message.Waived {
			t.Errorf("the hour is %s and the duty %s, want waived", f.SLA, got)
		}
	}
	wantSLA2()
	if _, climbs := incident.NextCall(f, after(70*time.Minute)); !climbs {
		t.Error("nobody is asked for the plan any more: only the hour was let go")
	}
	wantRefused(t, incident.RefuseMissed(f, words), "not_breached")
	incident.Submit(f, "wang", after(80*time.Minute))
	passes(f, after(5*time.Hour))
	wantSLA2()
}

func TestResolve_WithinTheHourIsASolutionWithinTheHour_3_11(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at   time.Duration
		sla  message.SLA
		plan message.Status
	}{
		{time.Hour, message.SLAMet, message.Met}, {time.Hour + tick, message.SLABreached, message.MetLate},
	} {
		f := reported(incident.Terms(oncall.DefaultLadder()))
		incident.Resolve(f, "wang", after(c.at))
		wantSLA(t, f, c.sla, c.plan)
		if _, climbs := incident.NextCall(f, after(3*time.Hour)); climbs {
			t.Error("people are called for what is resolved")
		}
		wantAt(t, "silence confirms", incident.SilenceConfirms(f), after(c.at+48*time.Hour))
	}
}

func TestClosed_NothingMoreIsDone_3_11(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	incident.Resolve(f, "wang", after(30*time.Minute))
	incident.Close(f, after(40*time.Minute))
	w, lead := message.Words{Text: "x"}, message.Actor{Who: "zhou", Role: "lead"}
	for what, no := range map[string]*refusal.Refusal{
		"ack":     incident.RefuseAcknowledge(f),
		"lift":    incident.RefuseLift(f),
		"waive":   incident.RefuseMissed(f, w),
		"plan":    incident.RefusePlan(f, message.FaultPlan{Cause: "a", Steps: "b"}, after(time.Hour)),
		"work":    incident.RefuseWork(f),
		"words":   incident.RefuseWords(f, w, after(time.Hour)),
		"confirm": incident.RefuseConfirm(f, w, message.Actor{Role: incident.Administrator}, after(time.Hour)),
		"request": incident.RefuseClassify(f, message.Classification{Request: true}, after(200*time.Hour)),
		"fault":   incident.RefuseClassify(f, message.Classification{}, after(200*time.Hour)),
		"majeure": incident.RefuseMajeure(f, message.Majeure{Kind: message.Fire, Evidence: "x"}, lead, after(time.Hour)),
	} {
		if no == nil || no.Code != "fault_closed" {
			t.Errorf("%s of a closed fault is answered with %+v, want fault_closed", what, no)
		}
	}
}
