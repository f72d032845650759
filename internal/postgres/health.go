package postgres

import (
	"context"
	_ "embed" // the statement
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/warning"
)

//go:embed query/unmeasured.sql
var selectUnmeasured string

// inService is a contract in service, and whether it should have been measured since.
type inService struct {
	warning.Unmeasured

	contracts int
	overdue   bool
}

// Health is how all contracts in service are at an instant (§3.6).
func (s *Store) Health(ctx context.Context, at time.Time) (warning.Health, error) {
	h := warning.Health{Open: []warning.Standing{}, Unmeasured: []warning.Unmeasured{}}
	err := s.look(ctx, func(tx pgx.Tx) error {
		open, err := collect(ctx, tx, selectWarnings, pgx.StrictNamedArgs{"contract": "", "closed": false}, readWarning)
		if err != nil {
			return err
		}
		h.Open = append([]warning.Standing{}, open...)
		rows, err := collect(ctx, tx, selectUnmeasured, pgx.StrictNamedArgs{"since": at.Add(-warning.Overdue)}, readInService)
		h.Unmeasured = []warning.Unmeasured{}
		for _, row := range rows {
			h.Contracts = row.contracts
			if row.overdue {
				h.Unmeasured = append(h.Unmeasured, row.Unmeasured)
			}
		}
		return err
	})
	warning.Worst(h.Open)
	return h, trouble("read how the contracts in service are", err)
}

func readInService(row pgx.CollectableRow) (inService, error) {
	var c inService
	err := row.Scan(&c.Contract, &c.LookedAt, &c.contracts, &c.overdue)
	return c, err //nolint:wrapcheck // collect does
}
