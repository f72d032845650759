package postgres_test

import (
	"cmp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/ledger"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
)

// world is every document of a store as it was written, for counting by hand what the views must say. Days and instants
// are texts that sort as time does.
type world struct {
	Invoices    []worldInvoice
	Dues        []worldDue
	Lines       []worldLine
	Payments    []worldPayment
	Ends        []worldEnd
	Allocations []worldAllocation
	WriteOffs   []worldWriteOff
	Planned     []worldPlanned
	Revenue     []worldRevenue
	Payouts     []worldPayout
	Losses      []worldLoss
	Postings    []written
	Closings    []string // instants
}

type (
	written struct { // what every document says: its day, and when it was written down
		Day, At string
	}
	worldInvoice struct {
		written
		Key, Number, Contract, Credits string
		Gross, Net, Tax                money.CNY
	}
	worldDue struct {
		Invoice, At, Due string
	}
	worldLine struct {
		written
		ID     int64
		Amount money.CNY
	}
	worldPayment struct {
		written
		Key, Contract string
		Line          int64
		Amount        money.CNY
	}
	worldEnd struct {
		written
		Payment, Why string
		Line         int64
	}
	worldAllocation struct {
		written
		Contract, Payment, Invoice, Refund string
		Amount                             money.CNY
	}
	worldWriteOff struct {
		written
		Contract, Invoice string
		Amount            money.CNY
	}
	worldPlanned struct {
		Invoice, Month, Cause, At string
		Net                       money.CNY
		AtOnce                    bool
	}
	worldRevenue struct {
		written
		Invoice, Month string
		Net            money.CNY
	}
	worldPayout struct {
		written
		Line   int64
		Amount money.CNY
	}
	worldLoss struct {
		written
		Contract, Clause string
		Amount           money.CNY
	}
)

// stamp makes a day and an instant of two columns.
func stamp(day, at string) string {
	return day + `::date::text AS day, to_char(` + at + ` AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') AS at`
}

func load[T any](t *testing.T, c *pgx.Conn, sql string) []T {
	t.Helper()
	rows, err := c.Query(t.Context(), sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return all
}

// closedAt are the instants at which months were closed, and those right before.
func closedAt(t *testing.T, c *pgx.Conn) []string {
	t.Helper()
	var all []string
	for _, m := range load[written](t, c, "SELECT "+stamp("month", "closed_at")+" FROM month_close UNION ALL SELECT "+
		stamp("month", "(closed_at - interval '1 microsecond')")+" FROM month_close") {
		all = append(all, m.At)
	}
	return all
}

// worldOf reads the documents, and nothing of the ledger but the days on which payouts and revenue were booked.
func worldOf(t *testing.T, store *postgres.Store) world {
	t.Helper()
	c := superuser(t, store)
	return world{
		Invoices:    load[worldInvoice](t, c, "SELECT key, number, contract, coalesce(credits, '') AS credits, gross, net, tax, "+stamp("issued_on", "recorded_at")+" FROM invoice"),
		Dues:        load[worldDue](t, c, "SELECT invoice, due_on::text AS due, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') AS at FROM invoice_due ORDER BY event_seq"),
		Lines:       load[worldLine](t, c, "SELECT id, amount, "+stamp("effective_on", "recorded_at")+" FROM bank_line"),
		Payments:    load[worldPayment](t, c, "SELECT key, contract, line, amount, "+stamp("effective_on", "recorded_at")+" FROM payment"),
		Ends:        load[worldEnd](t, c, "SELECT payment, why, coalesce(line, 0) AS line, "+stamp("ended_on", "recorded_at")+" FROM payment_end"),
		Allocations: load[worldAllocation](t, c, "SELECT contract, payment, coalesce(invoice, '') AS invoice, coalesce(refund, '') AS refund, amount, "+stamp("effective_on", "recorded_at")+" FROM allocation"),
		WriteOffs:   load[worldWriteOff](t, c, "SELECT contract, invoice, amount, "+stamp("effective_on", "recorded_at")+" FROM write_off"),
		Planned:     load[worldPlanned](t, c, "SELECT invoice, month::text AS month, cause, net, at_once, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') AS at FROM revenue_schedule"),
		Revenue: load[worldRevenue](t, c, "SELECT invoice, month::text AS month, net, "+stamp("t.effective_on", "t.recorded_at")+
			" FROM revenue JOIN ledger_txn AS t ON t.key = 'revenue/' || invoice || '/' || to_char(month, 'YYYY-MM')"),
		Payouts: load[worldPayout](t, c, "SELECT o.line, o.amount, "+stamp("t.effective_on", "t.recorded_at")+
			" FROM refund_payout AS o JOIN ledger_txn AS t ON t.key = o.contract || '/' || o.id || '/payout'"+
			" UNION ALL SELECT o.line, c.amount, "+stamp("t.effective_on", "t.recorded_at")+
			" FROM compensation_payout AS o JOIN compensation AS c USING (contract, claim, n)"+
			" JOIN ledger_txn AS t ON t.key = o.contract || '/claim/' || claim || '/compensation/' || n || '/payout'"),
		Losses: load[worldLoss](t, c, "SELECT c.contract, k.clause, c.amount, "+stamp("c.payable_on", "c.recorded_at")+
			" FROM compensation AS c JOIN claim AS k ON k.contract = c.contract AND k.n = c.claim"),
		Postings: load[written](t, c, "SELECT "+stamp("effective_on", "recorded_at")+" FROM ledger_txn"),
		Closings: closedAt(t, c),
	}
}

// seen is the world as two settings show it.
type seen struct {
	world
	day, at string
}

func (s seen) counts(w written) bool { return w.Day <= s.day && w.At <= s.at }

// open is what an invoice still asks for.
func (s seen) open(i worldInvoice) money.CNY {
	open := i.Gross
	for _, n := range s.Invoices {
		if n.Credits == i.Key && s.counts(n.written) {
			open = open.Add(n.Gross)
		}
	}
	for _, a := range s.Allocations {
		if a.Invoice == i.Key && s.counts(a.written) {
			open = open.Sub(a.Amount)
		}
	}
	for _, w := range s.WriteOffs {
		if w.Invoice == i.Key && s.counts(w.written) {
			open = open.Sub(w.Amount)
		}
	}
	return open
}

func (s seen) due(invoice string) string {
	due := ""
	for _, d := range s.Dues {
		if d.Invoice == invoice && d.At <= s.at {
			due = d.Due
		}
	}
	return due
}

// receivables are the open invoices with what they ask for.
func (s seen) receivables() map[string]money.CNY {
	all := map[string]money.CNY{}
	for _, i := range s.Invoices {
		if open := s.open(i); i.Credits == "" && s.counts(i.written) && !open.IsZero() {
			all[i.Number] = open
		}
	}
	return all
}

func (s seen) end(payment string) (worldEnd, bool) {
	for _, e := range s.Ends {
		if e.Payment == payment && s.counts(e.written) {
			return e, true
		}
	}
	return worldEnd{}, false
}

// unapplied is what payments and lines have left, by payment and by line.
func (s seen) unapplied() (payments map[string]money.CNY, lines map[int64]money.CNY) {
	payments, lines = map[string]money.CNY{}, map[int64]money.CNY{}
	for _, l := range s.Lines {
		if s.counts(l.written) {
			lines[l.ID] = l.Amount
		}
	}
	for _, p := range s.Payments {
		if !s.counts(p.written) {
			continue
		}
		end, ended := s.end(p.Key)
		if !ended || end.Why == "reversed" {
			lines[p.Line] = lines[p.Line].Sub(p.Amount)
		}
		if ended && end.Why == "reversed" {
			lines[end.Line] = lines[end.Line].Add(p.Amount)
		}
		left := p.Amount
		if ended {
			left = money.CNY{}
		}
		for _, a := range s.Allocations {
			if a.Payment == p.Key && s.counts(a.written) {
				left = left.Sub(a.Amount)
			}
		}
		if !left.IsZero() {
			payments[p.Key] = left
		}
	}
	for _, o := range s.Payouts {
		if s.counts(o.written) {
			lines[o.Line] = lines[o.Line].Add(o.Amount)
		}
	}
	return payments, lines
}

// revenue is what is planned and recognised by invoice and month; the month of what is not planned is empty.
func (s seen) revenue() (planned, recognised map[[2]string]money.CNY) {
	planned, recognised = map[[2]string]money.CNY{}, map[[2]string]money.CNY{}
	add := func(m map[[2]string]money.CNY, invoice, month string, net money.CNY) {
		m[[2]string{invoice, month}] = m[[2]string{invoice, month}].Add(net)
	}
	known := map[string]bool{}
	for _, i := range s.Invoices {
		if s.counts(i.written) {
			known[i.Key] = true
			add(planned, cmp.Or(i.Credits, i.Key), "", i.Net)
		}
	}
	for _, p := range s.Planned {
		if p.At > s.at || !known[strings.TrimSuffix(p.Cause, "/earned")] {
			continue
		}
		add(planned, p.Invoice, "", p.Net.Neg())
		add(planned, p.Invoice, p.Month, p.Net)
		if p.AtOnce {
			add(recognised, p.Invoice, p.Month, p.Net)
		}
	}
	for _, r := range s.Revenue {
		if s.counts(r.written) {
			add(recognised, r.Invoice, r.Month, r.Net)
		}
	}
	return planned, recognised
}

func total[K comparable](m map[K]money.CNY) money.CNY {
	var sum money.CNY
	for _, amount := range m {
		sum = sum.Add(amount)
	}
	return sum
}

// balances are the accounts as the documents have them.
func (s seen) balances() map[string]money.CNY {
	b := map[string]money.CNY{ledger.Receivable: total(s.receivables())}
	payments, lines := s.unapplied()
	for _, l := range s.Lines {
		if !s.counts(l.written) {
			continue
		}
		b[ledger.Bank] = b[ledger.Bank].Add(l.Amount)
		account := ledger.Unexplained
		if l.Amount.IsPositive() {
			account = ledger.Unapplied
		}
		b[account] = b[account].Sub(lines[l.ID])
	}
	b[ledger.Unapplied] = b[ledger.Unapplied].Sub(total(payments))
	planned, recognised := s.revenue()
	b[ledger.Revenue] = total(recognised).Neg()
	b[ledger.ContractDebt] = total(recognised).Sub(total(planned))
	for _, i := range s.Invoices {
		if s.counts(i.written) {
			b[ledger.OutputVAT] = b[ledger.OutputVAT].Sub(i.Tax)
		}
	}
	for _, w := range s.WriteOffs {
		if s.counts(w.written) {
			b[ledger.WaivedReceivable] = b[ledger.WaivedReceivable].Add(w.Amount)
		}
	}
	for _, a := range s.Allocations {
		if a.Refund != "" && s.counts(a.written) {
			b[ledger.Payable] = b[ledger.Payable].Sub(a.Amount)
		}
	}
	for _, l := range s.Losses {
		if s.counts(l.written) {
			b[ledger.Loss], b[ledger.Payable] = b[ledger.Loss].Add(l.Amount), b[ledger.Payable].Sub(l.Amount)
		}
	}
	for _, o := range s.Payouts {
		if s.counts(o.written) {
			b[ledger.Payable] = b[ledger.Payable].Add(o.Amount)
		}
	}
	return b
}
