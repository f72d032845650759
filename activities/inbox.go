package activities

import (
	"context"
	"time"

	"lvyue/internal/message"
)

// InboxStore keeps what people did, before anything is done with it.
type InboxStore interface {
	// Unanswered gives the acts of a contract after a Seq and received before an instant (zero: all) that have
	// no answer, in the order of receipt.
	Unanswered(ctx context.Context, contract string, after int64, before time.Time) ([]message.Act, error)
	// Answered gives the answer that an act got.
	Answered(ctx context.Context, actID string) (message.Answer, error)
}

// InboxQuestion asks for the acts of Contract after the Seq After and received before the instant Before.
type InboxQuestion struct {
	Contract string    `json:"contract"`
	After    int64     `json:"after"`
	Before   time.Time `json:"before,omitzero"`
}

// Inbox reads the acts of people.
type Inbox struct{ Store InboxStore }

// Unanswered gives the acts that no answer was given to.
func (i *Inbox) Unanswered(ctx context.Context, q InboxQuestion) ([]message.Act, error) {
	return i.Store.Unanswered(ctx, q.Contract, q.After, q.Before)
}

// Answered gives the answer that an act got when it was applied.
func (i *Inbox) Answered(ctx context.Context, actID string) (message.Answer, error) {
	return i.Store.Answered(ctx, actID)
}
