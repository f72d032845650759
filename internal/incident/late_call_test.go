package incident_test

import (
	"slices"
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/workday"
)

func reportedAt(at time.Time) *message.Incident {
	f := &message.Incident{N: 1, Terms: incident.Terms(oncall.DefaultLadder())}
	incident.Begin(f, message.FaultReport{Administrator: true}, at)
	return f
}

func TestNextCall_ACallOfLongAgoIsOneCall(t *testing.T) { // §4.1 §4.2
	t.Parallel()
	now := time.Date(2026, time.November, 27, 10, 10, 0, 0, workday.Shanghai)
	f := reportedAt(now.AddDate(-25, 0, 0))
	call, found := incident.NextCall(f, now)
	if !found || call.Name != "no-plan" || now.Sub(call.At) >= f.Terms.Again || len(call.Missed) != len(f.Terms.Ladder)+1 {
		t.Errorf("called at %s for %s, %d missed", call.At, call.Name, len(call.Missed))
	}
	f.Climbed = call.After
	if next, found := incident.NextCall(f, now); !found || next.At != call.At.Add(f.Terms.Again) || len(next.Missed) != 0 {
		t.Errorf("the next is %+v", next)
	}
}

func TestNextCall_ALatePlanIsAskedForEveryHalfHour(t *testing.T) { // §3.11
	t.Parallel()
	at := time.Date(2026, time.November, 27, 10, 0, 0, 0, workday.Shanghai)
	for _, tt := range []struct {
		present, after time.Duration
		name           string
		missed         []string
	}{
		{time.Hour, 55 * time.Minute, "everyone", nil},
		{time.Hour + time.Microsecond, time.Hour + time.Microsecond, "breach", []string{"everyone"}},
		{90*time.Minute - time.Microsecond, time.Hour + time.Microsecond, "breach", []string{"everyone"}},
		{90 * time.Minute, 90 * time.Minute, "no-plan", []string{"everyone", "breach"}},
		{2*time.Hour - time.Microsecond, 90 * time.Minute, "no-plan", []string{"everyone", "breach"}},
		{2 * time.Hour, 2 * time.Hour, "no-plan", []string{"everyone", "breach", "no-plan"}},
	} {
		f := reportedAt(at)
		f.Climbed = 45 * time.Minute
		call, found := incident.NextCall(f, at.Add(tt.present))
		if !found || call.Name != tt.name || call.After != tt.after || !slices.Equal(call.Missed, tt.missed) {
			t.Errorf("after %s: %s of %s, missed %v", tt.present, call.Name, call.After, call.Missed)
		}
	}
}

func TestRefuseEarlyCall_NobodyCallsAboutWhatIsNotThereYet(t *testing.T) { // §4.1
	t.Parallel()
	usable := time.Date(2026, time.November, 27, 10, 0, 0, 0, workday.Shanghai)
	for at, refused := range map[time.Time]bool{
		{}: false, usable: false, usable.Add(-time.Microsecond): true, usable.AddDate(-1, 0, 0): true,
	} {
		if no := incident.RefuseEarlyCall(message.Called{CalledAt: at}, usable); (no != nil) != refused {
			t.Errorf("a call at %s: %v", at, no)
		}
	}
}
