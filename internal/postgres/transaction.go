package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"

	"github.com/jackc/pgx/v5"
)

//go:embed query/alone.sql
var alone string

// SQLSTATEs of a transaction that the server has undone whole, since it could not go on beside another one.
const (
	deadlocked     = "40P01"
	unserializable = "40001"
)

// change runs work whole or not at all. Each statement sees what was committed before it, so that what is read
// after a lock is what the lock protects.
//
// Two transactions may come to wait for each other: steps of two contracts that use the same bank lines lock them in
// the order of their receipts. The server then undoes one of them, as if it had never begun, and so it is begun again,
// five times at most. Work may therefore run more than once: what it gives to its caller is set anew each time.
func (s *Store) change(ctx context.Context, work func(pgx.Tx) error) error {
	const tries = 5
	var err error
	for range tries {
		err = pgx.BeginFunc(ctx, s.pool, work)
		if !state(err, deadlocked) && !state(err, unserializable) {
			return err //nolint:wrapcheck // trouble does
		}
	}
	return err //nolint:wrapcheck // trouble does
}

// look runs work on one state of the database, that of its first statement.
func (s *Store) look(ctx context.Context, work func(pgx.Tx) error) error {
	still := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return pgx.BeginTxFunc(ctx, s.pool, still, work) //nolint:wrapcheck // trouble does
}

// beAlone lets nobody else do the same until the commit.
func beAlone(ctx context.Context, tx pgx.Tx, what string) error {
	if _, err := tx.Exec(ctx, alone, pgx.StrictNamedArgs{"what": what}); err != nil {
		return fmt.Errorf("wait for the others: %w", err)
	}
	return nil
}

// collect gives all rows of a query, each made by read.
func collect[T any](
	ctx context.Context, q querier, sql string, args pgx.StrictNamedArgs, read pgx.RowToFunc[T],
) ([]T, error) {
	rows, err := q.Query(ctx, sql, args)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	all, err := pgx.CollectRows(rows, read)
	if err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	return all, nil
}
