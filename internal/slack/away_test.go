package slack_test

import (
	"context"
	"testing"
	"time"

	faultdesk "lvyue/internal/desk"
	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/postgres"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
)

// post takes every letter.
type post struct{}

// Way is mail.
func (post) Way() paging.Way { return paging.Email }

// Send takes it.
func (post) Send(context.Context, paging.Envelope) (string, error) { return "letter", nil }

// byMailToo reaches everybody as Zhang, in Slack and by mail.
type byMailToo struct{ inSlack }

func (byMailToo) Addresses(ctx context.Context, people []string) (map[string][]paging.Address, error) {
	all, err := inSlack{}.Addresses(ctx, people)
	for person := range all {
		all[person] = append(all[person], paging.Address{Way: paging.Email, Room: "zhang@example.com"})
	}
	return all, err
}

// byHand is the store with the clock of the test.
type byHand struct {
	*postgres.Store

	hand *hand
}

// Now is the test's.
func (b byHand) Now(context.Context) (time.Time, error) { return b.hand.now(), nil }

// §4.2: Slack was away, people were called by mail, and Slack is back: the fault's thread says so once for each such time, in both
// languages, whoever looks.
func TestBoard_TheThreadTellsOnceThatSlackWasAway_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.report(1, "x")
	card := h.posted("待响应")
	sender := &paging.Sender{Store: h.store, People: byMailToo{}, Lines: []paging.Line{
		{Channel: slack.NewChannel(configOf(h.sim)), Edits: true}, {Channel: post{}},
	}}
	tell := faultdesk.TellAway(byHand{h.store, h.clock})
	away := func(from, until time.Duration) {
		t.Helper()
		h.at(from)
		h.must(h.sim.SetFaults(slacksim.Outage(ten.Add(from), ten.Add(until))))
		p := message.Page{Key: from.String(), At: h.clock.now(), Kind: message.EscalationPage, Contract: h.number, Fault: 1, To: of(0)}
		h.record(message.Event{What: "page", Subject: message.FaultID(1), Changed: message.Changed{Page: &p}})
		h.run(sender, until-time.Second)
		h.must(tell(t.Context())) // it is away still
		h.run(sender, until+20*time.Second)
		h.ExpectMessage(zhangID, "故障升级")
		for range 2 {
			h.must(tell(t.Context()))
		}
	}
	away(time.Minute, 5*time.Minute)
	m := h.posted("📡 Slack 中断 10:01–10:05；其间经邮件通知", "Slack was away 10:01–10:05; pages went by mail")
	if m.ThreadTS != card.TS || m.Subtype != "" {
		t.Errorf("it stands in %q as %q", m.ThreadTS, m.Subtype)
	}
	h.updated(card.TS, "剩 55 分") // as it is every few minutes
	h.looks(3)
	away(20*time.Minute, 21*time.Minute)
	h.posted("Slack 中断 10:20–10:21")
	h.updated(card.TS, "剩 39 分")
	h.looks(3)
}
