// Package activities is everything that touches the world: one file and one struct for each counterparty, with
// the small interface that it needs. Every activity may run twice.
package activities

import (
	"errors"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"

	"lvyue/internal/refusal"
)

// World is every counterparty of the engine.
type World struct {
	Evidence  *Evidence
	Inbox     *Inbox
	Calendar  *Calendar
	Hosting   *Hosting
	Engine    *Engine
	Books     *Books
	Drift     *Drift
	Warning   *Warning
	Offsite   *Offsite
	Migration *Migration
	Desk      *Desk
}

// Register gives a worker every activity.
func (w World) Register(r worker.ActivityRegistry) {
	for _, counterparty := range []any{w.Evidence, w.Inbox, w.Calendar, w.Hosting, w.Engine, w.Books, w.Drift, w.Warning, w.Offsite, w.Migration, w.Desk} {
		r.RegisterActivity(counterparty)
	}
}

// final marks an error that no repetition can mend, so that it is not tried for ever: what a rule refuses, and
// what says so of itself.
func final(err error) error {
	var permanent interface{ Permanent() bool }
	_, refused := refusal.As(err)
	if refused || (errors.As(err, &permanent) && permanent.Permanent()) {
		return temporal.NewNonRetryableApplicationError(err.Error(), "permanent", nil)
	}
	return soon(err)
}

// soon has a call that failed for now repeated when the counterparty asks for it, if it does.
func soon(err error) error {
	var waits interface{ RetryAfter() time.Duration }
	if !errors.As(err, &waits) || waits.RetryAfter() == 0 {
		return err
	}
	return temporal.NewApplicationErrorWithOptions(err.Error(), "later", temporal.ApplicationErrorOptions{
		NextRetryDelay: waits.RetryAfter(), Cause: err,
	})
}
