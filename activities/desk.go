package activities

import (
	"context"
	"time"

	"lvyue/internal/message"
)

// Rota knows who is on call, and the policy of the desk.
type Rota interface {
	// DeskTerms is the policy that rules now.
	DeskTerms(ctx context.Context) (message.DeskTerms, error)
	// Whom resolves the first of the rungs at an instant. A rung that reaches nobody falls through to the next one.
	Whom(ctx context.Context, rungs []message.Rung, at time.Time) (message.Reached, error)
}

// Desk is the people who look after faults (§4).
type Desk struct{ Rota Rota }

// Terms is the policy under which a fault that is reported now is looked after.
func (d *Desk) Terms(ctx context.Context, _ string) (message.DeskTerms, error) {
	return d.Rota.DeskTerms(ctx)
}

// Call asks for the people of the first of Rungs, at the instant At.
type Call struct {
	Rungs []message.Rung `json:"rungs"`
	At    time.Time      `json:"at"`
}

// Whom names who is to be paged.
func (d *Desk) Whom(ctx context.Context, c Call) (message.Reached, error) {
	return d.Rota.Whom(ctx, c.Rungs, c.At)
}
