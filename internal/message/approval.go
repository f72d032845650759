package message

import (
	"fmt"
	"strings"
	"time"
)

// Approval is a word about something that one person asks for and another one approves: that a member of Slack is a person of the
// rota (§4.1), or that a missed hour is let go as the customer said (§6.4). The last word is how it stands.
//
// What is "link/U0123ABCD", of the workspace Team and of no contract, or "waiver/3", of a fault of the contract. Person is whom it is
// about, and who may not approve it: the person of the rota that the member is to be, or who asks for the waiver. Reason is why it is
// asked for. By said it: of a link that is asked for the member, else a person of the rota. Way is how it came in ("slack", "cli").
// ID and At are the database's.
type Approval struct {
	ID       int64         `json:"id"`
	Team     string        `json:"team,omitempty"`
	Contract string        `json:"contract,omitempty"`
	What     string        `json:"what"`
	State    ApprovalState `json:"state"`
	Person   string        `json:"person,omitempty"`
	Reason   string        `json:"reason,omitempty"`
	By       string        `json:"by"`
	Way      string        `json:"way"`
	At       time.Time     `json:"at"`
}

// ApprovalState is where something that was asked for stands; empty if nobody ever asked.
type ApprovalState string

// States. A link that was revoked is refused from then on, whatever the rota's form says, until it is approved anew.
const (
	AskedFor ApprovalState = "pending"
	Approved ApprovalState = "approved"
	Refused  ApprovalState = "refused"
	Revoked  ApprovalState = "revoked"
)

const (
	linkWord   = "link/"
	waiverWord = "waiver/"
)

// LinkOf is the link of a member of a workspace to a person, before anything is said of it.
func LinkOf(team, member string) Approval { return Approval{Team: team, What: linkWord + member} }

// WaiverOf is the waiver of a missed hour, before anything is said of it.
func WaiverOf(contract string, fault int) Approval {
	return Approval{Contract: contract, What: fmt.Sprintf("%s%d", waiverWord, fault)}
}

// Member is whose link it is; empty if it is none.
func (a Approval) Member() string {
	member, _ := strings.CutPrefix(a.What, linkWord)
	if member == a.What {
		return ""
	}
	return member
}

// Fault is whose waiver it is; 0 if it is none.
func (a Approval) Fault() int {
	var n int
	if _, err := fmt.Sscanf(a.What, waiverWord+"%d", &n); err != nil {
		return 0
	}
	return n
}
