package paging

import (
	"context"
	"errors"
	"sync"
	"time"
)

// underWay are the messages of a sender that are being sent, and what could not be kept of those that were.
type underWay struct {
	sync.WaitGroup

	mutex    sync.Mutex
	messages int
	troubles []error
}

// let does something beside everything else, and tells on ended that it is done.
func (u *underWay) let(do func() error, ended chan<- struct{}) {
	u.mutex.Lock()
	u.messages++
	u.mutex.Unlock()
	u.Go(func() {
		err := do()
		u.mutex.Lock()
		u.messages--
		u.troubles = append(u.troubles, err)
		u.mutex.Unlock()
		ended <- struct{}{}
	})
}

// some tells whether any message is under way.
func (u *underWay) some() bool {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	return u.messages > 0
}

// told are the troubles since it was asked last.
func (u *underWay) told() error {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	err := errors.Join(u.troubles...)
	u.troubles = nil
	return err
}

// send sends messages side by side, no two to one room, and waits for them as long as a look may take.
func (r *round) send(ctx context.Context, deliveries []Delivery) {
	lines, ended := r.lines(), make(chan struct{}, len(deliveries))
	for _, d := range deliveries {
		r.under.let(func() error { return r.keep(ctx, r.sendOne(ctx, lines[d.Way], d)) }, ended)
	}
	patience := r.patience()
	for range deliveries {
		select {
		case <-ended:
		case <-patience:
			return
		}
	}
}

// patience ends when a look has waited long enough; where no time passes, never.
func (s *Sender) patience() <-chan time.Time {
	if s.Clock == nil {
		return nil
	}
	return time.After(patienceOfALook)
}

func (r *round) sendOne(ctx context.Context, line Line, d Delivery) sent {
	ctx, cancel := context.WithTimeout(ctx, patienceOfASend)
	defer cancel()
	reference, err := send(ctx, line, d.Envelope)
	return sent{Delivery: d, line: line, at: r.began.Add(r.passed()), reference: reference, err: err}
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
