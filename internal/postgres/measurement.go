package postgres

import (
	"context"
	_ "embed" // the statements
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/hosting"
	"lvyue/internal/warning"
)

//go:embed query/watched.sql
var selectWatched string

//go:embed query/watched_contract.sql
var selectWatchedContract string

//go:embed query/points.sql
var selectPoints string

//go:embed query/warnings.sql
var selectWarnings string

//go:embed query/look_on.sql
var lookOn string

//go:embed query/insert_points.sql
var insertPoints string

//go:embed query/keep_warnings.sql
var keepWarnings string

//go:embed query/forget_points.sql
var forgetPoints string

// Watched gives the next contracts in service after a number, most of them at once, by number (§3.6).
func (s *Store) Watched(ctx context.Context, after string, most int) ([]string, error) {
	all, err := collect(ctx, s.pool, selectWatched, pgx.StrictNamedArgs{"after": after, "most": most}, pgx.RowTo[string])
	return all, trouble("list the contracts in service", err)
}

// Measured is what is known of a contract's measurements at an instant (§3.6), with the points of the time that is
// remembered before it. One without a form is the refusal "unknown_contract".
func (s *Store) Measured(ctx context.Context, number string, at time.Time) (warning.Known, error) {
	var k warning.Known
	err := s.look(ctx, func(tx pgx.Tx) error {
		rows, err := collect(ctx, tx, selectWatchedContract, of(number), readKnown)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return unknownContract(number)
		}
		k = rows[0]
		after := pgx.StrictNamedArgs{"contract": number, "after": at.Add(-warning.Remembered)}
		if k.Points, err = collect(ctx, tx, selectPoints, after, readPoint); err != nil {
			return err
		}
		standing, err := collect(ctx, tx, selectWarnings, pgx.StrictNamedArgs{"contract": number, "closed": true}, readWarning)
		for _, w := range standing {
			k.Warnings = append(k.Warnings, w.Warning)
		}
		return err
	})
	return k, trouble("read what was measured of "+number, err)
}

func readKnown(row pgx.CollectableRow) (warning.Known, error) {
	var k warning.Known
	err := row.Scan(&k.Number, &k.Phase, &k.Regions, &k.Recorded, &k.UsableAt, &k.Last, &k.LookedAt)
	return k, err //nolint:wrapcheck // collect does
}

func readPoint(row pgx.CollectableRow) (hosting.Point, error) {
	var p hosting.Point
	err := row.Scan(&p.Kind, &p.Resource, &p.Device, &p.Metric, &p.At, &p.Percent)
	return p, err //nolint:wrapcheck // collect does
}

func readWarning(row pgx.CollectableRow) (warning.Standing, error) {
	var w warning.Standing
	err := row.Scan(&w.Contract, &w.Kind, &w.Resource, &w.Device, &w.Metric, &w.What, &w.Class, &w.Percent, &w.Grows, &w.PerDay, &w.Days,
		&w.Since, &w.OpenedAt, &w.LookedAt, &w.ToldAt, &w.ToldClass, &w.Quiet, &w.ClosedAt, &w.Growth)
	return w, err //nolint:wrapcheck // collect does
}

// KeepLook keeps what a look at a contract measured and judged, whole and once: of one that is kept already, or that is
// older than the last, nothing is kept. Points older than warning.Kept are forgotten.
func (s *Store) KeepLook(ctx context.Context, number string, at time.Time, points []hosting.Point, warnings []warning.Warning) error {
	err := s.change(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, lookOn, pgx.StrictNamedArgs{"contract": number, "at": at})
		if err != nil || tag.RowsAffected() == 0 {
			return err //nolint:wrapcheck // trouble does
		}
		for _, keep := range []struct {
			sql, name string
			rows      any
		}{
			{insertPoints, "points", append([]hosting.Point{}, points...)},
			{keepWarnings, "warnings", append([]warning.Warning{}, warnings...)},
		} {
			rows, err := json.Marshal(keep.rows)
			if err != nil {
				return fmt.Errorf("write the %s: %w", keep.name, err)
			}
			if _, err := tx.Exec(ctx, keep.sql, pgx.StrictNamedArgs{"contract": number, keep.name: rows}); err != nil {
				return fmt.Errorf("keep the %s: %w", keep.name, err)
			}
		}
		_, err = tx.Exec(ctx, forgetPoints, pgx.StrictNamedArgs{"contract": number, "before": at.Add(-warning.Kept)})
		return err //nolint:wrapcheck // trouble does
	})
	return trouble("keep what was measured of "+number, err)
}
