package postgres_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

func TestWhatMustBeAppliedIsAfterOneActAndBeforeAMoment_AndWasNotRefused(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	register(t, store, "HT-OTHER")
	due := workday.MustDate("2025-10-10").End()
	for i, at := range []time.Time{due.Add(-time.Hour), due.Add(-time.Microsecond), due, due.Add(time.Hour)} {
		act := payment(strconv.Itoa(i+1), number, "R")
		act.ReceivedAt = at
		submit(t, store, act)
	}
	submit(t, store, payment("other", "HT-OTHER", "R"))
	for id, said := range map[string]message.Answer{"4": {Refusal: refusal.Rule("no", "", "不", "no")}, "2": {}} {
		if _, err := store.Answer(t.Context(), id, said); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		after  int64
		before time.Time
		want   string
	}{
		{0, time.Time{}, "[1 2 3]"},
		{0, due, "[1 2]"},
		{0, due.Add(time.Microsecond), "[1 2 3]"},
		{1, due, "[2]"},
		{2, due, "[]"},
		{3, time.Time{}, "[]"},
	} {
		ids := []string{}
		for _, act := range unanswered(t, store, number, tt.after, tt.before) {
			ids = append(ids, act.ID)
		}
		if got := fmt.Sprint(ids); got != tt.want {
			t.Errorf("after %d before %v: %s, want %s", tt.after, tt.before, got, tt.want)
		}
	}
}

// A lapse must not overtake an acceptance that has its moment but is not committed yet.
func TestUnansweredWaitsForAnActThatIsJustBeingStored(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	tx, err := superuser(t, store).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `
		UPDATE contract_head SET acts = 1, heard_at = clock_timestamp();
		INSERT INTO inbox (received_at, id, stored_at, contract, seq, name, actor_who, actor_role, actor_way, body)
		SELECT heard_at, 'slow', heard_at, contract, 1, 'pay', 'chen', '', 'test', '{}' FROM contract_head`,
	); err != nil {
		t.Fatal(err)
	}
	seen := make(chan int)
	go func() {
		acts, err := store.Unapplied(t.Context(), number, 0, 0, time.Now().Add(time.Minute), 100)
		if err != nil {
			t.Error(err)
		}
		seen <- len(acts)
	}()
	until(t, store, "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid)))", tx.Conn().PgConn().PID())
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := <-seen; n != 1 {
		t.Errorf("%d acts were seen", n)
	}
}

func TestOverdueTakesTheContractsInTurn_EachInItsOrder(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	register(t, store, "HT-OTHER")
	for _, id := range []string{"a1", "a2", "a3"} {
		submit(t, store, payment(id, number, "R"))
	}
	for _, id := range []string{"b1", "b2"} {
		submit(t, store, payment(id, "HT-OTHER", "R"))
	}
	if _, err := store.Answer(t.Context(), "a1", message.Answer{}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		age   time.Duration
		limit int
		want  string
	}{
		{0, 10, "[a2 b1 a3 b2]"},
		{0, 3, "[a2 b1 a3]"},
		{time.Hour, 10, "[]"},
	} {
		acts, err := store.Overdue(t.Context(), tt.age, tt.limit)
		ids := []string{}
		for _, act := range acts {
			ids = append(ids, act.ID)
		}
		if got := fmt.Sprint(ids); err != nil || got != tt.want {
			t.Errorf("%v, %d: %s, want %s (%v)", tt.age, tt.limit, got, tt.want, err)
		}
	}
}

func TestAnActWithoutAnAnswerHasNone(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	submit(t, store, payment("act-1", number, "R1"))
	for _, id := range []string{"act-1", "nobody"} {
		if answer, err := store.Answered(t.Context(), id); err == nil {
			t.Errorf("%s was answered %v", id, answer)
		}
	}
	if _, err := store.Answer(t.Context(), "nobody", message.Answer{}); err == nil {
		t.Error("an unknown act was answered")
	}
}

func TestAnAnswerKeepsItsRefusalWhole(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	submit(t, store, payment("act-1", number, "R1"))
	no := refusal.BadInput("bad", "不行", "no", refusal.Wrong("a.b", "错", "wrong"))
	if _, err := store.Answer(t.Context(), "act-1", message.Answer{Text: no.Text, Refusal: no}); err != nil {
		t.Fatal(err)
	}
	got, err := store.Answered(t.Context(), "act-1")
	if err != nil || got.Refusal == nil || got.Refusal.Sentence("zh") != no.Sentence("zh") || !got.Refusal.Input || got.Text != no.Text {
		t.Errorf("answered %+v (%v)", got, err)
	}
}
