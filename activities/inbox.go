package activities

import (
	"context"
	"time"

	"lvyue/internal/message"
)

// InboxStore keeps what people did, before anything is done with it.
type InboxStore interface {
	// Unapplied gives at most limit acts of a contract, or of one of its faults, after a Seq and received before an instant (zero: all), in
	// the order of receipt, but for those that were refused.
	Unapplied(ctx context.Context, contract string, fault int, after int64, before time.Time, limit int) ([]message.Act, error)
	// Answered gives the answer that an act got.
	Answered(ctx context.Context, actID string) (message.Answer, error)
}

// InboxQuestion asks for the acts of Contract, or of its Fault, after the Seq After and received before the instant Before.
type InboxQuestion struct {
	Contract string    `json:"contract"`
	Fault    int       `json:"fault,omitempty"`
	After    int64     `json:"after"`
	Before   time.Time `json:"before,omitzero"`
}

// Inbox reads the acts of people.
type Inbox struct{ Store InboxStore }

// Page is how many acts one look at the inbox brings at most: an answer must fit into a history.
const Page = 20

// Unapplied gives the next Page of acts that the contract must apply.
func (i *Inbox) Unapplied(ctx context.Context, q InboxQuestion) ([]message.Act, error) {
	return i.Store.Unapplied(ctx, q.Contract, q.Fault, q.After, q.Before, Page)
}

// Answered gives the answer that an act got when it was applied.
func (i *Inbox) Answered(ctx context.Context, actID string) (message.Answer, error) {
	return i.Store.Answered(ctx, actID)
}
