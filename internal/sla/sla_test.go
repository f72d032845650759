package sla_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/sla"
	"lvyue/internal/workday"
)

func at(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05.999999", text, workday.Shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

// story is a fault that goes through the law of faults, and its evidence.
type story struct {
	message.Incident

	entries []sla.Entry
}

func reported(n int, when string, r message.FaultReport) *story {
	s := &story{Incident: message.Incident{N: n, Terms: incident.Terms(oncall.DefaultLadder())}}
	s.Fault = n
	return s.then(func(f *message.Incident) { incident.Begin(f, r, at(when)) })
}

func fault(n int, when string) *story {
	return reported(n, when, message.FaultReport{Administrator: true})
}

// then is a step: the promises, then the row, as the workflow writes them.
func (s *story) then(step func(*message.Incident)) *story {
	step(&s.Incident)
	for _, o := range s.Obligations {
		s.entries = append(s.entries, sla.Entry{Seq: s.next(), Event: message.Event{Changed: message.Changed{Obligation: &o}}})
	}
	row := s.FaultRow
	s.entries = append(s.entries, sla.Entry{Seq: s.next(), Event: message.Event{Changed: message.Changed{Fault: &row}}})
	return s
}

func (s *story) next() int64 { return int64(len(s.entries) + 1) }

func (s *story) acked(when string) *story {
	return s.then(func(f *message.Incident) { incident.Acknowledge(f, "zhang", at(when)) })
}

func (s *story) planned(when string) *story {
	return s.then(func(f *message.Incident) { incident.Submit(f, "zhang", at(when)) })
}

func (s *story) resolved(when string) *story {
	return s.then(func(f *message.Incident) { incident.Resolve(f, "zhang", at(when)) })
}

func (s *story) marked(when string) *story {
	return s.then(func(f *message.Incident) { incident.Mark(f, message.Majeure{Kind: message.CloudVendor}, at(when)) })
}

func (s *story) lifted(when string) *story {
	return s.then(func(f *message.Incident) { incident.Lift(f, at(when)) })
}

func (s *story) missed() *story { return s.then(incident.Breach) }

// folded is the fault as its evidence tells of it.
func (s *story) folded(t *testing.T) sla.Fault {
	t.Helper()
	all := sla.Fold("HT-1", s.entries)
	if len(all) != 1 {
		t.Fatalf("%d faults of one", len(all))
	}
	return all[0]
}

func TestPlan_TheLastInstantOfTheHourIsInTime(t *testing.T) { // §3.11
	t.Parallel()
	for _, tt := range []struct {
		name string
		s    *story
		asOf string
		want sla.Outcome
	}{
		{"on the hour", fault(1, "2025-11-03 10:00:00").planned("2025-11-03 11:00:00"), "2025-11-30 00:00:00", sla.Met},
		{"a microsecond later", fault(1, "2025-11-03 10:00:00").planned("2025-11-03 11:00:00.000001"), "2025-11-30 00:00:00", sla.Breached},
		{"no plan yet, on the hour", fault(1, "2025-11-03 10:00:00"), "2025-11-03 11:00:00", sla.Running},
		{"no plan, a microsecond later", fault(1, "2025-11-03 10:00:00"), "2025-11-03 11:00:00.000001", sla.Breached},
		{"force majeure in time", fault(1, "2025-11-03 10:00:00").marked("2025-11-03 11:00:00"), "2025-11-30 00:00:00", sla.Changed},
		{"force majeure too late", fault(1, "2025-11-03 10:00:00").missed().marked("2025-11-03 11:00:01"), "2025-11-30 00:00:00", sla.Breached},
		{"let go", fault(1, "2025-11-03 10:00:00").missed().then(func(f *message.Incident) { incident.Waive(f, at("2025-11-04 10:00:00")) }), "2025-11-30 00:00:00", sla.Waived},
		{"a request", reported(1, "2025-11-03 10:00:00", message.FaultReport{Administrator: true, Request: true}), "2025-11-30 00:00:00", sla.None},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.s.folded(t).Plan(at(tt.asOf)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestResponse_NobodyIsABreach(t *testing.T) { // §4.2
	t.Parallel()
	request := func(f *message.Incident) { incident.Request(f, at("2025-11-03 10:30:00")) }
	for _, tt := range []struct {
		name   string
		s      *story
		asOf   string
		want   sla.Outcome
		nobody bool
	}{
		{"after five minutes", fault(1, "2025-11-03 10:00:00").acked("2025-11-03 10:05:00"), "2025-11-30 00:00:00", sla.Met, false},
		{"a microsecond later", fault(1, "2025-11-03 10:00:00").acked("2025-11-03 10:05:00.000001"), "2025-11-30 00:00:00", sla.Breached, false},
		{"nobody yet", fault(1, "2025-11-03 10:00:00"), "2025-11-03 10:05:00", sla.Running, false},
		{"nobody, the engine was away", fault(1, "2025-11-03 10:00:00"), "2025-11-03 10:05:00.000001", sla.Breached, true},
		{"nobody, told of", fault(1, "2025-11-03 10:00:00").then(incident.Unanswered), "2025-11-30 00:00:00", sla.Breached, true},
		{"no fault after all, in time", fault(1, "2025-11-03 10:00:00").then(request), "2025-11-30 00:00:00", sla.None, false},
		{"no fault after all, too late", fault(1, "2025-11-03 10:00:00").then(incident.Unanswered).then(request), "2025-11-30 00:00:00", sla.Breached, true},
		{"a call in time, entered late", fault(1, "2025-11-03 10:00:00").then(incident.Unanswered).acked("2025-11-03 10:04:00"), "2025-11-30 00:00:00", sla.Met, false},
		{"no administrator", reported(1, "2025-11-03 10:00:00", message.FaultReport{}), "2025-11-30 00:00:00", sla.None, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := tt.s.folded(t)
			if got := f.Response(at(tt.asOf)); got != tt.want || f.Unacknowledged(at(tt.asOf)) != tt.nobody {
				t.Errorf("got %s, want %s; nobody: %t", got, tt.want, f.Unacknowledged(at(tt.asOf)))
			}
		})
	}
}

func TestOf_AFaultBelongsToTheMonthInWhichItWasReported(t *testing.T) {
	t.Parallel()
	called := message.FaultReport{Administrator: true, Called: message.Called{CalledAt: at("2025-11-30 23:58:00")}}
	for _, tt := range []struct {
		name, month string
		s           *story
		in          bool
	}{
		{"the first instant", "2025-11-01", fault(1, "2025-11-01 00:00:00"), true},
		{"a microsecond before", "2025-11-01", fault(1, "2025-10-31 23:59:59.999999"), false},
		{"the last microsecond", "2025-11-01", fault(1, "2025-11-30 23:59:59.999999"), true},
		{"the next month", "2025-11-01", fault(1, "2025-12-01 00:00:00"), false},
		{"a call, entered in the next month", "2025-11-01", reported(1, "2025-12-01 00:03:00", called), true},
		{"solved in the next month", "2025-11-01", fault(1, "2025-11-30 23:30:00").resolved("2025-12-01 00:20:00"), true},
		{"the leap day", "2024-02-01", fault(1, "2024-02-29 23:59:59.999999"), true},
		{"after the leap day", "2024-02-01", fault(1, "2024-03-01 00:00:00"), false},
		{"no leap day", "2025-02-01", fault(1, "2025-03-01 00:00:00"), false},
		{"the last of the year", "2025-12-01", fault(1, "2025-12-31 23:59:59.999999"), true},
		{"the new year", "2025-12-01", fault(1, "2026-01-01 00:00:00"), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := sla.Of(workday.MustDate(tt.month), []sla.Fault{tt.s.folded(t)}, at("2026-06-01 00:00:00"))
			if got := len(m.Faults) == 1; got != tt.in {
				t.Errorf("in the month: %t, want %t (%s–%s)", got, tt.in, m.From, m.Until)
			}
		})
	}
}

func TestOf_EveryFaultIsCountedOnce(t *testing.T) { // §3.11–3.13 §4.2 §4.3
	t.Parallel()
	var all []sla.Fault
	for _, s := range []*story{
		fault(1, "2025-11-03 10:00:00").acked("2025-11-03 10:03:00").planned("2025-11-03 10:41:00").resolved("2025-11-03 12:31:00"),
		fault(2, "2025-11-04 10:00:00").missed(),
		fault(3, "2025-11-05 10:00:00").marked("2025-11-05 10:20:00").resolved("2025-11-05 15:00:00"),
		reported(4, "2025-11-06 10:00:00", message.FaultReport{Administrator: true, Request: true}),
		reported(5, "2025-11-07 10:00:00", message.FaultReport{}),
		fault(6, "2025-11-30 23:59:00"),
		fault(7, "2025-11-08 10:00:00").acked("2025-11-08 10:01:00").planned("2025-11-08 11:30:00"),
	} {
		all = append(all, s.folded(t))
	}
	m := sla.Of(workday.MustDate("2025-11-01"), all, at("2025-12-01 00:00:00"))
	for _, tt := range []struct {
		what string
		got  []sla.Ref
		want string
	}{
		{"met", m.Plan.Met, "[1]"},
		{"breached", m.Plan.Breached, "[2 7]"},
		{"changed", m.Plan.Changed, "[3]"},
		{"running", m.Plan.Running, "[6]"},
		{"waived", m.Plan.Waived, "[]"},
		{"requests", m.Requests, "[4]"},
		{"unconfirmed", m.Unconfirmed, "[5]"},
		{"without a plan", m.Unplanned, "[2]"},
		{"nobody answered", m.Unacknowledged, "[2]"},
		{"answered in time", m.Response.Met, "[1 7]"},
		{"answered late", m.Response.Breached, "[2 3]"},
		{"answer awaited", m.Response.Running, "[6]"},
	} {
		if got := fmt.Sprint(numbers(tt.got)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.what, got, tt.want)
		}
	}
	if want := (sla.Spread{Count: 2, Median: 65*time.Minute + 30*time.Second, P90: 90 * time.Minute, Max: 90 * time.Minute}); m.Plan.Took != want {
		t.Errorf("plans took %+v", m.Plan.Took)
	}
	if want := (sla.Spread{Count: 2, Median: 225*time.Minute + 30*time.Second, P90: 5 * time.Hour, Max: 5 * time.Hour}); m.Restore != want {
		t.Errorf("restoring took %+v", m.Restore)
	}
}

func numbers(refs []sla.Ref) []int {
	all := []int{}
	for _, r := range refs {
		all = append(all, r.Fault)
	}
	return all
}

func TestSpread_P90IsTheNearestRank(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ n, median, p90 int }{
		{1, 60, 1}, {2, 90, 2}, {3, 120, 3}, {9, 300, 9}, {10, 330, 9}, {11, 360, 10}, {20, 630, 18}, {21, 660, 19},
	} {
		var all []sla.Fault
		for i := tt.n; i > 0; i-- { // in no order
			s := fault(i, "2025-11-03 10:00:00")
			all = append(all, s.acked(at("2025-11-03 10:00:00").Add(time.Duration(i)*time.Minute).Format(time.DateTime)).folded(t))
		}
		got := sla.Of(workday.MustDate("2025-11-01"), all, at("2025-12-01 00:00:00")).Response.Took
		want := sla.Spread{
			Count: tt.n, Median: time.Duration(tt.median) * time.Second, P90: time.Duration(tt.p90) * time.Minute,
			Max: time.Duration(tt.n) * time.Minute,
		}
		if got != want {
			t.Errorf("of %d: %+v, want %+v", tt.n, got, want)
		}
	}
	if got := sla.Of(workday.MustDate("2025-11-01"), nil, at("2025-12-01 00:00:00")); got.Plan.Took != (sla.Spread{}) {
		t.Errorf("of nothing: %+v", got.Plan.Took)
	}
}

func TestSeconds_ASecondThatHasBegunCounts(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]int64{
		0: 0, time.Microsecond: 1, time.Hour: 3600, time.Hour + time.Microsecond: 3601, time.Hour - time.Microsecond: 3600,
	} {
		if got := sla.Seconds(d); got != want {
			t.Errorf("%s is %d, want %d", d, got, want)
		}
	}
}

func TestFold_ForceMajeureLastsFromItsMarkToItsEnd(t *testing.T) { // §3.12
	t.Parallel()
	s := fault(1, "2025-11-03 10:00:00").marked("2025-11-03 10:20:00").lifted("2025-11-03 14:00:00").
		marked("2025-11-03 14:10:00").resolved("2025-11-03 16:00:00")
	open := fault(2, "2025-11-03 10:00:00").marked("2025-11-03 10:20:00")
	want := []sla.Interval{
		{Kind: message.CloudVendor, From: at("2025-11-03 10:20:00"), Until: at("2025-11-03 14:00:00"), Marked: 6, Ended: 9},
		{Kind: message.CloudVendor, From: at("2025-11-03 14:10:00"), Until: at("2025-11-03 16:00:00"), Marked: 12, Ended: 15},
	}
	if got := s.folded(t).Majeure; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := open.folded(t).Majeure; len(got) != 1 || !got[0].Until.IsZero() || got[0].Ended != 0 {
		t.Errorf("while it lasts: %+v", got)
	}
}

func TestFold_EveryMomentLeadsToItsEvent(t *testing.T) {
	t.Parallel()
	f := fault(1, "2025-11-03 10:00:00").acked("2025-11-03 10:03:00").planned("2025-11-03 10:41:00").resolved("2025-11-03 12:31:00").folded(t)
	if want := (sla.Seqs{Reported: 3, Clock: 3, Response: 6, Plan: 9, Resolved: 12, SLA: 9}); f.Seqs != want {
		t.Errorf("got %+v", f.Seqs)
	}
}
