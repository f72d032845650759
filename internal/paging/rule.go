package paging

import (
	"time"

	"lvyue/internal/message"
)

// How long what is waited for (§4.2).
const (
	// HedgeAfter is how long the first way has to itself; then the fall-backs begin beside it.
	HedgeAfter = 20 * time.Second
	// Lease is after when a try without an end counts as interrupted, and its page is sent again.
	Lease = 15 * time.Second
	// Patience is how long a way is retried for a page that got through by another. One that got through by none is never given up.
	Patience = time.Hour
	// StormWithin and stormFrom: more pages of a kind than these for one room within the time are a storm, told in one message.
	StormWithin = time.Minute
	stormFrom   = 5
)

// backoff is the wait after the failed try of that number: 1 s, doubled, 15 s at most.
func backoff(number int) time.Duration {
	const most = 15 * time.Second
	return min(time.Second<<min(number-1, 4), most)
}

// attempt is how a page stands with one way.
type attempt struct {
	Address

	tries int
	done  bool // it got through
	gone  bool // it never will
	slow  bool // the vendor asks for so long a wait that the fall-backs need not wait with it
	next  time.Time
}

func attemptOf(p Standing, a Address) attempt {
	at := attempt{Address: a, next: p.At}
	for _, t := range p.Tries {
		if t.Way == a.Way {
			at.see(t)
		}
	}
	at.slow = at.slow && !at.next.Before(p.At.Add(HedgeAfter))
	return at
}

func (a *attempt) see(t Try) {
	a.tries, a.slow = t.Number, !t.RetryAt.IsZero()
	switch t.Outcome {
	case Sent, Folded:
		a.done = true
	case GaveUp:
		a.gone = true
	case Failed:
		a.next = latest(t.EndedAt.Add(backoff(t.Number)), t.RetryAt)
	default:
		a.next = t.BeganAt.Add(Lease)
	}
}

// attempts tells how a page stands with each of a person's ways, and whether it is settled: nothing more is to be done.
func attempts(p Standing, ways []Address, now time.Time) ([]attempt, bool) {
	if len(ways) == 0 {
		return nil, false
	}
	all := make([]attempt, len(ways))
	through, hopeless, untried := false, true, false
	for i, a := range ways {
		all[i] = attemptOf(p, a)
		through = through || all[i].done
		hopeless = hopeless && all[i].gone
		untried = untried || all[i].tries == 0
	}
	over := all[0].gone && !untried || now.After(p.At.Add(Patience))
	if all[0].done || hopeless || through && over {
		return nil, true
	}
	return wanted(all, p.At, through), false
}

// wanted leaves the ways that are to be tried, each with the moment from which on: the first until it gets through, and the
// fall-backs from the hedge on, again and again as long as nothing got through.
func wanted(all []attempt, at time.Time, through bool) []attempt {
	hedge := at.Add(HedgeAfter)
	if all[0].gone || all[0].slow {
		hedge = at
	}
	var left []attempt
	for i, a := range all {
		if a.gone || a.done || i > 0 && through && a.tries > 0 {
			continue
		}
		if i > 0 {
			a.next = latest(a.next, hedge)
		}
		left = append(left, a)
	}
	return left
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// sooner is the earlier of two moments; zero is none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// isFirst tells of the pages that go before all others.
func isFirst(p message.Page) bool { return p.Kind == message.FirstPage }
