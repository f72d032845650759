package test

import (
	"errors"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// How soon a socket that was lost is there again, and how soon the vendor's client finds one dead that stands: it looks every half
// minute whether there was a ping in the last.
const (
	reconnects = 5 * time.Second
	notices    = 75 * time.Second
)

// Whatever befalls the sockets, a click counts once or is seen to have failed, and they are there again within seconds.
func TestOffice_AClickOutlivesWhatBefallsTheSockets_4_2(t *testing.T) {
	t.Parallel()
	o := openOffice(t, here(), overSockets, slacksim.Options{})
	number := o.usable(time.Now().Add(-2 * time.Hour))
	w := o.strict()
	var card slacksim.Message
	all := o.slack.Sockets()
	for i, trouble := range []func(){
		func() { o.slack.Disconnect(slacksim.Warning) },
		func() { o.slack.Disconnect(slacksim.RefreshRequested) },
		o.slack.KillSockets,
	} {
		o.report(number, []string{"OA", "PB", "HR"}[i], time.Time{})
		card = o.card(w, number, i+1)
		o.paged(w, number, i+1, "故障待响应", zhangOnCall)
		trouble()
		o.pressUntilTaken(card, reconnects)
		w.ExpectEphemeral(zhangOnCall, "✅", "响应")
		o.shows(card, "张工", "已响应")
		o.until("all sockets are there again", func() bool { return o.slack.Sockets() >= all })
	}
	o.submitThroughACut(w, card)
	o.report(number, "CRM", time.Time{})
	card = o.card(w, number, 4)
	o.paged(w, number, 4, "故障待响应", zhangOnCall)
	o.slack.HalfOpen()
	if _, err := o.slack.Click(t.Context(), zhangOnCall, card.Channel, card.TS, "fault.ack"); !errors.Is(err, slacksim.ErrNotAcknowledged) {
		t.Errorf("a click on a dead socket: %v", err)
	}
	o.pressUntilTaken(card, notices)
	w.ExpectEphemeral(zhangOnCall, "✅", "响应")
	o.shows(card, "已响应")
	o.quiet()
	for n := range 4 {
		o.tells(number, n+1, map[string]int{"acknowledged open>acknowledged": 1})
	}
	o.stands(number, 3, message.FaultPlanned, message.SLAMet)
	o.tells(number, 3, map[string]int{"sla running>met": 1, "plan": 1})
}

// pressUntilTaken acknowledges as a person would who sees that it failed, until it is taken, which must be soon.
func (o *office) pressUntilTaken(card slacksim.Message, soon time.Duration) {
	o.t.Helper()
	began := time.Now()
	o.until("the click is taken", func() bool {
		_, err := o.slack.Click(o.t.Context(), zhangOnCall, card.Channel, card.TS, "fault.ack")
		return err == nil
	})
	if took := time.Since(began); took > soon {
		o.t.Errorf("the click was taken after %v", took)
	}
}

// submitThroughACut cuts all sockets while a plan is being submitted. The person sees that it failed, and submits it again: it counts
// once, though the first had been stored. What was opened stays open.
func (o *office) submitThroughACut(w *slacksim.Watch, card slacksim.Message) {
	o.t.Helper()
	view := o.opens(w, zhangOnCall, card, "fault.plan")
	o.slowly("users.info", 900*time.Millisecond) // the desk asks who it is while it has the form in hand
	values := slacksim.Values{"cause": "磁盘写满", "steps": "清理日志"}
	failed := make(chan error, 1)
	go func() {
		_, err := o.slack.Submit(o.t.Context(), view.ID, values)
		failed <- err
	}()
	time.Sleep(300 * time.Millisecond) // nothing tells from outside that the desk has it in hand
	cut := time.Now()
	o.slack.KillSockets()
	if err := <-failed; err == nil {
		o.t.Error("a form is acknowledged over a socket that was cut")
	}
	o.lose("")
	o.until("a socket is there again", func() bool { return o.slack.Sockets() > 0 })
	if took := time.Since(cut); took > reconnects {
		o.t.Errorf("a socket was there again after %v", took)
	}
	o.until("the form is taken", func() bool {
		_, err := o.slack.Submit(o.t.Context(), view.ID, values)
		return err == nil
	})
	for range 2 { // the first is answered, too
		w.ExpectEphemeral(zhangOnCall, "✅", "时限内")
	}
	w.Expect("the thread tells the plan", inThread(card, "磁盘写满"))
	o.shows(card, "方案已于")
}

// While Slack is away nothing that people do reaches the desk, and they see it; what is reported meanwhile is told once afterwards.
func TestOffice_AnOutageOfSlackLosesNothing_4_2(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()
		mayTellOfTroubles(w)
		o.report(number, "OA", time.Time{})
		card := o.card(w, number, 1)
		o.paged(w, number, 1, "故障待响应", zhangOnCall)
		if err := o.slack.SetFaults(slacksim.Outage(time.Time{}, time.Time{})); err != nil {
			t.Fatal(err)
		}
		if _, err := o.slack.Click(t.Context(), zhangOnCall, card.Channel, card.TS, "fault.ack"); err == nil {
			t.Error("a click is acknowledged though Slack is away")
		}
		o.report(number, "PB", time.Time{})
		o.until("the page was tried in vain", func() bool { return len(o.unsent()) > 0 && len(o.unsent()[0].Tries) > 0 })
		o.tells(number, 1, map[string]int{"ack": 0})
		o.lose("")
		o.card(w, number, 2)
		o.paged(w, number, 2, "故障待响应", zhangOnCall)
		o.pressUntilTaken(card, notices)
		w.ExpectEphemeral(zhangOnCall, "✅", "响应")
		o.shows(card, "张工", "已响应")
		o.quiet()
		o.tells(number, 1, map[string]int{"acknowledged open>acknowledged": 1})
		o.stands(number, 2, message.FaultOpen, message.SLARunning)
	})
}
