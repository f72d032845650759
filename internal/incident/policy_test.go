package incident_test

import (
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
)

func TestTerms_WhatAPolicyDoesNotSayIsAsUsual_3_12_4_2(t *testing.T) {
	t.Parallel()
	usual := incident.Terms(oncall.DefaultLadder())
	rota, err := oncall.ParseRota(oncall.ExampleForm())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []oncall.Policy{{}, rota.Policy} { // the example says what is usual
		got := incident.Under(usual, p)
		if got.Response != 5*time.Minute || got.Plan != time.Hour || got.Nudge != 0 || got.Again != 30*time.Minute ||
			got.Late != 45*time.Minute || got.Confirm != 48*time.Hour || got.Fresh {
			t.Errorf("under %+v the terms are %+v", p, got)
		}
	}
}

func TestTerms_APolicyRulesAllButTheHour_3_11_3_12_4_2(t *testing.T) {
	t.Parallel()
	f := reported(incident.Under(incident.Terms(oncall.DefaultLadder()), oncall.Policy{
		ResponseMinutes: 10, ProgressMinutes: 20, SecondPersonMinutes: 30, ConfirmHours: 24, AfterMajeure: oncall.Fresh,
	}))
	wantAt(t, "the plan is due", f.DeadlineAt, after(time.Hour))
	wantAt(t, "the answer is due", promise(t, f, "fault/1/response").DueAt, after(10*time.Minute))
	if incident.NeedsSecond(f, after(30*time.Minute)) || !incident.NeedsSecond(f, after(30*time.Minute+tick)) {
		t.Error("a second person is needed from the thirtieth minute on")
	}
	incident.Mark(f, cloudDown, after(10*time.Minute))
	wantAt(t, "the customer is told", incident.ToldNext(f, after(10*time.Minute)), after(30*time.Minute))
	incident.Lift(f, after(5*time.Hour))
	wantAt(t, "a whole hour ends", f.DeadlineAt, after(6*time.Hour))
	incident.Resolve(f, "wang", after(5*time.Hour))
	wantAt(t, "silence confirms", incident.SilenceConfirms(f), after(29*time.Hour))
}

// Who has answered is reminded of the plan within the hour, until there is one.
func TestNudge_WhoeverHasItIsRemindedOfThePlan_4_2(t *testing.T) {
	t.Parallel()
	nudged := func() *message.Incident {
		return reported(incident.Under(incident.Terms(oncall.DefaultLadder()), oncall.Policy{NudgeMinutes: 15}))
	}
	f := nudged()
	wantAt(t, "nobody has it; a nudge", incident.NudgeNext(f, after(40*time.Minute)), time.Time{})
	incident.Acknowledge(f, "wang", after(4*time.Minute))
	for _, c := range []struct{ present, want time.Duration }{
		{4 * time.Minute, 19 * time.Minute}, {19 * time.Minute, 19 * time.Minute}, {50 * time.Minute, 49 * time.Minute}, // once after an outage
	} {
		wantAt(t, "a nudge", incident.NudgeNext(f, after(c.present)), after(c.want))
	}
	f.NudgedAt = after(49 * time.Minute)
	wantAt(t, "after the hour a nudge", incident.NudgeNext(f, after(50*time.Minute)), time.Time{})
	f.NudgedAt = after(45 * time.Minute)
	wantAt(t, "on the hour a nudge", incident.NudgeNext(f, after(50*time.Minute)), after(time.Hour))
	incident.Submit(f, "wang", after(51*time.Minute))
	wantAt(t, "with a plan a nudge", incident.NudgeNext(f, after(55*time.Minute)), time.Time{})

	usual := reported(incident.Terms(oncall.DefaultLadder()))
	incident.Acknowledge(usual, "wang", after(4*time.Minute))
	wantAt(t, "usually a nudge", incident.NudgeNext(usual, after(30*time.Minute)), time.Time{})
}
