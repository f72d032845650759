package oncall_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"lvyue/internal/oncall"
	"lvyue/internal/workday"
)

// §4.2 §3.11: each rung is due from its minute on, and after the hour there is one every 30 minutes.
func TestLadder_EachStepIsDueFromItsMinuteOn(t *testing.T) {
	t.Parallel()
	l := oncall.DefaultLadder()
	minutes := []int{0, 5, 15, 30, 45, 55, 60, 90, 120, 150}
	names := strings.Fields("first again secondary lead manager everyone breach")
	for n, m := range minutes {
		due := time.Duration(m) * time.Minute
		if l.Due(due) != n || l.Due(due-tick) != n-1 {
			t.Errorf("minute %d: step %d, and %d before; want %d", m, l.Due(due), l.Due(due-tick), n)
		}
		name := "no-plan"
		if n < len(names) {
			name = names[n]
		}
		if s := l.Step(n); s.After() != due || s.Name != name {
			t.Errorf("step %d is %+v", n, s)
		}
	}
	if l.Due(-tick) != -1 || (oncall.Ladder{}).Due(time.Hour) != -1 {
		t.Error("a step is due before the notice, or of no ladder")
	}
}

// §4.2: who is paged at each step, by the example of one week.
func TestWhom_ResolvesEachTarget(t *testing.T) {
	t.Parallel()
	rota := exampleRota(t)
	at := moment(t, "2026-01-07 12:00") // zhang on primary, mueller on secondary
	for step, want := range map[int]string{
		0: "first [zhang]", 1: "again [zhang]", 2: "secondary [mueller]", 3: "lead [wang]", 4: "manager [zhao]",
		5: "everyone [zhang li wang mueller sun zhao]", 6: "breach [wang zhao]", 7: "no-plan [zhang wang zhao]", 40: "no-plan [zhang wang zhao]",
	} {
		if got := said(rota.Whom(step, at)); got != want {
			t.Errorf("step %d: %s, want %s", step, got, want)
		}
	}
}

// §4.2: who is a target twice is paged once.
func TestWhom_PagesEachPersonOnce(t *testing.T) {
	t.Parallel()
	if got := said(exampleRota(t).Whom(7, moment(t, "2026-01-20 12:00"))); got != "no-plan [wang zhao]" { // wang is on primary, and lead
		t.Error(got)
	}
}

// said is the rung that answers, its people, and the gaps.
func said(r oncall.Reached) string {
	ids, gaps := []string{}, []string{}
	for _, p := range r.People {
		ids = append(ids, p.ID)
	}
	for _, g := range r.Gaps {
		gaps = append(gaps, g.Target+" "+string(g.Why))
	}
	text := r.Rung.Name + " [" + strings.Join(ids, " ") + "]"
	if len(gaps) > 0 {
		text += " " + strings.Join(gaps, ", ")
	}
	return text
}

// §4.2: a rung that nobody answers falls on to the next at once, and says so; there is never silence.
func TestWhom_ARungThatNobodyAnswersFallsOn_NeverToSilence(t *testing.T) {
	t.Parallel()
	at := moment(t, "2026-01-07 12:00")
	away := func(r *oncall.Rota, ids ...string) {
		for _, id := range ids {
			person(r, id).Away = []oncall.Away{{First: workday.MustDate("2026-01-01"), Last: workday.MustDate("2026-01-31")}}
		}
	}
	for name, tt := range map[string]struct {
		change func(*oncall.Rota)
		step   int
		want   string
	}{
		"primary away": {func(r *oncall.Rota) { away(r, "zhang") }, 0, "secondary [mueller] primary away, first falls-on, primary away, again falls-on"},
		"primary rotation is empty": {
			func(r *oncall.Rota) { r.Rotations[0].People = nil }, 0, "secondary [mueller] primary empty, first falls-on, primary empty, again falls-on",
		},
		"override to nobody": {func(r *oncall.Rota) {
			r.Overrides = []oncall.Override{override(t, 1, "2026-01-07 12:00", "2026-01-07 12:01", "")}
		}, 1, "secondary [mueller] primary vacated, again falls-on"},
		"manager inactive":        {func(r *oncall.Rota) { person(r, "zhao").Inactive = true }, 4, "everyone [zhang li wang mueller sun] manager nobody-has, manager falls-on"},
		"one of two targets":      {func(r *oncall.Rota) { person(r, "zhao").Inactive = true }, 6, "breach [wang] manager nobody-has"},
		"not begun":               {func(r *oncall.Rota) { r.Rotations[0].Since = workday.MustDate("2026-01-12") }, 1, "secondary [mueller] primary not-begun, again falls-on"},
		"after the ladder, alone": {func(r *oncall.Rota) { away(r, "wang", "zhao") }, 9, "no-plan [zhang] lead nobody-has, manager nobody-has"},
		"everybody away": {func(r *oncall.Rota) {
			away(r, "zhang", "li", "wang", "mueller", "sun", "zhao")
			person(r, "li").Inactive = true
		}, 6, "breach [zhang wang mueller sun zhao] lead nobody-has, manager nobody-has, breach falls-on, primary away, lead nobody-has, manager nobody-has, no-plan falls-on, everyone last-resort"},
	} {
		rota := exampleRota(t)
		tt.change(&rota)
		if got := said(rota.Whom(tt.step, at)); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// §4.2: on no rota that is let pass is there a step at an instant that pages nobody.
func TestWhom_PagesSomebodyAtAnyInstant(t *testing.T) {
	t.Parallel()
	rota := exampleRota(t)
	for hours := range 24 * 60 {
		for step := range 9 {
			at := moment(t, "2026-09-10 00:00").Add(time.Duration(hours) * time.Hour)
			if r := rota.Whom(step, at); len(r.People) == 0 || r.Step < step {
				t.Fatalf("step %d at %s: %+v", step, at, r)
			}
		}
	}
}

func TestExample_HasTheDefaultLadder(t *testing.T) {
	t.Parallel()
	if got, want := fmt.Sprintf("%+v", exampleRota(t).Ladder), fmt.Sprintf("%+v", oncall.DefaultLadder()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	form, _, _ := strings.Cut(string(oncall.ExampleForm()), "\nladder:")
	rota, err := oncall.ParseRota([]byte(form))
	rota.Policy = exampleRota(t).Policy
	if err != nil || !reflect.DeepEqual(rota, exampleRota(t)) {
		t.Errorf("without a ladder: %+v, %v", rota, err)
	}
}
