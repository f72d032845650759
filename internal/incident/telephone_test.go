package incident_test

import (
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
)

func calledAfter(d time.Duration) message.Words {
	return message.Words{Called: message.Called{CalledAt: after(d)}, Text: "x"}
}

// The first word counts by the moment at which it was said, whichever was entered first.
func TestResponse_GivenInTimeByTelephoneAndEnteredLateIsInTime_4_1_4_2(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		first func(*message.Incident)
		state message.FaultState
	}{
		{"after another answer", func(f *message.Incident) { incident.Acknowledge(f, "li", after(10*time.Minute)) }, message.FaultAcknowledged},
		{"after the plan", func(f *message.Incident) { incident.Submit(f, "li", after(10*time.Minute)) }, message.FaultPlanned},
		{"after the solution", func(f *message.Incident) { incident.Resolve(f, "li", after(10*time.Minute)) }, message.FaultResolved},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := reported(incident.Terms(oncall.DefaultLadder()))
			passes(f, after(10*time.Minute))
			c.first(f)
			passes(f, after(20*time.Minute))
			if got := promise(t, f, "fault/1/response"); got.Status != message.MetLate {
				t.Fatalf("answered after 10 minutes it is %s", got.Status)
			}
			for said, code := range map[time.Duration]string{-tick: "early_call", 4 * time.Minute: "", 10*time.Minute - tick: ""} {
				wantRefused(t, incident.RefuseAnswer(f, calledAfter(said), after(20*time.Minute)), code)
			}
			if incident.RefuseAnswer(f, calledAfter(10*time.Minute), after(20*time.Minute)) == nil {
				t.Error("what was said no earlier is no first word")
			}
			incident.Acknowledge(f, "wang", after(4*time.Minute))
			got := promise(t, f, "fault/1/response")
			if got.Status != message.Met || !got.SettledAt.Equal(after(4*time.Minute)) || f.RespondedBy != "wang" {
				t.Errorf("it is %s at %v by %s, want met after 4 minutes by wang", got.Status, got.SettledAt.Sub(called), f.RespondedBy)
			}
			if f.State != c.state || f.Owner != "li" {
				t.Errorf("it is %s with %s, want %s with li as before", f.State, f.Owner, c.state)
			}
		})
	}
}

func TestResponse_OfAClosedFaultIsNotAnsweredAnew_4_2(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	incident.Resolve(f, "wang", after(30*time.Minute))
	incident.Close(f, after(40*time.Minute))
	wantRefused(t, incident.RefuseAnswer(f, calledAfter(4*time.Minute), after(time.Hour)), "fault_closed")
}

// Who takes up by telephone what another has reported lets the hour run from the call.
func TestReport_TakenUpByTelephoneTheHourRunsFromTheCall_3_13_4_1(t *testing.T) {
	t.Parallel()
	f := &message.Incident{N: 1, Terms: incident.Terms(oncall.DefaultLadder())}
	incident.Begin(f, message.FaultReport{Reporter: "孙七", Text: "x"}, called)
	by := message.Actor{Who: "李明", Role: incident.Administrator}
	for at, code := range map[time.Duration]string{-tick: "early_call", 0: "", 20 * time.Minute: "", 20*time.Minute + tick: "future_call"} {
		wantRefused(t, incident.RefuseConfirm(f, calledAfter(at), by, after(20*time.Minute)), code)
	}
	incident.Start(f, after(10*time.Minute))
	incident.Resolve(f, "wang", after(30*time.Minute))
	wantRefused(t, incident.RefuseConfirm(f, calledAfter(30*time.Minute-tick), by, after(time.Hour)), "early_call")
	wantRefused(t, incident.RefuseConfirm(f, calledAfter(30*time.Minute), by, after(time.Hour)), "")
}

// What was said before the clock began is no answer to it; a plan of before answers as it begins.
func TestResponse_OfBeforeTheClockIsNone_3_13_4_2(t *testing.T) {
	t.Parallel()
	f := &message.Incident{N: 1, Terms: incident.Terms(oncall.DefaultLadder())}
	incident.Begin(f, message.FaultReport{Reporter: "孙七", Text: "x"}, called)
	incident.Start(f, after(30*time.Minute))
	wantRefused(t, incident.RefuseAnswer(f, calledAfter(30*time.Minute-tick), after(32*time.Minute)), "early_call")
	wantRefused(t, incident.RefuseAnswer(f, calledAfter(30*time.Minute), after(32*time.Minute)), "")
	incident.Submit(f, "wang", after(20*time.Minute))
	wantAt(t, "the plan is", f.PlanAt, after(20*time.Minute))
	wantAt(t, "the answer is", f.ResponseAt, after(30*time.Minute))
	wantSLA(t, f, message.SLAMet, message.Met)
}

// Nobody is silent about what they have not been told.
func TestSilence_BeginsWithTheWordToTheAdministrator_3_13_4_1(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	incident.Resolve(f, "wang", after(time.Hour))
	f.ToldAt = after(72 * time.Hour) // the call of an hour after the report is entered three days later
	wantAt(t, "silence confirms", incident.SilenceConfirms(f), after(120*time.Hour))
}
