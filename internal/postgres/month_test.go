package postgres_test

import (
	"testing"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/workday"
)

// serving is a contract whose first year runs from 2026-03-05 on and whose fee of 120000.00 is paid.
func serving(t *testing.T) (*postgres.Store, string) {
	t.Helper()
	store, number := booked(t)
	at := noon("2026-03-02")
	step := owing(number, at, "120000.00", came("R1", "120000.00", at))
	charge := &step.Events[0].Changed.Money.Charges[0]
	charge.First, charge.Last = workday.MustDate("2026-03-05"), workday.MustDate("2027-03-04")
	if err := store.Record(t.Context(), step); err != nil {
		t.Fatal(err)
	}
	return store, number
}

func revenueOf(t *testing.T, store *postgres.Store) string {
	t.Helper()
	return ask[string](t, store, "SELECT coalesce(-sum(amount), 0)::text FROM ledger_entry WHERE account = '6001'")
}

func TestCloseMonth_RecognisesItsRevenueAndStaysClosed(t *testing.T) { // revenue by the day, CAS 14
	t.Parallel()
	store, number := serving(t)
	day := workday.MustDate
	wantCode(t, store.CloseMonth(t.Context(), day("2026-03-10"), day("2026-03-31"), "fang"), "month_running")
	if err := store.CloseMonth(t.Context(), day("2026-03-10"), day("2026-04-01"), "fang"); err != nil {
		t.Fatal(err)
	}
	if got := revenueOf(t, store); got != "8374.26" { // 113207.55 × 27/365
		t.Errorf("March earned %s", got)
	}
	wantCode(t, store.CloseMonth(t.Context(), day("2026-03-31"), day("2026-04-01"), "fang"), "month_closed")
	wantCode(t, store.CloseMonth(t.Context(), day("2026-02-01"), day("2026-04-01"), "fang"), "month_closed")
	if err := asSuperuser(t, store, `INSERT INTO ledger_txn (key, document, effective_on, actor) VALUES ('x', 'x', '2026-03-31', 'x')`); err == nil {
		t.Error("a posting went into a closed month")
	}
	claim := claimOf(t, store, number, "7.2", "10.00")
	late := compensation(number, claim, "10.00", "wang", "late")
	late.On = day("2026-03-31")
	_, err := store.Compensate(t.Context(), late)
	wantCode(t, err, "month_closed")
	late.On = day("2026-04-01")
	if _, err := store.Compensate(t.Context(), late); err != nil {
		t.Error(err)
	}
}

func TestCloseMonth_ClosesTheOpenOnesBeforeItToo(t *testing.T) {
	t.Parallel()
	store, _ := serving(t)
	if err := store.CloseMonth(t.Context(), workday.MustDate("2027-03-01"), workday.MustDate("2027-04-01"), "fang"); err != nil {
		t.Fatal(err)
	}
	if got := revenueOf(t, store); got != "113207.55" {
		t.Errorf("the whole year earned %s", got)
	}
	if left := ask[string](t, store, "SELECT sum(amount)::text FROM ledger_entry WHERE account = '2205'"); left != "0.00" {
		t.Errorf("%s is still owed", left)
	}
	if months := ask[int](t, store, "SELECT count(DISTINCT effective_on)::int FROM ledger_txn WHERE document = 'revenue'"); months != 13 {
		t.Errorf("the revenue was posted on %d days", months)
	}
}

func TestCloseMonth_NotWhileTheBooksDoNotHold(t *testing.T) {
	t.Parallel()
	store, number := serving(t)
	fake := asSuperuser(t, store, `ALTER TABLE invoice_line DISABLE TRIGGER append_only; UPDATE invoice_line SET gross = gross + 1, tax = tax + 1`)
	if fake != nil {
		t.Fatal(fake)
	}
	wantCode(t, store.CloseMonth(t.Context(), workday.MustDate("2026-03-01"), workday.MustDate("2026-04-01"), "fang"), "audit_failed")
	mended := asSuperuser(t, store, `UPDATE invoice_line SET gross = gross - 1, tax = tax - 1; ALTER TABLE invoice_line ENABLE ALWAYS TRIGGER append_only`)
	if mended != nil {
		t.Fatal(mended, number)
	}
}

func TestAReceiptOfAClosedMonth_CountsOnItsDayAndIsBookedInTheFirstOpenOne(t *testing.T) { // §5.4
	t.Parallel()
	store, number := booked(t)
	at := noon("2026-03-02")
	if err := store.Record(t.Context(), owing(number, at, "100.00")); err != nil {
		t.Fatal(err)
	}
	if err := store.CloseMonth(t.Context(), workday.MustDate("2026-03-01"), workday.MustDate("2026-04-01"), "fang"); err != nil {
		t.Fatal(err)
	}
	receipt := came("R1", "100.00", noon("2026-03-20"))
	step := owing(number, noon("2026-04-10"), "100.00", receipt)
	step.Events[0].Changed.Money.Charges[0].DueOn = workday.MustDate("2026-03-09")
	if err := store.Record(t.Context(), step); err != nil {
		t.Fatal(err)
	}
	got := ask[string](t, store, `SELECT concat_ws(' ', received_on, p.effective_on, l.booked_on, l.effective_on, a.effective_on)
		FROM payment AS p JOIN bank_line AS l ON l.id = p.line JOIN allocation AS a ON a.payment = p.key`)
	if want := "2026-03-20 2026-04-01 2026-03-20 2026-04-01 2026-04-01"; got != want {
		t.Errorf("its days are %s, want %s", got, want)
	}
}

func TestPolicy_RulesWhatIsWrittenFromThenOn(t *testing.T) { // §1.4
	t.Parallel()
	store, number := booked(t)
	p, err := store.Policy(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if p.Rate, err = ledger.ParseRate("0.03"); err != nil {
		t.Fatal(err)
	}
	p.Grain, p.RefundRight = ledger.ByMonth, ledger.HoldForRefund
	if err := store.SetPolicy(t.Context(), p, "fang"); err != nil {
		t.Fatal(err)
	}
	step := owing(number, noon("2026-03-02"), "103.00")
	charge := &step.Events[0].Changed.Money.Charges[0]
	charge.First, charge.Last = workday.MustDate("2026-03-05"), workday.MustDate("2027-03-04")
	if err := store.Record(t.Context(), step); err != nil {
		t.Fatal(err)
	}
	got := ask[string](t, store, "SELECT concat_ws(' ', i.net, i.tax, s.month, s.net) FROM invoice AS i JOIN revenue_schedule AS s ON s.invoice = i.key")
	if want := "100.00 3.00 2027-03-01 100.00"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// quoted is the step in which the vendor's price comes.
func quoted(number string, p message.Price) message.Record {
	return message.Record{Contract: number, Events: []message.Event{{
		Key: "a price", At: p.FetchedAt, What: "quoted", Changed: message.Changed{Quote: &p},
	}}}
}

func TestAnExpansion_IsInvoicedAtItsQuote(t *testing.T) { // §5.7
	t.Parallel()
	store, number := booked(t)
	at := noon("2026-03-02")
	price := message.Price{
		Amount: money.MustParse("1234.56"), Answer: []byte(`{"OriginalPrice":1234.56}`), FetchedAt: at, ValidUntil: at.AddDate(0, 0, 7),
	}
	for range 2 { // as by an activity that is repeated
		if err := store.Record(t.Context(), quoted(number, price)); err != nil {
			t.Fatal(err)
		}
	}
	kept := ask[string](t, store, "SELECT concat_ws(' ', kind, convert_from(answer, 'UTF8'), total) FROM price_quote")
	if want := `published-list {"OriginalPrice":1234.56} 1234.56`; kept != want {
		t.Errorf("%s is kept, want %s", kept, want)
	}
	hash := ask[string](t, store, "SELECT sha256 FROM price_quote")
	step := owing(number, at, "120000.00")
	m := step.Events[0].Changed.Money
	m.Charges = append(m.Charges, message.Charge{
		Obligation: "expansion-fee/1", Kind: message.ExpansionCharge, Year: 1, Amount: money.MustParse("1234.56"), Quote: hash,
		DueOn: workday.MustDate("2026-03-31"),
	})
	if err := store.Record(t.Context(), step); err != nil {
		t.Fatal(err)
	}
	account, err := store.Account(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	if len(account.Invoices) != 2 || account.Invoices[1].Gross.String() != "1234.56" || account.Invoices[1].Net.String() != "1164.68" {
		t.Errorf("the invoices are %+v", account.Invoices)
	}
}
