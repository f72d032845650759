package postgres_test

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/oncall"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// rotaOf is the example with nobody away.
func rotaOf(t *testing.T) oncall.Rota {
	t.Helper()
	rota, err := oncall.ParseRota(oncall.ExampleForm())
	must(t, err)
	for i := range rota.People {
		rota.People[i].Away = nil
	}
	return rota
}

// rotating is a store with the example.
func rotating(t *testing.T) *postgres.Store {
	t.Helper()
	store := testkit.Postgres(t)
	_, _, err := store.SetRota(t.Context(), rotaOf(t), "chen")
	must(t, err)
	return store
}

func rotaIn(t *testing.T, store *postgres.Store) oncall.Rota {
	t.Helper()
	rota, err := store.Rota(t.Context())
	must(t, err)
	return rota
}

// soon is an hour of tomorrow.
func soon(hour int) time.Time {
	return workday.Of(time.Now()).AddDays(1).Start().Add(time.Duration(hour) * time.Hour)
}

func overrideFor(person string, from, to int) oncall.Override {
	return oncall.Override{Rotation: "primary", From: soon(from), To: soon(to), Person: person, Reason: "doctor", By: "chen"}
}

// §4.1: the rota comes back as it was set, with who set it; the same again is no new version.
func TestRota_ComesBackAsItWasSet(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	_, err := store.Rota(t.Context())
	wantCode(t, err, "no_rota")
	_, err = store.Override(t.Context(), overrideFor("li", 1, 2))
	wantCode(t, err, "no_rota")
	want := rotaOf(t)
	for _, fresh := range []bool{true, false} {
		if got, set, err := store.SetRota(t.Context(), want, " chen "); err != nil || got != 1 || set != fresh {
			t.Fatalf("version %d, set %v, %v", got, set, err)
		}
	}
	got := rotaIn(t, store)
	if got.SetBy != "chen" || time.Since(got.SetAt) > time.Minute || got.Version != 1 {
		t.Errorf("set by %s at %s, version %d", got.SetBy, got.SetAt, got.Version)
	}
	got.Version, got.SetBy, got.SetAt, got.Overrides = 0, "", time.Time{}, nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	want.Rotations[0].People = []string{"li"}
	if version, set, err := store.SetRota(t.Context(), want, "li"); err != nil || version != 2 || !set {
		t.Errorf("version %d, %v", version, err)
	}
	want.Policy.AfterMajeure = oncall.Fresh // §3.12: a policy alone makes a version
	if version, set, err := store.SetRota(t.Context(), want, "li"); err != nil || version != 3 || !set || rotaIn(t, store).Policy != want.Policy {
		t.Errorf("version %d, set %v, %+v, %v", version, set, rotaIn(t, store).Policy, err)
	}
}

func TestSetRota_RefusesOneThatIsWrong_Whole(t *testing.T) {
	t.Parallel()
	store := rotating(t)
	bad := rotaOf(t)
	bad.Rotations[0].People, bad.Ladder.Again.EveryMinutes = []string{"gao"}, 0
	_, _, err := store.SetRota(t.Context(), bad, "chen")
	if no, ok := refusal.As(err); !ok || no.Code != "bad_form" || len(no.Fields) != 2 {
		t.Errorf("got %v", err)
	}
	if _, _, err := store.SetRota(t.Context(), rotaOf(t), "chen"); err != nil {
		t.Error(err)
	}
	if version := rotaIn(t, store).Version; version != 1 {
		t.Errorf("there is version %d", version)
	}
}

// §4.1: of two overrides of one instant the one entered later wins; cancelled, it leaves the one before.
func TestOverride_TheLaterEnteredWins_UntilItIsCancelled(t *testing.T) {
	t.Parallel()
	store := rotating(t)
	first, err := store.Override(t.Context(), overrideFor("li", 8, 20))
	must(t, err)
	second, err := store.Override(t.Context(), overrideFor("", 10, 12))
	must(t, err)
	if second.ID <= first.ID || first.At.IsZero() {
		t.Errorf("entered %+v, then %+v", first, second)
	}
	want := func(at int, person string, id int64) {
		t.Helper()
		if s := rotaIn(t, store).OnCall("primary", soon(at)); s.Person != person || s.Override != id {
			t.Errorf("at %d: %+v, want %s by %d", at, s, person, id)
		}
	}
	want(8, "li", first.ID)
	want(10, "", second.ID)
	want(12, "li", first.ID)
	must(t, store.CancelOverride(t.Context(), second.ID, "came in", "chen"))
	want(10, "li", first.ID)
	for _, id := range []int64{second.ID, 99} {
		wantCode(t, store.CancelOverride(t.Context(), id, "again", "chen"), "unknown_override")
	}
	if n := ask[int](t, store, "SELECT count(*) FROM rota_override"); n != 2 {
		t.Errorf("%d overrides are kept", n)
	}
}

// §4.1: a swap is both overrides or none, and is cancelled with both.
func TestSwap_WholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	store := rotating(t)
	rota := rotaIn(t, store)
	turns := rota.Shifts("primary", time.Now(), time.Now().AddDate(0, 0, 28))[1:3]
	swap := oncall.Swap{
		Rotation: "primary", Of: turns[0].Person, With: turns[1].Person, Week: workday.Of(turns[0].From), For: workday.Of(turns[1].From), By: "chen",
	}
	wrong := swap
	wrong.With = "mueller"
	_, err := store.Swap(t.Context(), wrong)
	wantCode(t, err, "bad_swap")
	if n := ask[int](t, store, "SELECT count(*) FROM rota_entry"); n != 0 {
		t.Errorf("%d entries of a swap that was refused", n)
	}
	both, err := store.Swap(t.Context(), swap)
	must(t, err)
	standing := func() string {
		rota := rotaIn(t, store)
		return rota.OnCall("primary", turns[0].From).Person + " " + rota.OnCall("primary", turns[1].From).Person
	}
	if got := standing(); got != swap.With+" "+swap.Of || both[0].ID != both[1].ID || len(both) != 2 {
		t.Errorf("swapped: %s, %+v", got, both)
	}
	must(t, store.CancelOverride(t.Context(), both[0].ID, "not needed", "chen"))
	if got := standing(); got != swap.Of+" "+swap.With {
		t.Errorf("cancelled: %s", got)
	}
	for _, half := range []string{
		"INSERT INTO rota_entry (parts, reason, entered_by) VALUES (2, 'x', 'x')",
		"WITH e AS (INSERT INTO rota_entry (parts, reason, entered_by) VALUES (2, 'x', 'x') RETURNING id) INSERT INTO rota_override SELECT id, 1, 'primary', now(), now() + interval '1 h', 'li' FROM e",
		fmt.Sprintf("INSERT INTO rota_override VALUES (%d, 3, 'primary', now(), now() + interval '1 h', 'li')", both[0].ID),
	} {
		if err := asSuperuser(t, store, half); err == nil || !strings.Contains(err.Error(), "is not whole") {
			t.Errorf("%s: %v", half, err)
		}
	}
}

// §4.1: who was on call is told by what was known then.
func TestRotaAt_KnowsWhatWasKnownThen(t *testing.T) {
	t.Parallel()
	store := rotating(t)
	set := rotaIn(t, store).SetAt
	o, err := store.Override(t.Context(), overrideFor("li", 8, 20))
	must(t, err)
	must(t, store.CancelOverride(t.Context(), o.ID, "not needed", "chen"))
	cancelled := ask[time.Time](t, store, "SELECT cancelled_at FROM rota_cancellation")
	next := rotaOf(t)
	next.Rotations[0].People = []string{"wang"}
	_, _, err = store.SetRota(t.Context(), next, "chen")
	must(t, err)
	last := rotaIn(t, store).SetAt
	for name, tt := range map[string]struct {
		at        time.Time
		version   int64
		overrides int
	}{
		"as it was set":         {set, 1, 0},
		"a tick before entry":   {o.At.Add(-time.Microsecond), 1, 0},
		"as it was entered":     {o.At, 1, 1},
		"a tick before the end": {cancelled.Add(-time.Microsecond), 1, 1},
		"as it was cancelled":   {cancelled, 1, 0},
		"a tick before version": {last.Add(-time.Microsecond), 1, 0},
		"the next version":      {last, 2, 0},
		"the years to come":     {last.AddDate(3, 0, 0), 2, 0},
	} {
		rota, err := store.RotaAt(t.Context(), tt.at)
		if err != nil || rota.Version != tt.version || len(rota.Overrides) != tt.overrides {
			t.Errorf("%s: version %d, %v, %v", name, rota.Version, rota.Overrides, err)
		}
	}
	_, err = store.RotaAt(t.Context(), set.Add(-time.Microsecond))
	wantCode(t, err, "no_rota")
}

func TestTheRotaIsAppendOnly_ForEveryRole(t *testing.T) {
	t.Parallel()
	store := rotating(t)
	o, err := store.Override(t.Context(), overrideFor("li", 8, 20))
	must(t, err)
	must(t, store.CancelOverride(t.Context(), o.ID, "not needed", "chen"))
	for table, column := range map[string]string{
		"rota_version": "set_by", "rota_entry": "reason", "rota_override": "person", "rota_cancellation": "reason",
	} {
		for _, statement := range []string{"UPDATE " + table + " SET " + column + " = 'x'", "DELETE FROM " + table, "TRUNCATE " + table + " CASCADE"} {
			wantAppendOnly(t, asSuperuser(t, store, statement), statement)
			if err := asSuperuser(t, store, "SET SESSION AUTHORIZATION lvyue_app;"+statement); err == nil {
				t.Errorf("the product may: %s", statement)
			}
		}
	}
	for _, forged := range []string{
		"INSERT INTO rota_version (rota, set_by, set_at) VALUES ('{}', 'x', '2020-01-01Z')",
		"INSERT INTO rota_cancellation (entry, reason, cancelled_by, cancelled_at) VALUES (1, 'x', 'x', '2020-01-01Z')",
	} {
		if err := asSuperuser(t, store, "SET SESSION AUTHORIZATION lvyue_app;"+forged); err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %v", forged, err)
		}
	}
}

// §4.1: people who enter overrides at once do so one after the other, and all are kept.
func TestOverride_ManyAtOnceAreKeptInOrder(t *testing.T) {
	t.Parallel()
	store := rotating(t)
	const many = 8
	var people sync.WaitGroup
	for range many {
		people.Go(func() {
			if _, err := store.Override(t.Context(), overrideFor("li", 8, 20)); err != nil {
				t.Error(err)
			}
		})
	}
	people.Wait()
	all := rotaIn(t, store).Overrides
	if len(all) != many {
		t.Errorf("%d are kept", len(all))
	}
	for i := 1; i < len(all); i++ {
		if all[i].ID <= all[i-1].ID || all[i].At.Before(all[i-1].At) {
			t.Errorf("%+v comes after %+v", all[i], all[i-1])
		}
	}
}
