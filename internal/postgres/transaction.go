package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// change runs work whole or not at all. Each statement sees what was committed before it, so that what is read
// after a lock is what the lock protects.
func (s *Store) change(ctx context.Context, work func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, s.pool, work) //nolint:wrapcheck // trouble does
}

// look runs work on one state of the database, that of its first statement.
func (s *Store) look(ctx context.Context, work func(pgx.Tx) error) error {
	still := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return pgx.BeginTxFunc(ctx, s.pool, still, work) //nolint:wrapcheck // trouble does
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
