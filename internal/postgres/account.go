package postgres

import (
	"context"
	_ "embed" // the statements

	"github.com/jackc/pgx/v5"

	"lvyue/internal/money"
	"lvyue/internal/workday"
)

//go:embed query/account_invoices.sql
var selectAccountInvoices string

//go:embed query/account_applied.sql
var selectAccountApplied string

//go:embed query/account_refunds.sql
var selectAccountRefunds string

//go:embed query/balances.sql
var selectBalances string

// Account is the money of one contract as the books have it, and the trial balance of all books.
type Account struct {
	Invoices []InvoiceLine
	Applied  []AppliedLine
	Refunds  []RefundLine
	Balances []Balance
}

// InvoiceLine is an invoice, or a credit note with amounts below zero, and what became of it.
type InvoiceLine struct {
	Number, Kind, Obligation             string
	ServiceYear                          int
	IssuedOn, DueOn                      workday.Date
	Gross, Net, Tax                      money.CNY
	VatRate, Capital, Credits, Reason    string
	Received, Credited, WrittenOff, Open money.CNY
}

// AppliedLine is what a payment has given to an invoice or a refund; To is its obligation.
type AppliedLine struct {
	Reference, To, Invoice string
	Amount                 money.CNY
}

// RefundLine is a refund and how far it has come.
type RefundLine struct {
	ID                              string
	Amount                          money.CNY
	Reason, RequestedBy, ApprovedBy string
	RedWanted                       bool
	Red                             string
	PaidOn                          workday.Date
}

// Balance is an account of the trial balance.
type Balance struct {
	Account, NameZH, NameEN string
	Debit, Credit, Balance  money.CNY
}

// Account reads the money of a contract as it stands at one moment.
func (s *Store) Account(ctx context.Context, number string) (Account, error) {
	var a Account
	err := s.look(ctx, func(tx pgx.Tx) error {
		batch := &pgx.Batch{}
		queue(batch, selectAccountInvoices, of(number), &a.Invoices)
		queue(batch, selectAccountApplied, of(number), &a.Applied)
		queue(batch, selectAccountRefunds, of(number), &a.Refunds)
		queue(batch, selectBalances, nil, &a.Balances)
		return tx.SendBatch(ctx, batch).Close()
	})
	return a, trouble("read the books of "+number, err)
}
