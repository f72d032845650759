package paging_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"lvyue/internal/paging"
)

// overdue is a table of late steps.
type overdue struct {
	late []paging.Late
	err  error
}

func (o overdue) Late(context.Context, time.Time) ([]paging.Late, error) { return o.late, o.err }

// §4.2: a step that is late by more than a minute is paged past the workflows, once, to whom it concerns; the watchdog beats.
func TestWatchdog_PagesOnceForEachLateStep(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	beats := 0
	at := func(seconds int) time.Time { return reported.Add(time.Duration(seconds) * time.Second) }
	dog := paging.Watchdog{
		Overdue: overdue{late: []paging.Late{
			{Contract: "HT-1", Fault: 1, Step: "rung-15", DueAt: at(-61), To: []string{"zhang", "li"}},
			{Contract: "HT-1", Fault: 2, Step: "deadline", DueAt: at(-61)},
			{Contract: "HT-1", Fault: 3, Step: "rung-5", DueAt: at(-60), To: []string{"wang"}},
		}},
		Store: d.store, People: rota{}, Beat: func(context.Context) error { beats++; return nil },
	}
	for range 3 {
		if err := dog.Look(t.Context(), reported); err != nil {
			t.Fatal(err)
		}
		d.run(int(d.now.Sub(reported).Seconds()) + 5)
	}
	rooms := make([]string, 0)
	for _, l := range d.slack.took {
		rooms = append(rooms, l.Room)
	}
	slices.Sort(rooms)
	if !slices.Equal(rooms, []string{"U-lead", "U-li", "U-zhang"}) || beats != 3 {
		t.Errorf("paged %v, %d beats", rooms, beats)
	}
}

// §4.2: a watchdog that cannot look does not say that all is well.
func TestWatchdog_IsSilentWhenItCannotLook(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	beat := func(context.Context) error { t.Error("it beats"); return nil }
	blind := paging.Watchdog{Overdue: overdue{err: errTorn}, Store: d.store, People: rota{}, Beat: beat}
	dumb := paging.Watchdog{
		Overdue: overdue{late: []paging.Late{{Contract: "HT-1", Fault: 1, Step: "s", DueAt: reported.Add(-time.Hour), To: []string{""}}}},
		Store:   d.store, People: rota{}, Beat: beat,
	}
	if err := blind.Look(t.Context(), reported); !errors.Is(err, errTorn) {
		t.Errorf("got %v", err)
	}
	if err := dumb.Look(t.Context(), reported); err == nil {
		t.Error("a page that cannot be written is no error")
	}
}
