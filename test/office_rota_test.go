package test

import (
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/slacksim"
)

// Where nobody is on call the next rung is paged at once, and the evidence says so; an override counts until it ends, also in the
// middle of a fault.
func TestOffice_AGapPagesTheNextRungAtOnceAndAnOverrideEnds_4_2(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()
		o.override("wang", 20*time.Second)
		o.report(number, "OA", o.clock().Add(-5*time.Minute+25*time.Second))
		o.card(w, number, 1)
		o.paged(w, number, 1, "故障待响应", wangLead)
		o.paged(w, number, 1, "故障仍无人响应", zhangOnCall) // five minutes after the call, and the override has ended
		o.tells(number, 1, map[string]int{"page": 2, "nobody-on-call": 0})

		o.override("", time.Hour)
		o.report(number, "PB", time.Time{})
		o.card(w, number, 2)
		o.paged(w, number, 2, "故障待响应", zhaoOnCall)
		o.tells(number, 2, map[string]int{"nobody-on-call >primary": 1, "page": 1})

		o.setRota(strings.Replace(usualRota(t), "slack: U0ZHAO}", "slack: U0ZHAO, inactive: true}", 1))
		o.report(number, "HR", time.Time{})
		o.card(w, number, 3)
		o.paged(w, number, 3, "故障待响应", wangLead)
		o.tells(number, 3, map[string]int{"nobody-on-call >primary": 1, "nobody-on-call >secondary": 1, "page": 1})
		o.quiet()
		for n := range 3 {
			o.stands(number, n+1, message.FaultOpen, message.SLARunning)
		}
	})
}

// Whom Slack has deactivated is paged by another way at once, and the lead hears that Slack does not reach them.
func TestOffice_WhomSlackDeactivatedIsPagedAnotherWayAtOnce_4_2(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()
		o.slack.SetUser(slacksim.User{ID: zhangOnCall, Name: "zhang", RealName: "张工", Deleted: true})
		o.report(number, "OA", time.Time{})
		card := o.card(w, number, 1)
		w.ExpectMessage(wangLead, "消息通道故障")
		o.until("he is paged by the webhook", func() bool { return len(o.receiver.pages(message.FirstPage, 1)) == 1 })
		if page := o.receiver.pages(message.FirstPage, 1)[0]; page.To != "zhang" || page.at.Sub(page.At) > 20*time.Second {
			t.Errorf("%s was paged %s after the report", page.To, page.at.Sub(page.At))
		}
		o.press(zhaoOnCall, card, "fault.escalate")
		w.ExpectEphemeral(zhaoOnCall, "✅", "已升级至 secondary")
		o.paged(w, number, 1, "故障升级", zhaoOnCall)
		o.quiet()
		o.stands(number, 1, message.FaultOpen, message.SLARunning)
	})
}

// override puts somebody, or nobody, on call first for so long from now on.
func (o *office) override(person string, lasts time.Duration) {
	o.t.Helper()
	now := o.clock()
	_, err := o.Store.Override(o.t.Context(), oncall.Override{
		Rotation: "primary", From: now.Add(-time.Hour), To: now.Add(lasts), Person: person, Reason: "换班", By: "li",
	})
	if err != nil {
		o.t.Fatal(err)
	}
}
