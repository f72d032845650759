package message

import (
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// Growth is the body of AskQuote and Expand (§5.7): the customer asks for more capacity, at the price that Aliyun publishes
// for it. DiskGB and DatabaseGB are the totals that are asked for, in G, zero for as much as there is. Load, if it is not
// nil, is the whole load standard that is asked for; the two figures go before its own. Nodes is the number of servers that
// is asked for (§3.5), zero for as many as there are. Price comes with Expand alone: a person has asked for it.
type Growth struct {
	DiskGB     int            `json:"disk_gb,omitempty"`
	DatabaseGB int            `json:"database_gb,omitempty"`
	Load       *contract.Load `json:"load,omitempty"`
	Nodes      int            `json:"nodes,omitempty"`
	Price      Price          `json:"price,omitzero"`
}

// Price is a list price of the cloud vendor (OriginalPrice) for the rest of the running service year, in CNY, VAT
// included. Answer is what the vendor said, byte for byte: the evidence of §5.7. FetchedAt is when it said so, at most
// the moment of receipt; zero means that moment. From ValidUntil on, the price may not be accepted any more.
type Price struct {
	Amount     money.CNY `json:"amount"`
	Answer     []byte    `json:"answer"`
	FetchedAt  time.Time `json:"fetched_at,omitzero"`
	ValidUntil time.Time `json:"valid_until"`
}

// Quote is a price that was put before the customer (§5.7). Hash is the SHA-256 of the vendor's answer in hex, Load the
// load standard that it buys, Year the service year for the rest of which it holds. Expansion is the obligation that its
// acceptance opened, empty until then. Withdrawn: the terms have changed under it, or the price has moved. Asked: the engine
// asked for it and carries it out, once the vendor has said the same price again; Before is the load standard that stood
// then, From the instant from which the price counts.
type Quote struct {
	Hash       string         `json:"hash"`
	Amount     money.CNY      `json:"amount"`
	Load       contract.Load  `json:"load"`
	Year       int            `json:"year"`
	FetchedAt  time.Time      `json:"fetched_at"`
	ValidUntil time.Time      `json:"valid_until"`
	Expansion  string         `json:"expansion,omitempty"`
	Withdrawn  bool           `json:"withdrawn,omitempty"`
	Asked      bool           `json:"asked,omitempty"`
	Before     *contract.Load `json:"before,omitempty"`
	From       time.Time      `json:"from,omitzero"`
}

// Asking is what the vendor is being asked a price for, in which service year.
type Asking struct {
	Load contract.Load `json:"load"`
	Year int           `json:"year"`
}

// Acceptance is the body of AcceptQuote: the customer takes the quote on the table, at the amount that was shown (§5.7).
type Acceptance struct {
	Amount money.CNY `json:"amount"`
}

// CarriedOut is the body of Expanded: what the expansion of that obligation bought is there for use since On, at most
// the day of receipt (zero: that day). Evidence is the SHA-256, in hex, of the paper that shows it.
type CarriedOut struct {
	Expansion string       `json:"expansion"`
	On        workday.Date `json:"on,omitzero"`
	Evidence  string       `json:"evidence"`
}
