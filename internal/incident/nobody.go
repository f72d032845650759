package incident

import (
	"context"
	"time"

	"lvyue/internal/message"
)

// Nobody is the rota of an engine for which none has been written: the usual terms, and every target is silent, so that the
// account manager is paged.
type Nobody struct{}

// DeskTerms are the usual ones.
func (Nobody) DeskTerms(context.Context) (message.DeskTerms, error) { return Terms(), nil }

// Whom names nobody.
func (Nobody) Whom(_ context.Context, rungs []message.Rung, _ time.Time) (message.Reached, error) {
	return message.Reached{Silent: rungs[0].To}, nil
}
