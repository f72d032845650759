package workflows_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/mock"
	"go.temporal.io/sdk/temporal"

	"lvyue/activities"
	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
)

// breakdown is one fault performed in skipped time by the production code, with the real inbox and evidence. Its workflow
// was begun at 10:00 by a worker that paged the first rung and then died: the next one is there when the test says so.
type breakdown struct {
	*story

	fault message.Incident
}

func breaksDown(t *testing.T) *breakdown {
	t.Helper()
	s := begin(t, "2025-10-12 10:00", soon)
	b := &breakdown{story: s}
	b.fault = message.Incident{
		Version: message.StateVersion, ContractID: message.ContractID("", s.form.Number), Contract: s.form.Number, N: 1,
		AccountManager: "chen", Terms: incident.Terms(oncall.DefaultLadder()), Journal: message.Journal{At: s.now()},
	}
	b.fault.Fault = 1
	incident.Begin(&b.fault, message.FaultReport{Reporter: "李明", Text: "OA 打不开", Administrator: true}, s.now())
	b.fault.Climbed, b.fault.Rung = 0, "first"
	return b
}

// receives keeps an act in the inbox at an instant; nobody delivers it.
func (b *breakdown) receives(at string, name message.ActName, body any) {
	b.t.Helper()
	b.receivesOf(1, at, name, body)
}

// receivesOf keeps an act on one of the contract's faults.
func (b *breakdown) receivesOf(fault int, at string, name message.ActName, body any) {
	b.t.Helper()
	b.stand(instant(b.t, at))
	act, _, err := b.store.Submit(b.t.Context(), message.Act{
		ID: fmt.Sprintf("%d-%s-%s", fault, name, at), Name: name, Contract: b.form.Number, Fault: fault,
		Actor: message.Actor{Who: "wang", Role: "person", Way: "story"}, ReceivedAt: b.now(), Body: []byte(text(b.t, body)),
	})
	must(b.t, err)
	b.acts[act.ID] = act
}

// serves lets a worker look after the fault from one instant to another.
func (b *breakdown) serves(from, to string) {
	b.t.Helper()
	b.stand(instant(b.t, from))
	env := b.environment(instant(b.t, to))
	env.OnSignalExternalWorkflow(mock.Anything, mock.Anything, mock.Anything, mock.Anything, mock.Anything).Return(nil)
	env.ExecuteWorkflow(message.IncidentWorkflow, b.fault)
	var timeout *temporal.TimeoutError
	if err := env.GetWorkflowError(); err != nil && !errors.As(err, &timeout) {
		b.t.Fatal(err)
	}
}

// told is the evidence of the fault, line by line: what, of what, and what it is now; pages by their kind and rung.
func (b *breakdown) told() []string {
	b.t.Helper()
	timeline, err := b.store.Timeline(b.t.Context(), b.form.Number)
	must(b.t, err)
	var all []string
	for _, stored := range timeline {
		e := stored.Event
		line := fmt.Sprintf("%s %s %s", e.At.In(instant(b.t, "2025-10-12 10:00").Location()).Format("15:04:05.999999"), e.What, e.New)
		if p := e.Changed.Page; p != nil {
			line = strings.TrimSuffix(line, e.New) + string(p.Kind) + "/" + p.Rung
		}
		all = append(all, strings.TrimSpace(line))
	}
	return all
}

func (b *breakdown) wantOne(what string) {
	b.t.Helper()
	if n := b.count(what); n != 1 {
		b.t.Errorf("%q is told %d times, want once, in\n\t%s", what, n, strings.Join(b.told(), "\n\t"))
	}
}

func (b *breakdown) count(what string) int {
	n := 0
	for _, line := range b.told() {
		if strings.Contains(line, what) {
			n++
		}
	}
	return n
}

func (b *breakdown) stands() message.FaultRow {
	b.t.Helper()
	f, err := b.store.Fault(b.t.Context(), b.form.Number, 1)
	must(b.t, err)
	return f.FaultRow
}

var solution = message.FaultPlan{Cause: "磁盘满", Steps: "清理"}

func TestIncident_APlanInTheInboxInTimeIsNoBreachThoughNobodyServed_3_11(t *testing.T) {
	t.Parallel()
	for _, at := range []string{"2025-10-12 10:59:59", "2025-10-12 11:00:00"} {
		b := breaksDown(t)
		b.receives(at, message.Plan, solution)
		b.serves("2025-10-12 11:05", "2025-10-12 11:20")
		f := b.stands()
		if f.SLA != message.SLAMet || !f.PlanAt.Equal(instant(t, at)) || !f.BreachedAt.IsZero() {
			t.Errorf("a plan of %s is %s, of %v, missed %v; want met", at, f.SLA, f.PlanAt, f.BreachedAt)
		}
		if b.count("breach") > 0 || b.count("page breach") > 0 {
			t.Errorf("a breach is told of:\n\t%s", strings.Join(b.told(), "\n\t"))
		}
		if n := b.count(" page "); n > 0 {
			t.Errorf("%d pages for a fault that has its plan, want none:\n\t%s", n, strings.Join(b.told(), "\n\t"))
		}
	}
}

func TestIncident_APlanTooLateInTheInboxIsABreachOfTheHourItself_3_11(t *testing.T) {
	t.Parallel()
	b := breaksDown(t)
	b.receives("2025-10-12 11:00:01", message.Plan, solution)
	b.serves("2025-10-12 11:05", "2025-10-12 11:20")
	f := b.stands()
	if f.SLA != message.SLABreached || !f.BreachedAt.Equal(instant(t, "2025-10-12 11:00")) {
		t.Errorf("it is %s, missed at %v, want breached at 11:00", f.SLA, f.BreachedAt)
	}
	b.wantOne("sla breached")
	b.wantOne("11:00:00.000001 sla breached")
	b.wantOne("page breach/breach")
}

func TestIncident_AfterAnOutageAcrossTheHourOnePageIsSentAndTheMissedRungsAreTold_3_11_4_2(t *testing.T) {
	t.Parallel()
	b := breaksDown(t)
	b.serves("2025-10-12 11:05", "2025-10-12 11:20")
	f := b.stands()
	if f.SLA != message.SLABreached || !f.BreachedAt.Equal(instant(t, "2025-10-12 11:00")) || !f.DeadlineAt.Equal(f.BreachedAt) {
		t.Errorf("it is %s, due %v, missed at %v, want breached at 11:00", f.SLA, f.DeadlineAt, f.BreachedAt)
	}
	b.wantOne(" page ")
	b.wantOne("page breach/breach")
	for _, rung := range []string{"again", "secondary", "lead", "manager", "everyone"} {
		b.wantOne("rung-missed " + rung)
	}
}

func TestIncident_AfterAnOutageWithinTheHourTheRightRungIsPagedOnce_4_2(t *testing.T) {
	t.Parallel()
	b := breaksDown(t)
	b.serves("2025-10-12 10:50", "2025-10-12 10:54")
	b.wantOne(" page ")
	b.wantOne("page warning/manager")
	for _, rung := range []string{"again", "secondary", "lead"} {
		b.wantOne("rung-missed " + rung)
	}
	if f := b.stands(); f.SLA != message.SLARunning || !f.DeadlineAt.Equal(instant(t, "2025-10-12 11:00")) {
		t.Errorf("it is %s, due %v, want running until 11:00", f.SLA, f.DeadlineAt)
	}
}

func TestIncident_AnAnswerInTheInboxSilencesTheRepeatAfterAnOutage_4_2(t *testing.T) {
	t.Parallel()
	b := breaksDown(t)
	b.receives("2025-10-12 10:04:00", message.Acknowledge, message.Words{Text: "x"})
	b.serves("2025-10-12 10:10", "2025-10-12 10:14")
	if n := b.count(" page "); n > 0 {
		t.Errorf("%d pages, want none:\n\t%s", n, strings.Join(b.told(), "\n\t"))
	}
	if f := b.stands(); !f.ResponseAt.Equal(instant(t, "2025-10-12 10:04")) || b.count("unanswered") > 0 {
		t.Errorf("it was answered at %v, want 10:04", f.ResponseAt)
	}
}

func TestIncident_AfterAnOutageUnderForceMajeureOneWordIsOwed_3_12(t *testing.T) {
	t.Parallel()
	b := breaksDown(t)
	incident.Acknowledge(&b.fault, "wang", instant(t, "2025-10-12 10:05"))
	incident.Mark(&b.fault, message.Majeure{Kind: message.Telecom, Evidence: "x"}, instant(t, "2025-10-12 10:10"))
	b.serves("2025-10-12 15:05", "2025-10-12 15:45") // 15:10 and 15:40 come while somebody serves
	pages := []string{}
	for _, line := range b.told() {
		if strings.Contains(line, " page ") {
			pages = append(pages, line)
		}
	}
	if want := []string{"14:40:00 page progress/", "15:10:00 page progress/", "15:40:00 page progress/"}; !slices.Equal(pages, want) {
		t.Errorf("pages are %q, want %q", pages, want)
	}
	if f := b.stands(); f.SLA != message.SLAChanged || f.State != message.FaultMajeure {
		t.Errorf("it is %s, %s, want force majeure", f.State, f.SLA)
	}
}

// A mark late in the hour is put before somebody even if the rota names nobody.
func TestIncident_ALateMarkOfForceMajeureIsPutBeforeSomebody_3_12(t *testing.T) {
	t.Parallel()
	b := breaksDown(t)
	b.receives("2025-10-12 10:50:00", message.ForceMajeure, message.Majeure{Kind: message.Telecom, Evidence: "x"})
	b.serves("2025-10-12 10:50:30", "2025-10-12 10:56") // the inbox is read before the rung of 10:55
	b.wantOne("page approval")
	if f := b.stands(); !f.AwaitsApproval || f.SLA != message.SLARunning {
		t.Errorf("it awaits a second person: %v, %s; want true, running", f.AwaitsApproval, f.SLA)
	}
}

// Whoever acts while no worker runs acts without having been called: what should have called them by then is told of, whichever
// event the next worker sees first.
func TestIncident_WhatAnActFindsUncalledWasMissed_4_2(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at     string
		name   message.ActName
		body   any
		missed []string
		pages  []string
	}{
		{"10:04:59", message.Acknowledge, message.Words{Text: "x"}, []string{"secondary", "lead"}, []string{"warning/manager"}},
		{"10:05:00", message.Acknowledge, message.Words{Text: "x"}, []string{"again", "secondary", "lead"}, []string{"warning/manager"}},
		{"10:20:00", message.Acknowledge, message.Words{Text: "x"}, []string{"again", "secondary", "lead"}, []string{"warning/manager"}},
		{"10:20:00", message.Plan, solution, []string{"again", "secondary"}, nil},
		{"10:31:00", message.Resolve, message.Words{Text: "x"}, []string{"again", "secondary", "lead"}, []string{"resolved/"}},
		{"10:04:59", message.Plan, solution, nil, []string{"progress/"}},
	} {
		t.Run(c.at+" "+string(c.name), func(t *testing.T) {
			t.Parallel()
			b := breaksDown(t)
			b.receives("2025-10-12 "+c.at, c.name, c.body)
			b.serves("2025-10-12 10:46", "2025-10-12 10:50")
			for _, rung := range []string{"again", "secondary", "lead"} {
				want := 0
				if slices.Contains(c.missed, rung) {
					want = 1
				}
				if got := b.count("rung-missed " + rung); got != want {
					t.Errorf("%s is told to be missed %d times, want %d", rung, got, want)
				}
			}
			var pages []string
			for _, line := range b.told() {
				if _, page, is := strings.Cut(line, " page "); is {
					pages = append(pages, page)
				}
			}
			if !slices.Equal(pages, c.pages) {
				t.Errorf("pages are %q, want %q", pages, c.pages)
			}
			if t.Failed() {
				t.Log(strings.Join(b.told(), "\n"))
			}
		})
	}
}

// However many people act while no worker runs, the next one goes through all that they did: more of it than one look at the inbox
// brings, and with other acts of the same contract between.
func TestIncident_AllThatWasDoneMeanwhileIsGoneThrough_4_1(t *testing.T) {
	t.Parallel()
	const many = 2*activities.Page + 5
	b := breaksDown(t)
	for n := range many {
		at := fmt.Sprintf("2025-10-12 10:01:%02d", n)
		b.receivesOf(2, at, message.Progress, message.Words{Text: "of another"})
		b.receives(at, message.Progress, message.Words{Text: "x"})
	}
	b.receives("2025-10-12 10:02:00", message.Plan, solution)
	b.serves("2025-10-12 11:05", "2025-10-12 11:20")
	words := 0
	for _, line := range b.told() {
		if strings.HasSuffix(line, " progress") {
			words++
		}
	}
	if words != many {
		t.Errorf("%d words are in the evidence, want %d", words, many)
	}
	if f := b.stands(); f.SLA != message.SLAMet {
		t.Errorf("the plan is %s, want met", f.SLA)
	}
}
