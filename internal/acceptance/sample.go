package acceptance

import (
	"slices"
	"strconv"
	"time"
)

// Sample is one request that was due.
type Sample struct {
	// Took is from when it was due until it was over.
	Took time.Duration
	// Status is that of the answer; 0 is no answer.
	Status int
}

// Of works out the figures of a measurement with so many users from all requests that were due. When it was, and what
// trouble there was, the caller knows.
func Of(users int, samples []Sample) Result {
	r := Result{Users: users, Requests: int64(len(samples)), Statuses: map[string]int64{}}
	if len(samples) == 0 {
		return r
	}
	took := make([]time.Duration, 0, len(samples))
	for _, s := range samples {
		took = append(took, s.Took)
		r.count(s)
	}
	slices.Sort(took)
	r.P50MS, r.P95MS, r.P99MS = within(took, 50), within(took, 95), within(took, 99)
	r.Share = float64(r.Right*10000/r.Requests) / 10000
	r.Carried = int(int64(users) * r.InTime / r.Requests)
	return r
}

func (r *Result) count(s Sample) {
	if s.Status == 0 {
		r.Statuses[NoAnswer]++
		return
	}
	r.Statuses[strconv.Itoa(s.Status)]++
	if s.Status < 200 || s.Status > 299 {
		return
	}
	r.Right++
	if milliseconds(s.Took) <= SlowestMS {
		r.InTime++
	}
}

// within is the nearest rank: the least time within which at least that many of a hundred were over.
func within(sorted []time.Duration, percent int) int64 {
	rank := (len(sorted)*percent + 99) / 100
	return milliseconds(sorted[rank-1])
}

// milliseconds are rounded up, so that what is over a limit never looks as if it kept it.
func milliseconds(d time.Duration) int64 {
	return int64((d + time.Millisecond - 1) / time.Millisecond)
}
