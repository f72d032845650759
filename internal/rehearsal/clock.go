package rehearsal

import (
	"sync/atomic"
	"time"
)

// clock is the rehearsal's instant: the simulator reads it while the play moves it.
type clock struct{ at atomic.Pointer[time.Time] }

func newClock(at time.Time) *clock {
	c := &clock{}
	c.move(at)
	return c
}

func (c *clock) now() time.Time { return *c.at.Load() }

func (c *clock) move(to time.Time) { c.at.Store(&to) }

// earliest is the first of the instants; zero ones do not count.
func earliest(instants ...time.Time) time.Time {
	var first time.Time
	for _, at := range instants {
		if !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}

// latest is the last of the instants.
func latest(instants ...time.Time) time.Time {
	var last time.Time
	for _, at := range instants {
		if at.After(last) {
			last = at
		}
	}
	return last
}
