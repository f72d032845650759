package postgres

import (
	"context"
	_ "embed" // the statements

	"github.com/jackc/pgx/v5"

	"lvyue/internal/drift"
)

//go:embed query/hosted.sql
var selectHosted string

// Hosted gives every contract, also the destroyed ones and those of which only the form is registered, with its part in
// the cloud as the evidence tells of it (§3.2).
func (s *Store) Hosted(ctx context.Context) ([]drift.Contract, error) {
	all, err := collect(ctx, s.pool, selectHosted, nil, pgx.RowToStructByName[drift.Contract])
	return all, trouble("list what contracts have in the cloud", err)
}
