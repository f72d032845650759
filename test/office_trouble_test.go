package test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// A Slack that asks to be left alone for half a minute delays nobody: the page goes another way within twenty seconds, and in Slack
// once, not before Slack wants it.
func TestOffice_ASlackThatAsksToWaitDelaysNobody_4_2(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		const asks = 30 * time.Second
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()
		mayTellOfTroubles(w)
		if err := o.slack.SetFaults(slacksim.Fault{Method: "chat.postMessage", Trouble: slacksim.Limited, Wait: asks}); err != nil {
			t.Fatal(err)
		}
		o.report(number, "OA", time.Time{})
		reported := o.fault(number, 1).EnteredAt
		o.until("he is paged by the webhook", func() bool { return len(o.receiver.pages(message.FirstPage, 1)) == 1 })
		o.lose("")
		if page := o.receiver.pages(message.FirstPage, 1)[0]; page.To != "zhang" || page.at.Sub(reported) > 20*time.Second {
			t.Errorf("%s was paged %s after the report", page.To, page.at.Sub(reported))
		}
		o.card(w, number, 1)
		page := w.Expect("the page in Slack", func(h slacksim.Happening) bool {
			return h.Kind == slacksim.Posted && h.Message.Channel == o.slack.Direct(zhangOnCall) && h.Message.Says("故障待响应", number)
		})
		if after := page.At.Sub(reported); after < asks {
			t.Errorf("Slack was asked again %s after the report", after)
		}
		o.quiet()
		compare(t, "pages", o.tries(number), []string{"first to zhang: slack sent, webhook sent"})
		o.stands(number, 1, message.FaultOpen, message.SLARunning)
	})
}

// What passes is tried again, and a post whose answer was lost stands once; what no repetition can mend is not tried again: the page
// goes another way, and the lead hears of it.
func TestOffice_WhatPassesIsTriedAgainAndWhatDoesNotGoesAnotherWay_4_2(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()
		mayTellOfTroubles(w)
		if err := o.slack.SetFaults(inTurn(slacksim.LimitedBare, slacksim.Broken, "internal_error", slacksim.Dropped)...); err != nil {
			t.Fatal(err)
		}
		o.report(number, "OA", time.Time{})
		o.card(w, number, 1)
		o.paged(w, number, 1, "故障待响应", zhangOnCall)
		o.quiet()
		hopeless := []slacksim.Trouble{"token_revoked", "channel_not_found", "is_archived"}
		for i, word := range hopeless {
			o.lose(word)
			o.report(number, []string{"PB", "HR", "CRM"}[i], time.Time{})
			o.until("he is paged by the webhook", func() bool { return len(o.receiver.pages(message.FirstPage, i+2)) == 1 })
			o.until("the lead hears of it", func() bool { return len(o.receiver.pages(message.TroublePage, 0)) == i+1 })
		}
		o.lose("")
		want := []string{"first to zhang: slack sent"}
		for i, word := range hopeless {
			o.card(w, number, i+2)
			want = append(want, fmt.Sprintf("first to zhang: slack gave-up at once, Slack: %s, webhook sent", word))
		}
		o.quiet()
		pages := o.tries(number)
		pages[0] = strings.TrimSuffix(pages[0], ", webhook sent") // where all of it took over 20 s
		compare(t, "pages", pages, want)
		for _, page := range o.receiver.pages(message.TroublePage, 0) {
			if page.To != "wang" {
				t.Errorf("%s hears of the trouble", page.To)
			}
		}
	})
}

// inTurn are as many troubles as two messages meet, the page and the card: one after the other, each twice.
func inTurn(troubles ...slacksim.Trouble) []slacksim.Fault {
	var rules []slacksim.Fault
	for i, trouble := range troubles {
		rules = append(rules, slacksim.Fault{Method: "chat.postMessage", First: 2 * (i + 1), Trouble: trouble})
	}
	return rules
}
