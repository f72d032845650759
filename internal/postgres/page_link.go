package postgres

import (
	"context"
	_ "embed" // the statements
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/paging"
)

//go:embed query/use_link.sql
var useLink string

//go:embed query/link_used.sql
var selectLinkUsed string

// UseLink uses a link once: it runs act and keeps that, or neither, and tells whether it was the first. Whoever uses it at the
// same time waits until it is known. If act fails, the link may be used again; if the program ends after act and before that is
// kept, too, so act is given the link's ID to do its work once under it.
func (s *Store) UseLink(ctx context.Context, l paging.Link, at time.Time, act func(context.Context) error) (bool, error) {
	first := false
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		done, err := tx.Exec(ctx, useLink, pgx.StrictNamedArgs{
			"id": l.ID(), "person": l.Person, "contract": l.Contract, "fault": l.Fault, "act": l.Act, "at": at,
		})
		first = err == nil && done.RowsAffected() > 0
		if !first {
			return err //nolint:wrapcheck // trouble does
		}
		return act(ctx)
	})
	return first, trouble("use a link", err)
}

// LinkUsed tells whether a link was used.
func (s *Store) LinkUsed(ctx context.Context, l paging.Link) (bool, error) {
	var used bool
	err := s.pool.QueryRow(ctx, selectLinkUsed, pgx.StrictNamedArgs{"id": l.ID()}).Scan(&used)
	return used, trouble("look for a link", err)
}
