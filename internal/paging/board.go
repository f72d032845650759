package paging

import (
	"context"
	"time"

	"lvyue/internal/message"
)

// Outcome is what became of a try.
type Outcome string

// What becomes of a try. One that was begun and has none was interrupted, perhaps after the vendor took the message.
const (
	Sent   Outcome = "sent"
	Folded Outcome = "folded"  // sent as a part of one message for many
	Failed Outcome = "failed"  // it is tried again
	GaveUp Outcome = "gave-up" // by this way it never will be
)

// Try is one attempt to send one page by one way; Number counts from 1. Message is the key of the message that carries it.
// RetryAt is before when the vendor does not want to be asked again.
type Try struct {
	Key       string    `json:"key"`
	Way       Way       `json:"way"`
	Number    int       `json:"number"`
	Room      string    `json:"room"`
	Message   string    `json:"message"`
	BeganAt   time.Time `json:"began_at"`
	EndedAt   time.Time `json:"ended_at,omitzero"`
	Outcome   Outcome   `json:"outcome,omitempty"`
	Reference string    `json:"reference,omitempty"`
	Reason    string    `json:"reason,omitempty"`
	RetryAt   time.Time `json:"retry_at,omitzero"`
}

// Standing is a page that is not settled, with its last try by each way.
type Standing struct {
	message.Page

	Tries []Try
}

// Failure is a try by which a page of a fault was not taken.
type Failure struct {
	Contract string
	Fault    int

	Try
}

// Room is when a room takes its next message.
type Room struct {
	Way    Way       `json:"way"`
	Room   string    `json:"room"`
	FreeAt time.Time `json:"free_at"`
}

// Burst is what one room was told of one kind within the last minute. Singles counts messages of one page. Message, Reference
// and Pages are of the newest message for many, Since when it was first written, Count its pages, of which Pages are the first
// few; without one they are zero.
type Burst struct {
	Way       Way
	Room      string
	Kind      message.PageKind
	Singles   int
	Count     int
	Message   string
	Reference string
	Since     time.Time
	Pages     []message.Page
}

// Board is what is known at one moment: the pages that are due, and how the rooms stand. NextAt is when the next page falls due;
// zero if none waits.
type Board struct {
	Open   []Standing
	Rooms  []Room
	Bursts []Burst
	NextAt time.Time
}

// Delivery is one message and the tries that it stands for, one a page. Many tells that it is a list, also if of one page.
type Delivery struct {
	Envelope

	Way   Way
	Tries []Try
	Many  bool
}

// Decision is what a look at the board leads to. Next is when the next look is due by what is known; zero if nothing is.
type Decision struct {
	Settled    []string
	Deliveries []Delivery
	Next       time.Time
}

// Store is the outbox.
//
// PageBoard gives so many pages of each person at most: those that have got through nowhere come first, and of them first pages. So
// neither a person nor a way that many pages wait for keeps another's from being seen.
//
// BeginTries takes what was decided and gives what is really to be sent: another sender may have been first with a try or a room,
// and then that is not. So any number of senders may work side by side. A room that is begun takes no other message for the Lease,
// or until EndTries says from when on it does.
type Store interface {
	Enqueue(ctx context.Context, pages []message.Page) error
	PageBoard(ctx context.Context, now time.Time, most int) (Board, error)
	BeginTries(ctx context.Context, now time.Time, d Decision) ([]Delivery, error)
	EndTries(ctx context.Context, tries []Try, rooms []Room) error
}

// People is the rota as the sender knows it.
type People interface {
	// Addresses are how each person is reached, as of one moment: the first way, then the fall-backs; one address a way. None for
	// somebody unknown.
	Addresses(ctx context.Context, people []string) (map[string][]Address, error)
	// Leads are whom troubles of the desk itself are told.
	Leads(ctx context.Context) ([]string, error)
}
