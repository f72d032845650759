package oncall

import (
	"strings"
	"time"

	"lvyue/internal/workday"
)

// daysOfTurn is how long one person is on duty, in days.
const daysOfTurn = 7

// Rotation is people who are on duty one after another, a week each. Duty goes from one to the next on Weekday ("monday") when
// clocks in Zone (Asia/Shanghai if empty) show At; where they are changed in that hour, see the package's instant: a skipped
// time is when they are put forward, and of a repeated one the first counts. The first person's first turn begins on Since,
// which is such a weekday; before it nobody is on duty. Without people nobody ever is.
type Rotation struct {
	Name    string       `json:"name"`
	Zone    Zone         `json:"zone,omitempty"`
	Weekday string       `json:"weekday"`
	At      TimeOfDay    `json:"at"`
	Since   workday.Date `json:"since"`
	People  []string     `json:"people"`
}

// handover is when turn n begins, counted from 0; it is the end of the turn before.
func (r Rotation) handover(n int, zone *time.Location) time.Time {
	return instant(r.Since, n*daysOfTurn, r.At, zone)
}

// turn is the number of the turn at an instant, below 0 before the first, with its ends: the instant of a handover belongs to
// the turn that begins.
func (r Rotation) turn(at time.Time) (n int, from, to time.Time) {
	const seconds = daysOfTurn * 24 * 60 * 60
	zone := r.Zone.location()
	n = int((at.Unix() - r.handover(0, zone).Unix()) / seconds) // clocks that are changed make it wrong by one at most, rounding too
	for n++; at.Before(r.handover(n, zone)); n-- {
		continue
	}
	return n, r.handover(n, zone), r.handover(n+1, zone)
}

// scheduled is who is on duty if nothing overrides it.
func (r Rotation) scheduled(at time.Time) Shift {
	n, from, to := r.turn(at)
	switch {
	case n < 0:
		return Shift{Rotation: r.Name, To: r.handover(0, r.Zone.location()), Why: NotBegun}
	case len(r.People) == 0:
		return Shift{Rotation: r.Name, From: from, To: to, Why: Empty}
	default:
		return Shift{Rotation: r.Name, From: from, To: to, Person: r.People[n%len(r.People)]}
	}
}

// week is the turn that is on at the hour of handover of a day: on the weekday of the handover, the one that begins.
func (r Rotation) week(d workday.Date) (from, to time.Time) {
	_, from, to = r.turn(instant(d, 0, r.At, r.Zone.location()))
	return from, to
}

// Weekdays are the words for the days of the week, Sunday first as in package time.
func Weekdays() []string {
	words := make([]string, daysOfTurn)
	for d := range words {
		words[d] = strings.ToLower(time.Weekday(d).String())
	}
	return words
}
