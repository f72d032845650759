package test

import (
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// A plan counts by the instant of its receipt: by the last instant of the hour it is in time, a millisecond later it is not. One is
// submitted in Slack before the timer; the others reach the engine after the timer has judged.
func TestOffice_ThePlanCountsByItsReceiptWhateverTheTimerSawFirst_3_11(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()
		o.report(number, "OA", o.clock().Add(-time.Hour+40*time.Second))
		card := o.card(w, number, 1)
		o.fill(w, zhangOnCall, card, "fault.plan", slacksim.Values{"cause": "磁盘写满", "steps": "清理日志"})
		w.ExpectEphemeral(zhangOnCall, "✅", "时限内")
		w.Expect("the thread tells the plan", inThread(card, "磁盘写满"))
		o.shows(card, "达标")
		for _, system := range []string{"PB", "HR", "CRM"} {
			o.report(number, system, o.clock().Add(-time.Hour+15*time.Second))
		}
		for i, late := range []time.Duration{-time.Millisecond, 0, time.Millisecond} {
			o.planned(w, number, 2+i, late)
		}
		everyone := []string{zhangOnCall, zhaoOnCall, wangLead, liManager, chenSales}
		for n := range 4 {
			o.paged(w, number, n+1, "故障升级", everyone...)
		}
		o.quiet()
		o.tells(number, 1, map[string]int{"plan": 1, "sla running>met": 1, "sla running>breached": 0})
		if f := o.stands(number, 1, message.FaultPlanned, message.SLAMet); !f.BreachedAt.IsZero() {
			t.Errorf("it was missed at %s", f.BreachedAt)
		}
	})
}

// planned has the timer judge a fault first; then a plan that was received so long after the deadline comes to it.
func (o *office) planned(w *slacksim.Watch, number string, n int, late time.Duration) {
	o.t.Helper()
	card := o.card(w, number, n)
	f := o.stands(number, n, message.FaultOpen, message.SLABreached)
	o.paged(w, number, n, "一小时内未提交方案", wangLead, liManager)
	w.Expect("the channel hears of the breach", inThread(card, "SLA 超时"))
	act := message.Act{Contract: number, Fault: n, Name: message.Plan, Actor: byLead(), ReceivedAt: f.DeadlineAt.Add(late)}
	if no := o.enter(act, message.FaultPlan{Cause: "断电", Steps: "切换"}); no != "" {
		o.t.Errorf("the plan of fault %d is refused: %s", n, no)
	}
	w.Expect("the thread tells the plan", inThread(card, "断电"))
	want, corrected, duty, missed := message.SLAMet, 1, message.Met, time.Time{}
	if late > 0 {
		want, corrected, duty, missed = message.SLABreached, 0, message.MetLate, f.DeadlineAt
	} else {
		o.paged(w, number, n, "先前的超时通知不成立", wangLead, liManager)
		w.Expect("the channel hears that it was none", inThread(card, "更正"))
	}
	f = o.stands(number, n, message.FaultPlanned, want)
	if !f.PlanAt.Equal(f.DeadlineAt.Add(late)) || !f.BreachedAt.Equal(missed) {
		o.t.Errorf("fault %d was planned %s after its deadline, and missed at %s", n, f.PlanAt.Sub(f.DeadlineAt), f.BreachedAt)
	}
	if got := o.duty(o.t, number, message.FaultID(n)+"/plan"); got.Status != duty {
		o.t.Errorf("the duty of fault %d is %s, want %s", n, got.Status, duty)
	}
	o.tells(number, n, map[string]int{"plan": 1, "sla running>breached": 1, "breach-corrected": corrected})
}
