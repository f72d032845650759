package postgres_test

import (
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/testkit"
)

// example is the form of the first contract.
func example(t *testing.T) contract.Form {
	t.Helper()
	data, err := os.ReadFile("../../examples/first-contract/first-contract.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f, err := contract.ParseForm(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// registered is a store that knows the example's form.
func registered(t *testing.T) (*postgres.Store, string) {
	t.Helper()
	store, form := testkit.Postgres(t), example(t)
	if err := store.RegisterForm(t.Context(), form); err != nil {
		t.Fatal(err)
	}
	return store, form.Number
}

func payment(id, contract, reference string) message.Act {
	body, _ := json.Marshal(message.Payment{Reference: reference})
	return message.Act{ID: id, Name: message.Pay, Contract: contract, Actor: message.Actor{Who: "chen", Way: "test"}, Body: body}
}

func TestTheInboxGivesEveryActItsPlace_WithoutGapAndInOrderOfReceipt(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	const people = 30
	var everyone sync.WaitGroup
	for i := range people {
		everyone.Go(func() {
			if _, _, err := store.Submit(t.Context(), payment(fmt.Sprint("act-", i), number, fmt.Sprint("R", i))); err != nil {
				t.Error(err)
			}
		})
	}
	everyone.Wait()
	acts, err := store.Unanswered(t.Context(), number, 0, time.Time{})
	if err != nil || len(acts) != people {
		t.Fatalf("%d acts stored of %d (%v)", len(acts), people, err)
	}
	for i, a := range acts {
		if a.Seq != int64(i+1) || (i > 0 && a.ReceivedAt.Before(acts[i-1].ReceivedAt)) {
			t.Errorf("act %d has seq %d and was received at %v", i, a.Seq, a.ReceivedAt)
		}
	}
}

func TestARepeatedIDGetsTheFirstAnswer(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	act := payment("act-1", number, "R1")
	first, answer, err := store.Submit(t.Context(), act)
	if err != nil || answer != nil {
		t.Fatalf("a new act has answer %v (%v)", answer, err)
	}
	said := message.Answer{Text: refusal.Text{ZH: "好", EN: "done"}}
	if stands, err := store.Answer(t.Context(), act.ID, said); err != nil || stands != said {
		t.Fatalf("answered %v (%v)", stands, err)
	}
	if stands, err := store.Answer(t.Context(), act.ID, message.Answer{}); err != nil || stands != said {
		t.Errorf("a second answer replaced the first: %v (%v)", stands, err)
	}
	again, answer, err := store.Submit(t.Context(), act)
	if err != nil || answer == nil || *answer != said || again.Seq != first.Seq || !again.ReceivedAt.Equal(first.ReceivedAt) {
		t.Errorf("repeated: act %+v, answer %v (%v)", again, answer, err)
	}
}

func TestAnIDServesOneAct(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	if _, _, err := store.Submit(t.Context(), payment("act-1", number, "R1")); err != nil {
		t.Fatal(err)
	}
	_, _, err := store.Submit(t.Context(), payment("act-1", number, "R2"))
	if r, ok := refusal.As(err); !ok || r.Code != "id_used_otherwise" {
		t.Errorf("another act under the same id: %v", err)
	}
}

func TestAnActOnAnUnknownContractLeavesNothing(t *testing.T) {
	t.Parallel()
	store, _ := registered(t)
	_, _, err := store.Submit(t.Context(), payment("act-1", "HT-UNKNOWN", "R1"))
	if r, ok := refusal.As(err); !ok || r.Code != "unknown_contract" {
		t.Errorf("refused with %v", err)
	}
	acts, err := store.Unanswered(t.Context(), "HT-UNKNOWN", 0, time.Time{})
	if err != nil || len(acts) != 0 {
		t.Errorf("stored %v (%v)", acts, err)
	}
}

func TestSettledTellsHowFarTheActsBeforeAreAnswered(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	for i, want := range []int64{0, 0, 2} {
		act, _, err := store.Submit(t.Context(), payment(fmt.Sprint(i), number, fmt.Sprint(i)))
		if err != nil || act.Settled != want {
			t.Errorf("act %d: settled up to %d, want %d (%v)", i+1, act.Settled, want, err)
		}
		if i == 1 {
			for _, id := range []string{"0", "1"} {
				if _, err := store.Answer(t.Context(), id, message.Answer{}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func TestAnotherFormUnderTheSameNumberIsRefused_7_4(t *testing.T) {
	t.Parallel()
	store, _ := registered(t)
	form := example(t)
	if err := store.RegisterForm(t.Context(), form); err != nil {
		t.Errorf("the same form again: %v", err)
	}
	form.Load.Employees++
	if r, ok := refusal.As(store.RegisterForm(t.Context(), form)); !ok || r.Code != "other_form" {
		t.Errorf("refused with %v", r)
	}
}
