package incident_test

import (
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
)

// contest puts duties of the fault in dispute, and nothing else, as of an instant.
func contest(f *message.Incident, at time.Duration, duties ...string) {
	f.Disputed = nil
	for _, d := range duties {
		f.Disputed = append(f.Disputed, "fault/1/"+d)
	}
	incident.Freeze(f, after(at))
	passes(f, after(at))
}

func wantDuty(t testing.TB, f *message.Incident, what string, want message.Status) {
	t.Helper()
	if got := promise(t, f, "fault/1/"+what).Status; got != want {
		t.Errorf("the %s is %s, want %s", what, got, want)
	}
}

// Only what is named waits; the rest goes on.
func TestDispute_FreezesWhatItNamesAlone_6_3(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	contest(f, time.Minute, "plan")
	passes(f, after(3*time.Hour))
	wantSLA(t, f, message.SLARunning, message.Frozen)
	wantDuty(t, f, "response", message.Overdue)

	f = reported(incident.Terms(oncall.DefaultLadder()))
	contest(f, time.Minute, "response")
	passes(f, after(3*time.Hour))
	wantSLA(t, f, message.SLABreached, message.Overdue)
	wantDuty(t, f, "response", message.Frozen)
}

// The clock is kept: settled, the duty stands where its last instant stands.
func TestDispute_SettledTheDutyGoesOnWhereItsClockStands_6_3_3_11(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		settled  time.Duration
		sla      message.SLA
		plan     message.Status
		response message.Status
	}{
		{4 * time.Minute, message.SLARunning, message.Pending, message.Pending},
		{5 * time.Minute, message.SLARunning, message.Pending, message.Pending},
		{5*time.Minute + tick, message.SLARunning, message.Pending, message.Overdue},
		{time.Hour, message.SLARunning, message.Pending, message.Overdue},
		{time.Hour + tick, message.SLABreached, message.Overdue, message.Overdue},
	} {
		f := reported(incident.Terms(oncall.DefaultLadder()))
		contest(f, time.Minute, "plan", "response")
		passes(f, after(c.settled))
		contest(f, c.settled)
		wantSLA(t, f, c.sla, c.plan)
		wantDuty(t, f, "response", c.response)
		wantAt(t, "the hour ends", f.DeadlineAt, after(time.Hour))
		if c.sla == message.SLABreached {
			wantAt(t, "it was missed", f.BreachedAt, after(time.Hour))
		}
	}
}

func TestDispute_WhatIsDoneMeanwhileIsJudgedByItsClock_6_3_3_11(t *testing.T) {
	t.Parallel()
	for at, want := range map[time.Duration]message.Status{time.Hour: message.Met, time.Hour + tick: message.MetLate} {
		f := reported(incident.Terms(oncall.DefaultLadder()))
		contest(f, time.Minute, "plan")
		passes(f, after(at))
		incident.Submit(f, "wang", after(at))
		incident.Freeze(f, after(at))
		wantDuty(t, f, "plan", want)
		contest(f, 3*time.Hour)
		wantDuty(t, f, "plan", want)
	}
}

// A breach that was told of is in dispute as it is: the dispute stands beside it.
func TestDispute_TouchesNoBreach_6_3(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	passes(f, after(2*time.Hour))
	contest(f, 2*time.Hour, "plan")
	wantSLA(t, f, message.SLABreached, message.Frozen)
	contest(f, 3*time.Hour)
	wantSLA(t, f, message.SLABreached, message.Overdue)
	incident.Submit(f, "wang", after(4*time.Hour))
	contest(f, 5*time.Hour, "plan") // what is closed stays closed
	wantSLA(t, f, message.SLABreached, message.MetLate)
}

func TestDispute_AndForceMajeureEachKeepTheHourWaiting_6_3_3_12(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	contest(f, 5*time.Minute, "plan")
	incident.Mark(f, cloudDown, after(10*time.Minute))
	contest(f, 20*time.Minute) // settled: force majeure goes on
	wantSLA(t, f, message.SLAChanged, message.Frozen)
	contest(f, 30*time.Minute, "plan")
	incident.Lift(f, after(2*time.Hour))
	incident.Freeze(f, after(2*time.Hour)) // lifted: the dispute goes on
	passes(f, after(9*time.Hour))
	wantSLA(t, f, message.SLARunning, message.Frozen)
	wantAt(t, "the hour ends", f.DeadlineAt, after(170*time.Minute))
	contest(f, 9*time.Hour)
	wantSLA(t, f, message.SLABreached, message.Overdue)
	wantAt(t, "it was missed", f.BreachedAt, after(170*time.Minute))
}

// What is in dispute is not called for. After the settlement one page says where the time stands: nothing was missed.
func TestDispute_NobodyIsCalledForWhatIsInDispute_6_3_4_2(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		duties []string
		during []string
		then   string
	}{
		{"both", []string{"plan", "response"}, nil, "no-plan at 1h30m0s"},
		{"the plan: who has not answered is called", []string{"plan"}, []string{
			"again at 5m0s", "secondary at 15m0s", "lead at 30m0s", "everyone at 55m0s",
		}, "no-plan at 1h30m0s"},
		{"the answer: it is called for a plan", []string{"response"}, []string{
			"secondary at 15m0s", "lead at 30m0s", "manager at 45m0s", "everyone at 55m0s", "breach at 1h0m0.000001s", "no-plan at 1h30m0s",
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := reported(incident.Terms(oncall.DefaultLadder()))
			climb(f, called)
			contest(f, time.Minute, c.duties...)
			wantPages(t, pages(f, time.Minute, 118*time.Minute), c.during)
			contest(f, 119*time.Minute)
			if page, _ := climb(f, after(119*time.Minute)); page != c.then {
				t.Errorf("after the settlement the page is %q, want %q", page, c.then)
			}
		})
	}
	f := reported(incident.Under(incident.Terms(oncall.DefaultLadder()), oncall.Policy{NudgeMinutes: 15}))
	incident.Acknowledge(f, "wang", after(4*time.Minute))
	contest(f, 5*time.Minute, "plan")
	wantAt(t, "a nudge", incident.NudgeNext(f, after(20*time.Minute)), time.Time{})
}

func TestDispute_BeforeARequestIsAFaultItsHourOpensFrozen_6_1_6_3(t *testing.T) {
	t.Parallel()
	f := &message.Incident{N: 1, Terms: incident.Terms(oncall.DefaultLadder())}
	incident.Begin(f, message.FaultReport{Reporter: "李明", Text: "x", Administrator: true, Request: true}, called)
	contest(f, 0, "plan")
	incident.Again(f, after(time.Hour))
	incident.Freeze(f, after(time.Hour))
	passes(f, after(5*time.Hour))
	wantSLA(t, f, message.SLARunning, message.Frozen)
	wantDuty(t, f, "response", message.Overdue)
}
