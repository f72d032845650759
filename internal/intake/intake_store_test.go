package intake

import (
	"context"
	"log/slog"
	"os"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"lvyue/internal/contract"
	"lvyue/internal/failure"
	"lvyue/internal/message"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func exampleForm(t *testing.T) contract.Form {
	t.Helper()
	data, err := os.ReadFile("../../examples/first-contract/first-contract.yaml")
	if err != nil {
		t.Fatal(err)
	}
	form, err := contract.ParseForm(data)
	if err != nil {
		t.Fatal(err)
	}
	return form
}

// nobody is the intake of an engine whose Temporal server is away.
func nobody(t *testing.T) Intake {
	t.Helper()
	c, err := client.NewLazyClient(client.Options{
		HostPort: "127.0.0.1:1", Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return Intake{Store: testkit.Postgres(t), Client: c, TaskQueue: "none"}
}

func TestTake_WhileTheEngineIsAwayNothingIsLost(t *testing.T) {
	t.Parallel()
	i := nobody(t)
	form := exampleForm(t)
	if err := i.Store.RegisterForm(t.Context(), form); err != nil {
		t.Fatal(err)
	}
	act := payAct(t, "pay-1", form.Number, "5.00", "R1")
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	stored, _, err := i.Take(ctx, act, nil)
	if f, is := failure.As(err); !is || f.Code != "stored_unanswered" {
		t.Fatalf("got %v", err)
	}
	again, answered, err := i.Store.Submit(t.Context(), act)
	if err != nil || answered != nil || again.Seq != stored.Seq || !again.ReceivedAt.Equal(stored.ReceivedAt) {
		t.Errorf("the inbox holds %+v, %v, %v; stored %+v", again, answered, err, stored)
	}
}

func TestTake_AnActForAnUnknownContractIsRefused(t *testing.T) {
	t.Parallel()
	i := nobody(t)
	_, _, err := i.Take(t.Context(), payAct(t, "pay-1", "NOPE", "5.00", "R1"), nil)
	if err == nil {
		t.Fatal("it was taken")
	}
}

func TestAfterEnd_MoneyIsRecordedAndAllElseRefused(t *testing.T) { // §5.4 §7.2
	t.Parallel()
	i := nobody(t)
	form := exampleForm(t)
	ctx := t.Context()
	if err := i.Store.RegisterForm(ctx, form); err != nil {
		t.Fatal(err)
	}
	row := message.ContractRow{
		Number: form.Number, Customer: "a", Provider: "b", AccountManager: "chen", Language: "zh",
		FormHash: form.Hash(), Phase: message.Destroyed, Fee: form.Fee,
	}
	if err := i.Store.Record(ctx, message.Record{Contract: form.Number, Events: []message.Event{{
		Key: "end", At: received(), What: "phase", Changed: message.Changed{Contract: &row},
	}}}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ id, amount, reference, code string }{
		{"late-1", "5.00", "R1", ""}, {"late-2", "5.00", "R1", ""}, {"late-3", "6.00", "R1", "reference_reused"}, {"late-4", "7.00", "R2", ""},
	} {
		act, _, err := i.Store.Submit(ctx, payAct(t, tt.id, form.Number, tt.amount, tt.reference))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := i.afterEnd(ctx, act, nil)
		if err != nil || (answer.Refusal == nil) != (tt.code == "") || (answer.Refusal != nil && answer.Refusal.Code != tt.code) {
			t.Errorf("%s: %+v, %v", tt.id, answer, err)
		}
	}
	act, _, err := i.Store.Submit(ctx, message.Act{ID: "offer-1", Name: message.Offer, Contract: form.Number, Body: []byte(`{}`)})
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := i.afterEnd(ctx, act, nil); err != nil || answer.Refusal == nil || answer.Refusal.Code != "destroyed" {
		t.Errorf("an offer got %+v, %v", answer, err)
	}
	view, err := i.Store.View(ctx, form.Number)
	if err != nil {
		t.Fatal(err)
	}
	if len(view.Receipts) != 2 || view.Contract.Received.String() != "12.00" || view.Contract.Unapplied.String() != "12.00" {
		t.Errorf("the books hold %v, %s received", view.Receipts, view.Contract.Received)
	}
}

// received is noon of 2027-03-10 in Shanghai.
func received() time.Time { return workday.MustDate("2027-03-10").Start().Add(12 * time.Hour) }
