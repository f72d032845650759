package message

import "time"

// PageKind is why somebody is paged.
type PageKind string

// Why people are paged. First is the first word of a fault to anybody: it is never held back.
const (
	FirstPage      PageKind = "first"         // a fault was reported (§4.2)
	RepeatedPage   PageKind = "repeat"        // nobody has acknowledged it yet
	EscalationPage PageKind = "escalation"    // it climbs to the next rung
	WarningPage    PageKind = "warning"       // the plan is due soon, and there is none
	BreachPage     PageKind = "breach"        // the hour has passed without a plan (§3.11)
	ProgressPage   PageKind = "progress"      // the customer is owed word of how it goes (§3.12)
	ApprovalPage   PageKind = "approval"      // a second person is asked for
	ResolvedPage   PageKind = "resolved"      // the administrator may confirm
	ReopenedPage   PageKind = "reopened"      // the fault is there again
	ForwardedPage  PageKind = "forwarded"     // somebody who is no administrator reported something (§3.13)
	GapPage        PageKind = "gap"           // nobody is on call
	WatchdogPage   PageKind = "watchdog"      // a step of a fault is late by more than a minute
	CorrectionPage PageKind = "correction"    // a breach that was told of was none
	TroublePage    PageKind = "channel-fails" // messages do not get through
)

// SlackAway is the event that Slack did not take the pages of a fault for a time, and they went by other ways.
const SlackAway = "slack-away"

// Page is one message that must reach one person. Key is unique: written twice, it is sent once. At is when it is due. To is
// the id of a person of the rota, Rung the step of the ladder that pages. Fault is 0 for what is no fault's. Deadline is
// when the plan of the fault is due, zero if none is. Detail says more, in one line, and never holds the customer's words.
type Page struct {
	Key      string    `json:"key"`
	At       time.Time `json:"at"`
	Kind     PageKind  `json:"kind"`
	Contract string    `json:"contract,omitempty"`
	Fault    int       `json:"fault,omitempty"`
	Rung     string    `json:"rung,omitempty"`
	To       string    `json:"to"`
	Deadline time.Time `json:"deadline,omitzero"`
	Detail   string    `json:"detail,omitempty"`
}
