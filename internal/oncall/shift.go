package oncall

import "time"

// Why is the reason for which nobody is on duty. The values are a published wire format.
type Why string

// The reasons.
const (
	NotBegun   Why = "not-begun"   // the rotation has not begun yet
	Empty      Why = "empty"       // the rotation has no people
	Vacated    Why = "vacated"     // an override put nobody there
	Inactive   Why = "inactive"    // the person is never paged
	IsAway     Why = "away"        // the person is away
	Unknown    Why = "unknown"     // the person or rotation is not on the rota any more
	NoChannel  Why = "no-channel"  // no page gets to the person
	NobodyHas  Why = "nobody-has"  // nobody who answers has the role
	FallsOn    Why = "falls-on"    // a rung that nobody answers: the next one is paged at once
	LastResort Why = "last-resort" // no rung is answered: everybody is paged, away or not
)

// Shift is a time in which one person is on duty, or nobody: from From up to To, which is in the next one. Person is their
// id. Why is empty if they answer, else why nobody does; Person then is who should. Override is the entry that put them
// there, 0 for the rotation itself. From is zero before a rotation has begun.
type Shift struct {
	Rotation string    `json:"rotation"`
	From     time.Time `json:"from,omitzero"`
	To       time.Time `json:"to,omitzero"`
	Person   string    `json:"person"`
	Override int64     `json:"override,omitempty"`
	Why      Why       `json:"why,omitempty"`
}

// Gap is a time for which nobody is found. Target is a rotation, or a role of a rung, or a rung itself.
type Gap struct {
	Target string    `json:"target"`
	Person string    `json:"person,omitempty"`
	Why    Why       `json:"why"`
	From   time.Time `json:"from,omitzero"`
	To     time.Time `json:"to,omitzero"`
}

// OnCall is the shift at an instant; there is always exactly one. A rotation that is not on the rota is a shift of nobody
// without ends.
func (r Rota) OnCall(rotation string, at time.Time) Shift {
	turns, known := r.Rotation(rotation)
	if !known {
		return Shift{Rotation: rotation, Why: Unknown}
	}
	return r.judged(r.overridden(turns.scheduled(at), at), at)
}

// Shifts are the shifts of a rotation of which any part lies between two instants, in order and whole: each begins when the
// one before it ends.
func (r Rota) Shifts(rotation string, from, to time.Time) []Shift {
	var all []Shift
	for at := from; at.Before(to); {
		s := r.OnCall(rotation, at)
		all = append(all, s)
		if at = s.To; at.IsZero() {
			break
		}
	}
	return all
}

// Gaps are the shifts between two instants on which nobody answers, of all rotations, each in the order of time.
func (r Rota) Gaps(from, to time.Time) []Gap {
	var gaps []Gap
	for _, rotation := range r.Rotations {
		for _, s := range r.Shifts(rotation.Name, from, to) {
			if s.Why != "" {
				gaps = append(gaps, s.gap())
			}
		}
	}
	return gaps
}

func (s Shift) gap() Gap {
	return Gap{Target: s.Rotation, Person: s.Person, Why: s.Why, From: s.From, To: s.To}
}

// judged finds out whether the person of the shift answers. The shift is cut where that changes.
func (r Rota) judged(s Shift, at time.Time) Shift {
	if s.Why != "" {
		return s
	}
	person, known := r.Person(s.Person)
	switch {
	case !known:
		s.Why = Unknown
	case !person.Reachable():
		s.Why = NoChannel
	default:
		s.Why = person.missing(at)
	}
	for _, a := range person.Away {
		from, to := person.absence(a)
		s = s.cut(from, at).cut(to, at)
	}
	return s
}

// cut is the part of the shift on that side of a moment on which at lies.
func (s Shift) cut(moment, at time.Time) Shift {
	switch {
	case moment.After(at):
		if moment.Before(s.To) {
			s.To = moment
		}
	case moment.After(s.From):
		s.From = moment
	}
	return s
}
