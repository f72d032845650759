package oncall_test

import (
	"fmt"
	"testing"
	"time"

	"lvyue/internal/oncall"
	"lvyue/internal/workday"
)

// §4.1: duty goes over at the instant of the handover, to the microsecond.
func TestOnCall_DutyGoesOverAtTheInstantOfTheHandover(t *testing.T) {
	t.Parallel()
	rota := exampleRota(t)
	for at, want := range map[string]string{
		"2026-01-05 09:00:00.000000": "zhang", "2026-01-12 08:59:59.999999": "zhang",
		"2026-01-12 09:00:00.000000": "li", "2026-01-19 08:59:59.999999": "li",
		"2026-01-19 09:00:00.000000": "wang", "2026-01-26 09:00:00.000000": "zhang",
	} {
		if s := rota.OnCall("primary", moment(t, at)); s.Person != want || s.Why != "" {
			t.Errorf("%s: %+v, want %s", at, s, want)
		}
	}
	s := rota.OnCall("primary", moment(t, "2026-01-14 12:00"))
	if !s.From.Equal(moment(t, "2026-01-12 09:00")) || !s.To.Equal(moment(t, "2026-01-19 09:00")) {
		t.Errorf("the shift is %+v", s)
	}
}

// §4.1: before its first day a rotation is a gap up to its first handover; one that nobody knows is one without end.
func TestOnCall_BeforeTheFirstHandoverNobodyIs(t *testing.T) {
	t.Parallel()
	rota := exampleRota(t)
	first := moment(t, "2026-01-05 09:00")
	for _, ago := range []time.Duration{tick, week, 400 * week} {
		if s := rota.OnCall("primary", first.Add(-ago)); s.Why != oncall.NotBegun || !s.To.Equal(first) || !s.From.IsZero() {
			t.Errorf("%v before: %+v", ago, s)
		}
	}
	if s := rota.OnCall("tertiary", first); s.Why != oncall.Unknown || !s.To.IsZero() {
		t.Errorf("an unknown rotation: %+v", s)
	}
	if all := rota.Shifts("tertiary", first, first.Add(week)); len(all) != 1 {
		t.Errorf("its shifts: %+v", all)
	}
}

// §4.1: a handover is what the clock on the wall shows, in summer and in winter.
func TestOnCall_AHandoverKeepsItsLocalTimeWhenClocksAreChanged(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		zone                 oncall.Zone
		weekday, since       string
		at                   oncall.TimeOfDay
		before, handover, in string
		length               time.Duration
	}{
		{"Europe/Berlin", "monday", "2026-03-23", 9 * 60, "03-23T09:00+01", "2026-03-30T09:00:00+02:00", "spring", week - time.Hour},
		{"Europe/Berlin", "monday", "2026-10-19", 9 * 60, "10-19T09:00+02", "2026-10-26T09:00:00+01:00", "autumn", week + time.Hour},
		{"America/New_York", "monday", "2026-03-02", 9 * 60, "03-02T09:00-05", "2026-03-09T09:00:00-04:00", "spring", week - time.Hour},
		{"America/New_York", "monday", "2026-10-26", 9 * 60, "10-26T09:00-04", "2026-11-02T09:00:00-05:00", "autumn", week + time.Hour},
		// 02:30 is skipped: duty goes over when the clocks are put forward, from 02:00 to 03:00.
		{"Europe/Berlin", "sunday", "2026-03-22", 2*60 + 30, "skipped", "2026-03-29T03:00:00+02:00", "spring", week - 30*time.Minute},
		{"America/New_York", "sunday", "2026-03-01", 2*60 + 30, "skipped", "2026-03-08T03:00:00-04:00", "spring", week - 30*time.Minute},
		// 02:30 and 01:30 are shown twice: the first counts, still in summer time.
		{"Europe/Berlin", "sunday", "2026-10-18", 2*60 + 30, "twice", "2026-10-25T02:30:00+02:00", "autumn", week},
		{"America/New_York", "sunday", "2026-10-25", 60 + 30, "twice", "2026-11-01T01:30:00-04:00", "autumn", week},
		// The very instants of the change.
		{"Europe/Berlin", "sunday", "2026-03-22", 2 * 60, "skipped", "2026-03-29T03:00:00+02:00", "spring", week},
		{"Europe/Berlin", "sunday", "2026-03-22", 3 * 60, "after", "2026-03-29T03:00:00+02:00", "spring", week - time.Hour},
		{"Europe/Berlin", "sunday", "2026-10-18", 3 * 60, "after", "2026-10-25T03:00:00+01:00", "autumn", week + time.Hour},
		// A whole day is skipped: Samoa had no 2011-12-30.
		{"Pacific/Apia", "friday", "2011-12-23", 10 * 60, "skipped", "2011-12-31T00:00:00+14:00", "date line", week - 10*time.Hour},
	} {
		rota := single(tt.zone, tt.weekday, tt.since, tt.at)
		handover := moment(t, tt.handover)
		last, next := rota.OnCall("primary", handover.Add(-tick)), rota.OnCall("primary", handover)
		if last.Person != "a" || next.Person != "b" || !last.To.Equal(handover) || !next.From.Equal(handover) {
			t.Errorf("%s %s (%s): %+v, then %+v; want the handover at %s", tt.zone, tt.in, tt.before, last, next, handover)
		}
		if got := last.To.Sub(last.From); got != tt.length {
			t.Errorf("%s %s (%s): the shift is %v long, want %v", tt.zone, tt.in, tt.before, got, tt.length)
		}
	}
}

// §4.1: years of 53 weeks and leap days are weeks like others.
func TestOnCall_GoesOnThroughWeek53AndTheLeapDay(t *testing.T) {
	t.Parallel()
	rota := single("", "monday", "2026-12-21", 9*60)
	for at, want := range map[string]string{
		"2026-12-27 12:00": "a", "2026-12-28 09:00": "b", "2027-01-03 23:59": "b", "2027-01-04 09:00": "a", // week 53, then week 1
	} {
		if s := rota.OnCall("primary", moment(t, at)); s.Person != want {
			t.Errorf("%s: %+v, want %s", at, s, want)
		}
	}
	leap := single("", "tuesday", "2028-02-22", 0)
	for at, want := range map[string]string{
		"2028-02-28 23:59": "a", "2028-02-29 00:00": "b", "2028-03-06 23:59": "b", "2028-03-07 00:00": "a",
	} {
		if s := leap.OnCall("primary", moment(t, at)); s.Person != want {
			t.Errorf("%s: %+v, want %s", at, s, want)
		}
	}
}

// §4.1: a gap of the days ahead is known now, with its reason and its ends.
func TestGaps_AreKnownDaysAhead(t *testing.T) {
	t.Parallel()
	now := moment(t, "2026-09-21 12:00")
	for name, tt := range map[string]struct {
		change func(*oncall.Rota)
		want   string
	}{
		"whole rota":      {func(*oncall.Rota) {}, "[]"},
		"empty rotation":  {func(r *oncall.Rota) { r.Rotations[0].People = nil }, "[primary  empty 09-21 09:00 09-28 09:00 primary  empty 09-28 09:00 10-05 09:00]"},
		"inactive person": {func(r *oncall.Rota) { person(r, "zhang").Inactive = true }, "[primary zhang inactive 09-28 09:00 10-05 09:00]"},
		"person without channel": {
			func(r *oncall.Rota) { p := person(r, "zhang"); p.Slack, p.Email, p.Mobile = "", "", "" },
			"[primary zhang no-channel 09-28 09:00 10-05 09:00]",
		},
		"away in the middle of a turn": {
			func(r *oncall.Rota) {
				person(r, "zhang").Away = []oncall.Away{{First: workday.MustDate("2026-09-30"), Last: workday.MustDate("2026-10-01")}}
			},
			"[primary zhang away 09-30 00:00 10-02 00:00]",
		},
		"away where the day begins later": {
			func(r *oncall.Rota) {
				person(r, "zhang").Zone = "Europe/Berlin"
				person(r, "zhang").Away = []oncall.Away{{First: workday.MustDate("2026-09-30"), Last: workday.MustDate("2026-09-30")}}
			},
			"[primary zhang away 09-30 06:00 10-01 06:00]",
		},
		"person who is gone": {func(r *oncall.Rota) { r.People = r.People[1:] }, "[primary zhang unknown 09-28 09:00 10-05 09:00]"},
		"override to nobody": {
			func(r *oncall.Rota) {
				r.Overrides = []oncall.Override{override(t, 1, "2026-09-23 18:00", "2026-09-23 20:00", "")}
			},
			"[primary  vacated 09-23 18:00 09-23 20:00]",
		},
		"override over": {
			func(r *oncall.Rota) {
				r.Overrides = []oncall.Override{override(t, 1, "2026-09-20 18:00", "2026-09-21 12:00", "")}
			},
			"[]",
		},
	} {
		rota := autumnRota(t)
		tt.change(&rota)
		got := []string{}
		for _, g := range rota.Gaps(now, now.AddDate(0, 0, 12)) {
			const layout = "01-02 15:04"
			got = append(got, fmt.Sprintf("%s %s %s %s %s", g.Target, g.Person, g.Why, g.From.In(workday.Shanghai).Format(layout), g.To.In(workday.Shanghai).Format(layout)))
		}
		if fmt.Sprint(got) != tt.want {
			t.Errorf("%s: %v, want %s", name, got, tt.want)
		}
	}
}
