package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/workday"
)

// cachedCalendar is the calendar up to the last notice that was read.
type cachedCalendar struct {
	sync.Mutex

	last     int64
	calendar *workday.Calendar
}

// Calendar is the calendar of the embedded notices and of all imported ones. It costs one small query.
func (s *Store) Calendar(ctx context.Context) (*workday.Calendar, error) {
	s.calendar.Lock()
	defer s.calendar.Unlock()
	rows, err := s.pool.Query(ctx, `SELECT id, notice FROM calendar_notice WHERE id > $1 ORDER BY id`, s.calendar.last)
	if err != nil {
		return nil, explain("read the calendar", err)
	}
	notices, err := pgx.CollectRows(rows, pgx.RowToStructByPos[storedNotice])
	if err != nil {
		return nil, explain("read the calendar", err)
	}
	for _, n := range notices {
		if err := s.calendar.add(n); err != nil {
			return nil, err
		}
	}
	return s.calendar.calendar, nil
}

type storedNotice struct {
	ID     int64
	Notice json.RawMessage
}

func (c *cachedCalendar) add(n storedNotice) error {
	var notice workday.Notice
	if err := json.Unmarshal(n.Notice, &notice); err != nil {
		return fmt.Errorf("notice %d cannot be read: %w", n.ID, err)
	}
	calendar, _, err := c.calendar.With(notice)
	if err != nil {
		return fmt.Errorf("notice %d does not fit: %w", n.ID, err)
	}
	c.last, c.calendar = n.ID, calendar
	return nil
}

// ImportNotice adds a notice of the State Council, if it agrees with what is known (see workday.Calendar.With
// for the refusals). False: it was known already, and nothing has changed.
func (s *Store) ImportNotice(ctx context.Context, n workday.Notice) (bool, error) {
	added := false
	err := s.inTx(ctx, "import a notice", func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext($1))`, s.schema+" calendar"); err != nil {
			return err
		}
		calendar, err := s.Calendar(ctx)
		if err != nil {
			return err
		}
		if _, added, err = calendar.With(n); err != nil || !added {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO calendar_notice (notice) VALUES ($1)`, n)
		return err
	})
	return added, err
}
