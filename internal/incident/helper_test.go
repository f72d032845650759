package incident_test

import (
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// called is the instant at which the customer calls: a Sunday in a holiday, because the hour knows none (§4.1).
var called = time.Date(2026, 10, 4, 2, 0, 0, 0, time.UTC)

// tick is the smallest step of the clock that stamps receipts.
const tick = time.Microsecond

func after(d time.Duration) time.Time { return called.Add(d) }

// reported is a fault that an administrator reports.
func reported(terms message.DeskTerms) *message.Incident {
	f := &message.Incident{N: 1, Terms: terms}
	f.Fault = 1
	incident.Begin(f, message.FaultReport{Reporter: "李明", Text: "OA 打不开", Administrator: true}, called)
	return f
}

// passes lets time pass to an instant, as the engine does: what is due by then happens.
func passes(f *message.Incident, to time.Time) {
	if at := incident.BreachAt(f); !at.IsZero() && !at.After(to) {
		incident.Breach(f)
	}
	if at := incident.LateAt(f); !at.IsZero() && !at.After(to) {
		incident.Unanswered(f)
	}
}

// promise is a duty of the fault.
func promise(t testing.TB, f *message.Incident, id string) message.Obligation {
	t.Helper()
	for _, o := range f.Obligations {
		if o.ID == id {
			return o
		}
	}
	t.Fatalf("there is no duty %s in %+v", id, f.Obligations)
	return message.Obligation{}
}

func wantSLA(t testing.TB, f *message.Incident, sla message.SLA, plan message.Status) {
	t.Helper()
	if got := promise(t, f, "fault/1/plan").Status; f.SLA != sla || got != plan {
		t.Errorf("the hour is %s and the duty %s, want %s and %s", f.SLA, got, sla, plan)
	}
	if (f.SLA == message.SLABreached) == f.BreachedAt.IsZero() {
		t.Errorf("the hour is %s, and was missed at %v", f.SLA, f.BreachedAt)
	}
}

func wantAt(t testing.TB, what string, got, want time.Time) {
	t.Helper()
	if !got.Equal(want) {
		t.Errorf("%s at %v after the call, want %v", what, got.Sub(called), want.Sub(called))
	}
}

func wantRefused(t testing.TB, no *refusal.Refusal, code string) {
	t.Helper()
	got := ""
	if no != nil {
		got = no.Code
	}
	if got != code {
		t.Errorf("the answer is %q, want %q", got, code)
	}
}
