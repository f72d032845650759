package paging

import (
	"encoding/json"
	"strings"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// Away is a time at which Slack did not take the pages of a fault: from the first that it did not take until it took one again. Ways
// are those by which its pages went meanwhile.
type Away struct {
	Contract string    `json:"-"`
	Fault    int       `json:"-"`
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until"`
	Ways     []Way     `json:"ways"`
}

// Event is what the evidence of the fault says of it: once, whoever says it.
func (a Away) Event() message.Event {
	id := message.FaultID(a.Fault)
	return message.Event{
		Key: id + ": " + message.SlackAway + " " + a.Since.UTC().Format(time.RFC3339Nano), At: a.Until,
		What: message.SlackAway, Clause: "4.2", Subject: id, Detail: a,
	}
}

// AwayOf reads the detail of such an event; false for any other.
func AwayOf(detail any) (Away, bool) {
	var a Away
	data, err := json.Marshal(detail)
	if err == nil {
		err = json.Unmarshal(data, &a)
	}
	return a, err == nil && !a.Until.IsZero()
}

// Text tells of it; clock writes an instant.
func (a Away) Text(clock func(time.Time) string) refusal.Text {
	var zh, en []string
	for _, way := range a.Ways {
		zh, en = append(zh, way.Name().ZH), append(en, way.Name().EN)
	}
	since, until := clock(a.Since), clock(a.Until)
	return refusal.Text{
		ZH: "Slack 中断 " + since + "–" + until + "；其间经" + strings.Join(zh, "、") + "通知",
		EN: "Slack was away " + since + "–" + until + "; pages went by " + strings.Join(en, ", "),
	}
}
