package message

import (
	"fmt"
	"time"
)

// IncidentWorkflow looks after one fault, from the report until it is closed.
const IncidentWorkflow = "Incident"

// IncidentID is the workflow id of a contract's n-th fault.
func IncidentID(prefix, number string, n int) string {
	return fmt.Sprintf("%sincident/%s/%d", prefix, number, n)
}

// FaultID names a contract's n-th fault in the evidence: "fault/3". Its duties are "fault/3/response" and "fault/3/plan".
func FaultID(n int) string { return fmt.Sprintf("fault/%d", n) }

// FaultState is where a fault stands.
type FaultState string

// States. No clock runs for a fault that is reported by somebody who is no administrator, for a request, or for one that was
// rejected.
const (
	FaultReported     FaultState = "reported"
	FaultOpen         FaultState = "open"
	FaultAcknowledged FaultState = "acknowledged"
	FaultPlanned      FaultState = "planned"
	FaultMajeure      FaultState = "force-majeure"
	FaultResolved     FaultState = "resolved"
	FaultClosed       FaultState = "closed"
	FaultRequest      FaultState = "request"
)

// SLA is what has become of the promise of a plan within the hour (§3.11). It is no state: work goes on whatever it is.
type SLA string

// Values. None: no clock has run. Running: the hour has not passed. A breach that was none becomes Met by an event of its own.
const (
	SLANone     SLA = "none"
	SLARunning  SLA = "running"
	SLAMet      SLA = "met"
	SLABreached SLA = "breached"
	SLAChanged  SLA = "changed_duty" // force majeure: the duty is to communicate and coordinate (§3.12)
	SLAWaived   SLA = "waived"
)

// Rung is a step of the ladder: After the beginning of the clock, those of the rota whom To names are paged. A Repeat is left
// out when somebody has acknowledged.
type Rung struct {
	Name   string        `json:"name"`
	After  time.Duration `json:"after"`
	To     []string      `json:"to"`
	Kind   PageKind      `json:"kind"`
	Repeat bool          `json:"repeat,omitempty"`
}

// DeskTerms is the policy under which a fault is looked after, as it was when it was reported. Durations are real time.
type DeskTerms struct {
	// Response and Plan are the two promises (§4.2, §3.11): within these, the last instant included.
	Response time.Duration `json:"response"`
	Plan     time.Duration `json:"plan"`
	// Nudge passes, within the hour, between two reminders of whoever has answered and has no plan yet; zero for none.
	Nudge time.Duration `json:"nudge,omitempty"`
	// Again passes between two words to the customer (§3.12).
	Again time.Duration `json:"again"`
	// Late is after how long a mark of force majeure needs a second person.
	Late time.Duration `json:"late"`
	// Confirm is how long the administrator may be silent before a resolved fault is closed.
	Confirm time.Duration `json:"confirm"`
	// Fresh: an end of force majeure begins a whole hour; else the rest of it goes on.
	Fresh  bool   `json:"fresh,omitempty"`
	Ladder []Rung `json:"ladder"`
	// Still is paged behind the last rung, again and again: its After is what passes between.
	Still Rung `json:"still"`
}

// Incident is all that a fault's workflow remembers from one run to the next, and begins with. What the customer said is in the
// inbox alone.
type Incident struct {
	Journal

	Version    int    `json:"version"`
	ContractID string `json:"contract_id"` // the workflow that is told of the end
	Contract   string `json:"contract"`
	N          int    `json:"n"`
	// AccountManager is paged when the rota names nobody.
	AccountManager string    `json:"account_manager"`
	Terms          DeskTerms `json:"terms"`
	Rehearsal      *Clock    `json:"rehearsal,omitempty"`
	FaultRow

	Obligations []Obligation `json:"obligations,omitempty"`
	// Since is when the present clock began; Rest what is left of it while force majeure rules. Climbed is the After of the
	// rung that was paged last.
	Since   time.Time     `json:"since,omitzero"`
	Rest    time.Duration `json:"rest,omitempty"`
	Climbed time.Duration `json:"climbed,omitempty"`
	// Disputed are its duties that open disputes name (§6.3).
	Disputed []string `json:"disputed,omitempty"`
	// Before is the state to which an end of force majeure leads back; Asked a mark of it that waits for a second person.
	Before FaultState `json:"before,omitempty"`
	Asked  *MajeureBy `json:"asked,omitempty"`
	// ToldAt is when the customer was last told how it goes, or somebody was last paged to do so.
	ToldAt time.Time `json:"told_at,omitzero"`
	// NudgedAt is when whoever has it was last reminded that there is no plan yet.
	NudgedAt time.Time `json:"nudged_at,omitzero"`
	Pages    int       `json:"pages,omitempty"`
}

// FaultRef is what a contract remembers of a fault. At is when it was reported, or when it ended.
type FaultRef struct {
	N      int        `json:"n"`
	System string     `json:"system,omitempty"`
	State  FaultState `json:"state"`
	At     time.Time  `json:"at"`
}

// FaultSignal carries FaultNews from a fault to its contract; ReopenedSignal the number of the fault that a resolved one lives on
// as.
// DisputedSignal carries Contested to a fault.
const (
	FaultSignal    = "fault"
	ReopenedSignal = "reopened"
	DisputedSignal = "disputed"
)

// Contested tells a fault which of its duties open disputes of its contract name from now on (§6.3).
type Contested struct {
	Duties []string  `json:"duties"`
	At     time.Time `json:"at"`
}

// FaultNews tells a contract that a fault was resolved or closed, or that its hour runs now, or no more.
type FaultNews struct {
	N     int        `json:"n"`
	State FaultState `json:"state"`
	At    time.Time  `json:"at"`
}

// Reopening tells a resolved fault that it is there again, as another.
type Reopening struct {
	Of int       `json:"of"`
	As int       `json:"as"`
	At time.Time `json:"at"`
}

// MajeureBy is a mark of force majeure: by whom, and the instant that counts.
type MajeureBy struct {
	Majeure

	By string    `json:"by"`
	At time.Time `json:"at"`
}

// Reached are the people of a rung, by their ids in the rota. Silent are the targets that named nobody: there is a gap in the
// rota.
type Reached struct {
	People []string `json:"people,omitempty"`
	Silent []string `json:"silent,omitempty"`
}
