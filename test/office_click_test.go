package test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// crowd is how many engineers press at once.
const crowd = 20

// Of twenty who press at once one has answered, and nineteen are told who; the same click twice is one.
func TestOffice_OfTwentyClicksOneCountsAndTheSameClickTwiceIsOne_4_2(t *testing.T) {
	t.Parallel()
	overEach(t, func(t *testing.T, transport string) {
		o := openOffice(t, here(), transport, crowded(t))
		o.callInTheCrowd()
		number, w, card := o.faulty()
		o.paged(w, number, 1, "故障待响应", zhangOnCall)
		o.pressAtOnce(card)
		winner, losers := "", 0
		for n := range crowd {
			told := w.Expect(fmt.Sprintf("an answer to engineer %d", n), answerTo(engineer(n)))
			if told.Message.Says("✅") {
				winner = fmt.Sprintf("e%02d", n)
			} else if told.Message.Says("⛔", "已由 e", "于", "响应") {
				losers++
			}
		}
		f := o.stands(number, 1, message.FaultAcknowledged, message.SLARunning)
		if f.RespondedBy != winner || losers != crowd-1 {
			t.Errorf("%s answered, %s was told so, and %d that they came later", f.RespondedBy, winner, losers)
		}
		o.shows(card, "工程师", "已响应")

		o.report(number, "PB", time.Time{})
		second := o.card(w, number, 2)
		o.paged(w, number, 2, "故障待响应", zhangOnCall)
		o.pressTwice(w, second)
		o.shows(second, "张工", "已响应")
		o.quiet()
		for n := 1; n <= 2; n++ {
			o.tells(number, n, map[string]int{"ack": 1, "acknowledged open>acknowledged": 1})
		}
	})
}

// crowded is a workspace with engineers enough.
func crowded(t *testing.T) (options slacksim.Options) {
	t.Helper()
	var err error
	if options.Users, options.Channels, err = slacksim.Team(nil); err != nil {
		t.Fatal(err)
	}
	for n := range crowd {
		options.Users = append(options.Users, slacksim.User{ID: engineer(n), Name: fmt.Sprintf("e%02d", n)})
	}
	return options
}

// callInTheCrowd puts the engineers on the rota.
func (o *office) callInTheCrowd() {
	o.t.Helper()
	var people strings.Builder
	for n := range crowd {
		fmt.Fprintf(&people, "  - {id: e%02d, name: 工程师%02d, roles: [oncall], slack: %s}\n", n, n, engineer(n))
	}
	const next = "rotations:\n"
	o.setRota(strings.Replace(usualRota(o.t), next, people.String()+next, 1))
}

func engineer(n int) string { return fmt.Sprintf("U0ENG%02d", n) }

func (o *office) pressAtOnce(card slacksim.Message) {
	o.t.Helper()
	var all errgroup.Group
	for n := range crowd {
		all.Go(func() error {
			_, err := o.slack.Click(o.t.Context(), engineer(n), card.Channel, card.TS, "fault.ack")
			return err
		})
	}
	if err := all.Wait(); err != nil {
		o.t.Errorf("%v\n%s", err, endOf(o.chat.log))
	}
}

// answerTo is the last word that somebody is whispered.
func answerTo(user string) func(slacksim.Happening) bool {
	return func(h slacksim.Happening) bool {
		return h.Kind == slacksim.Whispered && h.Message.For == user && !h.Message.Says("⏳")
	}
}

// pressTwice lets a click reach the desk twice, and over HTTP once more to the letter; each time it is answered alike.
func (o *office) pressTwice(w *slacksim.Watch, card slacksim.Message) {
	o.t.Helper()
	click, err := o.slack.Click(o.t.Context(), zhangOnCall, card.Channel, card.TS, "fault.ack")
	if err == nil {
		_, err = o.slack.Redeliver(o.t.Context(), click)
	}
	if err != nil {
		o.t.Fatal(err)
	}
	for range 2 {
		w.ExpectEphemeral(zhangOnCall, "✅", "fault/2", "响应")
	}
	if o.transport == overSockets {
		return
	}
	if status, err := o.slack.Forge(o.t.Context(), slacksim.Replayed, click); err != nil || status != 200 {
		o.t.Errorf("replayed: %d, %v", status, err)
	}
	w.ExpectEphemeral(zhangOnCall, "✅", "fault/2", "响应")
}
