package paging

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"lvyue/internal/message"
)

// perLook is how many pages one look considers, first pages first.
const perLook = 2000

// patienceOfASend is how long a channel may take for one message, in real time, and patienceOfAStore how long the store may to
// keep what became of it. Together they are not longer than Lease.
const (
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
	// Clock tells how long a send took, by the difference of two answers; nil when no time passes, as in a rehearsal.
	Clock func() time.Time
}

// Deliver looks once at what is due at the moment now: it sends that, keeps what became of it, and says when it wants to look
// again by what it knows; zero if nothing is waited for. New pages may come before.
//
// A page is sent at least once: its try is kept before the vendor is asked, and one whose end was never kept counts as
// interrupted after Lease, and is sent again with Again and the same key. So a crash between the vendor's acceptance and our
// record may show a message twice on a way that cannot look for keys, and never loses one.
//
// A vendor that hangs holds one call for seconds; so at least two senders should run, and the pages of the one that hangs go
// their other ways by the other.
//
// Pages that failed are no error; errors are of the store and of people that cannot be reached, and the rest is delivered.
func (s *Sender) Deliver(ctx context.Context, now time.Time) (time.Time, error) {
	r := &round{Sender: s, now: now, reach: map[string][]Address{}}
	for {
		next, more, err := r.look(ctx)
		if err != nil || !more {
			return next, errors.Join(append(r.troubles, err)...)
		}
	}
}

// round is one call of Deliver.
type round struct {
	*Sender

	now      time.Time
	reach    map[string][]Address
	troubles []error
}

// look sends what is due, and tells whether another look at the same moment may find more: a way that failed for good makes
// room for the next one at once.
func (r *round) look(ctx context.Context) (next time.Time, more bool, err error) {
	soon, known := r.now.Add(time.Second), len(r.troubles)
	board, err := r.Store.PageBoard(ctx, r.now, perLook)
	if err != nil {
		return soon, false, err
	}
	r.find(ctx, board)
	l := looking{now: r.now, board: board, lines: r.lines(), links: r.link}
	decision := l.decide(r.reach)
	deliveries, err := r.begin(ctx, decision)
	if err != nil {
		return soon, false, err
	}
	next = decision.Next
	if len(deliveries) < len(decision.Deliveries) { // another sender is at it
		next = sooner(next, soon)
	}
	if len(r.troubles) > 0 {
		next = sooner(next, r.now.Add(unreachable))
	}
	return next, len(deliveries) > 0 || len(r.troubles) > known, r.keep(ctx, r.send(ctx, deliveries))
}

// begin takes what was decided, if anything was.
func (r *round) begin(ctx context.Context, d Decision) ([]Delivery, error) {
	if len(d.Deliveries)+len(d.Settled) == 0 {
		return nil, nil
	}
	return r.Store.BeginTries(ctx, r.now, d)
}

// find asks once a round how everybody is reached. Ways without a channel in use are left out.
func (r *round) find(ctx context.Context, board Board) {
	lines := r.lines()
	for _, p := range board.Open {
		if _, asked := r.reach[p.To]; asked {
			continue
		}
		all, err := r.People.Reach(ctx, p.To)
		var ways []Address
		for _, a := range all {
			if _, used := lines[a.Way]; used {
				ways = append(ways, a)
			}
		}
		r.reach[p.To] = ways
		switch {
		case err != nil:
			r.troubles = append(r.troubles, fmt.Errorf("find how %s is reached: %w", p.To, err))
		case len(ways) == 0:
			r.troubles = append(r.troubles, fmt.Errorf("page %s: no way leads to %q", p.Key, p.To), r.tell(ctx, "unreachable/"+p.To, p.To+": no way"))
		}
	}
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

// send sends messages side by side, no two to one room.
func (r *round) send(ctx context.Context, deliveries []Delivery) []sent {
	lines, all := r.lines(), make([]sent, len(deliveries))
	var everyone sync.WaitGroup
	for i, d := range deliveries {
		everyone.Go(func() { all[i] = r.sendOne(ctx, lines[d.Way], d) })
	}
	everyone.Wait()
	return all
}

func (r *round) sendOne(ctx context.Context, line Line, d Delivery) sent {
	ctx, cancel := context.WithTimeout(ctx, patienceOfASend)
	defer cancel()
	began := r.clock()
	reference, err := send(ctx, line, d.Envelope)
	return sent{Delivery: d, line: line, at: r.now.Add(max(0, r.clock().Sub(began))), reference: reference, err: err}
}

// send sends one message. A channel that panics does so again: the page goes by another way, and all others go on.
func send(ctx context.Context, line Line, e Envelope) (reference string, err error) {
	defer func() {
		if recover() != nil {
			err = &SendError{Reason: "the channel panicked", Final: true}
		}
	}()
	return line.Send(ctx, e)
}

func (s *Sender) clock() time.Time {
	if s.Clock == nil {
		return time.Time{}
	}
	return s.Clock()
}
