package test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"lvyue/internal/paging"
	"lvyue/internal/slacksim"
)

// faulty is a contract whose OA has just been reported to be down: its number, all of Slack from then on, which is watched strictly,
// and the fault's card.
func (o *office) faulty() (number string, w *slacksim.Watch, card slacksim.Message) {
	o.t.Helper()
	number = o.usable(time.Now().Add(-2 * time.Hour))
	w = o.strict()
	o.report(number, "OA", time.Time{})
	return number, w, o.card(w, number, 1)
}

// strict watches all of Slack: what is posted, whispered or opened and was not expected fails the test. A card may be drawn anew as
// often as it likes, since what it says in the end is asked (shows), and who waits may be told so.
func (o *office) strict() *slacksim.Watch {
	o.t.Helper()
	w := o.slack.Watch(o.t)
	w.Ignore(func(h slacksim.Happening) bool {
		return h.Kind == slacksim.Updated || h.Kind == slacksim.Whispered && h.Message.Says("⏳ 已收到，处理中")
	})
	return w
}

// mayTellOfTroubles lets the threads say that Slack was away: whether they do depends on how long it took.
func mayTellOfTroubles(w *slacksim.Watch) {
	w.Ignore(func(h slacksim.Happening) bool {
		return h.Kind == slacksim.Posted && h.Message.ThreadTS != "" && h.Message.Says("📡")
	})
}

// quiet waits until nothing is on its way: the outbox is empty, and the board has looked again and found nothing to say.
func (o *office) quiet() {
	o.t.Helper()
	const looks = 3 * time.Second
	happened, since := -1, time.Now()
	o.until("all is said", func() bool {
		if n := len(o.slack.Happened()); n != happened {
			happened, since = n, time.Now()
		}
		return time.Since(since) > looks && len(o.unsent()) == 0
	})
}

func (o *office) unsent() []paging.Standing {
	o.t.Helper()
	board, err := o.Store.PageBoard(o.t.Context(), o.clock(), 1)
	if err != nil {
		o.t.Fatal(err)
	}
	return board.Open
}

// present is a message as it stands now.
func (o *office) present(m slacksim.Message) slacksim.Message {
	for _, now := range o.slack.Messages(m.Channel) {
		if now.TS == m.TS {
			return now
		}
	}
	return slacksim.Message{}
}

// shows waits until a message says these words.
func (o *office) shows(m slacksim.Message, words ...string) {
	o.t.Helper()
	o.until(fmt.Sprintf("the card says %q", words), func() bool {
		now := o.present(m)
		return now.Says(words...)
	})
}

// card waits for the card of a fault.
func (o *office) card(w *slacksim.Watch, number string, n int, words ...string) slacksim.Message {
	o.t.Helper()
	return w.ExpectMessage(slacksim.OncallChannel, append(words, number, fmt.Sprintf("F-%04d", n))...)
}

// paged waits for one page of a fault to each of the users.
func (o *office) paged(w *slacksim.Watch, number string, n int, why string, users ...string) {
	o.t.Helper()
	for _, user := range users {
		w.ExpectMessage(user, number, fmt.Sprintf("F-%04d", n), why)
	}
}

// press does what a card offers now, by a button or in its menu.
func (o *office) press(user string, card slacksim.Message, action string) {
	o.t.Helper()
	if choice, listed := choiceOf(o.present(card), action); listed {
		o.click(user, card, "fault.more", choice)
		return
	}
	o.click(user, card, action)
}

// choiceOf is the choice of the card's menu that stands for an action.
func choiceOf(card slacksim.Message, action string) (string, bool) {
	text, _ := json.Marshal(card) //nolint:errchkjson // it came as JSON
	found := regexp.MustCompile(`"value":"(` + regexp.QuoteMeta(action) + `\|[^"]*)"`).FindSubmatch(text)
	if found == nil {
		return "", false
	}
	return string(found[1]), true
}

// opens presses what opens a form, and gives it.
func (o *office) opens(w *slacksim.Watch, user string, card slacksim.Message, action string) slacksim.View {
	o.t.Helper()
	o.press(user, card, action)
	return w.ExpectView(slacksim.Opened, user)
}
