package postgres_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/statement"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// tale tells a store of one contract's money, step by step, as its workflow would.
type tale struct {
	t     *testing.T
	store *postgres.Store
	row   message.ContractRow
	money message.Money
	act   string // the act that the next step answers
	steps int
	years int // that have begun
}

func newTale(t *testing.T, store *postgres.Store, number string) *tale {
	t.Helper()
	register(t, store, number)
	return &tale{
		t: t, store: store, row: message.ContractRow{Number: number, Phase: message.AwaitingPayment},
		money: message.Money{Buyer: "远山商贸有限公司", Seller: "云桥软件有限公司"},
	}
}

// on records a step of that day: what it changed besides, then the contract and its money as they stand.
func (l *tale) on(day string, changes ...message.Changed) {
	l.t.Helper()
	l.steps++
	l.apply()
	row, picture := l.row, l.money
	r := message.Record{Contract: l.row.Number}
	for i, c := range append(changes, message.Changed{Contract: &row}, message.Changed{Money: &picture}) {
		r.Events = append(r.Events, message.Event{
			Key: fmt.Sprintf("step %d #%d", l.steps, i), At: instantOn(day), What: whatOf(c), Subject: l.row.Number, Changed: c,
			Actor: message.Actor{Who: "chen", Way: "test"}, ActID: l.act,
		})
	}
	if l.act != "" {
		r.ActID, r.Answer, l.act = l.act, &message.Answer{Text: refusal.Text{ZH: "好", EN: "done"}}, ""
	}
	record(l.t, l.store, r)
}

func instantOn(day string) time.Time { return workday.MustDate(day).Start().Add(10 * time.Hour) }

func whatOf(c message.Changed) string {
	switch {
	case c.Money != nil:
		return "money"
	case c.Outlook != nil:
		return "outlook"
	default:
		return "x"
	}
}

// apply gives the receipts that count to what is owed, in the order in which it opened; a waived fee comes last.
func (l *tale) apply() {
	var to, waived []string
	claims := map[string]ledger.Claim{}
	refunds := func(after int) {
		for _, r := range l.money.Refunds {
			if r.After == after && !r.Dropped && (r.Approved() || r.Reason == message.RefundOverpayment) {
				to, claims[r.Obligation] = append(to, r.Obligation), ledger.Claim{Amount: r.Amount}
			}
		}
	}
	for i, c := range l.money.Charges {
		refunds(i)
		claims[c.Obligation] = ledger.Claim{Amount: c.Amount.Sub(c.Credited)}
		switch {
		case c.Void || c.Amount.Equal(c.Credited):
		case c.Waived:
			waived = append(waived, c.Obligation)
		default:
			to = append(to, c.Obligation)
		}
	}
	refunds(len(l.money.Charges))
	var inTurn []ledger.Claim
	to = append(to, waived...)
	for _, id := range to {
		inTurn = append(inTurn, claims[id])
	}
	l.money.Applied = ledger.Spread(to, inTurn, ledger.Counting(l.money.Receipts))
	l.row.Received = ledger.Received(l.money.Receipts)
	l.row.Unapplied = l.row.Received
	for _, a := range l.money.Applied {
		l.row.Unapplied = l.row.Unapplied.Sub(a.Amount)
	}
	for i := range l.money.Charges {
		c := &l.money.Charges[i]
		c.Waived = c.Waived && l.paid(c.Obligation).Less(c.Amount.Sub(c.Credited))
	}
}

// paid is what a fee or a refund has got.
func (l *tale) paid(id string) money.CNY {
	var sum money.CNY
	for _, a := range l.money.Applied {
		if a.To == id {
			sum = sum.Add(a.Amount)
		}
	}
	return sum
}

func yuan(amount string) money.CNY { return money.MustParse(amount) }

// signs opens the first fee (§5.4).
func (l *tale) signs(day, fee string) message.Changed {
	due, err := contract.FirstPaymentDue(workday.Embedded(), workday.MustDate(day))
	if err != nil {
		l.t.Fatal(err)
	}
	l.row.Effective, l.row.Fee = workday.MustDate(day), yuan(fee)
	c := l.owes(message.AnnualFee, "first-payment", 1, fee, due.On.String())
	c.Obligation.Rule, c.Obligation.From, c.Obligation.Calendar = contract.FirstPaymentRule, workday.MustDate(day), due.Calendar
	return c
}

// owes opens a charge with its duty.
func (l *tale) owes(kind message.ChargeKind, id string, year int, amount, due string) message.Changed {
	day := workday.MustDate(due)
	l.money.Charges = append(l.money.Charges, message.Charge{Obligation: id, Kind: kind, Year: year, Amount: yuan(amount), DueOn: day})
	l.serve(id, year)
	return message.Changed{Obligation: &message.Obligation{
		ID: id, OwedBy: message.Customer, OpenedAt: instantOn(due).AddDate(0, 0, -10), DueOn: day, DueAt: day.End(), Status: message.Pending,
	}}
}

func (l *tale) charge(id string) *message.Charge {
	i := slices.IndexFunc(l.money.Charges, func(c message.Charge) bool { return c.Obligation == id })
	return &l.money.Charges[i]
}

// serve gives a charge the days of its service year, if they are known.
func (l *tale) serve(id string, year int) {
	if !l.row.Start.IsZero() {
		span := workday.ServiceYear(l.row.Start, year)
		c := l.charge(id)
		c.First, c.Last = span.First, span.Last
	}
}

// begins starts a service year (§5.5).
func (l *tale) begins(year int, start, id string) message.Changed {
	l.row.Start = workday.MustDate(start)
	l.serve(id, year)
	return l.year(year, id)
}

func (l *tale) year(year int, id string) message.Changed {
	span := workday.ServiceYear(l.row.Start, year)
	return message.Changed{Year: &message.ServiceYear{Year: year, First: span.First, Last: span.Last, Fee: l.charge(id).Amount}}
}

// came is money on the bank account (§5.4); line 0 is entered by hand.
func (l *tale) came(reference, amount, day string, line int64) message.Changed {
	on := workday.MustDate(day)
	r := message.Receipt{
		Reference: reference, Amount: yuan(amount), On: on, At: on.Start().Add(12 * time.Hour), Account: "6222", Line: line,
	}
	l.money.Receipts = append(l.money.Receipts, r)
	return message.Changed{Receipt: &r}
}

// receipt changes a receipt that was told before.
func (l *tale) receipt(reference string, change func(*message.Receipt)) message.Changed {
	i := slices.IndexFunc(l.money.Receipts, func(r message.Receipt) bool { return r.Reference == reference })
	l.money.Receipts = slices.Clone(l.money.Receipts)
	change(&l.money.Receipts[i])
	now := l.money.Receipts[i]
	return message.Changed{ReceiptChange: &now}
}

func (l *tale) gone(reference string, gone message.Gone) message.Changed {
	gone.By = "chen"
	return l.receipt(reference, func(r *message.Receipt) { r.Gone = &gone })
}

// asks for a refund: that of an overpayment (§5.4), or of §1.4 from a year on.
func (l *tale) asks(reason, amount, day string, fromYear int) {
	l.money.Refunds = append(l.money.Refunds, message.Refund{
		Obligation: fmt.Sprintf("refund/%d", len(l.money.Refunds)+1), Amount: yuan(amount), Reason: reason, FromYear: fromYear,
		After: len(l.money.Charges), RequestedBy: "chen", RequestedOn: workday.MustDate(day), Since: instantOn(day),
	})
}

// refund changes the refund that was asked for last.
func (l *tale) refund(change func(*message.Refund)) {
	l.money.Refunds = slices.Clone(l.money.Refunds)
	change(&l.money.Refunds[len(l.money.Refunds)-1])
}

func (l *tale) approves(day string, red bool) {
	l.refund(func(r *message.Refund) { r.ApprovedBy, r.ApprovedOn, r.RedWanted = "liu", workday.MustDate(day), red })
}

func (l *tale) paysBack(day, reference string) {
	l.refund(func(r *message.Refund) {
		r.PaidOn, r.PaidBy, r.PaidFrom, r.PayReference = workday.MustDate(day), "liu", "6222", reference
	})
}

func closeMonth(t *testing.T, store *postgres.Store, month, today string) {
	t.Helper()
	if err := store.CloseMonth(t.Context(), workday.MustDate(month), workday.MustDate(today), "liu"); err != nil {
		_, found, _ := store.Audit(t.Context())
		t.Fatalf("close %s: %v, %+v", month, err, found)
	}
}

// twoYears are the books of two contracts over two years, with everything that can happen to money.
func twoYears(t *testing.T) *postgres.Store {
	t.Helper()
	store := testkit.Postgres(t)
	keepTwoYears(t, store)
	return store
}

func keepTwoYears(t *testing.T, store *postgres.Store) {
	t.Helper()
	if err := store.LayOutCalendar(t.Context()); err != nil {
		t.Fatal(err)
	}
	a, b := newTale(t, store, "HT-A"), newTale(t, store, "HT-B")
	firstYear(t, a, b)
	secondYear(t, a, b)
}

// firstYear: partial payments, an overpayment and its refund, a reversal, an expansion, a closed month, a receipt that
// comes to light late and is moved, a new price for a year that has earned, a waiver with later money.
func firstYear(t *testing.T, a, b *tale) {
	t.Helper()
	a.on("2025-09-01", a.signs("2025-09-01", "120000.00"))
	b.on("2025-09-01", b.signs("2025-09-01", "100000.00"))
	a.on("2025-09-03", a.came("R1", "50000.00", "2025-09-03", 0))
	a.on("2025-09-05", a.came("R2", "75000.00", "2025-09-05", 0))
	b.on("2025-09-05", b.came("QB1", "100000.00", "2025-09-05", 0))
	a.on("2025-09-08", a.begins(1, "2025-09-08", "first-payment"))
	b.on("2025-09-08", b.begins(1, "2025-09-08", "first-payment"))
	a.on("2025-09-20", a.gone("R2", message.Gone{Why: message.Reversed, On: workday.MustDate("2025-09-19")}))
	a.on("2025-09-25", a.came("R3", "90000.00", "2025-09-25", 0))
	a.asks(message.RefundOverpayment, "15000.00", "2025-10-02", 0)
	a.on("2025-10-02")
	a.approves("2025-10-03", false)
	a.on("2025-10-03")
	a.paysBack("2025-10-09", "P1")
	a.on("2025-10-09")
	quote(t, a.store, a.row.Number, "3000.00", "2025-10-15")
	expansion := a.owes(message.ExpansionCharge, "expansion-fee/1", 1, "3000.00", "2025-10-20")
	a.charge("expansion-fee/1").Quote = sha256OfQuote
	a.on("2025-10-15", expansion)
	a.charge("expansion-fee/1").DueOn = workday.MustDate("2025-10-21")
	moved := *expansion.Obligation
	moved.DueOn, moved.DueAt = workday.MustDate("2025-10-21"), workday.MustDate("2025-10-21").End()
	a.on("2025-10-16", message.Changed{Obligation: &moved})
	closeMonth(t, a.store, "2025-10-31", "2025-11-03")
	a.on("2025-11-05", a.came("R4", "30000.00", "2025-10-30", 0))
	b.on("2025-11-06", b.gone("QB1", message.Gone{Why: message.Reversed, On: workday.MustDate("2025-10-31"), Reference: "QB1-back"}))
	a.on("2025-11-10", a.gone("R4", message.Gone{Why: message.Moved, On: workday.MustDate("2025-11-10"), To: "HT-B"}))
	b.on("2025-11-10", b.came("R4", "30000.00", "2025-10-30", ask[int64](t, a.store, "SELECT line FROM payment WHERE reference = 'R4'")))
	b.charge("first-payment").Amount, b.row.Fee = yuan("110000.00"), yuan("110000.00")
	b.on("2025-11-12", b.year(1, "first-payment"))
	closeMonth(t, a.store, "2025-11-01", "2025-12-01")
	b.charge("first-payment").Waived = true
	b.on("2025-12-01")
	b.on("2025-12-10", b.came("QB2", "50000.00", "2025-12-10", 0))
	closeMonth(t, a.store, "2026-07-01", "2026-08-01")
}

// secondYear: money that is moved away and comes back, renewals, a statement with its matches, a year that never begins,
// fapiao, the refund of §1.4 after revenue was earned, and compensation.
func secondYear(t *testing.T, a, b *tale) {
	t.Helper()
	a.on("2026-08-01", a.came("R6", "1000.00", "2026-08-01", 0))
	a.on("2026-08-02", a.gone("R6", message.Gone{Why: message.Moved, On: workday.MustDate("2026-08-02"), To: "HT-B"}))
	a.on("2026-08-03", a.receipt("R6", func(r *message.Receipt) { r.Gone = nil }))
	talks := message.Outlook{Year: 1, Last: workday.MustDate("2026-09-07"), Fee: yuan("120000.00")}
	a.on("2026-08-18", outlook(talks))
	talks.Offered, talks.OfferedBy, talks.Growth = yuan("130000.00"), message.Provider, "load.disk_gb"
	a.on("2026-08-20", outlook(talks))
	talks.Offered, talks.Agreed = yuan("0.00"), yuan("130000.00")
	a.on("2026-08-24", outlook(talks), a.owes(message.AnnualFee, "renewal-fee/2", 2, "130000.00", "2026-09-07"))
	b.on("2026-08-24", b.owes(message.AnnualFee, "renewal-fee/2", 2, "110000.00", "2026-09-07"), outlook(message.Outlook{
		Year: 1, Last: workday.MustDate("2026-09-07"), Fee: yuan("110000.00"), Agreed: yuan("110000.00"), OfferedBy: message.Provider,
	}))
	talks.Growth = "" // a change of the form has made it what was agreed (§6.4)
	a.on("2026-08-25", outlook(talks))
	matched(t, a)
	a.on("2026-09-08", a.begins(2, "2025-09-08", "renewal-fee/2"))
	b.charge("renewal-fee/2").Void = true
	b.on("2026-09-08")
	blue := fapiao(t, a.store, ledger.Fapiao{Number: "26110000000000000001", IssuedOn: workday.MustDate("2026-09-15"), Gross: yuan("130000.00")})
	closeMonth(t, a.store, "2026-09-01", "2026-10-01")
	a.asks(message.RefundShortfall, "130000.00", "2026-10-10", 2)
	a.on("2026-10-10")
	a.charge("renewal-fee/2").Credited = yuan("130000.00")
	a.approves("2026-10-12", true)
	a.on("2026-10-12")
	a.refund(func(r *message.Refund) { r.Red, r.RedBy = "HZ-1", "liu" })
	a.on("2026-10-20")
	a.paysBack("2026-10-21", "P2")
	a.on("2026-10-21")
	fapiao(t, a.store, ledger.Fapiao{
		Number: "26110000000000000002", IssuedOn: workday.MustDate("2026-10-22"), Gross: yuan("-130000.00"), RedOf: blue, Confirmation: "HZ-1",
	})
	b.asks(message.RefundShortfall, "80000.00", "2026-10-23", 1)
	b.on("2026-10-23")
	b.asks(message.RefundShortfall, "0.00", "2026-10-24", 2)
	b.on("2026-10-24")
	compensated(t, a.store, "7.1", "200000.00", "100000.00")
	compensated(t, a.store, "3.1", "500000.00", "400000.00")
	closeMonth(t, a.store, "2026-10-01", "2026-11-02")
}

func outlook(o message.Outlook) message.Changed { return message.Changed{Outlook: &o} }

// sha256OfQuote is that of the word "quote", which stands for the vendor's answer.
const sha256OfQuote = "6327245c3a45d3d9ea72b70fbb671926e7b80f63d311bfd73dde876d5df02b26"

func quote(t *testing.T, store *postgres.Store, number, total, day string) {
	t.Helper()
	err := asSuperuser(t, store, fmt.Sprintf(`INSERT INTO price_quote (sha256, contract, kind, answer, total, fetched_at, valid_until)
		VALUES ('%s', '%s', 'published-list', 'quote', %s, '%s 09:00+08', '%[4]s 17:00+08')`, sha256OfQuote, number, total, day))
	if err != nil {
		t.Fatal(err)
	}
}

// matched imports a statement with a line entered by hand before, one for the renewal, one that nobody knows and one out;
// matches the renewal, has a match refused, and leaves one without an answer.
func matched(t *testing.T, a *tale) {
	t.Helper()
	line := func(n int, day, reference, amount string) statement.Line {
		return statement.Line{Number: n, On: workday.MustDate(day), Reference: reference, Amount: yuan(amount), Payer: "远山"}
	}
	st := statement.Statement{Name: "august.csv", SHA256: strings.Repeat("a", 64), Lines: []statement.Line{
		line(2, "2025-09-03", "R1", "50000.00"), line(3, "2026-08-25", "R5", "130000.00"), line(4, "2026-08-25", "X1", "777.00"),
		line(5, "2026-08-25", "X2", "-12.50"),
	}}
	if _, err := a.store.ImportStatement(t.Context(), "6222", st, "liu", true); err != nil {
		t.Fatal(err)
	}
	lineOf := func(reference string) int64 {
		return ask[int64](t, a.store, "SELECT id FROM bank_line WHERE reference = $1", reference)
	}
	match := func(id, number, reference, amount string) {
		act := payment(id, number, reference)
		act.Body = fmt.Appendf(nil, `{"amount": %q, "reference": %q}`, amount, reference)
		if _, _, err := a.store.Match(t.Context(), lineOf(reference), act); err != nil {
			t.Fatal(err)
		}
	}
	match("renewal", "HT-A", "R5", "130000.00")
	match("refused", "HT-A", "X1", "100.00")
	match("waiting", "HT-B", "X1", "200.00")
	no := refusal.Rule("not_owed", "5.4", "不欠", "not owed")
	record(t, a.store, message.Record{Contract: "HT-A", ActID: "refused", Answer: &message.Answer{Text: no.Text, Refusal: no}})
	a.act = "renewal"
	a.on("2026-08-25", a.came("R5", "130000.00", "2026-08-25", lineOf("R5")))
}

// fapiao records one for the renewal of HT-A, and gives its number.
func fapiao(t *testing.T, store *postgres.Store, f ledger.Fapiao) string {
	t.Helper()
	rate, err := ledger.ParseRate("0.06")
	if err != nil {
		t.Fatal(err)
	}
	f.Invoice = ask[string](t, store, "SELECT number FROM invoice WHERE key = 'HT-A/invoice/renewal-fee/2/1'")
	f.Kind, f.Rate, f.Item, f.TaxCode = "special", rate, "软件服务", strings.Repeat("3", 19)
	f.Buyer, f.BuyerTaxNo, f.Seller, f.SellerTaxNo = "远山", "91110000000000000A", "云桥", "91110000000000000B"
	f.Net, f.Tax = ledger.SplitVAT(f.Gross, rate)
	if _, _, err := store.RecordFapiao(t.Context(), f, "liu"); err != nil {
		t.Fatal(err)
	}
	return f.Number
}

// compensated records a claim of HT-A, approves a part of it and pays that.
func compensated(t *testing.T, store *postgres.Store, clause, claimed, amount string) {
	t.Helper()
	ctx, on := t.Context(), workday.MustDate("2026-10-26")
	n, err := store.RecordClaim(ctx, postgres.Claim{
		ID: "claim " + clause, Contract: "HT-A", Clause: clause, Amount: yuan(claimed), On: on, Matter: "loss", By: "chen",
	})
	if err != nil {
		t.Fatal(err)
	}
	of, err := store.Compensate(ctx, postgres.Compensation{
		ID: "compensation " + clause, Contract: "HT-A", Claim: n, Amount: yuan(amount), On: on, By: "liu",
	})
	if err != nil {
		t.Fatal(err)
	}
	err = store.PayCompensation(ctx, postgres.Payout{
		Contract: "HT-A", Claim: n, N: of, On: on.AddDays(2), Reference: "C" + clause, Account: "6222", By: "liu",
	})
	if err != nil {
		t.Fatal(err)
	}
}

func wantSound(t *testing.T, store *postgres.Store) {
	t.Helper()
	checked, found, err := store.Audit(t.Context())
	if err != nil || checked < 34 {
		t.Fatalf("%d invariants checked (%v)", checked, err)
	}
	for _, f := range found {
		t.Errorf("%s: %d rows, such as %v", f.Invariant, f.Count, f.Rows[0])
	}
}

func TestBooksOfTwoYearsHold_AndNothingIsLeftOutOfThem(t *testing.T) {
	t.Parallel()
	store := twoYears(t)
	wantSound(t, store)
	for _, table := range []string{
		"price_quote", "invoice", "invoice_line", "invoice_due", "bank_statement", "bank_line", "bank_confirmation", "bank_match", "payment",
		"payment_end", "refund", "refund_approval", "refund_red", "refund_payout", "allocation", "write_off", "revenue_schedule",
		"invoice_service", "revenue", "fapiao", "claim", "compensation", "compensation_payout", "renewal_outlook", "month_close", "calendar_day",
	} {
		if ask[int](t, store, "SELECT count(*) FROM "+table) == 0 {
			t.Errorf("the two years have no %s, so that the audit proves nothing about it", table)
		}
	}
}

func TestEmptyBooksHold(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	wantSound(t, store)
	record(t, store, message.Record{Contract: number})
	wantSound(t, store)
}

func TestEveryInvariantSaysWhatItIs(t *testing.T) {
	t.Parallel()
	all, err := postgres.Invariants()
	if err != nil {
		t.Fatal(err)
	}
	for n, i := range all {
		if !strings.HasPrefix(i.Name, fmt.Sprintf("I%02d_", n+1)) {
			t.Errorf("%s is number %d", i.Name, n+1)
		}
		if !strings.HasSuffix(i.Sentence.EN, ".") || !strings.HasSuffix(i.Sentence.ZH, "。") || strings.Contains(i.Sentence.ZH+i.Sentence.EN, "--") {
			t.Errorf("%s is called %q, %q", i.Name, i.Sentence.EN, i.Sentence.ZH)
		}
		if sql := strings.TrimSpace(i.SQL); strings.Count(sql, ";") != 1 || !strings.HasSuffix(sql, ";") {
			t.Errorf("%s is not one statement", i.Name)
		}
	}
}

func TestTheAuditShowsWhatIsBroken_AtMostAHundredRows(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	keepTwoYears(t, store)
	behind := unguarded + "; UPDATE ledger_entry SET amount = amount + 0.01 WHERE line = 1"
	if err := asSuperuser(t, store, behind); err != nil {
		t.Fatal(err)
	}
	postings := ask[int](t, store, "SELECT count(*) FROM ledger_txn")
	found, err := store.NightlyAudit(t.Context())
	if err != nil || len(found) == 0 || postings <= 100 {
		t.Fatalf("%d postings, %+v (%v)", postings, found, err)
	}
	f := found[0]
	if f.Invariant != "I01_balanced" || f.Sentence.EN != "Every posting sums to zero." || f.Sentence.ZH == "" || f.Count != postings ||
		len(f.Rows) != 100 || f.Rows[0]["off"] != 0.01 || f.Rows[0]["key"] == "" {
		t.Errorf("%s %v: %d, %d rows such as %v", f.Invariant, f.Sentence, f.Count, len(f.Rows), f.Rows[0])
	}
	if kept := ask[string](t, store, "SELECT failed ->> 0 FROM audit_run"); kept != f.Invariant {
		t.Errorf("kept %s", kept)
	}
}

// luck draws what happens to two contracts, day by day.
type luck struct {
	*rand.Rand

	t      *testing.T
	store  *postgres.Store
	today  workday.Date
	closed workday.Date
	tales  []*tale
}

func (l *luck) amount(most int) money.CNY {
	return yuan(fmt.Sprintf("%d.%02d", l.IntN(most), 1+l.IntN(99)))
}

// TestBooksHoldWhateverHappens tells many random stories; every close of a month audits them as well.
func TestBooksHoldWhateverHappens(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			store := testkit.Postgres(t)
			l := &luck{Rand: rand.New(rand.NewPCG(seed, 1)), t: t, store: store, today: workday.MustDate("2025-01-02")}
			l.tales = []*tale{newTale(t, store, "HT-A"), newTale(t, store, "HT-B")}
			for _, a := range l.tales {
				a.on(l.today.String(), a.owes(message.AnnualFee, "first-payment", 1, l.amount(120_000).String(), "2025-01-09"))
			}
			chances := []func(*tale){
				l.pay, l.pay, l.pay, l.pay, l.takeBack, l.move, l.hold, l.begin, l.begin, l.reprice, l.waive, l.renew, l.yearEnds, l.stop,
				l.overpaid, l.shortfall, l.approve, l.approve, l.payBack, l.payBack, l.closeMonth,
			}
			for range 80 {
				l.today = l.today.AddDays(l.IntN(12))
				chances[l.IntN(len(chances))](l.tales[l.IntN(2)])
			}
			wantSound(t, store)
		})
	}
}

func (l *luck) pay(a *tale) {
	reference, on := fmt.Sprintf("R%d", l.Int32()), l.today.AddDays(-l.IntN(40))
	a.on(l.today.String(), a.came(reference, l.amount(60_000).String(), on.String(), 0))
}

// counting draws a receipt that counts.
func (l *luck) counting(a *tale) *message.Receipt {
	for _, n := range l.Perm(len(a.money.Receipts)) {
		if a.money.Receipts[n].Counts() {
			return &a.money.Receipts[n]
		}
	}
	return nil
}

func (l *luck) takeBack(a *tale) {
	if r := l.counting(a); r != nil {
		a.on(l.today.String(), a.gone(r.Reference, message.Gone{Why: message.Reversed, On: l.today.AddDays(-l.IntN(9))}))
	}
}

func (l *luck) move(a *tale) {
	other, r := l.tales[0], l.counting(a)
	if a == other {
		other = l.tales[1]
	}
	if r == nil {
		return
	}
	line := ask[int64](l.t, l.store, "SELECT max(line) FROM payment WHERE reference = $1 AND contract = $2", r.Reference, a.row.Number)
	a.on(l.today.String(), a.gone(r.Reference, message.Gone{Why: message.Moved, On: l.today, To: other.row.Number}))
	switch i := slices.IndexFunc(other.money.Receipts, func(o message.Receipt) bool { return o.Reference == r.Reference }); {
	case l.IntN(3) == 0: // nobody tells the other contract
	case i < 0:
		other.on(l.today.String(), other.came(r.Reference, r.Amount.String(), r.On.String(), line))
	default:
		other.on(l.today.String(), other.receipt(r.Reference, func(o *message.Receipt) { o.Gone, o.Line = nil, line }))
	}
}

func (l *luck) hold(a *tale) {
	if r := l.counting(a); r != nil {
		a.on(l.today.String(), a.receipt(r.Reference, func(r *message.Receipt) { r.Held = !r.Held }))
	}
}

func (l *luck) begin(a *tale) {
	if a.row.Start.IsZero() {
		a.on(l.today.String(), a.begins(1, l.today.String(), "first-payment"))
		a.years = 1
	}
}

// open draws a fee that can still be paid or waived.
func (l *luck) open(a *tale) *message.Charge {
	for _, n := range l.Perm(len(a.money.Charges)) {
		if c := &a.money.Charges[n]; !c.Void && a.paid(c.Obligation).Less(c.Amount.Sub(c.Credited)) {
			return c
		}
	}
	return nil
}

func (l *luck) reprice(a *tale) {
	c := l.open(a)
	if c == nil || !c.Credited.IsZero() {
		return
	}
	c.Amount = l.amount(120_000)
	if c.Year > a.years {
		a.on(l.today.String())
	} else {
		a.on(l.today.String(), a.year(c.Year, c.Obligation))
	}
}

func (l *luck) waive(a *tale) {
	if c := l.open(a); c != nil {
		c.Waived = true
		a.on(l.today.String())
	}
}

// next is the fee of the year after the running one.
func (l *tale) next() (id string, asked bool) {
	id = fmt.Sprintf("renewal-fee/%d", l.years+1)
	return id, slices.ContainsFunc(l.money.Charges, func(c message.Charge) bool { return c.Obligation == id })
}

func (l *luck) renew(a *tale) {
	if id, asked := a.next(); a.years > 0 && !asked {
		due := workday.ServiceYear(a.row.Start, a.years).Last
		a.on(l.today.String(), a.owes(message.AnnualFee, id, a.years+1, l.amount(120_000).String(), due.String()))
	}
}

func (l *luck) yearEnds(a *tale) {
	if id, asked := a.next(); asked && !a.charge(id).Void {
		l.today = workday.Later(l.today, workday.ServiceYear(a.row.Start, a.years).Last.AddDays(1))
		a.years++
		a.on(l.today.String(), a.year(a.years, id))
	}
}

// stop: the next year never begins.
func (l *luck) stop(a *tale) {
	if id, asked := a.next(); asked && a.paid(id).IsZero() {
		a.charge(id).Void = true
		a.on(l.today.String())
	}
}

// idle tells whether no refund is under way.
func (l *tale) idle() bool {
	n := len(l.money.Refunds)
	return n == 0 || l.money.Refunds[n-1].Paid() || l.money.Refunds[n-1].Dropped
}

func (l *luck) overpaid(a *tale) {
	if rest := money.Min(a.row.Unapplied, l.amount(9_000)); a.idle() && rest.IsPositive() && a.held().IsZero() {
		a.asks(message.RefundOverpayment, rest.String(), l.today.String(), 0)
		a.on(l.today.String())
	}
}

func (l *tale) held() money.CNY {
	var sum money.CNY
	for _, r := range l.money.Receipts {
		if r.Counts() && r.Held {
			sum = sum.Add(r.Amount)
		}
	}
	return sum
}

// paidFrom is what was paid as annual fee from a year on.
func (l *tale) paidFrom(year int) money.CNY {
	var sum money.CNY
	for _, c := range l.money.Charges {
		if c.Year >= year {
			sum = sum.Add(l.paid(c.Obligation))
		}
	}
	return sum
}

func (l *luck) shortfall(a *tale) {
	if from := max(a.years, 1); a.idle() && a.paidFrom(from).IsPositive() {
		a.asks(message.RefundShortfall, a.paidFrom(from).String(), l.today.String(), from)
		a.on(l.today.String())
	}
}

// approve lets a refund of §1.4 go if what was paid has changed since.
func (l *luck) approve(a *tale) {
	if a.idle() || a.money.Refunds[len(a.money.Refunds)-1].Approved() {
		return
	}
	switch r := a.money.Refunds[len(a.money.Refunds)-1]; {
	case r.Reason == message.RefundOverpayment:
	case !a.paidFrom(r.FromYear).Equal(r.Amount):
		a.refund(func(r *message.Refund) { r.Dropped = true })
		a.on(l.today.String())
		return
	default:
		for i := range a.money.Charges {
			if c := &a.money.Charges[i]; c.Year >= r.FromYear {
				c.Credited = c.Credited.Add(a.paid(c.Obligation))
			}
		}
	}
	a.approves(l.today.String(), false)
	a.on(l.today.String())
}

// payBack pays a refund for which the money is there, and lets others go.
func (l *luck) payBack(a *tale) {
	if a.idle() || !a.money.Refunds[len(a.money.Refunds)-1].Approved() {
		return
	}
	if r := a.money.Refunds[len(a.money.Refunds)-1]; a.paid(r.Obligation).Equal(r.Amount) {
		a.paysBack(l.today.String(), fmt.Sprintf("P%d", l.Int32()))
	} else {
		a.refund(func(r *message.Refund) { r.Dropped = true })
	}
	a.on(l.today.String())
}

func (l *luck) closeMonth(*tale) {
	if month := l.today.AddDays(-l.today.Day()); month.After(l.closed) {
		closeMonth(l.t, l.store, month.String(), l.today.String())
		l.closed = month
	}
}
