package message

import (
	"time"

	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// Event is one transition, as evidence. Key is unique in the contract and says what caused it: recorded twice,
// it stands once. At is the instant that counts, not the wall time of recording.
type Event struct {
	Key        string    `json:"key"`
	At         time.Time `json:"at"`
	What       string    `json:"what"`
	Clause     string    `json:"clause,omitempty"`
	Subject    string    `json:"subject,omitempty"`
	Actor      Actor     `json:"actor,omitzero"`
	ActID      string    `json:"act_id,omitempty"`
	ReceivedAt time.Time `json:"received_at,omitzero"`
	Old        string    `json:"old,omitempty"`
	New        string    `json:"new,omitempty"`
	Detail     any       `json:"detail,omitempty"`
	Changed    Changed   `json:"changed,omitzero"`
}

// Changed holds the rows of the read tables as they are after the event; nil rows are as before.
type Changed struct {
	Contract   *ContractRow `json:"contract,omitempty"`
	Obligation *Obligation  `json:"obligation,omitempty"`
	Year       *ServiceYear `json:"year,omitempty"`
	NoYear     int          `json:"no_year,omitempty"`
	Receipt    *Receipt     `json:"receipt,omitempty"`
	Notice     *Notice      `json:"notice,omitempty"`
	// ReceiptChange is a receipt told before of which a person has said something new.
	ReceiptChange *Receipt `json:"receipt_change,omitempty"`
	// Quote is a price of the vendor with its answer (§5.7): the books keep it, it is not folded.
	Quote *Price `json:"quote,omitempty"`
	// Fault is a fault as it stands, Page one that is to be sent.
	Fault *FaultRow `json:"fault,omitempty"`
	Page  *Page     `json:"page,omitempty"`
	// Money is what the books are brought to, Outlook where the renewal stands: neither is folded.
	Money   *Money   `json:"money,omitempty"`
	Outlook *Outlook `json:"outlook,omitempty"`
}

// ContractRow is a contract at a glance. EndsOn is set when the end is known, EndedOn when it has come. Named is the
// day that the customer names for the deployment (§5.5), HeldBy who holds the destruction (§7.2), Disputed the
// obligations in open disputes, with commas between (§6.3), Shortfalls how often the standard was missed (§1.4), Quoted
// the price of an expansion that the customer may accept before QuotedUntil (§5.7).
type ContractRow struct {
	Number         string       `json:"number"`
	Customer       string       `json:"customer"`
	Provider       string       `json:"provider"`
	AccountManager string       `json:"account_manager"`
	Language       string       `json:"language"`
	FormHash       string       `json:"form_hash"`
	Phase          Phase        `json:"phase"`
	Effective      workday.Date `json:"effective,omitzero"`
	Start          workday.Date `json:"start,omitzero"`
	EndsOn         workday.Date `json:"ends_on,omitzero"`
	EndedOn        workday.Date `json:"ended_on,omitzero"`
	Ground         Ground       `json:"ground,omitempty"`
	Fee            money.CNY    `json:"fee"`
	Received       money.CNY    `json:"received"`
	Unapplied      money.CNY    `json:"unapplied"`
	Named          workday.Date `json:"named,omitzero"`
	HeldBy         string       `json:"held_by,omitempty"`
	Disputed       string       `json:"disputed,omitempty"`
	Shortfalls     int          `json:"shortfalls,omitempty"`
	Quoted         money.CNY    `json:"quoted,omitzero"`
	QuotedUntil    time.Time    `json:"quoted_until,omitzero"`
}

// Notice is a message to a person: To is a role ("account-manager"), About an obligation id or the contract's
// number, Kind is reminder, due-today, overdue, opened, moved, attention.
type Notice struct {
	At    time.Time `json:"at"`
	To    string    `json:"to"`
	About string    `json:"about"`
	Kind  string    `json:"kind"`
}

// Recorded answers a Record. Booked: its events have told the books of the contract's money.
type Recorded struct {
	Booked bool `json:"booked,omitempty"`
}

// Record is what one step of a contract hands to the store, whole or not at all: its events in order, and the
// answer to the act that caused them.
type Record struct {
	Contract string  `json:"contract"`
	Events   []Event `json:"events"`
	ActID    string  `json:"act_id,omitempty"`
	Answer   *Answer `json:"answer,omitempty"`
}
