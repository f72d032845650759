package activities

import (
	"context"
	"slices"

	"lvyue/internal/message"
)

// EvidenceStore keeps what happened, append-only.
type EvidenceStore interface {
	// Record stores the events of a step and the answer to its act, whole or not at all. What stands already
	// under an event's key is left as it is.
	Record(ctx context.Context, r message.Record) error
}

// Evidence writes the event log of contracts.
type Evidence struct{ Store EvidenceStore }

// Record stores one step of a contract. Repeated, it changes nothing.
func (e *Evidence) Record(ctx context.Context, r message.Record) (message.Recorded, error) {
	booked := slices.ContainsFunc(r.Events, func(e message.Event) bool { return e.Changed.Money != nil })
	return message.Recorded{Booked: booked}, e.Store.Record(ctx, r)
}
