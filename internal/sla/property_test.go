package sla_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/paging"
	"lvyue/internal/sla"
	"lvyue/internal/workday"
)

// month is a contract's evidence as several faults made it, one after another or side by side, and what ways did not take.
type month struct {
	entries  []sla.Entry
	failures []paging.Failure
	pages    int
}

func (m *month) tell(e message.Event) {
	m.entries = append(m.entries, sla.Entry{Seq: int64(len(m.entries) + 1), Event: e})
}

// life is a fault that people do things to.
type life struct {
	*month
	message.Incident

	now time.Time
}

// step writes an act, what it changes, and the row, as the workflow does.
func (l *life) step(act message.ActName, body any, happen func()) {
	if act != "" {
		l.tell(message.Event{What: string(act), Subject: message.FaultID(l.N), ActID: "x", ReceivedAt: l.now, Detail: body, Actor: message.Actor{Who: "wang"}})
	}
	was := slices.Clone(l.Obligations)
	happen()
	for i, o := range l.Obligations {
		if i >= len(was) || !reflect.DeepEqual(was[i], o) {
			l.tell(message.Event{Changed: message.Changed{Obligation: &o}})
		}
	}
	row := l.FaultRow
	l.tell(message.Event{Subject: message.FaultID(l.N), Changed: message.Changed{Fault: &row}})
}

// passes lets time pass; the engine may be away, and then says nothing.
func (l *life) passes(d time.Duration, away bool) {
	l.now = l.now.Add(d)
	if away {
		return
	}
	f := &l.Incident
	if late := incident.LateAt(f); !late.IsZero() && !late.After(l.now) {
		l.step("", nil, func() { incident.Unanswered(f) })
	}
	if missed := incident.BreachAt(f); !missed.IsZero() && !missed.After(l.now) {
		l.step("", nil, func() { incident.Breach(f) })
	}
}

// does one thing, if it is allowed.
func (l *life) does(t *rapid.T) {
	f, now := &l.Incident, l.now
	lead := message.Actor{Who: "wang", Role: "lead"}
	switch rapid.SampledFrom([]string{"ack", "plan", "plan", "resolve", "mark", "mark", "lift", "waive", "request", "fault", "missed", "page"}).Draw(t, "does") {
	case "ack":
		l.when(incident.RefuseAcknowledge(f) == nil, message.Acknowledge, message.Words{}, func() { incident.Acknowledge(f, "zhang", now) })
	case "plan":
		p, was := message.FaultPlan{Cause: "a", Steps: "b"}, f.State
		l.when(incident.RefusePlan(f, p, now) == nil && was != message.FaultResolved, message.Plan, p, func() { incident.Submit(f, "zhang", now) })
	case "resolve":
		w := message.Words{Text: "x"}
		l.when(incident.RefuseWords(f, w, now) == nil && f.State != message.FaultResolved, message.Resolve, w, func() { incident.Resolve(f, "zhang", now) })
	case "mark":
		m := message.Majeure{Kind: message.Fire, Evidence: fmt.Sprint("T-", len(l.entries))}
		l.when(incident.RefuseMajeure(f, m, lead, now) == nil && !incident.NeedsSecond(f, now), message.ForceMajeure, m, func() { incident.Mark(f, m, now) })
	case "lift":
		l.when(incident.RefuseLift(f) == nil, message.LiftMajeure, message.Words{}, func() { incident.Lift(f, now) })
	case "waive":
		w := message.Words{Text: fmt.Sprint("because ", len(l.entries))}
		l.when(incident.RefuseMissed(f, w) == nil, message.WaiveFault, w, func() { incident.Waive(f, now) })
	case "request":
		l.when(incident.RefuseClassify(f, message.Classification{Request: true}, now) == nil, message.Classify, nil, func() { incident.Request(f, now) })
	case "fault":
		l.when(incident.RefuseClassify(f, message.Classification{}, now) == nil, message.Classify, nil, func() { incident.Again(f, now) })
	case "missed":
		l.tell(message.Event{What: "rung-missed", Subject: message.FaultID(l.N), New: "again", At: now})
	case "page":
		l.page(t)
	}
}

func (l *life) when(allowed bool, act message.ActName, body any, happen func()) {
	if allowed {
		l.step(act, body, happen)
	}
}

// page is a page that some ways do not take; of one of the watchdog's the evidence does not tell.
func (l *life) page(t *rapid.T) {
	l.pages++
	p := message.Page{Key: fmt.Sprint("page ", l.pages), Fault: l.N}
	if rapid.Bool().Draw(t, "told") {
		l.tell(message.Event{What: "page", Subject: message.FaultID(l.N), Changed: message.Changed{Page: &p}})
	}
	for n := range rapid.IntRange(0, 3).Draw(t, "failures") {
		way := rapid.SampledFrom(sla.Ways()).Draw(t, "way")
		outcome := rapid.SampledFrom([]paging.Outcome{paging.Failed, paging.GaveUp}).Draw(t, "outcome")
		l.failures = append(l.failures, paging.Failure{Contract: "HT-1", Fault: l.N, Try: paging.Try{Key: p.Key, Way: way, Number: n + 1, Outcome: outcome}})
	}
}

// tally is what a person would count who reads the evidence line by line.
type tally map[string]int

// counted counts the faults of November by their last row, and everything else by the events alone.
func (m *month) counted(asOf time.Time) (tally, map[string][]time.Duration) {
	last, answers, overdue := map[int]message.FaultRow{}, map[int]message.Obligation{}, map[int]bool{}
	for _, e := range m.entries {
		if row := e.Changed.Fault; row != nil {
			last[row.Fault] = *row
		}
		if o := e.Changed.Obligation; o != nil && strings.HasSuffix(o.ID, "/response") {
			n := 0
			fmt.Sscanf(o.ID, "fault/%d", &n)
			overdue[n] = o.Status == message.Overdue || o.Status == message.Void && overdue[n]
			answers[n] = *o
		}
	}
	c, took := tally{}, map[string][]time.Duration{}
	for n, row := range last {
		if row.ReportedAt.Format("2006-01") != "2025-11" {
			continue
		}
		c["faults"]++
		c["plan "+planOf(row, asOf)]++
		c["response "+answerOf(answers[n], overdue[n], asOf)]++
		for what, at := range map[string]time.Time{"response": row.ResponseAt, "plan": row.PlanAt, "restore": row.ResolvedAt} {
			if !row.ClockAt.IsZero() && !at.IsZero() {
				took[what] = append(took[what], max(0, at.Sub(row.ClockAt)))
			}
		}
		m.countEvents(c, n)
	}
	return c, took
}

func planOf(row message.FaultRow, asOf time.Time) string {
	switch {
	case row.SLA == message.SLARunning && asOf.After(row.DeadlineAt):
		return "breached"
	case row.SLA == message.SLANone && row.State == message.FaultRequest:
		return "request"
	case row.SLA == message.SLANone:
		return "unconfirmed"
	default:
		return string(row.SLA)
	}
}

func answerOf(o message.Obligation, overdue bool, asOf time.Time) string {
	switch o.Status {
	case message.Met:
		return "met"
	case message.Pending:
		if asOf.After(o.DueAt) {
			return "breached"
		}
		return "running"
	case "":
		return "none"
	case message.Void:
		if !overdue {
			return "none"
		}
	}
	return "breached"
}

// countEvents counts what the events of a fault say beside its row: rungs that were missed, beginnings of force majeure, failures.
func (m *month) countEvents(c tally, n int) {
	state := message.FaultState("")
	for _, e := range m.entries {
		if e.What == "rung-missed" && e.Subject == message.FaultID(n) {
			c["rungs"]++
		}
		if row := e.Changed.Fault; row != nil && row.Fault == n {
			if row.State == message.FaultMajeure && state != message.FaultMajeure {
				c["majeure"]++
			}
			state = row.State
		}
	}
	for _, f := range m.failures {
		if f.Fault == n {
			c["failed "+string(f.Way)]++
		}
	}
}

// told is the same count as the report has it.
func told(r sla.Month) tally {
	c := tally{}
	add := func(what string, n int) {
		if n > 0 {
			c[what] += n
		}
	}
	add("faults", len(r.Faults))
	answered := 0
	for name, p := range map[string]sla.Promise{"plan ": r.Plan, "response ": r.Response} {
		for outcome, refs := range map[string][]sla.Ref{"met": p.Met, "breached": p.Breached, "changed_duty": p.Changed, "waived": p.Waived, "running": p.Running} {
			add(name+outcome, len(refs))
			if name == "response " {
				answered += len(refs)
			}
		}
	}
	add("response none", len(r.Faults)-answered)
	add("plan request", len(r.Requests))
	add("plan unconfirmed", len(r.Unconfirmed))
	for _, f := range r.Faults {
		add("rungs", len(f.Rungs))
		add("majeure", len(f.Majeure))
		for _, way := range sla.Ways() {
			failed, _ := f.FailuresBy(way)
			add("failed "+string(way), failed)
		}
	}
	return c
}

// traced tells that each number of a fault leads to an event that says it.
func (m *month) traced(t *rapid.T, f sla.Fault) {
	row := func(n int64) message.FaultRow {
		if n < 1 || m.entries[n-1].Changed.Fault == nil || m.entries[n-1].Changed.Fault.Fault != f.Fault {
			t.Fatalf("event %d of fault %d has no row of it", n, f.Fault)
		}
		return *m.entries[n-1].Changed.Fault
	}
	for what, one := range map[string]struct {
		event int64
		at    time.Time
		of    func(message.FaultRow) time.Time
	}{
		"report":   {f.Seqs.Reported, f.ReportedAt, func(r message.FaultRow) time.Time { return r.ReportedAt }},
		"response": {f.Seqs.Response, f.ResponseAt, func(r message.FaultRow) time.Time { return r.ResponseAt }},
		"plan":     {f.Seqs.Plan, f.PlanAt, func(r message.FaultRow) time.Time { return r.PlanAt }},
		"restore":  {f.Seqs.Resolved, f.ResolvedAt, func(r message.FaultRow) time.Time { return r.ResolvedAt }},
	} {
		if !one.at.IsZero() && !one.of(row(one.event)).Equal(one.at) {
			t.Fatalf("the %s of fault %d is %s, its event says %s", what, f.Fault, one.at, one.of(row(one.event)))
		}
	}
	for _, i := range f.Majeure {
		evidence, _ := m.entries[i.Evidence.Event-1].Detail.(message.Majeure)
		if row(i.Marked).State != message.FaultMajeure || evidence.Evidence != i.Evidence.Text || i.Ended > 0 && row(i.Ended).State == message.FaultMajeure {
			t.Fatalf("the interval %+v does not follow from its events", i)
		}
	}
	if f.SLA == message.SLAWaived {
		if why, _ := m.entries[f.Waiver.Event-1].Detail.(message.Words); why.Text == "" || why.Text != f.Waiver.Text {
			t.Fatalf("fault %d was waived because of %+v", f.Fault, f.Waiver)
		}
	}
	for _, r := range f.Rungs {
		if e := m.entries[r.Event-1]; e.What != "rung-missed" || e.Subject != message.FaultID(f.Fault) || e.New != r.Rung {
			t.Fatalf("the missed rung %+v is not what event %d tells", r, r.Event)
		}
	}
	for _, one := range f.Failures {
		if one.Event > 0 && m.entries[one.Event-1].Changed.Page.Key != one.Key {
			t.Fatalf("the failure %+v is not of the page of event %d", one, one.Event)
		}
	}
}

// spreadOf is median, P90 and maximum, as their definitions say.
func spreadOf(all []time.Duration) sla.Spread {
	n := len(all)
	if n == 0 {
		return sla.Spread{}
	}
	slices.Sort(all)
	s := sla.Spread{Count: n, Median: (all[(n-1)/2] + all[n/2]) / 2, Max: all[n-1]}
	for upTo, d := range all {
		if s.P90 = d; 10*(upTo+1) >= 9*n { // nine of ten were not longer
			break
		}
	}
	return s
}

// §3.11–3.13, §4.2: whatever happened to the faults of a month, the report says what a plain count of the evidence says, and each
// number leads to the event that says it.
func TestOf_TheReportTiesToTheEvidence(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := &month{}
		var lives []*life
		for n := range rapid.IntRange(1, 5).Draw(t, "faults") {
			l := &life{month: m, now: at("2025-10-31 22:00:00").Add(time.Duration(rapid.IntRange(0, 32*24*60).Draw(t, "minute")) * time.Minute)}
			l.Incident = message.Incident{N: n + 1, Terms: incident.Terms(oncall.DefaultLadder())}
			l.Fault = n + 1
			r := message.FaultReport{Administrator: rapid.IntRange(0, 4).Draw(t, "administrator") > 0, Request: rapid.IntRange(0, 4).Draw(t, "request") == 0}
			l.step("", nil, func() { incident.Begin(&l.Incident, r, l.now) })
			lives = append(lives, l)
		}
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			l := rapid.SampledFrom(lives).Draw(t, "of")
			l.passes(rapid.SampledFrom([]time.Duration{0, time.Microsecond, 4 * time.Minute, 20 * time.Minute, time.Hour}).Draw(t, "later"), rapid.Bool().Draw(t, "away"))
			l.does(t)
		}
		asOf := at("2025-12-01 00:00:00").Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "as of")) * time.Minute)
		all := sla.Fold("HT-1", m.entries)
		for i := range all {
			all[i] = all[i].Failed(m.failures)
			m.traced(t, all[i])
		}
		r := sla.Of(workday.MustDate("2025-11-01"), all, asOf)
		want, took := m.counted(asOf)
		if got := told(r); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("the report says\n%v, the evidence\n%v", got, want)
		}
		for what, got := range map[string]sla.Spread{"response": r.Response.Took, "plan": r.Plan.Took, "restore": r.Restore} {
			if want := spreadOf(took[what]); got != want {
				t.Fatalf("of the %ss the report says %+v, the evidence %+v", what, got, want)
			}
		}
	})
}
