package message

import "time"

// Attempt is what somebody tried at the fault desk in Slack and was refused before the inbox. Team and Member are Slack's ids;
// Person is who that is on the rota, empty for nobody. What is the button, form or command; Reason the code of the refusal. ActedAt
// is Slack's own stamp; At, the server's clock, is the moment that counts.
type Attempt struct {
	Team     string    `json:"team"`
	Member   string    `json:"member"`
	Person   string    `json:"person,omitempty"`
	What     string    `json:"what"`
	Contract string    `json:"contract,omitempty"`
	Fault    int       `json:"fault,omitempty"`
	Reason   string    `json:"reason"`
	ActedAt  string    `json:"acted_at,omitempty"`
	At       time.Time `json:"at"`
}

// FaultOf is a contract's fault as it stands.
type FaultOf struct {
	Contract string `json:"contract"`
	FaultRow
}

// DutyOf is an obligation with its contract.
type DutyOf struct {
	Contract string `json:"contract"`
	Obligation
}
