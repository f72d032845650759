package oncall

import (
	"time"

	"lvyue/internal/message"
)

// hour is how long the plan of a fault may take (§3.11).
const hour = time.Hour

// Everyone is the target that means all people who answer.
const Everyone = "everyone"

// Ladder is whom a fault pages while it has no plan (§4.2): its rungs at their time after the notice, then Again for as long
// as it takes. A rung of the kind "repeat" is for a fault that nobody has acknowledged; all others are climbed until there is
// a plan.
type Ladder struct {
	Rungs []Rung `json:"rungs"`
	Again Again  `json:"again"`
}

// Rung is one step, so many minutes after the notice.
type Rung struct {
	AfterMinutes int `json:"after_minutes"`
	Call
}

// Again is what happens after the last rung, every so many minutes.
type Again struct {
	EveryMinutes int `json:"every_minutes"`
	Call
}

// Call is what kind of page goes to whom. A target is the name of a rotation (who is on duty), a role (all who have it) or
// Everyone.
type Call struct {
	Name    string           `json:"name"`
	Kind    message.PageKind `json:"kind"`
	Targets []string         `json:"targets"`
}

// After is how long after the notice the rung is due.
func (r Rung) After() time.Duration { return time.Duration(r.AfterMinutes) * time.Minute }

// Kinds are the kinds of page that a rung may send.
func Kinds() []message.PageKind {
	return []message.PageKind{message.FirstPage, message.RepeatedPage, message.EscalationPage, message.WarningPage, message.BreachPage}
}

// DefaultLadder is the ladder of a rota whose form has none. Its targets are the rotations primary and secondary, and the
// roles lead and manager.
func DefaultLadder() Ladder {
	rung := func(after int, name string, kind message.PageKind, targets ...string) Rung {
		return Rung{after, Call{name, kind, targets}}
	}
	return Ladder{
		Rungs: []Rung{
			rung(0, "first", message.FirstPage, "primary"),
			rung(5, "again", message.RepeatedPage, "primary"),
			rung(15, "secondary", message.EscalationPage, "secondary"),
			rung(30, "lead", message.EscalationPage, string(Lead)),
			rung(45, "manager", message.WarningPage, string(Manager)),
			rung(55, "everyone", message.EscalationPage, Everyone),
			rung(60, "breach", message.BreachPage, string(Lead), string(Manager)),
		},
		Again: Again{30, Call{"no-plan", message.BreachPage, []string{"primary", string(Lead), string(Manager)}}},
	}
}

// Step is the rung of that number, counted from 0. Behind the last one it is Again, for the first, the second, the n-th time.
func (l Ladder) Step(n int) Rung {
	if n < len(l.Rungs) {
		return l.Rungs[n]
	}
	return Rung{l.last() + (n-len(l.Rungs)+1)*l.Again.EveryMinutes, l.Again.Call}
}

// Due is the highest step that is due so long after the notice, each from its instant on; -1 before the notice. After a time
// in which nothing ran it is the one to page: those below it are only noted.
func (l Ladder) Due(elapsed time.Duration) int {
	n := -1
	for n+1 < len(l.Rungs) && l.Rungs[n+1].After() <= elapsed {
		n++
	}
	every := time.Duration(l.Again.EveryMinutes) * time.Minute
	if n == len(l.Rungs)-1 && n >= 0 && every > 0 {
		n += int((elapsed - l.Rungs[n].After()) / every)
	}
	return n
}

// last is when the last rung is due, in minutes.
func (l Ladder) last() int {
	if len(l.Rungs) == 0 {
		return 0
	}
	return l.Rungs[len(l.Rungs)-1].AfterMinutes
}
