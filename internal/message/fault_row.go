package message

import "time"

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
