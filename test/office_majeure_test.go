package test

import (
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// cloudDown is what a lead enters.
func cloudDown() slacksim.Values {
	return slacksim.Values{"kind": string(message.CloudVendor), "evidence": "工单 8Q2"}
}

// Force majeure marked in time changes the duty, by a lead and once; lifted, the rest of the hour goes on; what is resolved under it
// owes no plan.
func TestOffice_ForceMajeureChangesTheDutyAndIsLifted_3_12(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number, w, card := o.faulty()
		o.paged(w, number, 1, "故障待响应", zhangOnCall)
		o.press(zhangOnCall, card, "fault.force-majeure")
		w.ExpectEphemeral(zhangOnCall, "⛔", "主管")

		again := o.opens(w, liManager, card, "fault.force-majeure")
		o.fill(w, wangLead, card, "fault.force-majeure", cloudDown())
		w.ExpectEphemeral(wangLead, "✅", "沟通与协调")
		w.Expect("the thread tells the evidence", inThread(card, "工单 8Q2"))
		o.shows(card, "不可抗力：云厂商")
		marked := o.stands(number, 1, message.FaultMajeure, message.SLAChanged)
		if _, err := o.slack.Submit(t.Context(), again.ID, cloudDown()); err != nil {
			t.Error(err)
		}
		w.ExpectEphemeral(liManager, "⛔", "已标记为不可抗力")

		o.click(wangLead, card, "fault.lift")
		w.ExpectEphemeral(wangLead, "✅", "不可抗力已解除")
		lifted := o.stands(number, 1, message.FaultAcknowledged, message.SLARunning)
		rested := lifted.LiftedAt.Sub(marked.MajeureAt)
		if got, want := lifted.DeadlineAt, marked.DeadlineAt.Add(rested); !got.Equal(want) || lifted.MajeureAt.IsZero() {
			t.Errorf("the plan is due at %s, want %s, which is %s later", got, want, rested)
		}
		o.shows(card, "方案截止")

		o.fill(w, wangLead, card, "fault.force-majeure", cloudDown())
		w.ExpectEphemeral(wangLead, "✅", "沟通与协调")
		w.Expect("the thread tells the evidence", inThread(card, "工单 8Q2"))
		o.shows(card, "不可抗力：云厂商")
		o.fill(w, zhangOnCall, card, "fault.resolve", slacksim.Values{"text": "云已恢复"})
		w.ExpectEphemeral(zhangOnCall, "✅", "已解决")
		w.Expect("the thread tells how", inThread(card, "云已恢复"))
		w.ExpectMessage(chenSales, number, "待管理员确认")
		o.shows(card, "已解决")
		o.quiet()
		o.stands(number, 1, message.FaultResolved, message.SLAChanged)
		if got := o.duty(t, number, "fault/1/plan").Status; got != message.Void {
			t.Errorf("the plan is %s", got)
		}
		o.tells(number, 1, map[string]int{
			"sla running>changed_duty": 2, "sla changed_duty>running": 1, "lift": 1, "sla running>breached": 0,
		})
	})
}

// Late in the hour a second person approves, and the hour runs on meanwhile: marked in time, a breach that was told of is corrected;
// marked after the hour, it stands.
func TestOffice_ForceMajeureMarkedLateNeedsASecondPerson_3_12(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()
		o.report(number, "OA", o.clock().Add(-time.Hour+40*time.Second))
		o.report(number, "PB", o.clock().Add(-time.Hour-time.Second))
		inTime, after := o.card(w, number, 1), o.card(w, number, 2)
		o.paged(w, number, 1, "故障升级", zhangOnCall, zhaoOnCall, wangLead, liManager, chenSales)
		o.paged(w, number, 2, "一小时内未提交方案", wangLead, liManager)
		w.Expect("the channel hears of the breach", inThread(after, "SLA 超时"))
		o.asksForASecond(w, number, 1, inTime)
		o.asksForASecond(w, number, 2, after)

		deadline := o.fault(number, 1).DeadlineAt
		o.stands(number, 1, message.FaultAcknowledged, message.SLABreached)
		o.paged(w, number, 1, "一小时内未提交方案", wangLead, liManager)
		w.Expect("the channel hears of the breach", inThread(inTime, "SLA 超时"))
		for n, card := range map[int]slacksim.Message{1: inTime, 2: after} {
			o.fill(w, liManager, card, "fault.force-majeure", cloudDown())
			w.ExpectEphemeral(liManager, "✅", "第二人复核")
			w.Expect("the thread tells who approves", inThread(card, "工单 8Q2", "李经理"))
			o.shows(card, "不可抗力")
			if n == 1 {
				o.paged(w, number, 1, "先前的超时通知不成立", wangLead, liManager)
				w.Expect("the channel hears that it was none", inThread(card, "更正"))
			}
		}
		o.quiet()
		f := o.stands(number, 1, message.FaultMajeure, message.SLAChanged)
		if !f.BreachedAt.IsZero() || !f.MajeureAt.Before(deadline) {
			t.Errorf("it is missed at %s, marked at %s", f.BreachedAt, f.MajeureAt)
		}
		o.tells(number, 1, map[string]int{"sla running>breached": 1, "breach-corrected breached>changed_duty": 1})
		if f := o.stands(number, 2, message.FaultMajeure, message.SLABreached); !f.BreachedAt.Equal(f.DeadlineAt) {
			t.Errorf("it is missed at %s, due by %s", f.BreachedAt, f.DeadlineAt)
		}
		o.tells(number, 2, map[string]int{"breach-corrected": 0})
	})
}

// asksForASecond has the lead mark a fault, which then waits for somebody else: not for the same person.
func (o *office) asksForASecond(w *slacksim.Watch, number string, n int, card slacksim.Message) {
	o.t.Helper()
	o.fill(w, wangLead, card, "fault.force-majeure", cloudDown())
	w.ExpectEphemeral(wangLead, "✅", "待第二人复核")
	w.Expect("the thread tells the evidence", inThread(card, "工单 8Q2", "王主管"))
	o.paged(w, number, n, "请第二人确认", liManager)
	o.shows(card, "待第二人确认")
	o.fill(w, wangLead, card, "fault.force-majeure", cloudDown())
	w.ExpectEphemeral(wangLead, "⛔", "须由另一人复核")
}
