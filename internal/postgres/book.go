package postgres

import (
	"cmp"
	"context"
	_ "embed" // the statements
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/workday"
)

//go:embed query/book_step.sql
var bookStep string

//go:embed query/insert_booking_trouble.sql
var insertBookingTrouble string

//go:embed query/insert_outlook.sql
var insertOutlook string

// told is an event that was added to the evidence, in its place.
type told struct {
	message.Event

	seq int64
}

// engine is who acts when the passing of time does.
const engine = "lvyue"

// actor is who caused the event.
func (t told) actor() string { return cmp.Or(t.Actor.Who, engine) }

// book brings the books to what an event says of money, in the transaction that records it: evidence and books never
// disagree. An event that is booked already changes nothing.
//
// What the books refuse must not stop the contract: then they stay as they were, the trouble is kept for the audit, and
// since an event carries the whole picture, the next one that is booked makes it good.
func book(ctx context.Context, tx pgx.Tx, number string, t told) error {
	if t.Changed.Quote == nil && t.Changed.Outlook == nil && t.Changed.Money == nil {
		return nil
	}
	err := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error {
		if err := bookAll(ctx, tx, number, t); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
		return err //nolint:wrapcheck // Record says of which contract
	})
	if !refusedByBooks(err) {
		return err //nolint:wrapcheck // Record says of which contract
	}
	_, err = tx.Exec(ctx, insertBookingTrouble, pgx.StrictNamedArgs{"contract": number, "event_seq": t.seq, "trouble": err.Error()})
	return err //nolint:wrapcheck // Record says of which contract
}

// refusedByBooks tells what a constraint or a limit of the database refuses for good from what may pass.
func refusedByBooks(err error) bool {
	for _, class := range []string{"21", "22", "23", "54", "P0"} {
		if state(err, class) {
			return true
		}
	}
	return false
}

func bookAll(ctx context.Context, tx pgx.Tx, number string, t told) error {
	if t.Changed.Quote != nil {
		var batch pgx.Batch
		keepQuote(&batch, number, ledger.HashOf(t.Changed.Quote.Answer))
		if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
			return fmt.Errorf("keep the quote: %w", err)
		}
	}
	if t.Changed.Outlook != nil {
		if err := bookOutlook(ctx, tx, number, t); err != nil {
			return err
		}
	}
	if t.Changed.Money == nil {
		return nil
	}
	marked, err := tx.Exec(ctx, bookStep, pgx.StrictNamedArgs{"contract": number, "event_seq": t.seq})
	if err != nil || marked.RowsAffected() == 0 {
		return err //nolint:wrapcheck // Record says of which contract
	}
	standing, err := standingOf(ctx, tx, number)
	if err != nil {
		return fmt.Errorf("read the books: %w", err)
	}
	c := clerk{contract: number, event: t, money: *t.Changed.Money, policy: standing.Policy}
	for _, d := range ledger.Bring(standing, c.money, number, t.seq, workday.Of(t.At)) {
		c.write(d)
	}
	return tx.SendBatch(ctx, &c.Batch).Close() //nolint:wrapcheck // Record says of which contract
}

func bookOutlook(ctx context.Context, tx pgx.Tx, number string, t told) error {
	o := t.Changed.Outlook
	_, err := tx.Exec(ctx, insertOutlook, pgx.StrictNamedArgs{
		"contract": number, "event_seq": t.seq, "known_on": workday.Of(t.At), "year": o.Year, "last": o.Last, "fee": o.Fee,
		"offered": o.Offered, "offered_by": o.OfferedBy, "agreed": o.Agreed, "growth": o.Growth,
	})
	if err != nil {
		return fmt.Errorf("keep the outlook: %w", err)
	}
	return nil
}
