package paging_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
)

// inSlack reaches everybody in a simulated Slack first, and then by mail.
type inSlack struct{ rota }

// Addresses are a member of the workspace and a mail address each.
func (inSlack) Addresses(_ context.Context, people []string) (map[string][]paging.Address, error) {
	all := map[string][]paging.Address{}
	for _, person := range people {
		all[person] = []paging.Address{{Way: paging.Slack, Room: member(person)}, {Way: paging.Email, Room: person + "@example.com"}}
	}
	return all, nil
}

func member(person string) string { return "U0" + strings.ToUpper(person) }

// slackDesk is a desk whose first way is Slack by the vendor's own client.
type slackDesk struct {
	*desk

	sim *slacksim.Server
}

func newSlackDesk(t *testing.T) *slackDesk {
	t.Helper()
	d, hand := newDesk(t), new(atomic.Int64)
	sim, err := slacksim.Start(slacksim.Options{
		Clock: func() time.Time { return time.Unix(0, hand.Load()) },
		Users: []slacksim.User{{ID: member("zhang"), Name: "zhang"}, {ID: member("li"), Name: "li"}, {ID: member("lead"), Name: "lead"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sim.Close() })
	app := slack.Config{BotToken: sim.BotToken(), Team: slacksim.TeamID, URL: sim.APIURL()}
	d.People = inSlack{}
	d.Lines = []paging.Line{{Channel: inTime{slack.NewChannel(app), d.now, hand}, Edits: true}, {Channel: d.mail}}
	return &slackDesk{d, sim}
}

// inTime is a channel whose vendor's clock follows the desk's.
type inTime struct {
	paging.Channel

	now  *time.Time
	hand *atomic.Int64
}

// Send tells the vendor what time it is.
func (i inTime) Send(ctx context.Context, e paging.Envelope) (string, error) {
	i.hand.Store(i.now.UnixNano())
	return i.Channel.Send(ctx, e)
}

// goesWrong sets what goes wrong in Slack.
func (d *slackDesk) goesWrong(faults ...slacksim.Fault) {
	d.t.Helper()
	if err := d.sim.SetFaults(faults...); err != nil {
		d.t.Fatal(err)
	}
}

// inRoom is how many messages somebody has got in Slack.
func (d *slackDesk) inRoom(person string) int {
	return len(d.sim.Messages(d.sim.Direct(member(person))))
}

// tries is how often Slack was asked to take the first page of a fault, and what became of the last time.
func (d *slackDesk) tries(fault int) (n int, last paging.Outcome) {
	d.t.Helper()
	all, err := d.store.PagesOf(d.t.Context(), "HT-1")
	if err != nil {
		d.t.Fatal(err)
	}
	for _, p := range all {
		for _, t := range p.Tries {
			if p.Fault == fault && p.Kind == message.FirstPage && t.Way == paging.Slack {
				return t.Number, t.Outcome
			}
		}
	}
	return 0, ""
}

// §4.2, cases to try: what passes is tried again by Slack, which gets the page in the end, once; if that takes longer than 20 seconds,
// mail has it by then.
func TestDeliver_WhatPassesInSlackIsTriedAgain_4_2(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		fault slacksim.Fault
		mail  []int // when mail has the page, in seconds
		slack int   // by when Slack has it
	}{
		"429 for 30 seconds on the first page": {slacksim.Fault{First: 1, Trouble: slacksim.Limited, Wait: 30 * time.Second}, []int{0}, 30},
		"429 for 10 seconds":                   {slacksim.Fault{First: 1, Trouble: slacksim.Limited, Wait: 10 * time.Second}, nil, 10},
		"429 that does not say for how long":   {slacksim.Fault{First: 2, Trouble: slacksim.LimitedBare}, nil, 3},
		"500 with a page in HTML":              {slacksim.Fault{First: 2, Trouble: slacksim.Broken}, nil, 3},
		"an internal error":                    {slacksim.Fault{First: 2, Trouble: "internal_error"}, nil, 3},
		"500 for half a minute":                {slacksim.Fault{To: reported.Add(30 * time.Second), Trouble: slacksim.Broken}, []int{20}, 30},
		"no answer for half a minute":          {slacksim.Fault{To: reported.Add(30 * time.Second), Trouble: slacksim.Unreachable}, []int{20}, 30},
		"a lost answer":                        {slacksim.Fault{First: 1, Trouble: slacksim.Dropped}, nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newSlackDesk(t)
			tt.fault.Method = "chat.postMessage"
			d.goesWrong(tt.fault)
			d.enqueue(page(message.FirstPage, 1, "zhang", 0))
			d.run(tt.slack)
			if n := d.inRoom("zhang"); n != 1 {
				t.Errorf("after %d s Slack has %d messages", tt.slack, n)
			}
			d.run(300)
			if n, last := d.tries(1); d.inRoom("zhang") != 1 || last != paging.Sent || n < 2 {
				t.Errorf("Slack has %d messages after %d tries, the last %s", d.inRoom("zhang"), n, last)
			}
			if got := d.mail.times(d.mail.took); !slices.Equal(got, tt.mail) {
				t.Errorf("mail took the page at %v, want %v", got, tt.mail)
			}
		})
	}
}

// §4.2, cases to try: what no repetition mends is not tried again: mail has the page at once, and the lead hears of it once.
func TestDeliver_WhatSlackRefusesForGoodGoesByMailAndTheLeadIsTold_4_2(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"token_revoked", "channel_not_found", "is_archived", "account_inactive", "invalid_auth"} {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			d := newSlackDesk(t)
			d.goesWrong(slacksim.Fault{Method: "chat.postMessage", Trouble: slacksim.Trouble(word)})
			d.enqueue(page(message.FirstPage, 1, "zhang", 0), page(message.FirstPage, 2, "li", 0))
			d.run(300)
			d.wantLost(word, 2)
		})
	}
}

// §4.2, a case to try: somebody whose account in Slack was closed is called by mail at once, and the lead hears of it.
func TestDeliver_WhoIsNoLongerInSlackIsCalledByMail_4_2(t *testing.T) {
	t.Parallel()
	d := newSlackDesk(t)
	d.sim.SetUser(slacksim.User{ID: member("zhang"), Name: "zhang", Deleted: true})
	d.enqueue(page(message.FirstPage, 1, "zhang", 0))
	d.run(300)
	if got := d.mail.times(d.mail.took); !slices.Equal(got, []int{0}) || d.mail.took[0].Room != "zhang@example.com" {
		t.Errorf("mail took %+v", d.mail.took)
	}
	if n, last := d.tries(1); n != 1 || last != paging.GaveUp || d.inRoom("lead") != 1 {
		t.Errorf("%d tries in Slack, the last %s, the lead has %d messages", n, last, d.inRoom("lead"))
	}
}

// wantLost tells that the first pages of faults 1 to n went by mail at once and were tried once in Slack, and that the lead was told once.
func (d *slackDesk) wantLost(word string, n int) {
	d.t.Helper()
	pages, told := 0, 0
	for _, l := range d.mail.took {
		switch {
		case l.after != 0:
			d.t.Errorf("mail took %s after %d s", l.Key, l.after)
		case l.Pages[0].Kind == message.FirstPage:
			pages++
		case l.Room == "lead@example.com" && strings.Contains(l.Pages[0].Detail, word):
			told++
		}
	}
	if pages != n || told != 1 {
		d.t.Errorf("mail took %d first pages, the lead was told %d times", pages, told)
	}
	for fault := range n {
		if tries, last := d.tries(fault + 1); tries != 1 || last != paging.GaveUp {
			d.t.Errorf("fault %d: %d tries in Slack, the last %s", fault+1, tries, last)
		}
	}
}
