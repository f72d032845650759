package test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	api "github.com/slack-go/slack"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// BenchmarkClicks is how long Slack waits for the desk's acknowledgement of a click, of which the law is 3 s and the aim 100 ms, and
// how long until the card in the channel tells what was clicked: a channel takes one message a second. Each over both transports,
// with so many other faults open, whose cards want to be kept fresh meanwhile. The ratio is that of the 99th percentile to the aim.
func BenchmarkClicks(b *testing.B) {
	const aim = 100 // ms
	for _, transport := range []string{overSockets, overHTTP} {
		for _, others := range []int{0, 1000} {
			b.Run(fmt.Sprintf("%s/open=%d", transport, others), func(b *testing.B) {
				for b.Loop() {
					o := openEngine(b, here())
					o.transport = transport
					o.openSlack(slacksim.Options{})
					o.openCards(b, others)
					o.openChat()
					cards := o.reportMany(b, 20)
					told, acknowledged := o.clickEach(b, cards), o.clickOften(b, cards[0], 200)
					b.ReportMetric(0, "ns/op")
					b.ReportMetric(percentile(acknowledged, 50), "ack-p50-ms")
					b.ReportMetric(percentile(acknowledged, 99), "ack-p99-ms")
					b.ReportMetric(percentile(told, 50), "card-p50-ms")
					b.ReportMetric(percentile(told, 100), "card-max-ms")
					b.ReportMetric(percentile(acknowledged, 99)/aim, "ratio")
				}
			})
		}
	}
}

// openCards opens so many faults whose cards stand in the channel, each with a time left that is no longer true. The desk does not
// run yet.
func (o *office) openCards(b *testing.B, many int) {
	b.Helper()
	if many == 0 {
		return
	}
	slack := api.New(o.slack.BotToken(), api.OptionAPIURL(o.slack.APIURL()))
	for _, f := range o.open(b, 0, many) {
		_, ts, err := slack.PostMessageContext(b.Context(), slacksim.OncallChannel, api.MsgOptionText(f.Contract, false))
		if err != nil {
			b.Fatal(err)
		}
		now := time.Now().Truncate(time.Microsecond)
		card := message.Card{
			Channel: slacksim.OncallChannel, Contract: f.Contract, Subject: message.FaultID(f.N), Key: ts, TS: ts, Posts: 1, Rev: f.Rev,
			BeganAt: now, FreshUntil: now,
		}
		if turn, err := o.Store.BeginCard(b.Context(), card, now, now); err != nil || turn != message.TurnMine {
			b.Fatal(turn, err)
		}
		if err := o.Store.EndCard(b.Context(), card); err != nil {
			b.Fatal(err)
		}
	}
}

// reportMany reports faults of one contract, and gives their cards once they stand in the channel.
func (o *office) reportMany(b *testing.B, many int) (cards []slacksim.Message) {
	b.Helper()
	number := o.usable(time.Now().Add(-2 * time.Hour))
	for range many {
		o.do(o.act(b, number, uuid.NewString(), message.ReportFault, time.Time{}, message.FaultReport{
			Reporter: "李明", System: "OA", Text: "OA 打不开", Separate: true,
		}), nil)
	}
	o.until("all have a card", func() bool {
		cards = nil
		for _, m := range o.slack.Messages(slacksim.OncallChannel) {
			if m.ThreadTS == "" && m.Says(number, "待响应") {
				cards = append(cards, m)
			}
		}
		return len(cards) == many
	})
	return cards
}

// clickEach acknowledges each, at a pace that meets every moment of the channel's second, and tells how long each card took to say so.
func (o *office) clickEach(b *testing.B, cards []slacksim.Message) (took []time.Duration) {
	b.Helper()
	clicked := map[string]time.Time{}
	pace := time.NewTicker(1300 * time.Millisecond)
	defer pace.Stop()
	for _, c := range cards {
		clicked[c.TS] = o.clickOn(b, c).At
		<-pace.C
	}
	o.until("all cards are changed", func() bool {
		took = nil
		seen := map[string]bool{}
		for _, h := range o.slack.Happened() {
			if h.Kind == slacksim.Updated && !clicked[h.Message.TS].IsZero() && !seen[h.Message.TS] && h.Message.Says("已响应") {
				seen[h.Message.TS] = true
				took = append(took, h.At.Sub(clicked[h.Message.TS]))
			}
		}
		return len(took) == len(cards)
	})
	return took
}

// clickOften clicks on one card, ten times a second. Each click is stored before it is acknowledged, and answered after.
func (o *office) clickOften(b *testing.B, card slacksim.Message, times int) (took []time.Duration) {
	b.Helper()
	pace := time.NewTicker(100 * time.Millisecond)
	defer pace.Stop()
	for range times {
		took = append(took, o.clickOn(b, card).Took)
		<-pace.C
	}
	return took
}

func (o *office) clickOn(b *testing.B, card slacksim.Message) slacksim.Delivery {
	b.Helper()
	d, err := o.slack.ClickStale(b.Context(), zhangOnCall, card.Channel, card.TS, "fault.ack")
	if err != nil {
		b.Fatalf("%v\n%s", err, endOf(o.chat.log))
	}
	return d
}
