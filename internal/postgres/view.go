package postgres

import (
	"context"
	_ "embed" // the statements
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

//go:embed query/contracts.sql
var selectContracts string

//go:embed query/obligations.sql
var selectObligations string

//go:embed query/years.sql
var selectYears string

//go:embed query/receipts.sql
var selectReceipts string

//go:embed query/notices.sql
var selectNotices string

//go:embed query/refused.sql
var selectRefused string

// View is a contract as it stands: duties in the order in which they opened, receipts and messages in the order
// in which they were recorded, refused acts in the order of their receipt, works in the cloud by duty, faults in the order in which they were reported.
type View struct {
	Contract    message.ContractRow
	Obligations []message.Obligation
	Years       []message.ServiceYear
	Receipts    []message.Receipt
	Notices     []message.Notice
	Refused     []Refused
	Progress    []Progress
	Faults      []Fault
}

// Refused is an act that was refused. At is when it was received.
type Refused struct {
	At     time.Time
	Act    message.ActName
	Code   string
	Clause string
	refusal.Text
}

// View reads a contract as it stood at one moment. One of which only the form is registered is in the phase
// signing, with what the form says; without a form it is the refusal "unknown_contract".
func (s *Store) View(ctx context.Context, number string) (View, error) {
	form, err := s.Form(ctx, number)
	if err != nil {
		return View{}, err
	}
	v := View{Contract: unsigned(form)}
	err = s.look(ctx, func(tx pgx.Tx) error {
		rows, err := collect(ctx, tx, selectContracts, pgx.StrictNamedArgs{"number": number, "phase": ""},
			pgx.RowToStructByName[message.ContractRow])
		if err != nil {
			return err
		}
		if len(rows) > 0 {
			v.Contract = rows[0]
		}
		return v.fill(ctx, tx, of(number))
	})
	return v, trouble("read contract "+number, err)
}

// fill reads what belongs to the contract.
func (v *View) fill(ctx context.Context, tx pgx.Tx, number pgx.StrictNamedArgs) error {
	var err error
	v.Obligations, err = collect(ctx, tx, selectObligations, number, pgx.RowToStructByName[message.Obligation])
	if err != nil {
		return err
	}
	if v.Years, err = collect(ctx, tx, selectYears, number, pgx.RowToStructByName[message.ServiceYear]); err != nil {
		return err
	}
	if v.Receipts, err = collect(ctx, tx, selectReceipts, number, pgx.RowToStructByName[message.Receipt]); err != nil {
		return err
	}
	if v.Notices, err = collect(ctx, tx, selectNotices, number, pgx.RowToStructByName[message.Notice]); err != nil {
		return err
	}
	if v.Refused, err = collect(ctx, tx, selectRefused, number, readRefused); err != nil {
		return err
	}
	if v.Faults, err = collect(ctx, tx, selectFaults, number, pgx.RowToStructByName[Fault]); err != nil {
		return err
	}
	v.Progress, err = collect(ctx, tx, selectProgress, number, pgx.RowToStructByName[Progress])
	return err
}

func readRefused(row pgx.CollectableRow) (Refused, error) {
	var r Refused
	var answer struct {
		Refusal refusal.Refusal `json:"refusal"`
	}
	err := row.Scan(&r.At, &r.Act, &answer)
	r.Code, r.Clause, r.Text = answer.Refusal.Code, answer.Refusal.Clause, answer.Refusal.Text
	return r, err //nolint:wrapcheck // collect does
}

// unsigned is a contract of which only the form is known.
func unsigned(f contract.Form) message.ContractRow {
	return message.ContractRow{
		Number: f.Number, Customer: f.Customer.Name, Provider: f.Provider.Name, AccountManager: f.AccountManager,
		Language: f.Language, FormHash: f.Hash(), Phase: message.Signing, Fee: f.Fee,
	}
}
