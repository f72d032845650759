package oncall_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"lvyue/internal/oncall"
	"lvyue/internal/workday"
)

// §4.1: at any instant there is exactly one shift of a rotation, and so at most one person; shifts tile time without a hole or
// an overlap, whatever overrides, absences and zones there are.
func TestShifts_TileTime(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		dice := rand.New(rand.NewPCG(seed, 1))
		rota := randomRota(dice)
		from := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC).Add(below(dice, 300*24*time.Hour))
		to := from.Add(below(dice, 60*24*time.Hour))
		shifts := rota.Shifts("primary", from, to)
		for i, s := range shifts {
			if i > 0 && !s.From.Equal(shifts[i-1].To) || !s.To.After(s.From) {
				t.Fatalf("seed %d: %+v after %+v", seed, s, shifts[max(i-1, 0)])
			}
			holdsThroughout(t, rota, s, dice)
		}
		if len(shifts) > 0 && (shifts[0].From.After(from) || shifts[len(shifts)-1].To.Before(to)) {
			t.Fatalf("seed %d: %v to %v is not covered by %+v", seed, from, to, shifts)
		}
	}
}

// holdsThroughout asks at both ends and between them: it is always the same shift. Who stands in it is the person of the
// last override that holds, as found in the plainest way.
func holdsThroughout(t *testing.T, rota oncall.Rota, s oncall.Shift, dice *rand.Rand) {
	t.Helper()
	first := s.From
	if first.IsZero() {
		first = s.To.Add(-week)
	}
	for _, at := range []time.Time{first, s.To.Add(-tick), first.Add(below(dice, s.To.Sub(first)))} {
		if got := rota.OnCall("primary", at); !same(got, s) {
			t.Fatalf("at %s: %+v, want %+v", at, got, s)
		}
		var last oncall.Override
		for _, o := range rota.Overrides {
			if o.ID > last.ID && !at.Before(o.From) && at.Before(o.To) {
				last = o
			}
		}
		if s.Override != last.ID || last.ID > 0 && s.Person != last.Person {
			t.Fatalf("at %s: %+v, want the override %+v", at, s, last)
		}
	}
}

func randomRota(dice *rand.Rand) oncall.Rota {
	zones := []oncall.Zone{"", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham"}
	rota := single(zones[dice.IntN(len(zones))], "monday", "2026-03-02", oncall.TimeOfDay(dice.IntN(24*60)))
	rota.Rotations[0].Since = rota.Rotations[0].Since.AddDays(dice.IntN(7))
	people := []string{"a", "b", ""}
	for i := range rota.People {
		for range dice.IntN(3) {
			first := workday.MustDate("2026-01-01").AddDays(dice.IntN(365))
			rota.People[i].Away = append(rota.People[i].Away, oncall.Away{First: first, Last: first.AddDays(dice.IntN(20))})
		}
		rota.People[i].Zone = zones[dice.IntN(len(zones))]
	}
	for id := range int64(dice.IntN(12)) {
		from := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC).Add(below(dice, 365*24*time.Hour)).Truncate(time.Hour)
		rota.Overrides = append(rota.Overrides, oncall.Override{
			ID: id + 1, Rotation: "primary", From: from, To: from.Add(time.Hour + below(dice, 20*24*time.Hour).Truncate(time.Hour)), Person: people[dice.IntN(3)],
		})
	}
	dice.Shuffle(len(rota.Overrides), func(i, j int) { rota.Overrides[i], rota.Overrides[j] = rota.Overrides[j], rota.Overrides[i] })
	return rota
}

func below(dice *rand.Rand, most time.Duration) time.Duration {
	return time.Duration(dice.Int64N(int64(most)))
}

func same(a, b oncall.Shift) bool {
	return a.From.Equal(b.From) && a.To.Equal(b.To) && a.Person == b.Person && a.Override == b.Override && a.Why == b.Why
}
