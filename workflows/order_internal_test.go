package workflows

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lvyue/internal/message"
)

func TestInOrder_AtOneInstantTheTimetableStands(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	all := inOrder(
		[]moment{{at: noon, what: "the year ends"}},
		nil,
		[]moment{{at: noon.Add(time.Second), what: "later"}, {at: noon, what: "a duty is late"}},
		[]moment{{at: noon.Add(-time.Second), what: "earlier"}, {at: noon, what: "a reminder"}},
	)
	var got []string
	for _, m := range all {
		got = append(got, m.what)
	}
	if want := []string{"earlier", "the year ends", "a duty is late", "a reminder", "later"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestArrivals_ActsStandInTheOrderOfTheInboxHoweverTheyCome(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var a arrivals
		came := rapid.SliceOfN(rapid.Int64Range(1, 20), 1, 40).Draw(t, "seqs")
		for _, seq := range came {
			first := a.put(message.Act{Seq: seq})
			if again := a.put(message.Act{Seq: seq}); again != first {
				t.Fatalf("act %d stands twice", seq)
			}
		}
		var got []int64
		for _, act := range a.acts {
			got = append(got, act.Seq)
		}
		slices.Sort(came)
		if want := slices.Compact(came); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestArrivals_TheEarliestComesFirstAndASignalBeforeAnActOfItsInstant(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		signal, act time.Duration
		first       string
	}{
		{0, time.Nanosecond, "signal"},
		{0, 0, "signal"},
		{time.Nanosecond, 0, "act"},
	} {
		a := arrivals{signals: []arrival{{at: noon.Add(tt.signal), key: "signal"}}}
		a.put(message.Act{Seq: 1, ReceivedAt: noon.Add(tt.act)})
		first, found := a.first()
		if got := map[bool]string{true: "act", false: "signal"}[first.act != nil]; !found || got != tt.first {
			t.Errorf("with the signal at +%s and the act at +%s, the %s is first, want the %s", tt.signal, tt.act, got, tt.first)
		}
	}
	var none arrivals
	if _, found := none.first(); found {
		t.Error("nothing came, and something is first")
	}
}
