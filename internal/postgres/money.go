package postgres

import (
	"context"
	_ "embed" // the statements
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
)

//go:embed query/last_money.sql
var selectLastMoney string

//go:embed query/unbooked.sql
var selectUnbooked string

// ErrMovedOn means that something was recorded meanwhile: look again.
var ErrMovedOn = errors.New("the evidence has moved on")

// Money is what the evidence said last of a contract's money, nothing if it never did, and how many events there are.
func (s *Store) Money(ctx context.Context, number string) (m message.Money, events int64, err error) {
	err = s.look(ctx, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, selectLastMoney, of(number)).Scan(&m)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("read what was said last: %w", err)
		}
		heads, err := collect(ctx, tx, selectHead, of(number), pgx.RowToStructByName[head])
		if err == nil && len(heads) > 0 {
			events = heads[0].Events
		}
		return err
	})
	return m, events, trouble("read the money of "+number, err)
}

// RecordAfter is Record for whoever has read the evidence up to its event number events, and must not write past another
// who did so too: if there are more by now, it is ErrMovedOn and nothing is stored.
func (s *Store) RecordAfter(ctx context.Context, events int64, r message.Record) error {
	return s.recordIf(ctx, r, func(end head) bool { return end.Events == events })
}

// Unbooked are the numbers of the contracts in force that are older than the books and not in them yet.
func (s *Store) Unbooked(ctx context.Context) ([]string, error) {
	numbers, err := collect(ctx, s.pool, selectUnbooked, nil, pgx.RowTo[string])
	return numbers, trouble("look for contracts that are not booked", err)
}
