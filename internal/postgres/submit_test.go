package postgres_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

func payment(id, contract, reference string) message.Act {
	return message.Act{
		ID: id, Name: message.Pay, Contract: contract, Actor: message.Actor{Who: "chen", Role: "account-manager", Way: "test"},
		Body: json.RawMessage(`{"amount": "1.00", "reference": "` + reference + `"}`),
	}
}

func submit(t *testing.T, store *postgres.Store, a message.Act) message.Act {
	t.Helper()
	stored, answer, err := store.Submit(t.Context(), a)
	if err != nil || answer != nil {
		t.Fatalf("answer %v, %v", answer, err)
	}
	return stored
}

func unanswered(t *testing.T, store *postgres.Store, number string, after int64, before time.Time) []message.Act {
	t.Helper()
	acts, err := store.Unapplied(t.Context(), number, 0, after, before, 100)
	if err != nil {
		t.Fatal(err)
	}
	return acts
}

func TestTheInboxGivesEveryActItsPlace_WithoutGapAndInOrderOfReceipt(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	const people = 30
	var everyone sync.WaitGroup
	for i := range people {
		desk := testkit.Open(t, store.Schema()) // every one a process of its own
		everyone.Go(func() {
			if _, _, err := desk.Submit(t.Context(), payment(fmt.Sprint("act-", i), number, fmt.Sprint("R", i))); err != nil {
				t.Error(err)
			}
		})
	}
	everyone.Wait()
	acts := unanswered(t, store, number, 0, time.Time{})
	if len(acts) != people {
		t.Fatalf("%d acts stored of %d", len(acts), people)
	}
	for i, a := range acts {
		if a.Seq != int64(i+1) || (i > 0 && a.ReceivedAt.Before(acts[i-1].ReceivedAt)) {
			t.Errorf("act %d has seq %d and was received at %v", i, a.Seq, a.ReceivedAt)
		}
	}
}

func TestAMomentNeverGoesBack_EvenIfTheServersClockDoes(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	ahead := time.Now().Add(time.Hour).Truncate(time.Second)
	if _, err := superuser(t, store).Exec(t.Context(), "UPDATE contract_head SET heard_at = $1", ahead); err != nil {
		t.Fatal(err)
	}
	if act := submit(t, store, payment("1", number, "R")); !act.ReceivedAt.Equal(ahead) {
		t.Errorf("received at %v, after an act of %v", act.ReceivedAt, ahead)
	}
}

func TestTheMomentOfReceiptIsTheServers_OrTheRehearsals(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	before := ask[time.Time](t, store, "SELECT clock_timestamp()")
	live := submit(t, store, payment("live", number, "R1"))
	after := ask[time.Time](t, store, "SELECT clock_timestamp()")
	if live.ReceivedAt.Before(before) || live.ReceivedAt.After(after) || live.ReceivedAt.Location() != workday.Shanghai {
		t.Errorf("received at %v, not within %v and %v", live.ReceivedAt, before, after)
	}
	given := time.Date(2025, 9, 26, 23, 59, 59, 999_999_000, workday.Shanghai)
	act := payment("rehearsed", number, "R2")
	act.ReceivedAt = given.UTC()
	if rehearsed := submit(t, store, act); rehearsed.ReceivedAt != given {
		t.Errorf("received at %v, want %v", rehearsed.ReceivedAt, given)
	}
}

func TestARepeatedIDGetsTheActAndTheFirstAnswer(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	act := payment("act-1", number, "R1")
	first := submit(t, store, act)
	said := message.Answer{Text: refusal.Text{ZH: "好", EN: "done"}}
	for range 2 {
		if stands, err := store.Answer(t.Context(), act.ID, said); err != nil || stands != said {
			t.Fatalf("answered %v (%v)", stands, err)
		}
	}
	if stands, err := store.Answer(t.Context(), act.ID, message.Answer{}); err != nil || stands != said {
		t.Errorf("a second answer replaced the first: %v (%v)", stands, err)
	}
	act.Body = json.RawMessage(`{"reference":"R1","amount":"1.00"}`) // the same content, written otherwise
	act.ReceivedAt = time.Now().Add(time.Hour)
	again, answer, err := store.Submit(t.Context(), act)
	if err != nil || answer == nil || *answer != said || again.Seq != first.Seq || again.ReceivedAt != first.ReceivedAt {
		t.Errorf("repeated: act %+v, answer %v (%v)", again, answer, err)
	}
	if again.Actor != first.Actor || again.Name != first.Name {
		t.Errorf("repeated: act %+v, was %+v", again, first)
	}
}

func TestOneIDSentFiveTimesAtOnceIsOneAct(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	var everyone sync.WaitGroup
	for range 5 {
		everyone.Go(func() {
			if act, _, err := store.Submit(t.Context(), payment("act-1", number, "R1")); err != nil || act.Seq != 1 {
				t.Errorf("stored as %d (%v)", act.Seq, err)
			}
		})
	}
	everyone.Wait()
	if next := submit(t, store, payment("act-2", number, "R2")); next.Seq != 2 {
		t.Errorf("the next act is number %d", next.Seq)
	}
}

func TestAnIDServesOneAct(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	register(t, store, "HT-OTHER")
	submit(t, store, payment("act-1", number, "R1"))
	otherName := payment("act-1", number, "R1")
	otherName.Name = message.Sign
	for _, other := range []message.Act{payment("act-1", number, "R2"), payment("act-1", "HT-OTHER", "R1"), otherName} {
		_, _, err := store.Submit(t.Context(), other)
		wantCode(t, err, "id_used_otherwise")
	}
	if n := ask[int](t, store, "SELECT count(*) FROM inbox"); n != 1 {
		t.Errorf("%d acts are stored", n)
	}
}

func TestOneIDForTwoContractsAtOnceServesOne(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	register(t, store, "HT-OTHER")
	for i := range 20 {
		errs := make([]error, 2)
		var both sync.WaitGroup
		for j, contract := range []string{number, "HT-OTHER"} {
			both.Go(func() { _, _, errs[j] = store.Submit(t.Context(), payment(strconv.Itoa(i), contract, "R")) })
		}
		both.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("both or none were stored: %v", errs)
		}
		for _, err := range errs {
			if err != nil {
				wantCode(t, err, "id_used_otherwise")
			}
		}
	}
	if gaps := ask[int](t, store, "SELECT count(*) FROM contract_head h WHERE acts <> (SELECT count(*) FROM inbox i WHERE i.contract = h.contract)"); gaps != 0 {
		t.Error("a refused act left a gap")
	}
}

func TestAnActThatCannotBeKeptLeavesNothing(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	for body, code := range map[string]string{
		`{"reference":`:            "unreadable_act",
		`{"reference":"\u0000"}`:   "unreadable_act",
		"{\"reference\":\"\xff\"}": "unreadable_act",
		`{"reference":"\ud800"}`:   "unreadable_act",

		`"` + strings.Repeat("a", 64<<10-1) + `"`: "act_too_large",
	} {
		act := payment("act-1", number, "R1")
		act.Body = json.RawMessage(body)
		_, _, err := store.Submit(t.Context(), act)
		wantCode(t, err, code)
	}
	_, _, err := store.Submit(t.Context(), payment("act-1", "HT-UNKNOWN", "R1"))
	wantCode(t, err, "unknown_contract")
	if n := ask[int](t, store, "SELECT count(*) FROM inbox"); n != 0 {
		t.Errorf("%d acts are stored", n)
	}
	largest := payment("act-0", number, "")
	largest.Body = json.RawMessage(`"` + strings.Repeat("a", 64<<10-2) + `"`)
	if act := submit(t, store, largest); act.Seq != 1 {
		t.Errorf("the largest act is %+v", act.Seq)
	}
	empty := payment("act-1", number, "")
	empty.Body = nil
	if act := submit(t, store, empty); act.Seq != 2 || string(act.Body) != "null" {
		t.Errorf("an act without a body is %+v", act)
	}
}
