package postgres_test

import (
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/backup"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

var backedUp = time.Date(2026, time.March, 2, 1, 0, 0, 0, workday.Shanghai)

// copyOf is a copy of the day that is n days after the first.
func copyOf(contract string, n int) backup.Copy {
	at := backedUp.AddDate(0, 0, n)
	return backup.Copy{
		Contract: contract, Day: workday.Of(at), TakenAt: at, VerifiedAt: at.Add(time.Minute), Bytes: 1 << 40, Objects: 3,
		SHA256: strings.Repeat("0a", 32), Key: "age1qqq",
	}
}

// backing registers contracts in a phase, with a deployment of which an address is known.
func backing(t *testing.T, store *postgres.Store, phase message.Phase, numbers ...string) {
	t.Helper()
	for _, number := range numbers {
		register(t, store, number)
		record(t, store, message.Record{Contract: number, Events: []message.Event{
			{Key: "c", What: "phase", Changed: message.Changed{Contract: &message.ContractRow{
				Number: number, Phase: phase, Start: workday.Of(backedUp),
			}}},
			{Key: "d", At: backedUp, What: "deployed", Detail: message.Report{
				Resources: []hosting.Resource{{Kind: hosting.EIP, ID: "eip-1", Address: "203.0.113.7"}},
			}},
		}})
	}
}

// §3.9: the age of the newest good copy is visible; one that is damaged or forgotten is none.
func TestOffsite_TheNewestGoodCopyIsVisible(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	backing(t, store, message.InService, "A")
	want := func(newest *backup.Copy, count int) {
		t.Helper()
		got, err := store.OffsiteStanding(t.Context(), "A")
		must(t, err)
		wanted := backup.Standing{
			Contract: "A", Phase: message.InService, Since: workday.Of(backedUp).Start(), Newest: newest, Copies: count, Door: "203.0.113.7",
		}
		if !reflect.DeepEqual(got, wanted) {
			t.Errorf("got %+v\nwant %+v", got, wanted)
		}
	}
	want(nil, 0)
	first, second := copyOf("A", 0), copyOf("A", 1)
	for _, c := range []backup.Copy{second, first} {
		must(t, store.KeepOffsiteCopy(t.Context(), c))
	}
	want(&second, 2)
	for range 2 {
		must(t, store.EndOffsiteCopy(t.Context(), "A", second.Day, backup.Damaged, backedUp))
	}
	want(&first, 1)
	copies, err := store.OffsiteCopies(t.Context(), "A")
	if err != nil || !reflect.DeepEqual(copies, []backup.Copy{first}) {
		t.Errorf("the copies are %v, %v", copies, err)
	}
	must(t, store.EndOffsiteCopies(t.Context(), "A", backedUp))
	want(nil, 0)
	_, err = store.OffsiteStanding(t.Context(), "B")
	wantCode(t, err, "unknown_contract")
}

// §3.9: a copy a day, however many tell of it at the same time.
func TestOffsite_ACopyADayAlsoIfToldAtTheSameTime(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	backing(t, store, message.InService, "A")
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if err := store.KeepOffsiteCopy(t.Context(), copyOf("A", 0)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := ask[int](t, store, "SELECT count(*) FROM offsite_copy"); n != 1 {
		t.Errorf("%d copies of a day", n)
	}
}

// §3.9: contracts are told of page by page: those in service, and others only while they have a copy.
func TestOffsite_PagesOverThoseInServiceAndThoseWithACopy(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	backing(t, store, message.InService, "A", "B", "D")
	backing(t, store, message.Ended, "C", "E")
	must(t, store.KeepOffsiteCopy(t.Context(), copyOf("C", 0)))
	var got []string
	for after := ""; ; {
		page, err := store.OffsiteStandings(t.Context(), after, 2)
		must(t, err)
		if len(page) == 0 {
			break
		}
		for _, s := range page {
			got = append(got, s.Contract)
		}
		after = got[len(got)-1]
		got = append(got, "|")
	}
	if text := strings.Join(got, " "); text != "A B | C D |" {
		t.Errorf("got %s", text)
	}
}

// §3.9: a drill is kept once, a gap once for each newest copy.
func TestOffsite_DrillsAndGapsAreKept(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	backing(t, store, message.InService, "A")
	must(t, store.KeepOffsiteCopy(t.Context(), copyOf("A", 0)))
	drill := backup.Drill{
		Contract: "A", Day: workday.Of(backedUp), At: backedUp.Add(time.Hour), Into: "drill.example.com", Rows: 9, Files: 4,
		Differences: []backup.Difference{{What: "files", Want: "a", Got: "b"}},
	}
	for range 2 {
		must(t, store.KeepOffsiteDrill(t.Context(), drill))
	}
	got, err := store.OffsiteStanding(t.Context(), "A")
	if err != nil || !reflect.DeepEqual(*got.Drilled, drill) {
		t.Errorf("the drill is %+v, %v", got.Drilled, err)
	}
	gap := backup.Gap{Contract: "A", Newest: workday.Of(backedUp), Since: backedUp}
	for _, want := range []bool{true, false} {
		if isNew, err := store.KeepOffsiteGap(t.Context(), gap, backedUp.Add(27*time.Hour)); err != nil || isNew != want {
			t.Errorf("new %v, %v", isNew, err)
		}
	}
	must(t, store.NoteOffsiteReading(t.Context(), "A", workday.Of(backedUp), "chen", "/tmp/x"))
	if by := ask[string](t, store, "SELECT read_by FROM offsite_reading"); by != "chen" {
		t.Errorf("read by %s", by)
	}
}

// §3.9 §7.1: what is written of copies stands, for every role.
func TestOffsite_IsAppendOnly(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	backing(t, store, message.InService, "A")
	for _, table := range []string{"offsite_copy", "offsite_copy_end", "offsite_drill", "offsite_gap", "offsite_reading"} {
		for _, statement := range []string{
			"UPDATE " + table + " SET contract = contract", "DELETE FROM " + table, "TRUNCATE " + table + " CASCADE",
		} {
			wantAppendOnly(t, asSuperuser(t, store, statement), statement)
			if err := asSuperuser(t, store, "SET SESSION AUTHORIZATION lvyue_app;"+statement); err == nil {
				t.Errorf("the product may: %s", statement)
			}
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
