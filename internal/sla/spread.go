package sla

import (
	"slices"
	"time"
)

// Spread tells how long something took, over Count cases. The median of an even number is the middle between the two in the
// middle. P90 is the nearest rank: the ⌈0.9·n⌉-th shortest, a time that really was. All are zero without a case.
type Spread struct {
	Count            int
	Median, P90, Max time.Duration
}

func spread(all []time.Duration) Spread {
	n := len(all)
	if n == 0 {
		return Spread{}
	}
	slices.Sort(all)
	low, high := all[(n-1)/2], all[n/2]
	return Spread{Count: n, Median: low + (high-low)/2, P90: all[rank(n)-1], Max: all[n-1]}
}

// rank is ⌈0.9·n⌉, in whole numbers.
func rank(n int) int { return (9*n + 9) / 10 }

// Seconds are whole seconds; a second that has begun counts, so that an hour and a microsecond is more than an hour.
func Seconds(d time.Duration) int64 {
	whole := d.Truncate(time.Second)
	if whole < d {
		whole += time.Second
	}
	return int64(whole / time.Second)
}
