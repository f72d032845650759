package oncall_test

import (
	"testing"
	"time"

	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

const (
	tick = time.Microsecond // the finest that is kept
	week = 7 * 24 * time.Hour
)

// moment reads a time in Shanghai, or an instant with its offset.
func moment(t *testing.T, s string) time.Time {
	t.Helper()
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04", "2006-01-02 15:04:05.000000"} {
		if at, err := time.ParseInLocation(layout, s, workday.Shanghai); err == nil {
			return at
		}
	}
	t.Fatalf("no moment: %s", s)
	return time.Time{}
}

// exampleRota is the example: zhang, li and wang on primary, mueller and sun on secondary, from Monday 2026-01-05 09:00.
func exampleRota(t *testing.T) oncall.Rota {
	t.Helper()
	rota, err := oncall.ParseRota(oncall.ExampleForm())
	if err != nil {
		t.Fatal(err)
	}
	return rota
}

// autumnRota is the example two weeks later: zhang stands on primary from 2026-08-17 and from 2026-09-28, then li, then wang;
// li is not away.
func autumnRota(t *testing.T) oncall.Rota {
	t.Helper()
	rota := exampleRota(t)
	rota.Rotations[0].Since = workday.MustDate("2026-01-19")
	person(&rota, "li").Away = nil
	return rota
}

// single is one rotation of a and b in a zone.
func single(zone oncall.Zone, weekday, since string, at oncall.TimeOfDay) oncall.Rota {
	return oncall.Rota{
		People: []oncall.Person{
			{ID: "a", Roles: []oncall.Role{oncall.Engineer}, Slack: "U00000A"}, {ID: "b", Roles: []oncall.Role{oncall.Engineer}, Slack: "U00000B"},
		},
		Rotations: []oncall.Rotation{{
			Name: "primary", Zone: zone, Weekday: weekday, At: at, Since: workday.MustDate(since), People: []string{"a", "b"},
		}},
	}
}

// person is how the rota's person is changed.
func person(r *oncall.Rota, id string) *oncall.Person {
	for i := range r.People {
		if r.People[i].ID == id {
			return &r.People[i]
		}
	}
	return nil
}

func override(t *testing.T, id int64, from, to, person string) oncall.Override {
	t.Helper()
	return oncall.Override{
		ID: id, Rotation: "primary", From: moment(t, from), To: moment(t, to), Person: person, Reason: "because", By: "wang",
	}
}

// wrongIn are the paths and English sentences of a refusal.
func wrongIn(t *testing.T, err error, code string) []string {
	t.Helper()
	no, ok := refusal.As(err)
	if !ok || no.Code != code || !no.Input {
		t.Fatalf("got %v, want the bad input %s", err, code)
	}
	return sentences(t, no.Fields)
}

func sentences(t *testing.T, fields []refusal.Field) []string {
	t.Helper()
	all := []string{}
	for _, f := range fields {
		if f.ZH == "" || f.EN == "" || f.Path == "" {
			t.Errorf("%+v lacks a language or its path", f)
		}
		all = append(all, f.Path+": "+f.EN)
	}
	return all
}
