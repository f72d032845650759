package desk_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/desk"
	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/testkit"
)

// §4.1, a case to try: the clock of the desk's machine is off by ten seconds. The leads are told, once; the desk goes by the database's.
func TestRun_AClockThatIsOffIsToldToTheLeads_4_1(t *testing.T) {
	t.Parallel()
	for by, says := range map[time.Duration]string{10 * time.Second: "快 10 秒 / this machine's clock is 10 s ahead", -10 * time.Second: "10 s behind"} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			off := func(r *desk.Run) { r.Wall = func() time.Time { return time.Now().Add(by) } }
			s := serve(t, off)
			s.beside(testkit.Open(t, s.store.Schema()), off)
			e := s.comes()
			if e.Room != "U0PERSON3" || e.Pages[0].Kind != message.TroublePage || !strings.Contains(e.Pages[0].Detail, says) {
				t.Errorf("the lead is told %+v", e)
			}
			if took := s.page("first", "zhang", 0); took > soon {
				t.Errorf("a first page took %s", took)
			}
		})
	}
}

// §4.2: a step that nobody took is told by the desk alone, with no worker and no engine behind it; of two desks beside each other
// either one tells it, and both of them once.
func TestRun_TwoDesksCallOnceForAStepThatNobodyTook_4_2(t *testing.T) {
	t.Parallel()
	s := serve(t, func(r *desk.Run) { r.Watchdog.Overdue = steps{} })
	number := s.faultLate(2 * time.Minute)
	rota := desk.Rota{Store: book{parsed(t)}}
	var dogs []*paging.Watchdog
	for range 2 {
		store := testkit.Open(t, s.store.Schema())
		s.beside(store, as)
		dogs = append(dogs, &paging.Watchdog{Overdue: desk.Overdue{Store: store, Rota: rota}, Store: store, People: rota})
	}
	called := map[string]bool{}
	for len(called) < 2 { // who is on call, and the lead
		e := s.comes()
		if p := e.Pages[0]; called[p.To] || p.Kind != message.WatchdogPage || p.Contract != number || p.Fault != 1 || e.Count != 1 {
			t.Errorf("called %+v", e)
		}
		called[e.Pages[0].To] = true
	}
	for _, dog := range append(dogs, dogs...) {
		now, err := s.store.Now(t.Context())
		if err = errors.Join(err, dog.Look(t.Context(), now)); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.store.PagesOf(t.Context(), number)
	if err != nil || len(all) != 2 || len(s.slack) > 0 {
		t.Errorf("%d pages, %d messages too many (%v)", len(all), len(s.slack), err)
	}
}

// faultLate is a fault of a contract whose next step was due so long ago.
func (s *serving) faultLate(ago time.Duration) (number string) {
	s.t.Helper()
	data, err := os.ReadFile("../../examples/first-contract/first-contract.yaml")
	if err != nil {
		s.t.Fatal(err)
	}
	form, err := contract.ParseForm(data)
	now, wrong := s.store.Now(s.t.Context())
	if err = errors.Join(err, wrong, s.store.RegisterForm(s.t.Context(), form)); err != nil {
		s.t.Fatal(err)
	}
	row := message.FaultRow{
		Fault: 1, State: message.FaultOpen, SLA: message.SLARunning, Administrator: true, ReportedAt: now, EnteredAt: now, ClockAt: now,
		DeadlineAt: now.Add(time.Hour), Rung: "first", Rev: 1, DueAt: now.Add(-ago),
	}
	err = s.store.Record(s.t.Context(), message.Record{Contract: form.Number, Events: []message.Event{{
		Key: "late", At: now, What: "fault", Subject: message.FaultID(1), Changed: message.Changed{Fault: &row},
	}}})
	if err != nil {
		s.t.Fatal(err)
	}
	return form.Number
}
