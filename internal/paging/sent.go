package paging

import (
	"errors"
	"time"
)

// sent is a message with what became of it.
type sent struct {
	Delivery

	line      Line
	at        time.Time
	reference string
	err       error
}

// gaveUp tells that no repetition can help.
func (s sent) gaveUp() bool {
	var told trouble
	return errors.As(s.err, &told) && told.Permanent()
}

// wait is how long the vendor asks to be left alone.
func (s sent) wait() time.Duration {
	var told trouble
	if errors.As(s.err, &told) && !told.Permanent() {
		return told.RetryAfter()
	}
	return 0
}

// ended are its tries with their ends.
func (s sent) ended() []Try {
	tries := make([]Try, len(s.Tries))
	for i, t := range s.Tries {
		t.EndedAt, t.Outcome, t.Reference = s.at, s.outcome(), short(s.reference)
		if s.err != nil {
			t.Reason, t.Reference = reason(s.err), ""
		}
		if wait := s.wait(); wait > 0 {
			t.RetryAt = s.at.Add(wait)
		}
		tries[i] = t
	}
	return tries
}

func (s sent) outcome() Outcome {
	switch {
	case s.gaveUp():
		return GaveUp
	case s.err != nil:
		return Failed
	case s.folded():
		return Folded
	default:
		return Sent
	}
}

// folded tells that it is a message for many.
func (s sent) folded() bool { return s.Many }

// room is when its room takes the next message, counted from the answer: two messages that are asked for a second apart may reach
// the vendor together.
func (s sent) room() Room {
	return Room{Way: s.Way, Room: s.Room, FreeAt: s.at.Add(max(s.line.every(), s.wait()))}
}
