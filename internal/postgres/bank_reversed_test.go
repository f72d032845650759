package postgres_test

import (
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/statement"
	"lvyue/internal/workday"
)

// The bank's own line of a reversal has a reference that nobody may have typed. The statement confirms what was entered
// by its amount and day, so that the money does not go out twice in the books.
func TestImport_AReversalEnteredWithoutTheBanksReferenceIsConfirmed(t *testing.T) { // §5.4
	t.Parallel()
	store, number := booked(t)
	at := noon("2026-03-02")
	receipt := came("R1", "100.00", at)
	if err := store.Record(t.Context(), owing(number, at, "100.00", receipt)); err != nil {
		t.Fatal(err)
	}
	gone := receipt
	gone.Gone = &message.Gone{Why: message.Reversed, On: workday.MustDate("2026-03-05"), By: "chen"}
	step := owing(number, noon("2026-03-06"), "100.00", gone)
	step.Events[0].Key, step.Events[2].Key = "money reversed", "row reversed"
	step.Events[0].Changed.Money.Applied = nil
	step.Events[1] = message.Event{
		Key: "reversed", At: noon("2026-03-06"), What: "receipt-changed", Changed: message.Changed{ReceiptChange: &gone},
	}
	row := step.Events[2].Changed.Contract
	row.Received, row.Unapplied = step.Events[0].Changed.Money.Balance()
	if err := store.Record(t.Context(), step); err != nil {
		t.Fatal(err)
	}
	line := func(n int, reference, amount, day string) statement.Line {
		return statement.Line{Number: n, Reference: reference, Amount: money.MustParse(amount), On: workday.MustDate(day)}
	}
	done, err := store.ImportStatement(t.Context(), "ICBC", statement.Statement{Name: "a.csv", SHA256: "a", Lines: []statement.Line{
		line(2, "R1", "100.00", "2026-03-02"), line(3, "X9", "-100.00", "2026-03-05"), line(4, "X10", "-100.00", "2026-03-06"),
	}}, "fang", true)
	if err != nil {
		t.Fatal(err)
	}
	if len(done.Confirmed) != 2 || len(done.New) != 1 || done.New[0].Reference != "X10" {
		t.Errorf("confirmed %+v, new %+v", done.Confirmed, done.New)
	}
	if out := ask[string](t, store, "SELECT sum(amount)::text FROM ledger_entry WHERE account = '1002'"); out != "-100.00" {
		t.Errorf("the bank holds %s: the reversal stands twice", out)
	}
}

// A slip that was entered, taken back and entered again does not keep the bank's statement out (§5.4).
func TestImport_ASlipThatWasTakenBackIsNoContradiction(t *testing.T) {
	t.Parallel()
	store, number := booked(t)
	at := noon("2026-03-02")
	slip := came("R1", "600.00", at)
	if err := store.Record(t.Context(), owing(number, at, "6000.00", slip)); err != nil {
		t.Fatal(err)
	}
	step := owing(number, at, "6000.00", slip)
	gone := slip
	gone.Gone = &message.Gone{Why: message.Reversed, On: workday.MustDate("2026-03-02"), By: "chen"}
	m := step.Events[0].Changed.Money
	m.Receipts, m.Applied = []message.Receipt{gone}, nil
	row := *step.Events[2].Changed.Contract
	row.Received, row.Unapplied = m.Balance()
	if err := store.Record(t.Context(), message.Record{Contract: number, Events: []message.Event{
		{Key: "taken back", At: at, What: "receipt-changed", Changed: message.Changed{ReceiptChange: &gone}},
		{Key: "money taken back", At: at, What: "money", Changed: message.Changed{Money: m}},
		{Key: "row taken back", At: at, What: "contract", Changed: message.Changed{Contract: &row}},
	}}); err != nil {
		t.Fatal(err)
	}
	done, err := store.ImportStatement(t.Context(), "ICBC", statement.Statement{Name: "a.csv", SHA256: "a", Lines: []statement.Line{
		{Number: 2, Reference: "R1", Amount: money.MustParse("6000.00"), On: workday.MustDate("2026-03-02")},
	}}, "fang", true)
	if err != nil {
		t.Fatal(err)
	}
	if len(done.New) != 1 {
		t.Errorf("%+v", done)
	}
	if bank := ask[string](t, store, "SELECT sum(amount)::text FROM ledger_entry WHERE account = '1002'"); bank != "6000.00" {
		t.Errorf("the bank holds %s", bank)
	}
}
