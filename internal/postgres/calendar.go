package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

//go:embed query/lock_calendar.sql
var lockCalendar string

//go:embed query/notices_after.sql
var selectNoticesAfter string

//go:embed query/insert_notice.sql
var insertNotice string

// learned is a calendar and the last import in it. Imports are append-only, so it only ever grows.
type learned struct {
	calendar *workday.Calendar
	last     int64
}

// noticeRow is an imported notice with its place in the order of import.
type noticeRow struct {
	ID          int64
	Year        int
	Number      string
	PublishedOn workday.Date
	URL         string
	Amends      string
	Days        []workday.NoticeDay
}

// ImportNotice adds a notice of the State Council to the calendar of this engine, and true; false if it was known
// already, embedded or imported. A notice that does not hold together is refused as workday.Calendar.With says.
func (s *Store) ImportNotice(ctx context.Context, n workday.Notice) (bool, error) {
	var added bool
	err := s.change(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, lockCalendar); err != nil {
			return fmt.Errorf("lock: %w", err)
		}
		calendar, err := s.catchUp(ctx, tx)
		if err != nil {
			return err
		}
		if _, added, err = calendar.With(n); err != nil || !added {
			return err
		}
		_, err = tx.Exec(ctx, insertNotice, named(n))
		return err //nolint:wrapcheck // trouble does
	})
	return added && err == nil, trouble(fmt.Sprintf("import the notice for %d", n.Year), err)
}

// Calendar is the embedded calendar with all notices that were imported here. It asks the database only for what
// is new, so counting a deadline costs one small query.
func (s *Store) Calendar(ctx context.Context) (*workday.Calendar, error) {
	calendar, err := s.catchUp(ctx, s.pool)
	return calendar, trouble("read the calendar", err)
}

// catchUp adds the notices that were imported since the last look.
func (s *Store) catchUp(ctx context.Context, q querier) (*workday.Calendar, error) {
	s.notices.Lock()
	at := s.calendar
	s.notices.Unlock()
	if at.calendar == nil {
		at.calendar = workday.Embedded()
	}
	rows, err := collect(ctx, q, selectNoticesAfter, pgx.StrictNamedArgs{"after": at.last},
		pgx.RowToStructByName[noticeRow])
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if at, err = at.with(row); err != nil {
			return nil, err
		}
	}
	s.notices.Lock()
	defer s.notices.Unlock()
	if at.last >= s.calendar.last {
		s.calendar = at
	}
	return at.calendar, nil
}

// with adds an import. It was accepted when it was imported; if it is refused now, this build embeds a notice
// that says otherwise, and that one rules: the table cannot be corrected, and no contract may stand still.
func (k learned) with(row noticeRow) (learned, error) {
	wider, _, err := k.calendar.With(workday.Notice{
		Year: row.Year, Number: row.Number, PublishedOn: row.PublishedOn, URL: row.URL, Amends: row.Amends, Days: row.Days,
	})
	if _, overruled := refusal.As(err); err != nil && !overruled {
		return k, fmt.Errorf("notice %d: %w", row.ID, err)
	}
	return learned{calendar: wider, last: row.ID}, nil
}
