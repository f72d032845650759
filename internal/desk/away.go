package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
)

// AwayStore knows when Slack was away, and keeps the evidence.
type AwayStore interface {
	Clock
	Away(ctx context.Context, now time.Time) ([]paging.Away, error)
	Record(ctx context.Context, r message.Record) error
}

// TellAway says in the evidence of each fault, once, that Slack was away while its pages went by other ways; from there its thread has
// it (§4.2). It may be repeated.
func TellAway(store AwayStore) func(context.Context) error {
	return func(ctx context.Context) error {
		now, err := store.Now(ctx)
		if err != nil {
			return err
		}
		all, err := store.Away(ctx, now)
		errs := []error{err}
		for _, a := range all {
			if err := store.Record(ctx, message.Record{Contract: a.Contract, Events: []message.Event{a.Event()}}); err != nil {
				errs = append(errs, fmt.Errorf("tell that Slack was away: %w", err))
			}
		}
		return errors.Join(errs...)
	}
}
