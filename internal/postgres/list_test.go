package postgres_test

import (
	"fmt"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// portfolio is a store with one contract per line: its phase, and its duties as "id status due-day".
func portfolio(t *testing.T) *postgres.Store {
	t.Helper()
	store := testkit.Postgres(t)
	at := time.Date(2025, 10, 1, 9, 0, 0, 0, workday.Shanghai)
	for number, c := range map[string]struct {
		phase  message.Phase
		duties []message.Obligation
	}{
		"A-QUIET":  {message.InService, nil},
		"B-SOON":   {message.AwaitingPayment, []message.Obligation{due("late-one", message.Pending, "2025-12-31"), due("soon", message.Pending, "2025-10-10")}},
		"C-PAST":   {message.InService, []message.Obligation{due("past", message.Overdue, "2025-09-01"), due("done", message.Met, "2025-01-01")}},
		"D-FROZEN": {message.InService, []message.Obligation{due("disputed", message.Frozen, "2025-10-02")}},
		"E-MIXED":  {message.Ended, []message.Obligation{due("disputed", message.Frozen, "2025-10-02"), due("undated", message.Pending, "")}},
		"F-GONE":   {message.Destroyed, nil},
	} {
		register(t, store, number)
		r := message.Record{Contract: number, Events: []message.Event{
			{Key: "c", At: at, What: "phase", Changed: message.Changed{Contract: &message.ContractRow{Number: number, Phase: c.phase}}},
		}}
		for _, o := range c.duties {
			o.OpenedAt = at
			r.Events = append(r.Events, message.Event{Key: o.ID, At: at, What: "opened", Changed: message.Changed{Obligation: &o}})
		}
		record(t, store, r)
	}
	register(t, store, "G-FORM-ONLY")
	return store
}

func due(id string, status message.Status, on string) message.Obligation {
	o := message.Obligation{ID: id, OwedBy: message.Provider, Status: status}
	if on != "" {
		o.DueOn = workday.MustDate(on)
		o.DueAt = o.DueOn.End()
	}
	return o
}

func TestListShowsTheMostUrgentFirst_AndKeepsToTheFilter(t *testing.T) {
	t.Parallel()
	store := portfolio(t)
	days := func(n int) *int { return &n }
	today := workday.MustDate("2025-10-01")
	for _, tt := range []struct {
		filter postgres.Filter
		want   string
	}{
		{postgres.Filter{}, "[C-PAST:past D-FROZEN:disputed B-SOON:soon A-QUIET E-MIXED:undated F-GONE]"},
		{postgres.Filter{Phase: message.InService}, "[C-PAST:past D-FROZEN:disputed A-QUIET]"},
		{postgres.Filter{Phase: message.Signing}, "[]"},
		{postgres.Filter{DueWithin: days(8), Today: today}, "[C-PAST:past]"},
		{postgres.Filter{DueWithin: days(9), Today: today}, "[C-PAST:past B-SOON:soon]"},
		{postgres.Filter{DueWithin: days(0), Today: today}, "[C-PAST:past]"},
		{postgres.Filter{DueWithin: days(9), Today: today, Phase: message.AwaitingPayment}, "[B-SOON:soon]"},
	} {
		lines, err := store.List(t.Context(), tt.filter)
		got := []string{}
		for _, l := range lines {
			text := l.Number
			if l.NextDuty != nil {
				text += ":" + l.NextDuty.ID
			}
			got = append(got, text)
		}
		if err != nil || fmt.Sprint(got) != tt.want {
			t.Errorf("%+v: %v, want %s (%v)", tt.filter, got, tt.want, err)
		}
	}
}

func TestLiveLeavesOutOnlyWhatIsDestroyed_7_2(t *testing.T) {
	t.Parallel()
	live, err := portfolio(t).Live(t.Context())
	if want := "[A-QUIET B-SOON C-PAST D-FROZEN E-MIXED G-FORM-ONLY]"; err != nil || fmt.Sprint(live) != want {
		t.Errorf("%v, want %s (%v)", live, want, err)
	}
}
