package hosting

import (
	"time"

	"lvyue/internal/money"
)

// Growth is what an expansion turns a deployment into (§5.7). From is the plan by which it stood when the price was
// asked. What is not larger in To than in From stays as it is; nothing ever shrinks.
type Growth struct {
	From Plan  `json:"from"`
	To   Shape `json:"to"`
	// Nodes is how many servers there are to be; 0 leaves their number.
	Nodes int `json:"nodes,omitempty"`
	// Number is the expansion's, from 1 on; 0 while only its price is asked.
	Number int `json:"number,omitempty"`
	// Try is raised after every error that is permanent: under the old orders the vendor would repeat its refusal, or an
	// order that was cancelled. Orders of the same number and try are one order.
	Try int `json:"try,omitempty"`
	// At is the instant from which the price counts, Until the end of the term for whose rest it holds: the first instant
	// after it. A price that is asked again counts from the same instant, so that it moves only if the vendor's list does.
	At    time.Time `json:"at"`
	Until time.Time `json:"until"`
	// Known is what the contract has on record.
	Known []Resource `json:"known,omitempty"`
}

// Price is what the vendor publishes for a growth (§5.7): its list price (OriginalPrice) from At to the end of the term,
// of servers, disks and databases. A cluster's load balancer, addresses and traffic are not in it.
type Price struct {
	Amount money.CNY `json:"amount"`
	// Trade is what our own account would pay after its discounts; it is kept, and never charged.
	Trade money.CNY `json:"trade"`
	Parts []Priced  `json:"parts"`
	// Answer is the vendor's answers as they came, one JSON document a line.
	Answer []byte    `json:"answer"`
	At     time.Time `json:"at"`
}

// Priced is one piece of a growth.
type Priced struct {
	Kind Kind `json:"kind"`
	// ID is of the piece that grows; empty for a new one.
	ID string `json:"id,omitempty"`
	// From and To are its sizes in the vendor's words: "500 GB", "ecs.g7.xlarge". From is empty for a new one.
	From      string    `json:"from,omitempty"`
	To        string    `json:"to"`
	Amount    money.CNY `json:"amount"`
	Trade     money.CNY `json:"trade"`
	RequestID string    `json:"request_id"`
}

// Grown is how far an expansion has come. Done: everything was read back at its new size, on the servers too. Resources
// are the pieces as they stand, snapshots that were taken before included.
type Grown struct {
	Done bool `json:"done"`
	// Step is what it waits for: "snapshot", "resize", "file system", "install", "health".
	Step      string     `json:"step,omitempty"`
	Resources []Resource `json:"resources"`
}
