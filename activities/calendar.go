package activities

import (
	"context"
	"log/slog"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// CalendarStore knows every notice that was imported.
type CalendarStore interface {
	Calendar(ctx context.Context) (*workday.Calendar, error)
}

// Calendar counts days by the State Council's calendar as it is known now.
type Calendar struct {
	Store CalendarStore
	Log   *slog.Logger
}

// Deadline counts one deadline of the contract.
func (c *Calendar) Deadline(ctx context.Context, q message.DeadlineQuestion) (contract.Deadline, error) {
	calendar, err := c.Store.Calendar(ctx)
	if err != nil {
		return contract.Deadline{}, err
	}
	d, err := contract.Count(calendar, q.Rule, q.From, q.Named)
	return d, final(err)
}

// Watch warns, from 1 October on, while the notice of the next year is not imported; from 20 December it is an
// alarm.
func (c *Calendar) Watch(ctx context.Context, today workday.Date) error {
	calendar, err := c.Store.Calendar(ctx)
	if err != nil {
		return err
	}
	if today.Month() < time.October || noticed(calendar, today.Year()+1) {
		return nil
	}
	level := slog.LevelWarn
	if today.Month() == time.December && today.Day() >= 20 {
		level = slog.LevelError
	}
	c.Log.Log(ctx, level, "the State Council's notice of the next year is not imported; its due days are provisional",
		"year", today.Year()+1)
	return nil
}

func noticed(c *workday.Calendar, year int) bool {
	for _, n := range c.Notices() {
		if n.Year == year {
			return true
		}
	}
	return false
}
