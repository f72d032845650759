package test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// patienceOfPeople is how long somebody looks for what comes of a click.
const patienceOfPeople = 4 * time.Second

// clicks does one thing after another on any card of the channel.
func (b *bustle) clicks(ctx context.Context, t *testing.T, random *rand.Rand, user string) {
	t.Helper()
	for ctx.Err() == nil {
		cards := b.cards()
		if len(cards) == 0 {
			pause(ctx, random, time.Second)
			continue
		}
		card := cards[random.IntN(len(cards))]
		switch random.IntN(5) {
		case 0, 1:
			b.press(ctx, user, card, "fault.ack")
		case 2:
			b.fillIn(ctx, t, user, card, "fault.plan", slacksim.Values{"cause": "磁盘写满", "steps": "清理日志"})
		case 3:
			b.fillIn(ctx, t, user, card, "fault.hand-over", slacksim.Values{"to": "zhao"})
		default:
			b.fillIn(ctx, t, user, card, "fault.resolve", slacksim.Values{"text": "已恢复"})
		}
		pause(ctx, random, 300*time.Millisecond)
	}
}

// cards are those of faults to which anybody may do anything.
func (b *bustle) cards() []slacksim.Message {
	b.mu.Lock()
	open := slices.Clone(b.open)
	b.mu.Unlock()
	return slices.DeleteFunc(b.slack.Messages(slacksim.OncallChannel), func(m slacksim.Message) bool {
		f, isCard := cardOf(m)
		return !isCard || !slices.Contains(open, f)
	})
}

// cardOf is the fault whose card a message is: its key is "HT-1/fault/3/card/1".
func cardOf(m slacksim.Message) (faultAt, bool) {
	parts := strings.Split(keyOf(m), "/")
	const whole = 5
	if len(parts) != whole || parts[1] != "fault" || parts[3] != "card" {
		return faultAt{}, false
	}
	n, err := strconv.Atoi(parts[2])
	return faultAt{parts[0], n}, err == nil
}

// keyOf is the key under which the desk wrote a message.
func keyOf(m slacksim.Message) string {
	if m.Metadata == nil {
		return ""
	}
	key, _ := m.Metadata.EventPayload["k"].(string)
	return key
}

// press presses a button that acts at once. Slack shows a click that was not acknowledged as failed; one that was is received unless
// the person is told otherwise.
func (b *bustle) press(ctx context.Context, user string, card slacksim.Message, action string) {
	seen, began := len(b.slack.Happened()), time.Now()
	d, err := b.slack.Click(ctx, user, card.Channel, card.TS, action)
	if errors.Is(err, slacksim.ErrCannot) {
		return // the card has changed meanwhile
	}
	id := []string{"ba", d.Field("team.id"), card.Channel, card.TS, action, user, d.Field("actions.0.action_ts")}
	f, _ := cardOf(card)
	done := b.done(deed{Act: message.Act{
		ID: strings.Join(id, ":"), Name: message.Acknowledge, Contract: f.contract, Fault: f.n,
	}, user: user, began: began})
	if err != nil {
		return
	}
	b.say(done, toldReceived)
	b.see(ctx, seen, func(h slacksim.Happening) bool { return h.Kind == slacksim.Whispered && h.Message.For == user })
}

// see waits a while for something that happens after so many others.
func (b *bustle) see(ctx context.Context, after int, fits func(slacksim.Happening) bool) (found slacksim.Happening, came bool) {
	ctx, cancel := context.WithTimeout(ctx, patienceOfPeople)
	defer cancel()
	err := b.slack.WaitFor(ctx, func() bool {
		all := b.slack.Happened()[after:]
		i := slices.IndexFunc(all, fits)
		if i >= 0 {
			found = all[i]
		}
		return i >= 0
	})
	return found, err == nil
}

// fillIn presses what opens a form, and submits it. A form that closes is received; one that stays with words beside its inputs is not.
func (b *bustle) fillIn(ctx context.Context, t *testing.T, user string, card slacksim.Message, action string, values slacksim.Values) {
	t.Helper()
	seen, clicked := len(b.slack.Happened()), time.Now()
	if _, err := b.slack.Click(ctx, user, card.Channel, card.TS, action); err != nil {
		return
	}
	b.done(deed{user: user, began: clicked})
	opened, came := b.see(ctx, seen, func(h slacksim.Happening) bool { return h.Kind == slacksim.Opened && h.View.User == user })
	if !came {
		return
	}
	began := time.Now()
	d, err := b.slack.Submit(ctx, opened.View.ID, values)
	f, _ := cardOf(card)
	done := b.done(deed{Act: message.Act{
		ID:   strings.Join([]string{"vs", d.Field("team.id"), opened.View.ID, d.Field("view.hash")}, ":"),
		Name: message.ActName(strings.TrimPrefix(action, "fault.")), Contract: f.contract, Fault: f.n,
	}, user: user, began: began})
	switch {
	case err == nil && len(d.Errors) == 0:
		b.say(done, toldReceived)
		return
	case err == nil && says(d.Errors, "没有生效"):
		b.say(done, toldAgain)
	}
	_, _ = b.slack.CloseView(ctx, opened.View.ID, true) // who cannot submit gives up
}

func says(errs map[string]string, words string) bool {
	for _, e := range errs {
		if strings.Contains(e, words) {
			return true
		}
	}
	return false
}

// takeBack looks through what people were told after they clicked: each of them does one thing after another, so that a word that
// nothing was stored is about the last click before it.
func (b *bustle) takeBack() {
	for _, h := range b.slack.Happened() {
		if h.Kind != slacksim.Whispered {
			continue
		}
		switch {
		case h.Message.Says("没有生效"):
			b.sayLast(h, toldAgain)
		case h.Message.Says("无法确认是否已保存"):
			b.sayLast(h, toldNothing)
		}
	}
}

func (b *bustle) sayLast(h slacksim.Happening, t verdict) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, d := range slices.Backward(b.deeds) {
		if d.user == h.Message.For && !strings.HasPrefix(d.ID, "vs:") && d.began.Before(h.At) {
			d.told = t
			return
		}
	}
}
