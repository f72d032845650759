package incident_test

import (
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
)

// missed is a fault that has missed its hour, and was called a request at 70 minutes.
func missed(answered bool) *message.Incident {
	f := reported(incident.Terms(oncall.DefaultLadder()))
	if answered {
		incident.Acknowledge(f, "wang", after(2*time.Minute))
	}
	passes(f, after(70*time.Minute))
	incident.Request(f, after(70*time.Minute))
	return f
}

// A breach is corrected, never overwritten: not by calling the fault a request, and not by calling it a fault again.
func TestRequest_AFaultThatMissedItsHourIsOneAgainAndStaysSo_3_11_4_3(t *testing.T) {
	t.Parallel()
	for _, answered := range []bool{false, true} {
		f := missed(answered)
		wantSLA(t, f, message.SLABreached, message.Void)
		wantRefused(t, incident.RefuseClassify(f, message.Classification{}, after(3*time.Hour)), "")
		incident.Again(f, after(3*time.Hour))
		wantSLA(t, f, message.SLABreached, message.Overdue)
		wantAt(t, "it was missed", f.BreachedAt, after(time.Hour))
		wantAt(t, "the hour ended", f.DeadlineAt, after(time.Hour))
		wantAt(t, "the clock ran from", f.ClockAt, called)
		state, response := message.FaultOpen, message.Overdue
		if answered {
			state, response = message.FaultAcknowledged, message.Met
		}
		if got := promise(t, f, "fault/1/response").Status; f.State != state || got != response {
			t.Errorf("answered %v: it is %s and the response %s, want %s and %s", answered, f.State, got, state, response)
		}
		if page, _ := climb(f, after(3*time.Hour)); page != "no-plan at 3h0m0s" {
			t.Errorf("the page is %q: nothing was missed while it was a request", page)
		}
		incident.Submit(f, "wang", after(3*time.Hour+10*time.Minute))
		wantSLA(t, f, message.SLABreached, message.MetLate)
	}
}

func TestRequest_APlanToldInTimeCorrectsTheBreachOfAFaultThatIsOneAgain_3_11_4_1(t *testing.T) {
	t.Parallel()
	f := missed(true)
	incident.Again(f, after(3*time.Hour))
	incident.Submit(f, "wang", after(50*time.Minute))
	wantSLA(t, f, message.SLAMet, message.Met)
}

func TestRequest_AWaivedHourStaysWaivedWhenItIsAFaultAgain_6_4_4_3(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	passes(f, after(70*time.Minute))
	incident.Waive(f, after(71*time.Minute))
	incident.Request(f, after(72*time.Minute))
	incident.Again(f, after(3*time.Hour))
	passes(f, after(9*time.Hour))
	if got := promise(t, f, "fault/1/plan").Status; f.SLA != message.SLAWaived || got != message.Waived {
		t.Errorf("the hour is %s and the duty %s, want waived", f.SLA, got)
	}
	if _, climbs := climb(f, after(3*time.Hour)); !climbs {
		t.Error("nobody is called for the plan: only the hour was let go")
	}
}

// What the parties agree about is settled, not solved within an hour that never ended.
func TestRequest_ThatIsSettledHasMetNoHour_4_3(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	incident.Request(f, after(10*time.Minute))
	wantRefused(t, incident.RefuseResolve(f, message.Words{Text: "x"}, after(20*time.Minute)), "")
	incident.Resolve(f, "wang", after(20*time.Minute))
	wantSLA(t, f, message.SLANone, message.Void)
	if got := promise(t, f, "fault/1/response").Status; got != message.Void || !f.PlanAt.IsZero() || !f.ResponseAt.IsZero() {
		t.Errorf("the response is %s at %v, the plan of %v; want void and none", got, f.ResponseAt, f.PlanAt)
	}
	p := message.FaultPlan{Called: message.Called{CalledAt: after(15 * time.Minute)}, Cause: "a", Steps: "b"}
	if incident.RefusePlan(f, p, after(25*time.Minute)) == nil {
		incident.Submit(f, "wang", p.CalledAt)
	}
	wantSLA(t, f, message.SLANone, message.Void)

	other := &message.Incident{N: 1, Terms: incident.Terms(oncall.DefaultLadder())}
	incident.Begin(other, message.FaultReport{Reporter: "孙七", Text: "x"}, called)
	incident.Resolve(other, "wang", after(20*time.Minute))
	if !other.PlanAt.IsZero() || other.SLA != message.SLANone {
		t.Errorf("what nobody took up has a plan of %v, %s", other.PlanAt, other.SLA)
	}

	late := missed(false)
	incident.Resolve(late, "wang", after(3*time.Hour))
	wantSLA(t, late, message.SLABreached, message.Void)
}

func TestRequest_IsAFaultFromTheCallThatSaysSo_4_1_4_3(t *testing.T) {
	t.Parallel()
	f := &message.Incident{N: 1, Terms: incident.Terms(oncall.DefaultLadder())}
	incident.Begin(f, message.FaultReport{Reporter: "李明", Text: "x", Administrator: true, Request: true}, called)
	for at, code := range map[time.Time]string{
		after(-tick): "early_call", called: "", after(time.Hour): "", after(time.Hour + tick): "future_call",
	} {
		c := message.Classification{Called: message.Called{CalledAt: at}}
		wantRefused(t, incident.RefuseClassify(f, c, after(time.Hour)), code)
	}
}
