package incident_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
)

// climb pages the next rung, if its time comes by the instant: "name at 15m0s", with what was missed.
func climb(f *message.Incident, present time.Time) (page string, climbed bool) {
	call, found := incident.NextCall(f, present)
	if !found || call.At.After(present) {
		return "", false
	}
	f.Climbed, f.Rung = call.After, call.Name
	page = call.Name + " at " + call.At.Sub(called).String()
	if len(call.Missed) > 0 {
		page += ", missed " + strings.Join(call.Missed, " ")
	}
	return page, true
}

// pages are those that are sent to the instant by an engine that is there every minute, and at the microsecond after the hour.
func pages(f *message.Incident, from, to time.Duration) []string {
	var all []string
	for at := from; at <= to; at += time.Minute {
		for _, present := range []time.Time{after(at), after(at + tick)} {
			passes(f, present)
			for page, climbed := climb(f, present); climbed; page, climbed = climb(f, present) {
				all = append(all, page)
			}
		}
	}
	return all
}

func wantPages(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("pages are\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func TestLadder_IsClimbedUntilThereIsAPlan_4_2(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	wantPages(t, pages(f, 0, 121*time.Minute), []string{
		"first at 0s", "again at 5m0s", "secondary at 15m0s", "lead at 30m0s", "manager at 45m0s", "everyone at 55m0s",
		"breach at 1h0m0.000001s", "no-plan at 1h30m0s", "no-plan at 2h0m0s",
	})
	incident.Submit(f, "wang", after(122*time.Minute))
	wantPages(t, pages(f, 122*time.Minute, 300*time.Minute), nil)
}

func TestLadder_AnAnswerSilencesTheRepeatAlone_4_2(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	wantPages(t, pages(f, 0, time.Minute), []string{"first at 0s"})
	incident.Acknowledge(f, "wang", after(2*time.Minute))
	wantPages(t, pages(f, 2*time.Minute, 31*time.Minute), []string{"secondary at 15m0s", "lead at 30m0s"})
}

func TestLadder_AfterAnOutageOnePageOfTheRightRungIsSent_4_2(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		back time.Duration
		want string
	}{
		{50 * time.Minute, "manager at 45m0s, missed again secondary lead"},
		{time.Hour, "everyone at 55m0s, missed again secondary lead manager"},
		{65 * time.Minute, "breach at 1h0m0.000001s, missed again secondary lead manager everyone"},
		{125 * time.Minute, "no-plan at 2h0m0s, missed again secondary lead manager everyone breach no-plan"},
	} {
		f := reported(incident.Terms(oncall.DefaultLadder()))
		climb(f, called)
		passes(f, after(c.back))
		page, _ := climb(f, after(c.back))
		more, again := climb(f, after(c.back))
		if page != c.want || again {
			t.Errorf("back after %v: %q, then %q; want %q alone", c.back, page, more, c.want)
		}
		wantAt(t, "the hour ends", f.DeadlineAt, after(time.Hour))
	}
}

func TestLadder_AfterForceMajeureGoesOnWhereItPaused_3_12_4_2(t *testing.T) {
	t.Parallel()
	f := reported(incident.Terms(oncall.DefaultLadder()))
	pages(f, 0, 20*time.Minute)
	incident.Mark(f, cloudDown, after(20*time.Minute))
	wantPages(t, pages(f, 20*time.Minute, 5*time.Hour), nil)
	incident.Lift(f, after(5*time.Hour)) // 40 minutes are left: the rungs of 30, 45 and 55 minutes
	wantPages(t, pages(f, 5*time.Hour, 5*time.Hour+41*time.Minute), []string{
		"lead at 5h10m0s", "manager at 5h25m0s", "everyone at 5h35m0s", "breach at 5h40m0.000001s",
	})
}

func TestLadder_WithAFreshHourBeginsAgain_3_12_4_2(t *testing.T) {
	t.Parallel()
	terms := incident.Terms(oncall.DefaultLadder())
	terms.Fresh = true
	f := reported(terms)
	pages(f, 0, 20*time.Minute)
	incident.Mark(f, cloudDown, after(20*time.Minute))
	incident.Lift(f, after(5*time.Hour))
	wantPages(t, pages(f, 5*time.Hour, 5*time.Hour+16*time.Minute), []string{
		"first at 5h0m0s", "again at 5h5m0s", "secondary at 5h15m0s",
	})
}

// A desk may promise a plan sooner than its ladder is long: the breach is told of when it happens.
func TestLadder_TheBreachIsToldOfAmongTheRungsByItsInstant_3_11_4_2(t *testing.T) {
	t.Parallel()
	terms := incident.Terms(oncall.DefaultLadder())
	terms.Plan = 40 * time.Minute
	f := reported(terms)
	wantPages(t, pages(f, 0, 71*time.Minute), []string{
		"first at 0s", "again at 5m0s", "secondary at 15m0s", "lead at 30m0s", "breach at 40m0.000001s", "manager at 45m0s",
		"everyone at 55m0s",
	})
}

// At one instant what is due comes first: a rung of the very instant of an act was missed too.
func TestLadder_WhoActsUncalledFindsWhatWasMissed_4_2(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at   time.Duration
		want []string
	}{
		{5*time.Minute - tick, nil},
		{5 * time.Minute, []string{"again"}},
		{16 * time.Minute, []string{"again", "secondary"}},
		{91 * time.Minute, []string{"again", "secondary", "lead", "manager", "everyone", "breach", "no-plan"}},
	} {
		f := reported(incident.Terms(oncall.DefaultLadder()))
		climb(f, called)
		if got := incident.Miss(f, after(c.at)); !slices.Equal(got, c.want) {
			t.Errorf("after %v %q was missed, want %q", c.at, got, c.want)
		}
		if got := incident.Miss(f, after(c.at)); got != nil {
			t.Errorf("after %v %q was missed twice", c.at, got)
		}
	}
}
