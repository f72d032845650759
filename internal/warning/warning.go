// Package warning judges what is measured of servers and databases (§3.6): which of it is running out, and of which
// nothing is known. Rules over figures: no vendor, no database, no clock.
package warning

import (
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/money"
	"lvyue/internal/sizing"
)

// What is the sort of a warning. The values are kept in the database.
type What string

// The sorts.
const (
	// High is that something is running out, or is about to.
	High What = "high"
	// Silent is that nothing is known, which is an alarm of its own.
	Silent What = "silent"
)

// Warning is one thing to act upon, from the look that opened it to the look that closed it. There is one open at most for
// each gauge and sort.
type Warning struct {
	hosting.Gauge

	What  What  `json:"what"`
	Class Class `json:"class"`
	// Percent is the last level. It grows by PerDay points a day and is full in Days, if Grows.
	Percent float64 `json:"percent"`
	Grows   bool    `json:"grows"`
	PerDay  float64 `json:"per_day"`
	Days    float64 `json:"days"`
	// Since is the last point before a silence.
	Since    time.Time `json:"since,omitzero"`
	OpenedAt time.Time `json:"opened_at"`
	LookedAt time.Time `json:"looked_at"`
	// ToldAt is when people were told last, and ToldClass of what.
	ToldAt    time.Time `json:"told_at,omitzero"`
	ToldClass Class     `json:"told_class"`
	// Quiet counts the looks in a row that gave no reason for it.
	Quiet    int       `json:"quiet"`
	ClosedAt time.Time `json:"closed_at,omitzero"`
	// Growth is what would help; nil if nothing on offer would, or nobody knows.
	Growth *Growth `json:"growth,omitempty"`
}

// Growth is what is suggested, with the price that the vendor publishes for it (§5.7) if it could be asked for: Amount is
// for the rest of the term, and AnswerHash the SHA-256 of the vendor's answer, in hex.
type Growth struct {
	To         hosting.Shape `json:"to"`
	Nodes      int           `json:"nodes,omitempty"`
	Amount     money.CNY     `json:"amount,omitzero"`
	AnswerHash string        `json:"answer_hash,omitempty"`
	PricedAt   time.Time     `json:"priced_at,omitzero"`
}

// Open tells whether it still stands.
func (w Warning) Open() bool { return w.ClosedAt.IsZero() }

// Tells reports whether the look at that instant is to tell people of it.
func (w Warning) Tells(at time.Time) bool { return w.Open() && w.ToldAt.Equal(at) }

// key is what only one warning may stand for.
type key struct {
	hosting.Gauge

	what What
}

func (w Warning) key() key { return key{w.Gauge, w.What} }

// Series is what one gauge has shown, in the order of time.
type Series struct {
	hosting.Gauge

	Levels []sizing.Level
}

// last is the newest level's instant.
func (s Series) last() time.Time {
	if len(s.Levels) == 0 {
		return time.Time{}
	}
	return s.Levels[len(s.Levels)-1].At
}

// within are the levels of the time before at.
func (s Series) within(at time.Time, span time.Duration) []sizing.Level {
	for i, l := range s.Levels {
		if at.Sub(l.At) <= span {
			return s.Levels[i:]
		}
	}
	return nil
}

// Forecast is how the gauge goes on, as seen at an instant.
func (s Series) Forecast(at time.Time) sizing.Forecast {
	return sizing.Project(s.within(at, Remembered), trend)
}
