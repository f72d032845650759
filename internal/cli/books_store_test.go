package cli_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/contract"
	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/statement"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// account tells a store of one contract's money, step by step, as its workflow would.
type account struct {
	t     *testing.T
	store *postgres.Store
	row   message.ContractRow
	money message.Money
	steps int
}

// signedContract is a contract that owes its first fee (§5.4).
func signedContract(t *testing.T, store *postgres.Store, number, customer, day string) *account {
	t.Helper()
	data, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	form, err := contract.ParseForm(data)
	if err != nil {
		t.Fatal(err)
	}
	form.Number, form.Customer.Name = number, customer
	if err := store.RegisterForm(t.Context(), form); err != nil {
		t.Fatal(err)
	}
	signed := workday.MustDate(day)
	due, err := contract.FirstPaymentDue(workday.Embedded(), signed)
	if err != nil {
		t.Fatal(err)
	}
	a := &account{
		t: t, store: store, money: message.Money{Buyer: customer, Seller: form.Provider.Name},
		row: message.ContractRow{
			Number: number, Customer: customer, Provider: form.Provider.Name, AccountManager: "chen", Phase: message.AwaitingPayment,
			Effective: signed, Fee: form.Fee,
		},
	}
	a.money.Charges = []message.Charge{{Obligation: "first-payment", Kind: message.AnnualFee, Year: 1, Amount: form.Fee, DueOn: due.On}}
	a.on(day, message.Changed{Obligation: &message.Obligation{
		ID: "first-payment", Clause: "5.4", OwedBy: message.Customer, OpenedAt: signed.End(), DueOn: due.On, DueAt: due.On.End(),
		Status: message.Pending, Rule: contract.FirstPaymentRule, From: signed, Calendar: due.Calendar,
	}})
	return a
}

// on records a step of that day, with the contract and its money as they stand after it.
func (a *account) on(day string, changes ...message.Changed) {
	a.t.Helper()
	a.steps++
	a.apply()
	row, picture := a.row, a.money
	r := message.Record{Contract: row.Number}
	for i, c := range append(changes, message.Changed{Contract: &row}, message.Changed{Money: &picture}) {
		what := "x"
		switch {
		case c.Money != nil:
			what = "money"
		case c.Outlook != nil:
			what = "outlook"
		}
		r.Events = append(r.Events, message.Event{
			Key: fmt.Sprintf("step %d #%d", a.steps, i), At: workday.MustDate(day).Start().Add(10 * time.Hour), What: what,
			Subject: row.Number, Changed: c, Actor: message.Actor{Who: "chen", Way: "test"},
		})
	}
	if err := a.store.Record(a.t.Context(), r); err != nil {
		a.t.Fatal(err)
	}
}

// apply gives the receipts to the fee, then to the refunds.
func (a *account) apply() {
	to, claims := []string{"first-payment"}, []ledger.Claim{{Amount: a.money.Charges[0].Amount}}
	for _, r := range a.money.Refunds {
		to, claims = append(to, r.Obligation), append(claims, ledger.Claim{Amount: r.Amount})
	}
	a.money.Applied = ledger.Spread(to, claims, ledger.Counting(a.money.Receipts))
	a.row.Received = ledger.Received(a.money.Receipts)
	a.row.Unapplied = a.row.Received
	for _, applied := range a.money.Applied {
		a.row.Unapplied = a.row.Unapplied.Sub(applied.Amount)
	}
}

// pays brings money (§5.4).
func (a *account) pays(reference, amount, day string) {
	a.t.Helper()
	on := workday.MustDate(day)
	r := message.Receipt{Reference: reference, Amount: money.MustParse(amount), On: on, At: on.Start().Add(12 * time.Hour), Account: "6222"}
	a.money.Receipts = append(a.money.Receipts, r)
	a.on(day, message.Changed{Receipt: &r})
}

// begins starts the first service year (§5.5), and the talks about the next one.
func (a *account) begins(day string, talks message.Outlook) {
	a.t.Helper()
	a.row.Start, a.row.Phase = workday.MustDate(day), message.InService
	year := workday.ServiceYear(a.row.Start, 1)
	a.money.Charges[0].First, a.money.Charges[0].Last = year.First, year.Last
	talks.Year, talks.Last, talks.Fee = 1, year.Last, a.row.Fee
	a.on(day, message.Changed{Year: &message.ServiceYear{Year: 1, First: year.First, Last: year.Last, Fee: a.row.Fee}}, message.Changed{Outlook: &talks})
}

// asksBack asks for a refund of what came too much (§5.4); another person approves it if they are named.
func (a *account) asksBack(amount, day, approvedBy string) {
	a.t.Helper()
	on := workday.MustDate(day)
	a.money.Refunds = append(a.money.Refunds, message.Refund{
		Obligation: fmt.Sprintf("refund/%d", len(a.money.Refunds)+1), Amount: money.MustParse(amount), Reason: message.RefundOverpayment,
		After: 1, RequestedBy: "chen", RequestedOn: on, Since: on.Start(), ApprovedBy: approvedBy, ApprovedOn: on,
	})
	a.on(day)
}

// books are the books of two customers at the end of 2025: one paid too much and is in service, one has not paid; of one
// line nobody knows whose it is; October and November are closed. today is a day after all of it.
func books(t *testing.T) (*postgres.Store, asker) {
	t.Helper()
	store := testkit.Postgres(t)
	if err := store.LayOutCalendar(t.Context()); err != nil {
		t.Fatal(err)
	}
	one := signedContract(t, store, "HT-2025-001", "远山商贸有限公司", "2025-09-26")
	two := signedContract(t, store, "HT-2025-002", "近水商贸有限公司", "2025-10-15")
	one.pays("ICBC-001", "100000.00", "2025-10-09")
	one.pays("ICBC-002", "26500.00", "2025-10-10")
	one.begins("2025-10-13", message.Outlook{})
	two.pays("ABC-7", "20000.00", "2025-10-21")
	one.asksBack("1500.00", "2025-11-04", "wang")
	unknownLine(t, store)
	closeMonths(t, store)
	claimed(t, store)
	return store, asking(t, store)
}

// unknownLine imports a statement with money that is for the second contract.
func unknownLine(t *testing.T, store *postgres.Store) {
	t.Helper()
	_, err := store.ImportStatement(t.Context(), "6222", statement.Statement{
		Name: "november.csv", SHA256: fmt.Sprintf("%064d", 1), Lines: []statement.Line{{
			Number: 2, On: workday.MustDate("2025-11-20"), Reference: "ABC-8", Amount: money.MustParse("100000.00"), Payer: "某人",
			Memo: "代付合同 HT-2025-002 服务费",
		}},
	}, "li", true)
	if err != nil {
		t.Fatal(err)
	}
}

func closeMonths(t *testing.T, store *postgres.Store) {
	t.Helper()
	for _, month := range []string{"2025-10-01", "2025-11-01"} {
		if err := store.CloseMonth(t.Context(), workday.MustDate(month), workday.MustDate("2025-12-02"), "li"); err != nil {
			t.Fatal(err)
		}
	}
}

func claimed(t *testing.T, store *postgres.Store) {
	t.Helper()
	on := workday.MustDate("2025-12-08")
	n, err := store.RecordClaim(t.Context(), postgres.Claim{
		ID: "c1", Contract: "HT-2025-001", Clause: "7.1", Amount: money.MustParse("30000.00"), On: on, Matter: "名单外泄", By: "chen",
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = store.Compensate(t.Context(), postgres.Compensation{
		ID: "c1/1", Contract: "HT-2025-001", Claim: n, Amount: money.MustParse("12000.00"), On: on, By: "wang",
	})
	if err != nil {
		t.Fatal(err)
	}
}

// asker runs a command.
type asker func(args ...string) (out, complaint string, status int)

// asking runs commands against a store.
func asking(t *testing.T, store *postgres.Store) asker {
	t.Helper()
	env := environmentOf(t, store)
	return func(args ...string) (out, complaint string, status int) {
		t.Helper()
		return starterIn(t, env, args...)
	}
}

func environmentOf(t *testing.T, store *postgres.Store) environment {
	t.Helper()
	return environment{
		"TEMPORAL_CONFIG_FILE": t.TempDir() + "/none", "TEMPORAL_ADDRESS": "127.0.0.1:1", "DATABASE_URL": testkit.DatabaseURL(t),
		"LVYUE_SCHEMA": store.Schema(),
	}
}

// spoil goes behind the store's back.
func spoil(t *testing.T, store *postgres.Store, statement string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	c, err := pgx.Connect(ctx, testkit.DatabaseURL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, "SET search_path = "+pgx.Identifier{store.Schema()}.Sanitize()+"; "+statement); err != nil {
		t.Fatal(err)
	}
}

// refused is the code of the refusal in a document.
func refused(t *testing.T, out string) string {
	t.Helper()
	code, _ := errorIn(t, out)
	return code
}
