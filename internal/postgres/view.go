package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// View is a contract as its evidence tells it.
type View struct {
	Contract    message.ContractRow   `json:"contract"`
	Obligations []message.Obligation  `json:"obligations"`
	Years       []message.ServiceYear `json:"service_years"`
	Receipts    []message.Receipt     `json:"receipts"`
	Notices     []message.Notice      `json:"messages"`
	Refused     []Refused             `json:"refused"`
}

// Refused is an act that the engine refused.
type Refused struct {
	At     time.Time       `json:"at"`
	Act    message.ActName `json:"act"`
	Code   string          `json:"code"`
	Clause string          `json:"clause"`
	refusal.Text
}

// View reads a contract, as of one instant. A contract whose form is registered and on which nothing has
// happened is in its signing phase; without a form it is unknown_contract.
func (s *Store) View(ctx context.Context, number string) (View, error) {
	var v View
	f, err := s.Form(ctx, number)
	if err != nil {
		return v, err
	}
	err = pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		v.Contract, err = readContract(ctx, tx, number)
		if errors.Is(err, pgx.ErrNoRows) {
			v.Contract, err = message.ContractRow{
				Number: number, Customer: f.Customer.Name, Provider: f.Provider.Name, AccountManager: f.AccountManager,
				Language: f.Language, FormHash: f.Hash(), Phase: message.Signing, Fee: f.Fee,
			}, nil
		}
		if err != nil {
			return err
		}
		return v.readLists(ctx, tx, number)
	})
	if err != nil {
		return v, explain("read the contract", err)
	}
	return v, nil
}

func (v *View) readLists(ctx context.Context, tx pgx.Tx, number string) error {
	var err error
	if v.Obligations, err = list(ctx, tx, `SELECT `+obligationColumns+` FROM obligation o WHERE contract = $1 ORDER BY opened_at, id`,
		scanObligation, number); err != nil {
		return err
	}
	if v.Years, err = list(ctx, tx, `SELECT year, first::text, last::text, fee FROM service_year WHERE contract = $1 ORDER BY year`,
		scanYear, number); err != nil {
		return err
	}
	if v.Receipts, err = list(ctx, tx, `SELECT reference, amount, received_on::text, counts_at, account FROM receipt
		WHERE contract = $1 ORDER BY seq`, scanReceipt, number); err != nil {
		return err
	}
	if v.Notices, err = list(ctx, tx, `SELECT at, recipient, about, kind FROM notice WHERE contract = $1 ORDER BY seq`,
		scanNotice, number); err != nil {
		return err
	}
	v.Refused, err = list(ctx, tx, `
		SELECT received_at, name, answer->'refusal'->>'code', coalesce(answer->'refusal'->>'clause', ''),
			answer->'refusal'->>'zh', answer->'refusal'->>'en'
		FROM inbox WHERE contract = $1 AND answer ? 'refusal' ORDER BY seq`, scanRefused, number)
	return err
}

func list[T any](ctx context.Context, tx pgx.Tx, query string, scan pgx.RowToFunc[T], args ...any) ([]T, error) {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

const contractColumns = `c.number, c.customer, c.provider, c.account_manager, c.language, c.form_hash, c.phase,
	c.effective::text, c.start::text, c.ends_on::text, c.ended_on::text, c.ground, c.fee, c.received, c.unapplied`

func contractTargets(c *message.ContractRow) []any {
	return []any{
		&c.Number, &c.Customer, &c.Provider, &c.AccountManager, &c.Language, &c.FormHash, &c.Phase,
		dateOf(&c.Effective), dateOf(&c.Start), dateOf(&c.EndsOn), dateOf(&c.EndedOn), &c.Ground,
		&c.Fee, &c.Received, &c.Unapplied,
	}
}

func readContract(ctx context.Context, tx pgx.Tx, number string) (message.ContractRow, error) {
	var c message.ContractRow
	err := tx.QueryRow(ctx, `SELECT `+contractColumns+` FROM contract c WHERE number = $1`, number).Scan(contractTargets(&c)...)
	return c, err
}

const obligationColumns = `o.id, o.clause, o.owed_by, o.opened_at, o.rule, o.counted_from::text, o.named::text, o.due_on::text,
	o.due_at, o.provisional, o.calendar, o.status, o.settled_at, o.closed_at, o.attention, o.moved`

func obligationTargets(o *message.Obligation) []any {
	return []any{
		&o.ID, &o.Clause, &o.OwedBy, timeOf(&o.OpenedAt), &o.Rule, dateOf(&o.From), dateOf(&o.Named), dateOf(&o.DueOn),
		timeOf(&o.DueAt), &o.Provisional, &o.Calendar, &o.Status, timeOf(&o.SettledAt), timeOf(&o.ClosedAt),
		&o.Attention, &o.Moved,
	}
}

func scanObligation(row pgx.CollectableRow) (message.Obligation, error) {
	var o message.Obligation
	return o, row.Scan(obligationTargets(&o)...)
}

func scanYear(row pgx.CollectableRow) (message.ServiceYear, error) {
	var y message.ServiceYear
	return y, row.Scan(&y.Year, dateOf(&y.First), dateOf(&y.Last), &y.Fee)
}

func scanReceipt(row pgx.CollectableRow) (message.Receipt, error) {
	var r message.Receipt
	return r, row.Scan(&r.Reference, &r.Amount, dateOf(&r.On), timeOf(&r.At), &r.Account)
}

func scanNotice(row pgx.CollectableRow) (message.Notice, error) {
	var n message.Notice
	return n, row.Scan(timeOf(&n.At), &n.To, &n.About, &n.Kind)
}

func scanRefused(row pgx.CollectableRow) (Refused, error) {
	var r Refused
	return r, row.Scan(timeOf(&r.At), &r.Act, &r.Code, &r.Clause, &r.ZH, &r.EN)
}

// dateOf scans a date as text; NULL is no day.
func dateOf(d *workday.Date) any { return dateTarget{d} }

type dateTarget struct{ date *workday.Date }

// Scan implements sql.Scanner.
func (t dateTarget) Scan(src any) error {
	if src == nil {
		*t.date = workday.Date{}
		return nil
	}
	text, _ := src.(string)
	return t.date.UnmarshalText([]byte(text))
}

// timeOf scans an instant into Asia/Shanghai; NULL is the zero instant.
func timeOf(t *time.Time) any { return timeTarget{t} }

type timeTarget struct{ time *time.Time }

// Scan implements sql.Scanner.
func (t timeTarget) Scan(src any) error {
	*t.time = time.Time{}
	if at, ok := src.(time.Time); ok {
		*t.time = at.In(workday.Shanghai)
	}
	return nil
}
