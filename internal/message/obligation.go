package message

import (
	"time"

	"lvyue/internal/workday"
)

// Status of an obligation.
type Status string

// Statuses. Pending, Overdue and Frozen are open; the others are closed for good, but for a renewal that a new
// offer reopens and a judgement that a calendar notice makes final.
const (
	Pending Status = "pending"
	Overdue Status = "overdue"
	Frozen  Status = "frozen" // §6.3, or held under §7.2
	Met     Status = "met"
	MetLate Status = "met-late"
	Waived  Status = "waived"
	Void    Status = "void"
)

// Obligation is one duty of the contract.
//
// DueOn is the last day in time and DueAt the first instant that is late, 24:00 of DueOn; both are zero for a
// duty without a day. Provisional: a year without a State Council notice was counted. Rule, From and Named say
// how the day was counted, so that a notice can count it again.
type Obligation struct {
	ID          string       `json:"id"`
	Clause      string       `json:"clause"`
	OwedBy      Side         `json:"owed_by"`
	OpenedAt    time.Time    `json:"opened_at"`
	Rule        string       `json:"rule,omitempty"`
	From        workday.Date `json:"from,omitzero"`
	Named       workday.Date `json:"named,omitzero"`
	DueOn       workday.Date `json:"due_on,omitzero"`
	DueAt       time.Time    `json:"due_at,omitzero"`
	Provisional bool         `json:"provisional,omitempty"`
	Calendar    string       `json:"calendar,omitempty"`
	Status      Status       `json:"status"`
	SettledAt   time.Time    `json:"settled_at,omitzero"`
	ClosedAt    time.Time    `json:"closed_at,omitzero"`
	RemindedAt  time.Time    `json:"reminded_at,omitzero"`
	Attention   string       `json:"attention,omitempty"`
	Moved       []Move       `json:"moved,omitempty"`
}

// Move is a due day that a notice of the State Council moved; Notice is the year of the notice.
type Move struct {
	From   workday.Date `json:"from"`
	To     workday.Date `json:"to"`
	Notice string       `json:"notice"`
}

// Open tells whether the duty is still owed.
func (o Obligation) Open() bool {
	return o.Status == Pending || o.Status == Overdue || o.Status == Frozen
}

// Done tells whether the duty was performed, in time or late.
func (o Obligation) Done() bool {
	return o.Status == Met || o.Status == MetLate
}

// Unjudged tells whether the duty was performed by a day that a notice may still move.
func (o Obligation) Unjudged() bool {
	return o.Done() && o.Provisional
}
