package postgres_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// abreast is how many do the same thing at once.
const abreast = 50

// owing is a contract that owes its first fee and has received the receipts, which are applied in turn.
func owing(number string, at time.Time, fee string, receipts ...message.Receipt) message.Record {
	m := message.Money{Buyer: "远山商贸有限公司", Seller: "云桥软件有限公司", Receipts: receipts, Charges: []message.Charge{{
		Obligation: "first-payment", Kind: message.AnnualFee, Year: 1, Amount: money.MustParse(fee),
		DueOn: workday.Of(at).AddDays(7),
	}}}
	rest := money.MustParse(fee)
	for _, r := range receipts {
		if piece := money.Min(rest, r.Amount); piece.IsPositive() {
			m.Applied = append(m.Applied, message.Applied{Reference: r.Reference, To: "first-payment", Amount: piece})
			rest = rest.Sub(piece)
		}
	}
	events := []message.Event{{Key: fmt.Sprintf("money %d", len(receipts)), At: at, What: "money", Changed: message.Changed{Money: &m}}}
	for _, r := range receipts {
		events = append(events, message.Event{Key: "receipt " + r.Reference, At: at, What: "receipt", Changed: message.Changed{Receipt: &r}})
	}
	received, unapplied := m.Balance()
	row := message.ContractRow{
		Number: number, Customer: m.Buyer, Provider: m.Seller, AccountManager: "chen", Language: "zh",
		Phase: message.AwaitingPayment, Fee: money.MustParse(fee), Received: received, Unapplied: unapplied,
	}
	events = append(events, message.Event{
		Key: fmt.Sprintf("row %d", len(receipts)), At: at, What: "contract", Changed: message.Changed{Contract: &row},
	})
	return message.Record{Contract: number, Events: events}
}

func came(reference, amount string, at time.Time) message.Receipt {
	return message.Receipt{Reference: reference, Amount: money.MustParse(amount), On: workday.Of(at), At: at}
}

// noon of a day in Shanghai.
func noon(day string) time.Time { return workday.MustDate(day).Start().Add(12 * time.Hour) }

func together(t *testing.T, do func(ctx context.Context, n int) error) {
	t.Helper()
	group, ctx := errgroup.WithContext(t.Context())
	for n := range abreast {
		group.Go(func() error { return do(ctx, n) })
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestManyInvoiceAtOnce_TheNumbersHaveNoGap(t *testing.T) { // §5.3
	t.Parallel()
	store := testkit.Postgres(t)
	for n := range abreast {
		register(t, store, fmt.Sprintf("HT-%d", n))
	}
	together(t, func(ctx context.Context, n int) error {
		return store.Record(ctx, owing(fmt.Sprintf("HT-%d", n), noon("2026-03-02"), "120000.00"))
	})
	if gapless := ask[bool](t, store, "SELECT count(*) = 50 AND max(no) = 50 AND count(DISTINCT no) = 50 FROM invoice"); !gapless {
		t.Error("the numbers have a gap")
	}
	if posted := ask[string](t, store, "SELECT sum(amount)::text FROM ledger_entry WHERE account = '1122'"); posted != "6000000.00" {
		t.Errorf("%s are receivable", posted)
	}
}

func TestAStepRecordedByManyAtOnce_IsBookedOnce(t *testing.T) { // §5.4
	t.Parallel()
	store, number := booked(t)
	at := noon("2026-03-02")
	step := owing(number, at, "120000.00", came("R1", "70000.00", at), came("R2", "60000.00", at))
	together(t, func(ctx context.Context, _ int) error { return store.Record(ctx, step) })
	account, err := store.Account(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	if len(account.Invoices) != 1 || account.Invoices[0].Received.String() != "120000.00" || len(account.Applied) != 2 {
		t.Errorf("the books hold %+v", account)
	}
	if n := ask[int](t, store, "SELECT count(*)::int FROM ledger_txn"); n != 7 {
		t.Errorf("%d postings: an invoice, two lines, two payments and two applications are 7", n)
	}
}

func TestManyStepsOfOneContractAtOnce_NothingIsOverApplied(t *testing.T) { // §5.4
	t.Parallel()
	store, number := booked(t)
	at := noon("2026-03-02")
	var receipts []message.Receipt
	for n := range abreast {
		receipts = append(receipts, came(fmt.Sprintf("R%d", n), "3000.00", at))
	}
	together(t, func(ctx context.Context, n int) error {
		return store.Record(ctx, owing(number, at, "120000.00", receipts[:n+1]...))
	})
	if over := ask[bool](t, store, "SELECT sum(amount) > 120000 FROM allocation WHERE invoice IS NOT NULL"); over {
		t.Error("more is applied than is owed")
	}
	if err := store.Record(t.Context(), toldAgain(owing(number, at, "120000.00", receipts...))); err != nil {
		t.Fatal(err)
	}
}

// toldAgain is the same picture told once more, under keys of its own.
func toldAgain(r message.Record) message.Record {
	for i := range r.Events {
		if r.Events[i].What != "receipt" {
			r.Events[i].Key += " again"
		}
	}
	return r
}

func TestAnApplicationBeyondItsLimitsIsRefusedByTheDatabase(t *testing.T) { // §5.4
	t.Parallel()
	store, number := booked(t)
	at := noon("2026-03-02")
	if err := store.Record(t.Context(), owing(number, at, "100.00", came("R1", "80.00", at))); err != nil {
		t.Fatal(err)
	}
	apply := func(amount string) error {
		return asSuperuser(t, store, `INSERT INTO allocation (key, contract, payment, invoice, amount, effective_on, actor)
			SELECT 'x', p.contract, p.key, i.key, `+amount+`, '2026-03-02', 'x' FROM payment AS p JOIN invoice AS i USING (contract)`)
	}
	for _, amount := range []string{"0.01", "-80.01", "21"} {
		if err := apply(amount); err == nil {
			t.Errorf("%s more was applied", amount)
		}
	}
}
