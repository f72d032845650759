package message

import "time"

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
