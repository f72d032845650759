package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

//go:embed query/lock_books.sql
var lockBooks string

//go:embed query/closed_through.sql
var selectClosedThrough string

//go:embed query/recognise.sql
var recognise string

//go:embed query/insert_month_close.sql
var insertMonthClose string

// CloseMonth recognises the revenue of a calendar month and of the open ones before it, and closes them for good. Month
// is any day of it. Today is the day on which it happens, Asia/Shanghai: a month that is not over is refused
// (month_running), as is one that is closed (month_closed), and books that do not hold (audit_failed).
func (s *Store) CloseMonth(ctx context.Context, month, today workday.Date, by string) error {
	month = month.AddDays(1 - month.Day())
	if thisMonth := today.AddDays(1 - today.Day()); !month.Before(thisMonth) {
		return refusal.Rule("month_running", "", "该月尚未结束，不能结账。", "the month is not over yet; it cannot be closed")
	}
	_, found, err := s.Audit(ctx)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return refusal.Rule("audit_failed", "",
			"账目检查未通过，不能结账；请运行 starter books audit。", "the books do not hold, so no month is closed; run starter books audit")
	}
	err = s.change(ctx, func(tx pgx.Tx) error { return closeMonth(ctx, tx, month, by) })
	return trouble("close the month of "+month.String(), err)
}

func closeMonth(ctx context.Context, tx pgx.Tx, month workday.Date, by string) error {
	if _, err := tx.Exec(ctx, lockBooks); err != nil {
		return fmt.Errorf("lock the books: %w", err)
	}
	var through workday.Date
	if err := tx.QueryRow(ctx, selectClosedThrough).Scan(&through); err != nil {
		return fmt.Errorf("look for closed months: %w", err)
	}
	if !through.IsZero() && !month.After(through) {
		return monthClosed()
	}
	if _, err := tx.Exec(ctx, recognise, pgx.StrictNamedArgs{"month": month, "actor": by}); err != nil {
		return fmt.Errorf("recognise revenue: %w", err)
	}
	_, err := tx.Exec(ctx, insertMonthClose, pgx.StrictNamedArgs{"month": month, "by": by})
	return err //nolint:wrapcheck // trouble does
}

func monthClosed() *refusal.Refusal {
	return refusal.Rule("month_closed", "", "该月已结账。", "the month is closed")
}

// Today is the day in Shanghai by the server's clock.
func (s *Store) Today(ctx context.Context) (workday.Date, error) {
	var now time.Time
	err := s.pool.QueryRow(ctx, "SELECT clock_timestamp()").Scan(&now)
	return workday.Of(now), trouble("ask for the time", err)
}
