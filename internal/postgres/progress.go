package postgres

import (
	"context"
	_ "embed" // the statements
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/hosting"
)

//go:embed query/keep_progress.sql
var keepProgress string

//go:embed query/progress.sql
var selectProgress string

// Progress is what was there at the last look of a work in the cloud, at a duty of a contract.
type Progress struct {
	Duty     string
	LookedAt time.Time
	Pieces   []hosting.Resource
}

// KeepProgress writes what a look has found over what the one before had.
func (s *Store) KeepProgress(ctx context.Context, contract, duty string, pieces []hosting.Resource) error {
	text, err := json.Marshal(append([]hosting.Resource{}, pieces...))
	if err != nil {
		return fmt.Errorf("keep the progress of %s: %w", contract, err)
	}
	_, err = s.pool.Exec(ctx, keepProgress, pgx.StrictNamedArgs{"contract": contract, "duty": duty, "pieces": text})
	return trouble("keep the progress of "+contract, err)
}
