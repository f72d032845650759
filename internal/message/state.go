package message

import (
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/hosting"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// StateVersion is the generation of State that this build writes. It reads every older one.
const StateVersion = 1

// Phase is where a contract stands in its life.
type Phase string

// Phases, in order.
const (
	Signing         Phase = "signing"
	AwaitingPayment Phase = "awaiting-payment"
	Deploying       Phase = "deploying"
	InService       Phase = "in-service"
	Ended           Phase = "ended"
	Destroying      Phase = "destroying"
	Destroyed       Phase = "destroyed"
)

// ContractInput starts a contract, or carries it into its next run.
type ContractInput struct {
	State State `json:"state"`
}

// State is all that a contract remembers from one run to the next. Personal data of the customer's people is
// not in it; it stays with the form in PostgreSQL.
type State struct {
	Version  int            `json:"version"`
	Terms    contract.Terms `json:"terms"`
	FormHash string         `json:"form_hash"`
	// FormFee is the fee on the form; Terms.Fee is the present one, which renewals change.
	FormFee money.CNY `json:"form_fee"`
	// FormLoad is the load standard on the form; Terms.Load is the present one. Nil in contracts older than expansions.
	FormLoad *contract.Load `json:"form_load,omitempty"`
	Phase    Phase          `json:"phase"`
	// Rehearsal is nil in production.
	Rehearsal *Clock `json:"rehearsal,omitempty"`
	Journal

	Signatures  []Signed     `json:"signatures,omitempty"`
	Effective   workday.Date `json:"effective,omitzero"`
	Obligations []Obligation `json:"obligations,omitempty"`
	Receipts    []Receipt    `json:"receipts,omitempty"`
	// Booked: the books know the contract's money.
	Booked bool    `json:"booked,omitempty"`
	Fees   []Fee   `json:"fees,omitempty"`
	Quotes []Quote `json:"quotes,omitempty"`
	// Asking is nil while no price is asked. Nodes is how many servers carry the system, zero for one (§3.5); Installed are
	// the products as they were deployed.
	Asking      *Asking                `json:"asking,omitempty"`
	Installed   []hosting.Product      `json:"installed,omitempty"`
	Nodes       int                    `json:"nodes,omitempty"`
	Named       workday.Date           `json:"named,omitzero"`
	UsableAt    time.Time              `json:"usable_at,omitzero"`
	Start       workday.Date           `json:"start,omitzero"`
	Years       []ServiceYear          `json:"years,omitempty"`
	AgreedFor   contract.Configuration `json:"agreed_for"`
	Talks       Talks                  `json:"talks"`
	Shortfalls  []Measurement          `json:"shortfalls,omitempty"`
	EndedOn     workday.Date           `json:"ended_on,omitzero"`
	Termination *Termination           `json:"termination,omitempty"`
	Ground      Ground                 `json:"ground,omitempty"`
	Refunds     []Refund               `json:"refunds,omitempty"`
	Disputes    []DisputeState         `json:"disputes,omitempty"`
	HeldBy      string                 `json:"held_by,omitempty"`
	Amendments  []Amending             `json:"amendments,omitempty"`
	Confirmed   []string               `json:"confirmed,omitempty"`
	// Migrations are the moves of the customer's data. Stilled: the contract's system takes no changes, since a final package
	// was asked for (§3.8).
	Migrations []Migration `json:"migrations,omitempty"`
	Stilled    bool        `json:"stilled,omitempty"`

	// Faulted is how many faults and requests were reported, Faults those that are looked after, and those that ended a while ago
	// and may be there again.
	Faulted int        `json:"faulted,omitempty"`
	Faults  []FaultRef `json:"faults,omitempty"`

	Works     []Work             `json:"works,omitempty"`
	LookedAt  time.Time          `json:"looked_at,omitzero"`
	Resources []hosting.Resource `json:"resources,omitempty"`
}

// Journal is how far a workflow that people act on has come: At is the instant of the last thing that happened, Heard the
// highest Seq of an act that was applied, Events the number of events recorded.
type Journal struct {
	At     time.Time `json:"at,omitzero"`
	Heard  int64     `json:"heard"`
	Events int       `json:"events"`
}

// Signed is a signature that was given: the day it counts on and the instant.
type Signed struct {
	Signature
	At time.Time `json:"at"`
}

// Receipt is money received. At is the instant that counts: the moment of receipt, or 23:59:59 of an earlier
// day On. Line is the bank line that it was matched from, 0 if a person entered it. Held: a person keeps it from being
// applied. Gone is nil while the money is the contract's.
type Receipt struct {
	Reference string       `json:"reference"`
	Amount    money.CNY    `json:"amount"`
	On        workday.Date `json:"on"`
	At        time.Time    `json:"at"`
	Account   string       `json:"account,omitempty"`
	Line      int64        `json:"line,omitempty"`
	Held      bool         `json:"held,omitempty"`
	Gone      *Gone        `json:"gone,omitempty"`
}

// Counts tells whether the money is still the contract's.
func (r Receipt) Counts() bool { return r.Gone == nil }

// Fee is the annual fee of one service year, or what an expansion costs in it, owed by the obligation of that id. Since
// is when the amount was fixed; CompleteAt is zero until the receipts reach it. Credited is what §1.4 has given back of
// it. Of an expansion, Quote is the hash of the vendor's answer, and First the day of the acceptance (§5.7).
type Fee struct {
	Obligation string    `json:"obligation"`
	Year       int       `json:"year"`
	Amount     money.CNY `json:"amount"`
	Since      time.Time `json:"since"`
	CompleteAt time.Time `json:"complete_at,omitzero"`
	Void       bool      `json:"void,omitempty"`
	Credited   money.CNY `json:"credited,omitzero"`

	Quote string       `json:"quote,omitempty"`
	First workday.Date `json:"first,omitzero"`
}

// Annual tells whether it is the fee of a year (§5.3), not what an expansion costs (§5.7).
func (f Fee) Annual() bool { return f.Quote == "" }

// Kind is what the fee is charged for.
func (f Fee) Kind() ChargeKind {
	if f.Annual() {
		return AnnualFee
	}
	return ExpansionCharge
}

// ServiceYear is a service year that has started (§5.1).
type ServiceYear struct {
	Year  int          `json:"year"`
	First workday.Date `json:"first"`
	Last  workday.Date `json:"last"`
	Fee   money.CNY    `json:"fee"`
}

// Talks are the renewal talks about the year after service year Year (§5.6). OpensOn is the first day of the
// window. Asked is what was asked for last; Offered is the offer on the table; Agreed the one accepted.
type Talks struct {
	Year        int                     `json:"year,omitempty"`
	OpensOn     workday.Date            `json:"opens_on,omitzero"`
	Provisional bool                    `json:"provisional,omitempty"`
	Asked       *contract.Configuration `json:"asked,omitempty"`
	Offered     *Proposal               `json:"offered,omitempty"`
	Agreed      *Proposal               `json:"agreed,omitempty"`
	// Bought are the figures that expansions have raised since the last offer, the others zero (§5.7).
	Bought []contract.Load `json:"bought,omitempty"`
}

// DisputeState is a dispute; its number is its place, from 1.
type DisputeState struct {
	Complaint
	Open    bool   `json:"open"`
	Outcome string `json:"outcome,omitempty"`
}

// Amending is a changed form and the sides that have signed it.
type Amending struct {
	Amendment
	SignedBy []Side `json:"signed_by"`
	Ruling   bool   `json:"ruling,omitempty"`
}

// Work is a child workflow that works at a duty; N counts the tries from 1. Answered: it has reported.
type Work struct {
	Duty     string `json:"duty"`
	N        int    `json:"n"`
	ID       string `json:"id"`
	Answered bool   `json:"answered,omitempty"`
}
