package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// fold writes what an event changed into the read tables.
func fold(ctx context.Context, tx pgx.Tx, contract string, seq int64, c message.Changed) error {
	batch := &pgx.Batch{}
	if c.Contract != nil {
		foldContract(batch, *c.Contract)
	}
	if c.Obligation != nil {
		foldObligation(batch, contract, *c.Obligation)
	}
	if c.Year != nil {
		batch.Queue(`INSERT INTO service_year (contract, year, first, last, fee) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (contract, year) DO UPDATE SET first = excluded.first, last = excluded.last, fee = excluded.fee`,
			contract, c.Year.Year, day(c.Year.First), day(c.Year.Last), c.Year.Fee)
	}
	if c.Receipt != nil {
		r := c.Receipt
		batch.Queue(`INSERT INTO receipt (contract, reference, amount, received_on, counts_at, account, seq)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, contract, r.Reference, r.Amount, day(r.On), r.At, r.Account, seq)
	}
	if c.Notice != nil {
		batch.Queue(`INSERT INTO notice (contract, seq, at, recipient, about, kind) VALUES ($1, $2, $3, $4, $5, $6)`,
			contract, seq, c.Notice.At, c.Notice.To, c.Notice.About, c.Notice.Kind)
	}
	if batch.Len() == 0 {
		return nil
	}
	return tx.SendBatch(ctx, batch).Close()
}

func foldContract(batch *pgx.Batch, c message.ContractRow) {
	batch.Queue(`
		INSERT INTO contract (number, customer, provider, account_manager, language, form_hash, phase,
			effective, start, ends_on, ended_on, ground, fee, received, unapplied)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (number) DO UPDATE SET customer = excluded.customer, provider = excluded.provider,
			account_manager = excluded.account_manager, language = excluded.language, form_hash = excluded.form_hash,
			phase = excluded.phase, effective = excluded.effective, start = excluded.start, ends_on = excluded.ends_on,
			ended_on = excluded.ended_on, ground = excluded.ground, fee = excluded.fee, received = excluded.received,
			unapplied = excluded.unapplied`,
		c.Number, c.Customer, c.Provider, c.AccountManager, c.Language, c.FormHash, c.Phase,
		day(c.Effective), day(c.Start), day(c.EndsOn), day(c.EndedOn), c.Ground, c.Fee, c.Received, c.Unapplied)
}

func foldObligation(batch *pgx.Batch, contract string, o message.Obligation) {
	moved := o.Moved
	if moved == nil {
		moved = []message.Move{}
	}
	batch.Queue(`
		INSERT INTO obligation (contract, id, clause, owed_by, opened_at, rule, counted_from, named, due_on, due_at,
			provisional, calendar, status, settled_at, closed_at, attention, moved)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
		ON CONFLICT (contract, id) DO UPDATE SET clause = excluded.clause, owed_by = excluded.owed_by,
			opened_at = excluded.opened_at, rule = excluded.rule, counted_from = excluded.counted_from,
			named = excluded.named, due_on = excluded.due_on, due_at = excluded.due_at,
			provisional = excluded.provisional, calendar = excluded.calendar, status = excluded.status,
			settled_at = excluded.settled_at, closed_at = excluded.closed_at, attention = excluded.attention,
			moved = excluded.moved`,
		contract, o.ID, o.Clause, o.OwedBy, o.OpenedAt, o.Rule, day(o.From), day(o.Named), day(o.DueOn), instant(o.DueAt),
		o.Provisional, o.Calendar, o.Status, instant(o.SettledAt), instant(o.ClosedAt), o.Attention, moved)
}

// day is a date column: NULL for no day.
func day(d workday.Date) *string {
	if d.IsZero() {
		return nil
	}
	s := d.String()
	return &s
}

// instant is a timestamptz column: NULL for none.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// Rebuild empties the read tables and folds all evidence again, whole or not at all. It tells how many
// contracts there are.
func (s *Store) Rebuild(ctx context.Context) (int, error) {
	var contracts int
	err := s.inTx(ctx, "rebuild the read tables", func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			LOCK TABLE chain IN EXCLUSIVE MODE;
			DELETE FROM contract; DELETE FROM obligation; DELETE FROM service_year; DELETE FROM receipt; DELETE FROM notice`)
		if err != nil {
			return err
		}
		if err := refold(ctx, tx); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT count(*) FROM contract`).Scan(&contracts)
	})
	return contracts, err
}

func refold(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, `SELECT contract, seq, event FROM contract_event ORDER BY contract, seq`)
	if err != nil {
		return err
	}
	type line struct {
		Contract string
		Seq      int64
		Event    string
	}
	lines, err := pgx.CollectRows(rows, pgx.RowToStructByPos[line])
	if err != nil {
		return err
	}
	for _, l := range lines {
		var e message.Event
		if err := json.Unmarshal([]byte(l.Event), &e); err != nil {
			return fmt.Errorf("event %d of %s cannot be read: %w", l.Seq, l.Contract, err)
		}
		if err := fold(ctx, tx, l.Contract, l.Seq, e.Changed); err != nil {
			return err
		}
	}
	return nil
}
