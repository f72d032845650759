package backup

import (
	"time"

	"lvyue/internal/workday"
)

// Order asks for the copy of a day. An order that is repeated gives the copy that there is.
type Order struct {
	Contract string       `json:"contract"`
	Day      workday.Date `json:"day,omitzero"`
	// Host is where the system is reached; the activity finds it.
	Host string `json:"host,omitempty"`
}

// Sweep is how far a nightly sweep has come; the zero value begins one.
type Sweep struct {
	Begun time.Time `json:"begun"`
	// After is the last contract that was looked at in this round.
	After string `json:"after,omitempty"`
	// Failed counts the copies that failed in this round.
	Failed int    `json:"failed,omitempty"`
	Report Report `json:"report"`
}

// Report is what a sweep did. Gaps are the contracts with a gap at its end.
type Report struct {
	Day     workday.Date `json:"day"`
	Copied  int          `json:"copied"`
	Failed  int          `json:"failed"`
	Drilled int          `json:"drilled"`
	Gaps    []Gap        `json:"gaps"`
}

// Gap is a contract in service whose newest good copy is too old. Newest has no day if there is no copy.
type Gap struct {
	Contract string       `json:"contract"`
	Newest   workday.Date `json:"newest"`
	Since    time.Time    `json:"since"`
}

// Page asks which of the contracts after one, in the order of their numbers, have no copy of the day yet.
type Page struct {
	Day   workday.Date `json:"day"`
	After string       `json:"after,omitempty"`
}

// Due answers a Page: Last is the last contract that was looked at, empty if there are no more.
type Due struct {
	Contracts []string `json:"contracts"`
	Last      string   `json:"last"`
}

// DrillOrder asks for a drill with the copy of a day; no day is that of the newest good copy. At makes orders one.
type DrillOrder struct {
	Contract string       `json:"contract"`
	Day      workday.Date `json:"day"`
	At       time.Time    `json:"at"`
}
