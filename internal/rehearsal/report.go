package rehearsal

import (
	"encoding/json"
	"fmt"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// Report is what came of a rehearsal; its JSON is a format that others test against: fields are added, none is
// renamed. Days are Asia/Shanghai, null where there is none; instants carry +08:00; lists are never null.
type Report struct {
	Contract string        `json:"contract"`
	Phase    message.Phase `json:"phase"`
	// Effective is the later of the two signing days (§5.1); Start the first day of service (§5.5).
	Effective Day `json:"effective"`
	Start     Day `json:"start"`
	// EndsOn is set when the end is known, EndedOn when it has come. Ground is why, "" while it has not ended.
	EndsOn       Day            `json:"ends_on"`
	EndedOn      Day            `json:"ended_on"`
	Ground       message.Ground `json:"ground"`
	Obligations  []Obligation   `json:"obligations"`
	ServiceYears []ServiceYear  `json:"service_years"`
	Payments     []Payment      `json:"payments"`
	// Unapplied is what was received beyond all fees owed.
	Unapplied money.CNY  `json:"unapplied"`
	Refused   []Refused  `json:"refused"`
	Incidents []Incident `json:"incidents"`
	Invoices  []Invoice  `json:"invoices"`
	Refunds   []Refund   `json:"refunds"`
	Books     Books      `json:"books"`
	Resources Resources  `json:"resources"`
	Messages  []Message  `json:"messages"`
	Evidence  Evidence   `json:"evidence"`
	Cost      Cost       `json:"cost"`
	// NotPlayed counts the events after the instant at which the clock stopped.
	NotPlayed int `json:"not_played"`
	// Schema is where the rows are kept for looking at; "" when they are dropped.
	Schema string `json:"schema,omitempty"`
}

// Obligation is one duty as it stands at the end.
type Obligation struct {
	ID          string         `json:"id"`
	Clause      string         `json:"clause"`
	OwedBy      message.Side   `json:"owed_by"`
	OpenedAt    Instant        `json:"opened_at"`
	DueOn       Day            `json:"due_on"`
	DueAt       Instant        `json:"due_at"`
	Provisional bool           `json:"provisional"`
	Status      message.Status `json:"status"`
	// SettledAt is null unless the duty was performed.
	SettledAt Instant        `json:"settled_at"`
	Moved     []message.Move `json:"moved"`
	// Attention says why the duty waits for a person.
	Attention string `json:"attention,omitempty"`
}

// ServiceYear is a service year that has started; its last day is never shortened.
type ServiceYear struct {
	Year  int       `json:"year"`
	First Day       `json:"first"`
	Last  Day       `json:"last"`
	Fee   money.CNY `json:"fee"`
}

// Refused is an event that the engine refused. Message is in the language of the report.
type Refused struct {
	At      Instant `json:"at"`
	Do      string  `json:"do"`
	Code    string  `json:"code"`
	Clause  string  `json:"clause"`
	Message string  `json:"message"`
}

// Resources counts what was ordered in the cloud and what still exists there, by the vendor's own books.
type Resources struct {
	Created int `json:"created"`
	Left    int `json:"left"`
}

// Message is what a person was told.
type Message struct {
	At    Instant `json:"at"`
	To    string  `json:"to"`
	About string  `json:"about"`
	Kind  string  `json:"kind"`
}

// Evidence is the event log: its length, the hash of its last row, and whether the chain holds.
type Evidence struct {
	Events   int    `json:"events"`
	Head     string `json:"head"`
	Verified bool   `json:"verified"`
}

// Day is a civil day that is null in JSON when there is none.
type Day struct{ workday.Date }

// MarshalJSON writes "2026-03-02" or null.
func (d Day) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return quoted(d.String())
}

// Instant is a moment that is null in JSON when there is none.
type Instant struct{ time.Time }

// MarshalJSON writes RFC 3339 with +08:00, to the fraction of a second that there is, or null.
func (i Instant) MarshalJSON() ([]byte, error) {
	if i.IsZero() {
		return []byte("null"), nil
	}
	return quoted(i.In(workday.Shanghai).Format(time.RFC3339Nano))
}

func quoted(s string) ([]byte, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("write %q: %w", s, err)
	}
	return data, nil
}
