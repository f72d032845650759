package oncall_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lvyue/internal/oncall"
	"lvyue/internal/workday"
)

// §4.1: an override replaces whoever is on duty, from its first instant to its last; duty falls back in the middle of a fault.
func TestOverride_EndsInTheMiddleOfAFault(t *testing.T) {
	t.Parallel()
	rota := exampleRota(t)
	rota.Overrides = []oncall.Override{override(t, 1, "2026-01-06 20:00", "2026-01-06 22:30", "wang")}
	for at, want := range map[string]string{
		"2026-01-06 19:59:59.999999": "zhang", "2026-01-06 20:00:00.000000": "wang",
		"2026-01-06 22:29:59.999999": "wang", "2026-01-06 22:30:00.000000": "zhang",
	} {
		if s := rota.OnCall("primary", moment(t, at)); s.Person != want {
			t.Errorf("%s: %+v, want %s", at, s, want)
		}
	}
	// Reported at 22:00: the first rung pages wang; the one of 22:30 finds zhang again.
	first, later := rota.Whom(0, moment(t, "2026-01-06 22:00")), rota.Whom(0, moment(t, "2026-01-06 22:30"))
	if first.People[0].ID != "wang" || later.People[0].ID != "zhang" {
		t.Errorf("paged %v, then %v", first.People, later.People)
	}
	if s := rota.OnCall("primary", moment(t, "2026-01-06 12:00")); !s.To.Equal(moment(t, "2026-01-06 20:00")) {
		t.Errorf("the shift before ends at %s", s.To)
	}
}

// §4.1: of two overrides of one instant the one entered later wins, whatever their order in time.
func TestOverride_TheLaterEnteredWins(t *testing.T) {
	t.Parallel()
	rota := exampleRota(t)
	early := override(t, 1, "2026-01-06 00:00", "2026-01-08 00:00", "li")
	late := override(t, 2, "2026-01-07 00:00", "2026-01-07 12:00", "wang")
	within := "[zhang 0 li 1 wang 2 li 1 zhang 0]"
	for _, tt := range []struct {
		overrides []oncall.Override
		want      string
	}{
		{[]oncall.Override{early, late}, within},
		{[]oncall.Override{late, early}, within},
		{[]oncall.Override{late}, "[zhang 0 wang 2 zhang 0]"},
		{[]oncall.Override{override(t, 1, "2026-01-07 00:00", "2026-01-07 12:00", "wang"), override(t, 2, "2026-01-06 00:00", "2026-01-08 00:00", "li")}, "[zhang 0 li 2 zhang 0]"},
		{[]oncall.Override{early, override(t, 2, "2026-01-07 00:00", "2026-01-09 00:00", "wang")}, "[zhang 0 li 1 wang 2 zhang 0]"},
		{[]oncall.Override{early, override(t, 2, "2026-01-05 18:00", "2026-01-07 00:00", "wang")}, "[zhang 0 wang 2 li 1 zhang 0]"},
		{[]oncall.Override{early, override(t, 2, "2026-01-06 00:00", "2026-01-08 00:00", "")}, "[zhang 0  2 zhang 0]"},
	} {
		rota.Overrides = tt.overrides
		got := []string{}
		for _, s := range rota.Shifts("primary", moment(t, "2026-01-05 12:00"), moment(t, "2026-01-11 12:00")) {
			got = append(got, fmt.Sprint(s.Person, " ", s.Override))
		}
		if fmt.Sprint(got) != tt.want {
			t.Errorf("%v, want %s", got, tt.want)
		}
	}
}

// §4.1: an override goes on over a handover, as one shift, and is of its own rotation alone.
func TestOverride_GoesOnOverAHandover(t *testing.T) {
	t.Parallel()
	rota := exampleRota(t)
	o := override(t, 1, "2026-01-11 09:00", "2026-01-13 09:00", "wang")
	rota.Overrides = []oncall.Override{o}
	s := rota.OnCall("primary", moment(t, "2026-01-12 09:00"))
	if s.Person != "wang" || !s.From.Equal(o.From) || !s.To.Equal(o.To) {
		t.Errorf("the shift is %+v", s)
	}
	if s := rota.OnCall("secondary", moment(t, "2026-01-12 12:00")); s.Person != "mueller" || s.Override != 0 {
		t.Errorf("the other rotation has %+v", s)
	}
}

// §4.1: an override that would do harm or nothing is refused, with everything that is wrong.
func TestAdmit_NamesEverythingThatIsWrong(t *testing.T) {
	t.Parallel()
	rota := exampleRota(t)
	now := moment(t, "2026-09-21 12:00")
	good := override(t, 0, "2026-09-22 09:00", "2026-09-23 09:00", "wang")
	with := func(change func(*oncall.Override)) oncall.Override { o := good; change(&o); return o }
	person(&rota, "mueller").Inactive = true
	for name, tt := range map[string]struct {
		o    oncall.Override
		want string
	}{
		"good":               {good, ""},
		"nobody":             {with(func(o *oncall.Override) { o.Person = "" }), ""},
		"begun already":      {with(func(o *oncall.Override) { o.From = now.Add(-week) }), ""},
		"ends a tick later":  {with(func(o *oncall.Override) { o.From, o.To = now.Add(-week), now.Add(tick) }), ""},
		"over now":           {with(func(o *oncall.Override) { o.From, o.To = now.Add(-week), now }), "to: has passed already"},
		"ends as it begins":  {with(func(o *oncall.Override) { o.To = o.From }), "to: must be later than its beginning"},
		"unknown rotation":   {with(func(o *oncall.Override) { o.Rotation = "third" }), "ROTATION: is not a rotation of the rota: third"},
		"unknown person":     {with(func(o *oncall.Override) { o.Person = "gao" }), "person: is not on the rota: gao"},
		"inactive person":    {with(func(o *oncall.Override) { o.Person = "mueller" }), "person: mueller is away then, or inactive"},
		"away in its midst":  {with(func(o *oncall.Override) { o.Person = "li"; o.To = o.To.AddDate(0, 1, 0) }), "person: li is away then, or inactive"},
		"ends as they leave": {with(func(o *oncall.Override) { o.Person = "li"; o.To = moment(t, "2026-10-01 00:00") }), ""},
		"begins at return": {with(func(o *oncall.Override) {
			o.Person = "li"
			o.From, o.To = moment(t, "2026-10-08 00:00"), moment(t, "2026-10-09 00:00")
		}), ""},
		"a tick too long": {with(func(o *oncall.Override) { o.Person = "li"; o.To = moment(t, "2026-10-01 00:00").Add(tick) }), "person: li is away then, or inactive"},
		"no reason, nobody who says so": {
			with(func(o *oncall.Override) { o.Reason, o.By = " ", "" }), "reason: must be given, by: must be given",
		},
	} {
		err := rota.Admit(tt.o, now)
		got := ""
		if err != nil {
			got = strings.Join(wrongIn(t, err, "bad_override"), ", ")
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// §4.1: a swap exchanges two whole turns, or nothing.
func TestExchange_TwoPeopleExchangeTwoWholeTurns(t *testing.T) {
	t.Parallel()
	rota := autumnRota(t)
	now := moment(t, "2026-09-23 12:00")
	// zhang stands from 09-28, li from 10-05; Wednesday names the week that Monday begins.
	swap := oncall.Swap{Rotation: "primary", Of: "zhang", With: "li", Week: workday.MustDate("2026-09-28"), For: workday.MustDate("2026-10-07"), By: "wang"}
	both, err := rota.Exchange(swap, now)
	if err != nil || len(both) != 2 {
		t.Fatalf("%v, %v", both, err)
	}
	for i := range both {
		both[i].ID = 1
	}
	rota.Overrides = both
	for at, want := range map[string]string{
		"2026-09-28 08:59:59.999999": "wang", "2026-09-28 09:00:00.000000": "li", "2026-10-05 08:59:59.999999": "li",
		"2026-10-05 09:00:00.000000": "zhang", "2026-10-12 08:59:59.999999": "zhang", "2026-10-12 09:00:00.000000": "wang",
	} {
		if s := rota.OnCall("primary", moment(t, at)); s.Person != want {
			t.Errorf("%s: %+v, want %s", at, s, want)
		}
	}
	// Back again: the turns are now each other's.
	if _, err := rota.Exchange(swap, now); err == nil {
		t.Error("the same swap is taken twice")
	}
	swap.Of, swap.With = swap.With, swap.Of
	if _, err := rota.Exchange(swap, now); err != nil {
		t.Error(err)
	}
}

func TestExchange_NamesEverythingThatIsWrong(t *testing.T) {
	t.Parallel()
	good := oncall.Swap{Rotation: "primary", Of: "zhang", With: "li", Week: workday.MustDate("2026-08-17"), For: workday.MustDate("2026-08-24"), By: "wang"}
	now := moment(t, "2026-08-16 12:00")
	for name, tt := range map[string]struct {
		change func(*oncall.Swap, *oncall.Rota)
		want   []string
	}{
		"good":     {func(*oncall.Swap, *oncall.Rota) {}, nil},
		"by whom":  {func(s *oncall.Swap, _ *oncall.Rota) { s.By = "" }, []string{"by: must be given"}},
		"rotation": {func(s *oncall.Swap, _ *oncall.Rota) { s.Rotation = "x" }, []string{"ROTATION: is not a rotation of the rota: x"}},
		"no days": {func(s *oncall.Swap, _ *oncall.Rota) { s.Week, s.For = workday.Date{}, workday.Date{} }, []string{
			"week: must be given", "for: must be given",
		}},
		"not theirs": {func(s *oncall.Swap, _ *oncall.Rota) { s.Of = "wang" }, []string{"of: wang does not stand in the whole turn of 2026-08-17"}},
		"not the other's": {func(s *oncall.Swap, _ *oncall.Rota) { s.For = s.For.AddDays(7) }, []string{
			"with: li does not stand in the whole turn of 2026-08-31",
		}},
		"with oneself": {func(s *oncall.Swap, _ *oncall.Rota) { s.With, s.For = s.Of, s.Week }, []string{
			"with: is the same person", "for: is the same turn as --week",
		}},
		"part of a turn": {func(_ *oncall.Swap, r *oncall.Rota) {
			r.Overrides = []oncall.Override{override(t, 1, "2026-08-23 00:00", "2026-08-23 01:00", "wang")}
		}, []string{"of: zhang does not stand in the whole turn of 2026-08-17"}},
		"away meanwhile": {func(_ *oncall.Swap, r *oncall.Rota) {
			person(r, "li").Away = []oncall.Away{{First: workday.MustDate("2026-08-24"), Last: workday.MustDate("2026-08-24")}}
		}, []string{"with: li is away then, or inactive"}},
		"begun": {func(s *oncall.Swap, _ *oncall.Rota) { s.Week, s.Of = workday.MustDate("2026-08-10"), "wang" }, []string{
			"week: has begun already; use an override",
		}},
	} {
		rota, swap := autumnRota(t), good
		tt.change(&swap, &rota)
		_, err := rota.Exchange(swap, now)
		var got []string
		if err != nil {
			got = wrongIn(t, err, "bad_swap")
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
