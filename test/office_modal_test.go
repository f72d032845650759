package test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// A form that cannot be opened is said to be none; what is wrong stands beside its input; a form counts once, and not at all when
// the fault is closed meanwhile.
func TestOffice_AFormCountsOnceOrIsToldWhyNot_3_11(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number, w, card := o.faulty()
		o.paged(w, number, 1, "故障待响应", zhangOnCall)

		o.slowly("views.open", 4*time.Second) // the right to open one lasts for three
		o.click(zhangOnCall, card, "fault.plan")
		w.ExpectEphemeral(zhangOnCall, "⛔", "表单未能打开")
		o.lose("")

		view := o.opens(w, zhangOnCall, card, "fault.plan")
		if _, err := o.slack.Submit(t.Context(), view.ID, slacksim.Values{"cause": "", "steps": ""}); !errors.Is(err, slacksim.ErrIncomplete) {
			t.Errorf("an empty form: %v", err)
		}
		d, err := o.slack.Submit(t.Context(), view.ID, slacksim.Values{"cause": " ", "steps": "\n"})
		if err != nil || d.Errors["cause"] == "" || d.Errors["steps"] == "" {
			t.Errorf("a blank form: %v, %v", d.Errors, err)
		}
		w.ExpectView(slacksim.Refused, zhangOnCall, "不能为空")
		late := o.opens(w, wangLead, card, "fault.plan")
		o.stands(number, 1, message.FaultOpen, message.SLARunning)

		o.submitTwice(w, view.ID)
		w.Expect("the thread tells the plan", inThread(card, "磁盘写满"))
		o.shows(card, "方案已于")
		o.tells(number, 1, map[string]int{"plan": 1, "sla running>met": 1})
		for _, act := range []message.ActName{message.Resolve, message.ConfirmFault} {
			by := message.Actor{Who: "李明", Way: "test"}
			if no := o.enter(message.Act{Contract: number, Fault: 1, Name: act, Actor: by}, message.Words{Text: "已恢复"}); no != "" {
				t.Errorf("%s is refused: %s", act, no)
			}
		}
		w.Expect("the thread tells how", inThread(card, "已恢复"))
		w.ExpectMessage(chenSales, number, "待管理员确认")
		o.shows(card, "已关闭")
		d, err = o.slack.Submit(t.Context(), late.ID, slacksim.Values{"cause": "晚了", "steps": "晚了"})
		if err != nil || !strings.Contains(d.Errors["cause"], "关闭") {
			t.Errorf("a late form: %v, %v", d.Errors, err)
		}
		w.ExpectView(slacksim.Refused, wangLead, "关闭")
		o.quiet()
		if f := o.stands(number, 1, message.FaultClosed, message.SLAMet); f.PlannedBy != "zhang" {
			t.Errorf("it was planned by %s", f.PlannedBy)
		}
		o.tells(number, 1, map[string]int{"plan": 1})
	})
}

// slowly lets Slack answer a method after so long.
func (o *office) slowly(method string, wait time.Duration) {
	o.t.Helper()
	if err := o.slack.SetFaults(slacksim.Fault{Method: method, Trouble: slacksim.Slow, Wait: wait}); err != nil {
		o.t.Fatal(err)
	}
}

// submitTwice submits a plan, and lets it reach the desk once more: it is answered alike.
func (o *office) submitTwice(w *slacksim.Watch, view string) {
	o.t.Helper()
	d, err := o.slack.Submit(o.t.Context(), view, slacksim.Values{"cause": "磁盘写满", "steps": "清理日志"})
	if err != nil || len(d.Errors) > 0 {
		o.t.Fatalf("%v, %v", d.Errors, err)
	}
	if _, err := o.slack.Redeliver(o.t.Context(), d); err != nil {
		o.t.Fatal(err)
	}
	for range 2 {
		w.ExpectEphemeral(zhangOnCall, "✅", "时限内")
	}
}
