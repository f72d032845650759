package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/workday"
)

// LayOutCalendar writes the calendar as it is known now into the table calendar_day, by which the books count working
// days; if it stands there already, nothing is done.
func (s *Store) LayOutCalendar(ctx context.Context) error {
	calendar, err := s.Calendar(ctx)
	if err != nil {
		return err
	}
	var there bool
	err = s.pool.QueryRow(ctx, "SELECT EXISTS (SELECT FROM calendar_laid_out WHERE version = $1)", calendar.Version()).Scan(&there)
	if err != nil || there {
		return trouble("look at the calendar that is laid out", err)
	}
	return trouble("lay out the calendar", s.change(ctx, func(tx pgx.Tx) error { return layOut(ctx, tx, calendar) }))
}

func layOut(ctx context.Context, tx pgx.Tx, calendar *workday.Calendar) error {
	if _, err := tx.Exec(ctx, lockCalendar); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	for _, table := range []string{"calendar_day", "calendar_laid_out"} {
		if _, err := tx.Exec(ctx, "DELETE FROM "+table); err != nil {
			return fmt.Errorf("empty %s: %w", table, err)
		}
	}
	var rows [][]any
	nth := 0
	for day := range calendar.Days() {
		if day.Working {
			nth++
		}
		rows = append(rows, []any{day.Date, day.Working, day.Provisional, nth})
	}
	columns := []string{"day", "working", "provisional", "nth"}
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"calendar_day"}, columns, pgx.CopyFromRows(rows)); err != nil {
		return fmt.Errorf("write the days: %w", err)
	}
	_, err := tx.Exec(ctx, "INSERT INTO calendar_laid_out (version) VALUES ($1)", calendar.Version())
	return err //nolint:wrapcheck // trouble does
}
