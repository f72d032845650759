package postgres

import (
	"context"
	_ "embed" // the statement
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/paging"
)

//go:embed query/away.sql
var selectAway string

// lookBack is how long ago a way may have been away to be asked about.
const lookBack = 24 * time.Hour

// Away are the times in the day before now at which Slack did not take the pages of a fault, and they went by other ways: those that
// are over, and of which the fault's evidence does not tell yet.
func (s *Store) Away(ctx context.Context, now time.Time) ([]paging.Away, error) {
	all, err := collect(ctx, s.pool, selectAway, pgx.StrictNamedArgs{"since": now.Add(-lookBack)}, pgx.RowToStructByName[paging.Away])
	return all, trouble("look for when Slack was away", err)
}
