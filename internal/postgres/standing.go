package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/ledger"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

//go:embed query/standing_policy.sql
var selectPolicy string

//go:embed query/standing_invoices.sql
var selectStandingInvoices string

//go:embed query/standing_schedule.sql
var selectSchedule string

//go:embed query/standing_payments.sql
var selectPayments string

//go:embed query/standing_applied.sql
var selectApplied string

//go:embed query/standing_refunds.sql
var selectRefunds string

// scheduled is a row of a revenue schedule.
type scheduled struct {
	Invoice string
	Month   workday.Date
	Net     money.CNY
}

// invoiceRow is an invoice with what became of it, but for its schedule.
type invoiceRow struct {
	Key, Obligation       string
	Revision              int
	IssuedOn, DueOn       workday.Date
	Rate                  string
	Gross, Net            money.CNY
	Credited, CreditedNet money.CNY
	Credits               int
	WrittenOff            money.CNY
	FreedOn               workday.Date
}

// policyRow is what finance has decided.
type policyRow struct {
	Rate               string
	Grain, RefundRight string
	OpenFrom           workday.Date
}

// standingOf reads what the books hold of a contract, with one trip to the server.
func standingOf(ctx context.Context, tx pgx.Tx, number string) (ledger.Standing, error) {
	var s ledger.Standing
	var invoices []invoiceRow
	var schedule []scheduled
	var policies []policyRow
	batch := &pgx.Batch{}
	queue(batch, selectPolicy, nil, &policies)
	queue(batch, selectStandingInvoices, of(number), &invoices)
	queue(batch, selectSchedule, of(number), &schedule)
	queue(batch, selectPayments, of(number), &s.Payments)
	queue(batch, selectApplied, of(number), &s.Applied)
	queue(batch, selectRefunds, of(number), &s.Refunds)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return s, err //nolint:wrapcheck // the caller says what was read
	}
	var err error
	if s.Policy, err = policyOf(policies); err != nil {
		return s, err
	}
	s.Invoices, err = withSchedules(invoices, schedule)
	return s, err
}

// queue adds a query whose rows go to all.
func queue[T any](batch *pgx.Batch, sql string, args pgx.StrictNamedArgs, all *[]T) {
	batch.Queue(sql, args).Query(func(rows pgx.Rows) error {
		var err error
		*all, err = pgx.CollectRows(rows, pgx.RowToStructByName[T])
		return err //nolint:wrapcheck // the caller says what was read
	})
}

func policyOf(rows []policyRow) (ledger.Policy, error) {
	if len(rows) != 1 {
		return ledger.Policy{}, fmt.Errorf("%d policies rule", len(rows))
	}
	rate, err := ledger.ParseRate(rows[0].Rate)
	return ledger.Policy{
		Rate: rate, Grain: ledger.Grain(rows[0].Grain), RefundRight: ledger.RefundRight(rows[0].RefundRight),
		OpenFrom: rows[0].OpenFrom,
	}, err
}

func withSchedules(rows []invoiceRow, schedule []scheduled) ([]ledger.Invoice, error) {
	byInvoice := map[string][]ledger.Earned{}
	for _, s := range schedule {
		byInvoice[s.Invoice] = append(byInvoice[s.Invoice], ledger.Earned{Month: s.Month, Net: s.Net})
	}
	invoices := make([]ledger.Invoice, len(rows))
	for i, r := range rows {
		rate, err := ledger.ParseRate(r.Rate)
		if err != nil {
			return nil, err
		}
		invoices[i] = ledger.Invoice{
			Key: r.Key, Obligation: r.Obligation, Revision: r.Revision, IssuedOn: r.IssuedOn, DueOn: r.DueOn, Rate: rate,
			Gross: r.Gross, Net: r.Net, Credited: r.Credited, CreditedNet: r.CreditedNet, Credits: r.Credits,
			WrittenOff: r.WrittenOff, FreedOn: r.FreedOn, Schedule: byInvoice[r.Key],
		}
	}
	return invoices, nil
}
