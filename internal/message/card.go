package message

import (
	"encoding/json"
	"time"

	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// Card is where a card stands in a channel, and what it says. Subject is "fault/3", an obligation's id, "quote", or what was asked for
// ("waiver/3", "link/U0123ABCD"); Key what its message carries, so that it is found again; TS the vendor's name for the message, empty
// before the first; Posts how often it was posted. Rev is that of the fault on it, Hash of what it says of a matter. Closed: it says
// that its matter is over. Told is the last event that the thread under it tells. After FreshUntil it names a time left that is no
// longer left. BeganAt is since when it is being written.
type Card struct {
	Channel    string    `json:"channel"`
	Contract   string    `json:"contract"`
	Subject    string    `json:"subject"`
	Key        string    `json:"key"`
	TS         string    `json:"ts"`
	Posts      int       `json:"posts"`
	Rev        int       `json:"rev"`
	Hash       string    `json:"hash"`
	Closed     bool      `json:"closed"`
	Told       int64     `json:"told"`
	FreshUntil time.Time `json:"fresh_until,omitzero"`
	BeganAt    time.Time `json:"began_at,omitzero"`
}

// FaultCard is a fault with all that a card tells of it. Reporter and Text are the customer's own words, Notes what was done and
// came about since, in order; Card is nil before the first.
type FaultCard struct {
	Contract string
	Customer string
	Language string
	Reporter string
	Text     string
	FaultRow

	Notes []FaultNote
	Card  *Card
}

// FaultNote is something in the life of a fault: an act of a person, whose Body is that of the inbox; a change of the SLA, from
// Old to New; or a page that was sent.
type FaultNote struct {
	Seq  int64           `json:"seq"`
	At   time.Time       `json:"at"`
	What string          `json:"what"`
	Who  string          `json:"who"`
	Body json.RawMessage `json:"body"`
	Old  string          `json:"old"`
	New  string          `json:"new"`
	Page *Page           `json:"page"`
}

// MatterCard is something of a contract that waits for a person, or that has just ceased to (Open). What is an obligation's id, of
// which Status, DueOn and Attention are; or "quote", of which Amount and Until are; or what was asked for, of which Approval is, of a
// link without a contract. Confirmed are those who have confirmed the destruction (§7.2); Offered is, of renewal talks, the offer that
// nobody has answered (§5.6).
type MatterCard struct {
	Contract  string
	Customer  string
	Language  string
	What      string
	Open      bool
	Phase     Phase
	Fee       money.CNY
	EndsOn    workday.Date
	EndedOn   workday.Date
	HeldBy    string
	Status    Status
	DueOn     workday.Date
	Attention string
	Amount    money.CNY
	Until     time.Time
	Since     time.Time
	Confirmed []string
	Offered   *Proposal
	Approval  *Approval
	Card      *Card
}

// Turn says whose turn it is to write a card.
type Turn string

// Turns. Again: it is ours, and somebody who was at it never said how it ended, so that the message may stand already. Nobodys: the
// channel has just taken a message.
const (
	TurnMine     Turn = "mine"
	TurnAgain    Turn = "again"
	TurnAnothers Turn = "anothers"
	TurnNobodys  Turn = "nobodys"
)
