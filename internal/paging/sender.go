package paging

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"lvyue/internal/message"
)

// perPerson is how many pages of one person a look considers.
const perPerson = 200

// patienceOfALook is how long a look waits for its messages, patienceOfASend how long a channel may take for one, in real time,
// and patienceOfAStore how long the store may to keep what became of it. The latter two together are not longer than Lease.
const (
	patienceOfALook  = 500 * time.Millisecond
	patienceOfASend  = 5 * time.Second
	patienceOfAStore = 10 * time.Second
)

// unreachable is when a page for somebody who cannot be reached is looked at again.
const unreachable = time.Minute

// Sender brings due pages to people. Any number may run beside each other, on one store.
type Sender struct {
	Store  Store
	People People
	Lines  []Line
	// Link is what to press instead of a button of Slack; nil for no links.
	Link func(message.Page) string
	// Clock tells how much time has passed, by the difference of two answers; nil when none passes, as in a rehearsal.
	Clock func() time.Time

	under underWay
}

// Deliver looks at what is due at the moment now: it sends that, keeps what became of it, looks again, and says when it wants to be
// called again by what it knows; zero if nothing is waited for. New pages may come before.
//
// A page is sent at least once: its try is kept before the vendor is asked, and one whose end was never kept counts as
// interrupted after Lease, and is sent again with Again and the same key. So a crash between the vendor's acceptance and our
// record may show a message twice on a way that cannot look for keys, and never loses one.
//
// All rooms are written to side by side, and a vendor that hangs holds its own room alone: a message that takes longer than half a
// second goes on by itself. With a nil Clock it is waited for.
//
// Pages that failed are no error; errors are of the store and of people that cannot be reached, and the rest is delivered.
func (s *Sender) Deliver(ctx context.Context, now time.Time) (time.Time, error) {
	r := &round{Sender: s, passed: s.stopwatch(), began: now, reach: map[string][]Address{}}
	for {
		next, more, err := r.look(ctx)
		if err != nil || !more {
			return next, errors.Join(append(r.troubles, s.under.told(), err)...)
		}
	}
}

// Wait returns when every message that is under way has ended, and what became of it is kept.
func (s *Sender) Wait() { s.under.Wait() }

// stopwatch tells how much time has passed since it was taken.
func (s *Sender) stopwatch() func() time.Duration {
	if s.Clock == nil {
		return func() time.Duration { return 0 }
	}
	began := s.Clock()
	return func() time.Duration { return max(0, s.Clock().Sub(began)) }
}

// round is one call of Deliver; now is the moment of its last look.
type round struct {
	*Sender

	began, now time.Time
	passed     func() time.Duration
	reach      map[string][]Address
	troubles   []error
}

// look sends what is due, and tells whether another look may find more: a way that failed for good makes room for the next one at
// once.
func (r *round) look(ctx context.Context) (next time.Time, more bool, err error) {
	r.now = r.began.Add(r.passed())
	soon, known, busy := r.now.Add(time.Second), len(r.troubles), r.under.some()
	board, err := r.Store.PageBoard(ctx, r.now, perPerson)
	if err == nil {
		err = r.find(ctx, board)
	}
	if err != nil {
		return soon, false, err
	}
	l := looking{now: r.now, board: board, lines: r.lines(), links: r.link}
	decision := l.decide(r.reach)
	deliveries, err := r.begin(ctx, decision)
	if err != nil {
		return soon, false, err
	}
	next = decision.Next
	if busy || len(deliveries) < len(decision.Deliveries) { // a message is under way, or another sender is at it
		next = sooner(next, soon)
	}
	if len(r.troubles) > 0 {
		next = sooner(next, r.now.Add(unreachable))
	}
	r.send(ctx, deliveries)
	return next, len(deliveries) > 0 || len(r.troubles) > known, nil
}

// begin takes what was decided, if anything was.
func (r *round) begin(ctx context.Context, d Decision) ([]Delivery, error) {
	if len(d.Deliveries)+len(d.Settled) == 0 {
		return nil, nil
	}
	return r.Store.BeginTries(ctx, r.now, d)
}

// find asks how everybody is reached, once a round. Ways without a channel in use are left out.
func (r *round) find(ctx context.Context, board Board) error {
	fresh := map[string]message.Page{}
	for _, p := range board.Open {
		if _, asked := r.reach[p.To]; !asked {
			fresh[p.To] = p.Page
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	all, err := r.People.Addresses(ctx, slices.Sorted(maps.Keys(fresh)))
	if err != nil {
		return fmt.Errorf("find how people are reached: %w", err)
	}
	lines := r.lines()
	for who, p := range fresh {
		r.reach[who] = slices.DeleteFunc(slices.Clone(all[who]), func(a Address) bool { _, used := lines[a.Way]; return !used })
		if len(r.reach[who]) == 0 {
			r.troubles = append(r.troubles, fmt.Errorf("page %s: no way leads to %q", p.Key, who), r.Tell(ctx, r.now, "unreachable/"+who, who+": no way"))
		}
	}
	return nil
}

func (s *Sender) lines() map[Way]Line {
	lines := map[Way]Line{}
	for _, l := range s.Lines {
		lines[l.Way()] = l
	}
	return lines
}

func (s *Sender) link(p message.Page) string {
	if s.Link == nil || !pressable(p) {
		return ""
	}
	return s.Link(p)
}

// pressable tells of pages that ask somebody to take a fault.
func pressable(p message.Page) bool {
	switch p.Kind {
	case message.FirstPage, message.RepeatedPage, message.EscalationPage, message.ReopenedPage:
		return p.Fault > 0
	default:
		return false
	}
}
