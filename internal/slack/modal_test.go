package slack_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/slacksim"
	"lvyue/internal/workday"
)

// §3.11: a plan is stored under the id of its form, and the form knows its card.
func TestModal_APlanIsStored(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		click := d.click(zhang, "fault.plan", fault(3, "lead"))
		view := d.watch.ExpectView(slacksim.Opened, zhang, "提交方案", number+" F-0001", "3,000 characters")
		var about map[string]any
		if err := json.Unmarshal([]byte(view.PrivateMetadata), &about); err != nil {
			t.Fatal(err)
		}
		want := map[string]any{
			"contract": number, "fault": 1.0, "rev": 3.0, "rung": "lead", "channel": room, "ts": click.Field("container.message_ts"),
		}
		if !reflect.DeepEqual(about, want) {
			t.Errorf("the form knows %v, want %v", about, want)
		}
		works := time.Date(2026, 3, 2, 4, 30, 0, 0, time.UTC)
		values := slacksim.Values{"cause": " 磁盘写满 ", "steps": "清理", "works_by": strconv.FormatInt(works.Unix(), 10)}
		if _, err := d.s.Submit(t.Context(), view.ID, values); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectEphemeral(zhang, "好的 plan")
		act := d.only()
		if act.ID != "vs:"+slacksim.TeamID+":"+view.ID+":"+view.Hash || act.Name != message.Plan || act.Fault != 1 {
			t.Errorf("%+v", act)
		}
		wantBody(t, act, message.FaultPlan{Cause: "磁盘写满", Steps: "清理", WorksBy: works})
	})
}

func wantBody[B any](t *testing.T, act message.Act, want B) {
	t.Helper()
	var got B
	if err := json.Unmarshal(act.Body, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s has the body %+v, want %+v (%v)", act.Name, got, want, err)
	}
}

// §3.11: what is wrong with a plan stands beside it, and nothing is stored.
func TestModal_WhatIsWrongStandsBesideTheInput(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		view := d.form(zhang, "fault.plan", fault(0, ""))
		if _, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"cause": "x"}); !errors.Is(err, slacksim.ErrIncomplete) {
			t.Errorf("Slack itself let an empty plan through: %v", err)
		}
		for _, tt := range []struct{ cause, steps, wrong, word string }{
			{" \n ", "x", "cause", "不能为空 / is missing"},
			{"x", "　", "steps", "不能为空"},
			{strings.Repeat("长", 10001), "x", "cause", "10,000 characters"},
		} {
			delivery, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"cause": tt.cause, "steps": tt.steps})
			if err != nil || len(delivery.Errors) != 1 || !strings.Contains(delivery.Errors[tt.wrong], tt.word) {
				t.Errorf("%.9q %q: %v %v", tt.cause, tt.steps, delivery.Errors, err)
			}
			d.watch.ExpectView(slacksim.Refused, zhang)
		}
		if n := len(d.inbox()); n != 0 {
			t.Errorf("%d are stored", n)
		}
		if _, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"cause": strings.Repeat("长", 10000), "steps": strings.Repeat("步", 10000)}); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectEphemeral(zhang, "好的 plan")
		var plan message.FaultPlan
		if err := json.Unmarshal(d.only().Body, &plan); err != nil || len([]rune(plan.Cause)) != 10000 {
			t.Error(len(plan.Cause), err)
		}
	})
}

// §3.11: what is too large for the inbox is said beside the form, too.
func TestModal_WhatTheInboxRefusesStandsInTheForm(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		many := strings.Repeat("<", 10000) // six bytes each, as they are stored
		delivery := d.fill(zhang, "fault.plan", fault(0, ""), slacksim.Values{"cause": many, "steps": many})
		if !strings.Contains(delivery.Errors["cause"], "64 KB") || len(d.inbox()) != 0 {
			t.Errorf("%v", delivery.Errors)
		}
		d.watch.ExpectView(slacksim.Refused, zhang)
	})
}

// §3.11: a form that comes twice has one effect; sent again with other words it is said to have been received.
func TestModal_SubmittedTwiceHasOneEffect(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		first := d.fill(zhang, "fault.resolve", fault(0, ""), slacksim.Values{"text": "好了"})
		d.watch.ExpectEphemeral(zhang, "好的 resolve")
		if _, err := d.s.Redeliver(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectEphemeral(zhang, "好的 resolve")
		other := first
		other.Payload = []byte(strings.ReplaceAll(string(first.Payload), "好了", "别的"))
		answer, err := d.s.Redeliver(t.Context(), other)
		if err != nil || !strings.Contains(string(answer.Answer), "先前已提交") {
			t.Errorf("%s %v", answer.Answer, err)
		}
		if d.only(); len(d.engine.effects()) != 1 {
			t.Errorf("%d effects", len(d.engine.effects()))
		}
	})
}

// §3.11: a form that was opened on a card of before is taken, and the answer says that the card is old.
func TestModal_AfterTheStateHasMovedTheEngineAnswers(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		row := d.openFault(1, 2, time.Minute)
		view := d.form(zhang, "fault.resolve", fault(2, "primary"))
		row.State, row.Rev = message.FaultResolved, 4
		d.fault(row)
		d.engine.judge = func(message.Act) message.Answer {
			no := refusal.Rule("not_now", "3.11", "已解决。", "is resolved")
			return message.Answer{Text: no.Text, Refusal: no}
		}
		if _, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"text": "x"}); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectEphemeral(zhang, "⛔", "已解决", "不是最新")
	})
}

// §4.1: a form that Slack does not open any more is said to have submitted nothing.
func TestModal_ThatOpensTooLateIsSaidSo(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		if err := d.s.SetFaults(slacksim.Fault{Method: "views.open", Trouble: "expired_trigger_id"}); err != nil {
			t.Fatal(err)
		}
		d.click(zhang, "fault.plan", fault(0, ""))
		d.watch.ExpectEphemeral(zhang, "未能打开", "nothing was submitted")
		if n := len(d.inbox()); n != 0 {
			t.Errorf("%d are stored", n)
		}
	})
}

func TestModal_ThatIsClosedDoesNothing(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		view := d.form(zhang, "fault.plan", fault(0, ""))
		if _, err := d.s.CloseView(t.Context(), view.ID, false); err != nil || len(d.inbox()) != 0 {
			t.Error(err)
		}
	})
}

// §4.1: what people write calls nobody, wherever it is said again, and is stored to the letter.
func TestModal_WordsCallNobody(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		d.engine.judge = func(act message.Act) message.Answer {
			var words message.Words
			_ = json.Unmarshal(act.Body, &words)
			return message.Answer{Text: refusal.Text{ZH: words.Text, EN: words.Text}}
		}
		d.fill(zhang, "fault.progress", fault(0, ""), slacksim.Values{"text": "<!channel> <@U0LI> & *快*"})
		if m := d.watch.ExpectEphemeral(zhang, "&lt;!channel&gt; &lt;@U0LI&gt; &amp;"); strings.Contains(m.Text, "<!") {
			t.Errorf("it calls: %s", m.Text)
		}
		wantBody(t, d.only(), message.Words{Text: "<!channel> <@U0LI> & *快*"})
		if _, err := d.s.Command(t.Context(), zhang, room, "/fault show <!channel> 1"); err != nil {
			t.Fatal(err)
		}
		if m := d.watch.ExpectEphemeral(zhang, "&lt;!channel&gt;"); strings.Contains(m.Text, "<!") {
			t.Errorf("it calls: %s", m.Text)
		}
	})
}

// §3.11–3.13, §4.1–4.3: what each form of a fault asks for.
func TestModal_EachFormOfAFault(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		for _, tt := range []struct {
			member, action string
			in             slacksim.Values
			name           message.ActName
			fault          int
			body           any
		}{
			{
				wang, "fault.force-majeure",
				slacksim.Values{"kind": "telecom", "evidence": "工单 7", "note": "光缆"},
				message.ForceMajeure, 1,
				message.Majeure{Kind: message.Telecom, Evidence: "工单 7\n光缆"},
			},
			{zhang, "fault.progress", slacksim.Values{"text": "在查"}, message.Progress, 1, message.Words{Text: "在查"}},
			{zhang, "fault.resolve", slacksim.Values{"text": "好了"}, message.Resolve, 1, message.Words{Text: "好了"}},
			{zhao, "fault.explain", slacksim.Values{"text": "停电"}, message.Explain, 1, message.Words{Text: "停电"}},
			{zhang, "fault.hand-over", slacksim.Values{"to": "li"}, message.HandOver, 1, message.Handing{To: "li"}},
			{wang, "fault.not-a-fault", slacksim.Values{"text": "需求"}, message.Classify, 1, message.Classification{Request: true, Text: "需求"}},
			{wang, "fault.a-fault", slacksim.Values{"text": "确认是故障"}, message.Classify, 1, message.Classification{Text: "确认是故障"}},
			{
				zhang, "fault.reopen",
				slacksim.Values{"reporter": "李明", "text": "又坏了"},
				message.Reopen, 0,
				message.FaultReport{Reporter: "李明", Text: "又坏了", Reopens: 1, Administrator: true},
			},
		} {
			before := len(d.inbox())
			d.fill(tt.member, tt.action, fault(0, ""), tt.in)
			d.watch.ExpectEphemeral(tt.member, "好的 "+string(tt.name))
			acts := d.inbox()
			if len(acts) != before+1 {
				t.Fatalf("%s: %d acts", tt.action, len(acts))
			}
			wantAct(t, acts, tt.name, tt.fault, tt.body)
		}
	})
}

// wantAct finds the last act of the name, and looks at its body.
func wantAct(t *testing.T, acts []message.Act, name message.ActName, fault int, body any) {
	t.Helper()
	for _, a := range slices.Backward(acts) {
		if a.Name != name {
			continue
		}
		got := reflect.New(reflect.TypeOf(body))
		if err := json.Unmarshal(a.Body, got.Interface()); err != nil || a.Fault != fault || !reflect.DeepEqual(got.Elem().Interface(), body) {
			t.Errorf("%s of fault %d has the body %s, want %+v (%v)", name, a.Fault, a.Body, body, err)
		}
		return
	}
	t.Errorf("there is no %s", name)
}

func TestModal_TheChoiceInAMenuIsAButton(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		ts := d.menu("fault.escalate|" + fault(0, "lead"))
		if _, err := d.s.Click(t.Context(), zhang, room, ts, "fault.more", "fault.escalate|"+fault(0, "lead")); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectEphemeral(zhang, "好的 escalate")
		wantBody(t, d.only(), message.Words{Rung: "lead"})
	})
}

// §2.1, §3.13, §4.1: a report is taken in for whoever called; an administrator is recognised, a wrong system is not taken.
func TestModal_AReportIsTakenIn(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		if _, err := d.s.Shortcut(t.Context(), zhang, "fault_new"); err != nil {
			t.Fatal(err)
		}
		view := d.watch.ExpectView(slacksim.Opened, zhang, "报告故障", number)
		called := time.Now().Add(-5 * time.Minute).Truncate(time.Second).UTC()
		in := slacksim.Values{
			"contract": number, "system": "APS", "reporter": "13900000001", "text": "打不开",
			"called_at": strconv.FormatInt(called.Add(time.Hour).Unix(), 10),
		}
		for id := range firstUnused(view) {
			in["system"] = id
		}
		delivery, err := d.s.Submit(t.Context(), view.ID, in)
		if err != nil || delivery.Errors["system"] == "" || delivery.Errors["called_at"] == "" {
			t.Fatalf("%v %v", delivery.Errors, err)
		}
		d.watch.ExpectView(slacksim.Refused, zhang)
		in["system"], in["called_at"] = "OA", strconv.FormatInt(called.Unix(), 10)
		if _, err := d.s.Submit(t.Context(), view.ID, in); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectMessage(zhang, "好的 report-fault") // a shortcut has no channel
		act := d.only()
		wantBody(t, act, message.FaultReport{
			Called: message.Called{CalledAt: called}, Reporter: "13900000001", System: "OA", Text: "打不开", Administrator: true,
		})
		if act.Contract != number || act.Fault != 0 || act.Actor.Who != "zhang" || act.Actor.Role != incident.Administrator {
			t.Errorf("%+v", act)
		}
	})
}

// §3.11, §4.3: whoever takes a report in says whether it is a fault of its own, or no fault.
func TestModal_AReportIsWhatItIsSaidToBe(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		for as, want := range map[string]message.FaultReport{
			"": {}, "fault": {}, "separate": {Separate: true}, "request": {Request: true},
		} {
			if _, err := d.s.Command(t.Context(), zhang, room, "/fault new "+number); err != nil {
				t.Fatal(err)
			}
			view := d.watch.ExpectView(slacksim.Opened, zhang, "另一起故障", "需求，不是故障", "来电时刻")
			in := slacksim.Values{"contract": number, "reporter": "王五", "text": "慢"}
			if as != "" {
				in["as"] = as
			}
			if _, err := d.s.Submit(t.Context(), view.ID, in); err != nil {
				t.Fatal(err)
			}
			d.watch.ExpectEphemeral(zhang, "好的 report-fault")
			want.Reporter, want.Text = "王五", "慢"
			wantAct(t, newest(d.inbox()), message.ReportFault, 0, want)
		}
	})
}

// §3.11, §5.1: a report on a contract that is not there, or has ended, is refused beside the input, and nothing is stored.
func TestModal_AReportOnNoLivingContractIsRefused(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		form, err := d.store.RulingForm(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		ended := message.ContractRow{
			Number: number, FormHash: form.Hash(), Customer: "远山商贸有限公司", Language: "zh", Phase: message.Ended, EndedOn: workday.MustDate("2026-03-02"),
			Fee: money.MustParse("120000.00"), Received: money.MustParse("0"), Unapplied: money.MustParse("0"), Quoted: money.MustParse("0"),
		}
		if err := d.store.Record(t.Context(), message.Record{Contract: number, Events: []message.Event{{
			Key: "ended", At: time.Now(), What: "contract", Changed: message.Changed{Contract: &ended},
		}}}); err != nil {
			t.Fatal(err)
		}
		d.command(zhang, "new "+number)
		view := d.watch.ExpectView(slacksim.Opened, zhang, "报告故障")
		for typed, word := range map[string]string{number: "2026-03-02 终止 / ended on", "HT-0": "HT-0", "<!channel>": "!channel"} {
			in := slacksim.Values{"contract": typed, "reporter": "李明", "text": "打不开 <!channel>"}
			if delivery, err := d.s.Submit(t.Context(), view.ID, in); err != nil || !strings.Contains(delivery.Errors["contract"], word) {
				t.Errorf("%s: %v %v", typed, delivery.Errors, err)
			}
			d.watch.ExpectView(slacksim.Refused, zhang)
		}
		if n := len(d.inbox()); n != 0 {
			t.Errorf("%d are stored", n)
		}
	})
}

// §3.11: of a fault that was closed while a form stood open nothing is filed: the form says so, and that it was tried is kept.
func TestModal_OfAFaultClosedMeanwhileSaysSo(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		row := d.openFault(1, 3, time.Minute)
		view := d.form(zhang, "fault.plan", fault(3, "lead"))
		row.State, row.SLA, row.ClosedAt, row.Rev = message.FaultClosed, message.SLAMet, row.ReportedAt.Add(time.Second), 4
		d.fault(row)
		delivery, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"cause": "晚了", "steps": "晚了"})
		if err != nil || !strings.Contains(delivery.Errors["cause"], "关闭") {
			t.Errorf("%v %v", delivery.Errors, err)
		}
		d.watch.ExpectView(slacksim.Refused, zhang, "关闭")
		if n := len(d.inbox()); n != 0 {
			t.Errorf("%d are stored", n)
		}
	})
}

// newest are acts in the order of their receipt.
func newest(acts []message.Act) []message.Act {
	slices.SortFunc(acts, func(a, b message.Act) int { return a.ReceivedAt.Compare(b.ReceivedAt) })
	return acts
}

// firstUnused is a product of the form that the contract does not have.
func firstUnused(v slacksim.View) map[string]bool {
	for _, b := range v.Blocks {
		if b["block_id"] != "system" {
			continue
		}
		for _, o := range b["element"].(map[string]any)["options"].([]any) {
			id := o.(map[string]any)["value"].(string)
			if !slices.Contains([]string{"OA", "PB", "HR", "CRM"}, id) {
				return map[string]bool{id: true}
			}
		}
	}
	return nil
}
