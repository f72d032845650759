package test

import (
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/slacksim"
	"lvyue/internal/workday"
)

// reports fills in the form of /fault new.
func (o *office) reports(w *slacksim.Watch, user, number, system, reporter, text string) {
	o.t.Helper()
	if _, err := o.slack.Command(o.t.Context(), user, "", "/fault new"); err != nil {
		o.t.Fatal(err)
	}
	view := w.ExpectView(slacksim.Opened, user)
	values := slacksim.Values{"contract": number, "system": system, "reporter": reporter, "text": text}
	if d, err := o.slack.Submit(o.t.Context(), view.ID, values); err != nil || len(d.Errors) > 0 {
		o.t.Fatalf("%v, %v\n%s", d.Errors, err, endOf(o.chat.log))
	}
}

// Somebody else's report is forwarded and starts no hour; confirmed for the administrator, it does, and both moments are kept.
// What the customer says calls nobody.
func TestOffice_OnlyTheAdministratorsWordStartsTheHour_3_13(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()
		o.reports(w, zhangOnCall, number, "OA", "孙七", "打不开 <!channel> <@U0ZHANG> & *急*")
		w.ExpectEphemeral(zhangOnCall, "✅", "只面向系统管理员")
		card := o.card(w, number, 1, "打不开 &lt;!channel&gt; &lt;@U0ZHANG&gt; &amp;")
		if card.Says("<!channel>") || card.Says("<@U0ZHANG>") {
			t.Errorf("the customer calls people: %v", card.Attachments)
		}
		asked := w.ExpectMessage(chenSales, number, "已转交")
		waits := o.stands(number, 1, message.FaultReported, message.SLANone)
		if !waits.ClockAt.IsZero() || !waits.DeadlineAt.IsZero() {
			t.Errorf("an hour runs: %+v", waits.FaultRow)
		}
		o.click(zhangOnCall, card, "fault.confirm")
		w.ExpectEphemeral(zhangOnCall, "⛔", "须由系统管理员确认")
		o.click(chenSales, asked, "fault.confirm")
		w.ExpectEphemeral(chenSales, "✅", "已受理")
		o.paged(w, number, 1, "故障待响应", zhangOnCall)
		o.shows(card, "待响应", "方案截止")
		o.quiet()
		f := o.stands(number, 1, message.FaultOpen, message.SLARunning)
		if !f.ReportedAt.Equal(waits.ReportedAt) || !f.ClockAt.After(f.ReportedAt) || !f.DeadlineAt.Equal(f.ClockAt.Add(time.Hour)) {
			t.Errorf("reported %s, taken up %s, due by %s", f.ReportedAt, f.ClockAt, f.DeadlineAt)
		}
		o.tells(number, 1, map[string]int{"confirm-fault": 1, "open reported>open": 1})
	})
}

// Three mails and a report in Slack about one system are one fault; another system is another; what is there again after it was
// closed is a new fault, which knows the old one and has an hour of its own.
func TestOffice_DuplicatesJoinAndWhatIsThereAgainHasAnHourOfItsOwn_3_11(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()
		for range 3 {
			o.report(number, "OA", time.Time{})
		}
		card := o.card(w, number, 1)
		o.paged(w, number, 1, "故障待响应", zhangOnCall)
		o.reports(w, zhangOnCall, number, "OA", "李明", "还是打不开")
		w.ExpectEphemeral(zhangOnCall, "✅", "已并入")
		o.reports(w, zhangOnCall, number, "PB", "李明", "付款失败")
		w.ExpectEphemeral(zhangOnCall, "✅", "已受理")
		o.card(w, number, 2, "付款失败")
		o.paged(w, number, 2, "故障待响应", zhangOnCall)
		o.tells(number, 1, map[string]int{"joined": 3})
		o.tells(number, 2, map[string]int{"joined": 0})

		o.fill(w, zhangOnCall, card, "fault.plan", slacksim.Values{"cause": "磁盘写满", "steps": "清理日志"})
		w.ExpectEphemeral(zhangOnCall, "✅", "时限内")
		w.Expect("the thread tells the plan", inThread(card, "磁盘写满"))
		o.shows(card, "达标")
		o.fill(w, zhangOnCall, card, "fault.resolve", slacksim.Values{"text": "已恢复"})
		w.ExpectEphemeral(zhangOnCall, "✅", "已解决")
		w.Expect("the thread tells how", inThread(card, "已恢复"))
		asked := w.ExpectMessage(chenSales, number, "待管理员确认")
		o.click(chenSales, asked, "fault.confirm")
		w.ExpectEphemeral(chenSales, "✅", "关闭")
		o.shows(card, "已关闭")
		o.fill(w, chenSales, asked, "fault.reopen", slacksim.Values{"reporter": "李明", "text": "又打不开了"})
		w.ExpectEphemeral(chenSales, "✅", "已受理 fault/3")
		o.card(w, number, 3, "又打不开了", "F-0001")
		o.paged(w, number, 3, "故障待响应", zhangOnCall)
		o.quiet()
		old, anew := o.stands(number, 1, message.FaultClosed, message.SLAMet), o.stands(number, 3, message.FaultOpen, message.SLARunning)
		if anew.Reopens != 1 || anew.System != "OA" || !anew.DeadlineAt.Equal(anew.ReportedAt.Add(time.Hour)) || !anew.ReportedAt.After(old.ClosedAt) {
			t.Errorf("there again is %+v", anew.FaultRow)
		}
	})
}

// A plan may be of ten thousand characters, and the card stays one; an empty one, and one longer still, is none. A contract that is not
// there, or has ended, has no faults.
func TestOffice_EndlessTextsAndContractsThatAreNotThere_3_11(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		ended := o.ended()
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()
		report := message.FaultReport{Reporter: "李明", System: "OA", Text: "打不开"}
		if no := o.enter(message.Act{Contract: ended, Name: message.ReportFault}, report); no != "ended" {
			t.Errorf("a contract that has ended: %q", no)
		}
		act := o.act(t, "HT-NONE", "nowhere", message.ReportFault, time.Time{}, report)
		_, _, err := o.Submit(t.Context(), act)
		if no, refused := refusal.As(err); !refused || no.Code != "unknown_contract" {
			t.Errorf("a contract that is not there: %v", err)
		}
		o.report(number, "OA", time.Time{})
		card := o.card(w, number, 1)
		o.paged(w, number, 1, "故障待响应", zhangOnCall)
		plan := message.Act{Contract: number, Fault: 1, Name: message.Plan, Actor: byLead()}
		for _, cause := range []string{"", " \n", strings.Repeat("因", 10_001)} {
			if no := o.enter(plan, message.FaultPlan{Cause: cause, Steps: "清理"}); no != "bad_text" {
				t.Errorf("a plan of %d bytes: %q", len(cause), no)
			}
		}
		o.stands(number, 1, message.FaultOpen, message.SLARunning)
		for _, long := range []int{3001, 10_000} {
			if no := o.enter(plan, message.FaultPlan{Cause: strings.Repeat("因", long), Steps: strings.Repeat("步", 100)}); no != "" {
				t.Errorf("a plan of %d characters is refused: %s", long, no)
			}
			w.Expect("the thread tells the plan", inThread(card, "因因因", "步步步"))
		}
		o.shows(card, "因因因", "达标")
		o.quiet()
		o.tells(number, 1, map[string]int{"plan": 2, "sla running>met": 1})
		if faults, err := o.Store.Faults(t.Context(), ended); err != nil || len(faults) > 0 {
			t.Errorf("the ended contract has %v, %v", faults, err)
		}
	})
}

// ended is a contract that was over yesterday.
func (o *office) ended() string {
	o.t.Helper()
	number, yesterday := o.usable(time.Now().Add(-50*time.Hour)), time.Now().Add(-24*time.Hour)
	over := message.Act{Contract: number, Name: message.Terminate, ReceivedAt: yesterday}
	if no := o.enter(over, message.Termination{Ground: message.Agreement, On: workday.Of(yesterday)}); no != "" {
		o.t.Fatal(no)
	}
	o.until("its data waits for its end", func() bool {
		for _, m := range o.slack.Messages(slacksim.OncallChannel) {
			if m.Says(number, "销毁") {
				return true
			}
		}
		return false
	})
	return number
}
