package test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// steep is a ladder whose first rungs are a minute apart.
const steep = `
ladder:
  rungs:
    - {after_minutes: 0, name: first, kind: first, targets: [primary]}
    - {after_minutes: 1, name: secondary, kind: escalation, targets: [secondary]}
    - {after_minutes: 2, name: lead, kind: escalation, targets: [lead]}
    - {after_minutes: 55, name: everyone, kind: escalation, targets: [everyone]}
    - {after_minutes: 60, name: breach, kind: breach, targets: [lead, manager]}
  again: {every_minutes: 30, name: no-plan, kind: breach, targets: [primary, lead, manager]}
`

// No worker runs for over a minute, and Slack takes no messages for a part of it. A plan that is received meanwhile is in time; the
// fault without one is breached by the instant of its deadline; of the rungs that passed one is paged, and the others are told of; what
// is reported is kept with its moment; and somebody is called beside Slack, past every workflow.
func TestOffice_WithoutAWorkerMomentsCountOneRungIsPagedAndTheWatchdogCalls_3_11_4_2(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		o.setRota(usualRota(t) + steep)
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()
		o.report(number, "OA", o.clock().Add(-time.Hour+40*time.Second))
		o.report(number, "PB", o.clock().Add(-time.Hour+40*time.Second))
		o.report(number, "HR", o.clock().Add(-30*time.Second))
		everyone := []string{zhangOnCall, zhaoOnCall, wangLead, liManager, chenSales}
		planned, missed, climbing := o.card(w, number, 1), o.card(w, number, 2), o.card(w, number, 3)
		o.paged(w, number, 1, "故障升级", everyone...)
		o.paged(w, number, 2, "故障升级", everyone...)
		o.paged(w, number, 3, "故障待响应", zhangOnCall)
		o.worker.kill(t)
		o.reports(w, zhaoOnCall, number, "CRM", "孙七", "打不开")
		reported := o.clock()
		o.fill(w, zhangOnCall, planned, "fault.plan", slacksim.Values{"cause": "磁盘写满", "steps": "清理日志"})
		o.lose("token_revoked")
		deadline, rung := o.fault(number, 2).DeadlineAt, o.fault(number, 3).ClockAt.Add(time.Minute)
		for fault, due := range []time.Time{reported, o.fault(number, 1).DeadlineAt, deadline, rung} {
			o.calledBesideSlack(due, fault, "zhang", "wang")
		}
		o.until("the next but one rung is due", func() bool { return o.clock().After(rung.Add(time.Minute + time.Second)) })
		o.lose("")
		o.worker.start(t)

		w.ExpectEphemeral(zhangOnCall, "✅", "时限内")
		w.Expect("the thread tells the plan", inThread(planned, "磁盘写满"))
		o.paged(w, number, 2, "一小时内未提交方案", wangLead, liManager)
		w.Expect("the channel hears of the breach", inThread(missed, "SLA 超时"))
		o.paged(w, number, 3, "故障升级", wangLead)
		w.ExpectEphemeral(zhaoOnCall, "✅", "只面向系统管理员")
		o.card(w, number, 4)
		o.paged(w, number, 4, "已转交", chenSales)
		o.shows(planned, "达标")
		o.shows(missed, "SLA 超时")
		o.shows(climbing, "lead")
		o.quiet()
		if f := o.stands(number, 1, message.FaultPlanned, message.SLAMet); f.PlanAt.After(f.DeadlineAt) {
			t.Errorf("it was planned at %s, due by %s", f.PlanAt, f.DeadlineAt)
		}
		o.tells(number, 1, map[string]int{"sla running>met": 1, "sla running>breached": 0, "breach-corrected": 0})
		if f := o.stands(number, 2, message.FaultOpen, message.SLABreached); !f.BreachedAt.Equal(deadline) || !f.DeadlineAt.Equal(deadline) {
			t.Errorf("it was missed at %s, due by %s, which was %s", f.BreachedAt, f.DeadlineAt, deadline)
		}
		if f := o.stands(number, 3, message.FaultOpen, message.SLARunning); !f.DeadlineAt.Equal(f.ClockAt.Add(time.Hour)) {
			t.Errorf("its hour from %s ends at %s", f.ClockAt, f.DeadlineAt)
		}
		o.tells(number, 3, map[string]int{"rung-missed >secondary": 1, "rung-missed": 1, "page": 2})
		if f := o.stands(number, 4, message.FaultReported, message.SLANone); f.ReportedAt.After(reported) {
			t.Errorf("it was stored by %s, and counts from %s", reported, f.ReportedAt)
		}
	})
}

// lose lets Slack refuse all messages with a word, or none if it is empty.
func (o *office) lose(word slacksim.Trouble) {
	o.t.Helper()
	var rules []slacksim.Fault
	if word != "" {
		rules = append(rules, slacksim.Fault{Method: "chat.postMessage", Trouble: word})
	}
	if err := o.slack.SetFaults(rules...); err != nil {
		o.t.Fatal(err)
	}
}

// calledBesideSlack waits until the watchdog has called these people of a fault, 0 for a report that nothing has taken up, by the
// webhook, about a minute after the step was due.
func (o *office) calledBesideSlack(due time.Time, fault int, people ...string) {
	o.t.Helper()
	const soonest, latest = time.Minute - time.Second, 100 * time.Second
	o.until(fmt.Sprintf("the watchdog has called of %d", fault), func() bool {
		return len(o.receiver.pages(message.WatchdogPage, fault)) >= len(people)
	})
	called := []string{}
	for _, page := range o.receiver.pages(message.WatchdogPage, fault) {
		called = append(called, page.To)
		if after := page.at.Sub(due); after < soonest || after > latest {
			o.t.Errorf("%s was called %s after it was due", page.To, after)
		}
	}
	if slices.Sort(called); !slices.Equal(called, slices.Sorted(slices.Values(people))) {
		o.t.Errorf("%v were called, want %v", called, people)
	}
}
