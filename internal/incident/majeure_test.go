package incident_test

import (
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
)

var (
	cloudDown = message.Majeure{Kind: message.CloudVendor, Evidence: "工单 8Q2"}
	lead      = message.Actor{Who: "zhou", Role: "lead"}
)

func TestMajeure_MarkedInTimeChangesTheDuty_3_12(t *testing.T) {
	t.Parallel()
	for _, at := range []time.Duration{0, 20 * time.Minute, time.Hour} { // the last instant of the hour too
		f := reported(incident.Terms(oncall.DefaultLadder()))
		wantRefused(t, incident.RefuseMajeure(f, cloudDown, lead, after(at)), "")
		incident.Mark(f, cloudDown, after(at))
		passes(f, after(30*time.Hour))
		wantSLA(t, f, message.SLAChanged, message.Frozen)
		wantAt(t, "the hour is shown to end", f.DeadlineAt, after(time.Hour))
		if _, climbs := incident.NextCall(f, after(30*time.Hour)); climbs {
			t.Error("people are called for a plan that force majeure keeps from them")
		}
	}
}

func TestMajeure_MarkedAfterTheHourUndoesNoBreach_3_12(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	passes(f, after(time.Hour+tick))
	incident.Mark(f, cloudDown, after(time.Hour+tick))
	wantSLA(t, f, message.SLABreached, message.Overdue)
	incident.Lift(f, after(3*time.Hour))
	wantSLA(t, f, message.SLABreached, message.Overdue)
	wantAt(t, "the hour ended", f.DeadlineAt, after(time.Hour))
	incident.Submit(f, "wang", after(4*time.Hour))
	wantSLA(t, f, message.SLABreached, message.MetLate)
}

func TestMajeure_ALateMarkNeedsASecondPerson_3_12(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	for at, want := range map[time.Duration]bool{45 * time.Minute: false, 45*time.Minute + tick: true, 2 * time.Hour: true} {
		if got := incident.NeedsSecond(f, after(at)); got != want {
			t.Errorf("after %v a second person is needed: %v, want %v", at, got, want)
		}
	}
	f.Asked = &message.MajeureBy{Majeure: cloudDown, By: "zhou", At: after(50 * time.Minute)}
	wantRefused(t, incident.RefuseMajeure(f, cloudDown, lead, after(55*time.Minute)), "same_person")
	wantRefused(t, incident.RefuseMajeure(f, cloudDown, message.Actor{Who: "li", Role: "lead"}, after(55*time.Minute)), "")
	passes(f, after(70*time.Minute)) // the hour runs on
	wantSLA(t, f, message.SLABreached, message.Overdue)
	incident.Mark(f, f.Asked.Majeure, f.Asked.At) // approved at 75
	wantSLA(t, f, message.SLAChanged, message.Frozen)
	if f.Asked != nil || f.AwaitsApproval {
		t.Error("it waits for a second person still")
	}
}

// The mark was made in time; that its second person came after a plan that seemed late changes nothing.
func TestMajeure_ApprovedAfterALatePlanWasMarkedInTimeEvenSo_3_12(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	f.Asked = &message.MajeureBy{Majeure: cloudDown, By: "zhou", At: after(50 * time.Minute)}
	passes(f, after(70*time.Minute))
	incident.Submit(f, "wang", after(70*time.Minute))
	wantSLA(t, f, message.SLABreached, message.MetLate)
	incident.Mark(f, f.Asked.Majeure, f.Asked.At)
	wantSLA(t, f, message.SLAChanged, message.Met)
	incident.Lift(f, after(90*time.Minute))
	wantSLA(t, f, message.SLAChanged, message.Met)
	if f.State != message.FaultPlanned {
		t.Errorf("it is %s, want planned", f.State)
	}
}

func TestMajeure_APlanWhileItRulesIsNeverLate_3_12(t *testing.T) {
	t.Parallel()
	for _, at := range []time.Duration{30 * time.Minute, 3 * time.Hour} { // before and after the hour that waits
		f := reported(incident.Terms(oncall.DefaultLadder()))
		incident.Mark(f, cloudDown, after(10*time.Minute))
		incident.Submit(f, "wang", after(at))
		if got := promise(t, f, "fault/1/plan").Status; got != message.Met || f.SLA == message.SLABreached {
			t.Errorf("a plan after %v is %s (%s), want met", at, got, f.SLA)
		}
		if f.State != message.FaultMajeure {
			t.Errorf("it is %s, want force-majeure still", f.State)
		}
		incident.Lift(f, after(4*time.Hour))
		if f.State != message.FaultPlanned || !incident.BreachAt(f).IsZero() {
			t.Errorf("it is %s and a plan is waited for until %v, want planned", f.State, incident.BreachAt(f))
		}
	}
}

func TestMajeure_LiftedTheRestOfTheHourGoesOn_3_12(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fresh bool
		want  time.Duration // of the deadline, after the lift
	}{
		{"the rest", false, 40 * time.Minute}, {"a fresh hour", true, time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			terms := incident.Terms(oncall.DefaultLadder())
			terms.Fresh = c.fresh
			f := reported(terms)
			incident.Acknowledge(f, "wang", after(3*time.Minute))
			incident.Mark(f, cloudDown, after(20*time.Minute))
			incident.Lift(f, after(5*time.Hour))
			wantSLA(t, f, message.SLARunning, message.Pending)
			wantAt(t, "the hour ends", f.DeadlineAt, after(5*time.Hour+c.want))
			wantAt(t, "the duty is due", promise(t, f, "fault/1/plan").DueAt, after(5*time.Hour+c.want))
			wantAt(t, "the duty opened", promise(t, f, "fault/1/plan").OpenedAt, called)
			if f.State != message.FaultAcknowledged {
				t.Errorf("it is %s, want acknowledged as before", f.State)
			}
			passes(f, f.DeadlineAt)
			wantSLA(t, f, message.SLARunning, message.Pending)
			passes(f, f.DeadlineAt.Add(tick))
			wantSLA(t, f, message.SLABreached, message.Overdue)
			wantAt(t, "it was missed", f.BreachedAt, after(5*time.Hour+c.want))
		})
	}
}

func TestMajeure_MarkedTwiceTheHourStandsStillForBothTimesAlone_3_12(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	incident.Mark(f, cloudDown, after(10*time.Minute))
	wantRefused(t, incident.RefuseMajeure(f, cloudDown, lead, after(12*time.Minute)), "already_force_majeure")
	incident.Lift(f, after(30*time.Minute)) // 20 minutes
	wantRefused(t, incident.RefuseLift(f), "no_force_majeure")
	incident.Mark(f, message.Majeure{Kind: message.Telecom, Evidence: "x"}, after(40*time.Minute))
	incident.Lift(f, after(100*time.Minute)) // 60 minutes
	wantAt(t, "the hour ends", f.DeadlineAt, after((60+20+60)*time.Minute))
}

// The hour stood still until the lift; a later mark cannot begin before it and let that time count twice.
func TestMajeure_CannotBeginBeforeTheLastOneWasLifted_3_12_4_1(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	incident.Mark(f, cloudDown, after(10*time.Minute))
	incident.Lift(f, after(30*time.Minute))
	again := cloudDown
	again.CalledAt = after(5 * time.Minute)
	wantRefused(t, incident.RefuseMajeure(f, again, lead, after(35*time.Minute)), "early_call")
	again.CalledAt = after(30 * time.Minute)
	wantRefused(t, incident.RefuseMajeure(f, again, lead, after(35*time.Minute)), "")
}

func TestMajeure_ResolvedMeanwhileNothingIsOwedMore_3_12(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	incident.Mark(f, cloudDown, after(10*time.Minute))
	incident.Resolve(f, "wang", after(5*time.Hour))
	wantSLA(t, f, message.SLAChanged, message.Void)
	wantRefused(t, incident.RefuseLift(f), "no_force_majeure")
	passes(f, after(60*time.Hour))
	wantSLA(t, f, message.SLAChanged, message.Void)
}

func TestMajeure_ACaseOfTheClauseWithEvidenceByALead_3_12(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	wantRefused(t, incident.RefuseMajeure(f, message.Majeure{Kind: "flu", Evidence: "x"}, lead, called), "bad_kind")
	wantRefused(t, incident.RefuseMajeure(f, message.Majeure{Kind: message.Fire}, lead, called), "bad_text")
	wantRefused(t, incident.RefuseMajeure(f, cloudDown, message.Actor{Who: "wang", Role: "oncall"}, called), "needs_lead")
}

func TestMajeure_TheCustomerIsToldEveryHalfHour_3_12(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	incident.Mark(f, cloudDown, after(10*time.Minute))
	wantAt(t, "the customer is told", incident.ToldNext(f, after(10*time.Minute)), after(40*time.Minute))
	f.ToldAt = after(40 * time.Minute)
	wantAt(t, "the customer is told", incident.ToldNext(f, after(45*time.Minute)), after(70*time.Minute))
	// After an outage one word is owed, not one for every half hour of it.
	wantAt(t, "the customer is told", incident.ToldNext(f, after(5*time.Hour)), after(280*time.Minute))
}
