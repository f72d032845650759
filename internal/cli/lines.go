package cli

import (
	"time"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// duty is an obligation as documents show it; what there is not is null.
type duty struct {
	ID          string         `json:"id"`
	Clause      string         `json:"clause"`
	OwedBy      message.Side   `json:"owed_by"`
	OpenedAt    time.Time      `json:"opened_at"`
	DueOn       *workday.Date  `json:"due_on"`
	DueAt       *time.Time     `json:"due_at"`
	Provisional bool           `json:"provisional"`
	Status      message.Status `json:"status"`
	SettledAt   *time.Time     `json:"settled_at"`
	Attention   string         `json:"attention,omitempty"`
	Moved       []message.Move `json:"moved"`
}

func dutyOf(o message.Obligation) duty {
	d := duty{
		ID: o.ID, Clause: o.Clause, OwedBy: o.OwedBy, OpenedAt: o.OpenedAt.In(workday.Shanghai),
		DueAt: optional(o.DueAt), Provisional: o.Provisional, Status: o.Status, SettledAt: optional(o.SettledAt),
		Attention: o.Attention, Moved: append([]message.Move{}, o.Moved...),
	}
	if !o.DueOn.IsZero() {
		d.DueOn = &o.DueOn
	}
	return d
}

type payment struct {
	Reference string       `json:"reference"`
	Amount    money.CNY    `json:"amount"`
	On        workday.Date `json:"on"`
}

type messageLine struct {
	At    time.Time `json:"at"`
	To    string    `json:"to"`
	About string    `json:"about"`
	Kind  string    `json:"kind"`
}

type refusedLine struct {
	At      time.Time `json:"at"`
	Do      string    `json:"do"`
	Code    string    `json:"code"`
	Clause  string    `json:"clause"`
	Message string    `json:"message"`
}

func shanghai(t time.Time) time.Time { return t.In(workday.Shanghai) }

// optional is nil for no instant.
func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = shanghai(t)
	return &t
}
