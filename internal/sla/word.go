package sla

import (
	"encoding/json"
	"slices"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
)

// Word is what somebody gave as evidence or as a reason, and the event that keeps it; zero for none.
type Word struct {
	Text  string
	Who   string
	Event int64
}

// mark is a word by which force majeure was marked, and the moment that it gave for it.
type mark struct {
	Word

	at time.Time
}

// words are the last of what was said about a fault that its numbers need reasons of: every mark (§3.12), the last waiver (§6.4).
type words struct {
	marks  []mark
	waiver Word
}

// hear keeps what an act said. What it cannot read was said by nobody that a number rests on.
func (w words) hear(e Entry) words {
	word := Word{Who: e.Actor.Who, Event: e.Seq}
	switch e.What {
	case string(message.ForceMajeure):
		m := bodyOf[message.Majeure](e)
		word.Text = m.Evidence
		w.marks = append(w.marks, mark{word, incident.Counts(m.Called, e.ReceivedAt)})
	case string(message.WaiveFault):
		word.Text = bodyOf[message.Words](e).Text
		w.waiver = word
	}
	return w
}

// marked is the word by which force majeure was marked as of an instant: a second person may have approved it later.
func (w words) marked(at time.Time) Word {
	for _, m := range slices.Backward(w.marks) {
		if m.at.Equal(at) {
			return m.Word
		}
	}
	return Word{}
}

// bodyOf is the body of an act, as its event keeps it.
func bodyOf[T any](e Entry) T {
	var body T
	if data, err := json.Marshal(e.Detail); err == nil {
		_ = json.Unmarshal(data, &body) // another shape says nothing
	}
	return body
}
