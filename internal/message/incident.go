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

// The acts on faults. ReportFault is addressed to the contract, the others to the fault (Act.Fault).
const (
	ReportFault  ActName = "report-fault"  // §2.1, §3.11, §4.1
	Acknowledge  ActName = "ack"           // §4.2: a person answers
	Plan         ActName = "plan"          // §3.11: the solution, within the hour
	ForceMajeure ActName = "force-majeure" // §3.12
	LiftMajeure  ActName = "lift"          // §3.12: its cause is over
	Progress     ActName = "progress"      // §3.12: the customer is told how it goes
	HandOver     ActName = "hand-over"     // another person takes it
	Escalate     ActName = "escalate"      // the next rung is paged at once
	Resolve      ActName = "resolve"       // the system works again
	ConfirmFault ActName = "confirm-fault" // the administrator says that it works, or takes up what another has reported
	Reopen       ActName = "reopen"        // it does not work after all
	Classify     ActName = "classify"      // §4.3: a fault, or a request
	Explain      ActName = "explain"       // why the hour was missed
	WaiveFault   ActName = "waive-fault"   // the customer lets a missed hour go
)

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

// Called is when somebody telephoned; zero for what was written in. The moment of receipt is then that of the entry (§4.1).
type Called struct {
	CalledAt time.Time `json:"called_at,omitzero"`
}

// FaultReport is the body of ReportFault. Reporter is a name, a telephone number or a mail address. System is an enabled
// product, empty for all of it. Request: it is no fault (§4.3). Separate: it is another fault than the one that is open for
// the same system. Reopens is the closed fault that is there again.
type FaultReport struct {
	Called

	Reporter string `json:"reporter"`
	System   string `json:"system,omitempty"`
	Text     string `json:"text"`
	Request  bool   `json:"request,omitempty"`
	Separate bool   `json:"separate,omitempty"`
	Reopens  int    `json:"reopens,omitempty"`
	// Administrator says whether the reporter is one of the form; whoever takes the report in looks (§3.13).
	Administrator bool `json:"administrator"`
}

// FaultPlan is the body of Plan: what is thought to be the cause, what is done, and when it will work again, zero if nobody
// can say.
type FaultPlan struct {
	Called

	Cause   string    `json:"cause"`
	Steps   string    `json:"steps"`
	WorksBy time.Time `json:"works_by,omitzero"`
}

// MajeureKind is a case of force majeure (§3.12).
type MajeureKind string

// Cases, as the clause names them.
const (
	Earthquake  MajeureKind = "earthquake"
	Fire        MajeureKind = "fire"
	Telecom     MajeureKind = "telecom"
	CloudVendor MajeureKind = "cloud-vendor"
	PublicOrder MajeureKind = "policy"
)

// Majeure is the body of ForceMajeure. A late mark needs a second person, who sends the same kind.
type Majeure struct {
	Called

	Kind     MajeureKind `json:"kind"`
	Evidence string      `json:"evidence"`
}

// Words is the body of Acknowledge, LiftMajeure, Progress, Escalate, Resolve, ConfirmFault, Reopen, Explain and WaiveFault.
// Rung is, of an escalation, that on the card which was clicked: a later one has been climbed already. AskedBy is, of a waiver, who
// asked for it where another person approves it.
type Words struct {
	Called

	Text    string `json:"text,omitempty"`
	Rung    string `json:"rung,omitempty"`
	AskedBy string `json:"asked_by,omitempty"`
}

// Handing is the body of HandOver: the person of the rota who takes it.
type Handing struct {
	To string `json:"to"`
}

// Classification is the body of Classify. Called is when the customer said on the telephone that it is a fault.
type Classification struct {
	Called

	Request bool   `json:"request"`
	Text    string `json:"text,omitempty"`
}

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

// FaultRow is a fault at a glance: what is folded for reading. Instants are zero where there is none. ReportedAt is when the
// report counts, EnteredAt when it was received, ClockAt when the hour began to run. DeadlineAt is the last instant at which a
// plan is in time. DueAt is the next moment at which the engine must do something, for a watchdog.
type FaultRow struct {
	Fault          int         `json:"fault"`
	State          FaultState  `json:"state"`
	SLA            SLA         `json:"sla"`
	System         string      `json:"system,omitempty"`
	Reopens        int         `json:"reopens,omitempty"`
	Administrator  bool        `json:"administrator"`
	ReportedAt     time.Time   `json:"reported_at"`
	EnteredAt      time.Time   `json:"entered_at"`
	ClockAt        time.Time   `json:"clock_at,omitzero"`
	DeadlineAt     time.Time   `json:"deadline_at,omitzero"`
	ResponseAt     time.Time   `json:"response_at,omitzero"`
	RespondedBy    string      `json:"responded_by,omitempty"`
	Owner          string      `json:"owner,omitempty"`
	PlanAt         time.Time   `json:"plan_at,omitzero"`
	PlannedBy      string      `json:"planned_by,omitempty"`
	BreachedAt     time.Time   `json:"breached_at,omitzero"`
	MajeureKind    MajeureKind `json:"majeure_kind,omitempty"`
	MajeureAt      time.Time   `json:"majeure_at,omitzero"`
	LiftedAt       time.Time   `json:"lifted_at,omitzero"`
	ResolvedAt     time.Time   `json:"resolved_at,omitzero"`
	ClosedAt       time.Time   `json:"closed_at,omitzero"`
	Rung           string      `json:"rung,omitempty"`
	AwaitsApproval bool        `json:"awaits_approval,omitempty"`
	DueAt          time.Time   `json:"due_at,omitzero"`
	// Rev counts the changes that people see: a card of an older one is stale.
	Rev int `json:"rev"`
}

// Ended tells whether nothing more happens to the fault.
func (f FaultRow) Ended() bool { return f.State == FaultClosed }

// Standing tells whether a report of the same trouble joins this fault.
func (f FaultRow) Standing() bool { return f.State != FaultClosed && f.State != FaultResolved }

// Reached are the people of a rung, by their ids in the rota. Silent are the targets that named nobody: there is a gap in the
// rota.
type Reached struct {
	People []string `json:"people,omitempty"`
	Silent []string `json:"silent,omitempty"`
}
