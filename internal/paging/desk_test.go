package paging_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var reported = time.Date(2026, time.March, 2, 10, 0, 0, 0, workday.Shanghai)

// letter is a message as a channel got it, so many seconds after the fault was reported.
type letter struct {
	paging.Envelope

	after int
}

// channel is a vendor that answers as it is told, and keeps what it took.
type channel struct {
	sync.Mutex

	way    paging.Way
	answer func(e paging.Envelope, after int) error
	clock  *time.Time
	asked  []letter
	took   []letter
}

// Way is the channel's.
func (c *channel) Way() paging.Way { return c.way }

// Send takes what it is told to take.
func (c *channel) Send(_ context.Context, e paging.Envelope) (string, error) {
	c.Lock()
	defer c.Unlock()
	l := letter{e, int(c.clock.Sub(reported).Seconds())}
	c.asked = append(c.asked, l)
	if c.answer != nil {
		if err := c.answer(e, l.after); err != nil {
			return "", err
		}
	}
	c.took = append(c.took, l)
	return fmt.Sprintf("ref-%d", len(c.took)), nil
}

func (c *channel) times(of []letter) []int {
	all := make([]int, len(of))
	for i, l := range of {
		all[i] = l.after
	}
	return all
}

// rota knows Zhang, who has Slack, mail and DingTalk, everybody else by the same ways, and one lead.
type rota struct{ nowhere string }

func (r rota) Addresses(_ context.Context, people []string) (map[string][]paging.Address, error) {
	all := map[string][]paging.Address{}
	for _, person := range people {
		if person != r.nowhere {
			all[person] = []paging.Address{
				{Way: paging.Slack, Room: "U-" + person},
				{Way: paging.Email, Room: person + "@example.com"},
				{Way: paging.DingTalk, Mention: "138-" + person},
				{Way: paging.WeCom},
			}
		}
	}
	return all, nil
}

func (rota) Leads(context.Context) ([]string, error) { return []string{"lead"}, nil }

// desk is a sender on a real store, with a clock that a test moves.
type desk struct {
	*paging.Sender

	t           *testing.T
	now         *time.Time
	store       *postgres.Store
	slack, mail *channel
	ding        *channel
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	return deskOn(t, testkit.Spoiled(t))
}

func deskOn(t *testing.T, store *postgres.Store) *desk {
	t.Helper()
	now := reported
	d := &desk{t: t, now: &now, store: store}
	d.slack, d.mail, d.ding = d.channel(paging.Slack), d.channel(paging.Email), d.channel(paging.DingTalk)
	d.Sender = d.senderOn(store)
	return d
}

// senderOn is another sender of the desk, on a store of its own.
func (d *desk) senderOn(store paging.Store) *paging.Sender {
	return &paging.Sender{Store: store, People: rota{}, Lines: []paging.Line{
		{Channel: d.slack, Edits: true}, {Channel: d.mail}, {Channel: d.ding},
	}}
}

func (d *desk) channel(way paging.Way) *channel { return &channel{way: way, clock: d.now} }

func page(kind message.PageKind, fault int, to string, after int) message.Page {
	return message.Page{
		Key: fmt.Sprintf("fault/HT-1/%d:%s:%s", fault, kind, to), At: reported.Add(time.Duration(after) * time.Second), Kind: kind,
		Contract: "HT-1", Fault: fault, Rung: "primary", To: to, Deadline: reported.Add(time.Hour),
	}
}

func (d *desk) enqueue(pages ...message.Page) {
	d.t.Helper()
	if err := d.store.Enqueue(d.t.Context(), pages); err != nil {
		d.t.Fatal(err)
	}
}

// run delivers when the sender asks to be called, until so many seconds after the report, or until it waits for nothing.
func (d *desk) run(until int) {
	d.t.Helper()
	for {
		next, err := d.Deliver(d.t.Context(), *d.now)
		if err != nil {
			d.t.Fatal(err)
		}
		if next.IsZero() || next.After(reported.Add(time.Duration(until)*time.Second)) {
			*d.now = reported.Add(time.Duration(until) * time.Second)
			return
		}
		if !next.After(*d.now) {
			d.t.Fatalf("at %s it wants to be called at %s", d.now, next)
		}
		*d.now = next
	}
}

func passing(reason string, wait time.Duration) error {
	return &paging.SendError{Reason: reason, Wait: wait}
}

func final(reason string) error { return &paging.SendError{Reason: reason, Final: true} }

var errTorn = errors.New("the cable is torn")

// forgetful is a store that fails to keep what became of tries, as if the program ended before it could.
type forgetful struct{ paging.Store }

func (forgetful) EndTries(context.Context, []paging.Try, []paging.Room) error { return errTorn }

// code is a refusal's; empty for none.
func code(err error) string {
	if no, ok := refusal.As(err); ok {
		return no.Code
	}
	return ""
}
