package suitesim

import "golang.org/x/time/rate"

// burst is the part of a second's requests that may come at once: real servers queue for a moment before they give up.
const burst = 4

// carry takes one request of a user in, unless there were too many of late. Time is the real one, since what is measured
// is real too.
func (s *System) carry() bool {
	if s.Carries == 0 {
		return true
	}
	if s.bucket == nil || s.bucket.Limit() != rate.Limit(s.Carries) {
		s.bucket = rate.NewLimiter(rate.Limit(s.Carries), max(1, s.Carries/burst))
	}
	return s.bucket.Allow()
}
