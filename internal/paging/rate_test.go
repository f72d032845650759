package paging_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/testkit"
)

const rooms = 20

// spread are first pages of so many faults, one after another within so many seconds, to twenty people in turn.
func spread(faults, seconds int) []message.Page {
	pages := make([]message.Page, faults)
	for n := range pages {
		pages[n] = page(message.FirstPage, n+1, fmt.Sprintf("p%02d", n%rooms), n*seconds/faults)
	}
	return pages
}

// paged tells how many seconds after it was due each page first got through.
func (d *desk) paged() map[string]int {
	d.t.Helper()
	all, err := d.store.PagesOf(d.t.Context(), "HT-1")
	if err != nil {
		d.t.Fatal(err)
	}
	took := map[string]int{}
	for _, p := range all {
		for _, t := range p.Tries {
			waited := int(t.EndedAt.Sub(p.At).Seconds())
			if was, known := took[p.Key]; (t.Outcome == paging.Sent || t.Outcome == paging.Folded) && (!known || waited < was) {
				took[p.Key] = waited
			}
		}
	}
	return took
}

// longest is the longest that anybody waited; the page of a fault that nobody was told of is an error.
func (d *desk) longest(pages []message.Page) int {
	d.t.Helper()
	took, most := d.paged(), 0
	for _, p := range pages {
		waited, told := took[p.Key]
		if !told {
			d.t.Fatalf("nobody was told %s", p.Key)
		}
		most = max(most, waited)
	}
	return most
}

// everySecond tells that no room took two messages within a second.
func (c *channel) everySecond(t *testing.T) {
	t.Helper()
	taken := map[string]int{}
	for _, l := range c.asked {
		if last, before := taken[l.Room]; before && l.after == last {
			t.Errorf("two messages for %s in second %d", l.Room, last)
		}
		taken[l.Room] = l.after
	}
}

// §4.2, a case to try: 1,000 faults in a minute over twenty rooms are each on a first page within the minute, and no room takes more
// than one message a second.
func TestDeliver_AThousandFaultsOverTwentyRoomsAreEachPagedWithinAMinute_4_2(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	pages := spread(1000, 60)
	d.enqueue(pages...)
	d.run(180)
	if longest := d.longest(pages); longest > 60 {
		t.Errorf("somebody waited for %d seconds", longest)
	} else {
		t.Logf("%d messages, nobody waited for more than %d s", len(d.slack.asked), longest)
	}
	d.slack.everySecond(t)
}

// §4.2: the same with all of them at once, and with a room that Slack wants to be left alone: its people are told by mail in time, and
// nobody else notices.
func TestDeliver_AThrottledRoomHoldsUpNoOther_4_2(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.slack.answer = func(e paging.Envelope, _ int) error {
		if e.Room == "U-p00" {
			return passing("HTTP 429", 10*time.Minute)
		}
		return nil
	}
	var one []message.Page
	for n := range 700 { // more than any look considers
		one = append(one, page(message.FirstPage, 5000+n, "p00", 0))
	}
	pages := spread(1000, 1)
	d.enqueue(append(one, pages...)...)
	d.run(60)
	if longest := d.longest(append(one, pages...)); longest > 30 {
		t.Errorf("somebody waited for %d seconds", longest)
	}
	others := pages[:0:0]
	for _, p := range pages {
		if p.To != "p00" {
			others = append(others, p)
		}
	}
	if longest := d.longest(others); longest > 2 {
		t.Errorf("a person of another room waited for %d seconds", longest)
	}
	d.slack.everySecond(t)
	d.mail.everySecond(t)
}

// wire is Slack as it is: it takes its time, and one room hangs. It keeps when each message came.
type wire struct {
	sync.Mutex

	came  map[string][]time.Time
	hangs string
}

// Way is Slack's.
func (*wire) Way() paging.Way { return paging.Slack }

// Send takes a message after a while, never the same; in the room that hangs it takes none.
func (w *wire) Send(ctx context.Context, e paging.Envelope) (string, error) {
	if e.Room == w.hangs {
		<-ctx.Done()
		return "", fmt.Errorf("it hangs: %w", ctx.Err())
	}
	time.Sleep(rand.N(300 * time.Millisecond))
	w.Lock()
	defer w.Unlock()
	w.came[e.Room] = append(w.came[e.Room], time.Now())
	return e.Key, nil
}

// took is how many messages came.
func (w *wire) took() int {
	w.Lock()
	defer w.Unlock()
	n := 0
	for _, all := range w.came {
		n += len(all)
	}
	return n
}

// §4.2: in real time, with two desks and a vendor of changing speed: a room that hangs holds up no other, and two messages come to no
// room within a second.
func TestDeliver_ARoomThatHangsHoldsUpNoOther_4_2(t *testing.T) {
	t.Parallel()
	const each = 3
	w := &wire{came: map[string][]time.Time{}, hangs: "U-p00"}
	d := newDesk(t)
	began, err := d.store.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	pages := spread(each*rooms, 1)
	for i := range pages {
		pages[i].At = began
	}
	d.enqueue(pages...)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var desks sync.WaitGroup
	for range 2 {
		s := d.senderOn(testkit.Open(t, d.store.Schema()))
		s.Lines, s.Clock = []paging.Line{{Channel: w, Edits: true}}, time.Now
		desks.Go(func() {
			defer s.Wait()
			for w.took() < each*(rooms-1) && ctx.Err() == nil {
				now, err := d.store.Now(ctx)
				next, wrong := s.Deliver(ctx, now)
				if err = errors.Join(err, wrong); err != nil {
					if ctx.Err() == nil {
						t.Error(err)
					}
					return
				}
				select {
				case <-ctx.Done():
				case <-time.After(next.Sub(now)): // as it asks
				}
			}
			stop()
		})
	}
	desks.Wait()
	if took := time.Since(began); w.took() < each*(rooms-1) || took > 10*time.Second {
		t.Errorf("%d messages in %s", w.took(), took)
	}
	for room, all := range w.came {
		for i, at := range all[1:] {
			if gap := at.Sub(all[i]); gap < time.Second {
				t.Errorf("%s took two messages within %s", room, gap)
			}
		}
	}
}
