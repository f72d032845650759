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
