package test

import (
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/slacksim"
)

// The people of the usual team: zhang is called first, then zhao, and wang leads.
const (
	zhangOnCall = "U0ZHANG"
	zhaoOnCall  = "U0ZHAO"
	wangLead    = "U0WANG"
	liManager   = "U0LIJL"
	chenSales   = "U0CHEN"
)

// Who is called acknowledges by a button, submits the plan in a form, says that it works, and the customer's account manager
// confirms it: all in Slack, and the one card in the channel tells each step.
func TestOffice_AFaultGoesFromReportToClosedInSlack_3_11_4_2(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number := o.usable(time.Now().Add(-2 * time.Hour))
		watch := o.slack.Watch(t)
		o.report(number, "OA", time.Time{})
		card := watch.ExpectMessage(slacksim.OncallChannel, number, "OA", "待响应")
		watch.ExpectMessage(zhangOnCall, number, "故障待响应")
		o.click(zhangOnCall, card, "fault.ack")
		watch.ExpectEphemeral(zhangOnCall, "✅", "响应")
		watch.ExpectUpdate(card.Channel, card.TS, "张工", "已响应")
		o.fill(watch, zhangOnCall, card, "fault.plan", slacksim.Values{"cause": "磁盘写满", "steps": "清理日志"})
		watch.ExpectEphemeral(zhangOnCall, "✅", "方案")
		watch.ExpectUpdate(card.Channel, card.TS, "方案已于", "达标")
		watch.Expect("the thread tells the plan", inThread(card, "磁盘写满"))
		o.fill(watch, zhangOnCall, card, "fault.resolve", slacksim.Values{"text": "已恢复"})
		watch.ExpectEphemeral(zhangOnCall, "✅")
		watch.ExpectUpdate(card.Channel, card.TS, "已解决")
		asked := watch.ExpectMessage(chenSales, number, "确认")
		o.click(chenSales, asked, "fault.confirm")
		watch.ExpectEphemeral(chenSales, "✅")
		watch.ExpectUpdate(card.Channel, card.TS, "已关闭")
		if f := o.fault(number, 1); f.State != message.FaultClosed || f.SLA != message.SLAMet || f.RespondedBy != "zhang" {
			t.Errorf("it is %+v", f.FaultRow)
		}
	})
}

// click presses what is on a card.
func (o *office) click(user string, card slacksim.Message, action string, chosen ...string) {
	o.t.Helper()
	if _, err := o.slack.Click(o.t.Context(), user, card.Channel, card.TS, action, chosen...); err != nil {
		o.t.Fatalf("%s on %s: %v\n%s", action, card.Text, err, endOf(o.chat.log))
	}
}

// fill presses what opens a form, and submits it.
func (o *office) fill(watch *slacksim.Watch, user string, card slacksim.Message, action string, values slacksim.Values) {
	o.t.Helper()
	view := o.opens(watch, user, card, action)
	if d, err := o.slack.Submit(o.t.Context(), view.ID, values); err != nil {
		o.t.Fatalf("%s: %v, %v\n%s", action, err, d.Answer, endOf(o.chat.log))
	}
}

// inThread fits a message in a card's thread with these words.
func inThread(card slacksim.Message, words ...string) func(slacksim.Happening) bool {
	return func(h slacksim.Happening) bool {
		return h.Kind == slacksim.Posted && h.Message.ThreadTS == card.TS && h.Message.Says(words...)
	}
}

// fault is how a fault stands in the books.
func (o *office) fault(number string, n int) postgres.Fault {
	o.t.Helper()
	f, err := o.Store.Fault(o.t.Context(), number, n)
	if err != nil {
		o.t.Fatal(err)
	}
	return f
}
