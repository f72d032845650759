package slack_test

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
)

// §4.2: a fault that is reported gets one card, with what its people must know and can do. The customer's words are mere words
// there, and not in what a telephone shows.
func TestBoard_ANewFaultGetsACard_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	f := h.report(12, "登录页打不开 <!channel> & <@U0WANG>\n第二行")
	m := h.posted("*方案截止 11:00（剩 60 分）*", "*Plan due 11:00 (60 min left)*", h.number, "远山商贸有限公司", "李管理员 · 10:00",
		">登录页打不开 &lt;!channel&gt; &amp; &lt;@U0WANG&gt;\n>第二行")
	if want := "🔴 *故障 F-0012 待响应* · 11:00 前需方案 / *Fault F-0012 awaiting response* · plan due by 11:00"; m.Text != want {
		t.Errorf("a telephone shows %q", m.Text)
	}
	if len(m.Attachments) != 1 || m.Attachments[0].Color != "#d64545" || m.Attachments[0].Fallback != m.Text {
		t.Errorf("%+v", m.Attachments)
	}
	wantActions(t, m, slack.ActAcknowledge, slack.ActPlan, "⋯ "+slack.ActEscalate, "⋯ "+slack.ActForceMajeure, "⋯ "+slack.ActNotAFault)
	for _, b := range buttonsOf(m) {
		mark, ok := slack.ParseValue(b.value)
		if !ok || mark != (slack.Mark{Contract: h.number, Fault: 12, Rev: 1, Rung: "primary"}) || b.value != slack.Value(h.number, f) {
			t.Errorf("%+v", b)
		}
	}
	if first := buttonsOf(m)[0]; first.style != "primary" || first.label != "响应 Acknowledge" {
		t.Errorf("%+v", first)
	}
	if !m.Says("act:" + h.number + ":12:1") {
		t.Errorf("%+v", m.Attachments)
	}
	h.looks(5)
}

// §3.11–3.13, §4: each state of a fault has its card, and the few buttons that may be pressed then.
func TestBoard_EachStateHasItsCard_4(t *testing.T) {
	t.Parallel()
	with := func(change func(*message.FaultRow)) message.FaultRow {
		f := atTen(1)
		f.ResponseAt, f.RespondedBy, f.Owner, f.Rev = ten.Add(3*time.Minute), of(0), of(0), 2
		change(&f)
		return f
	}
	planned := func(f *message.FaultRow) {
		f.State, f.SLA, f.PlanAt, f.PlannedBy = message.FaultPlanned, message.SLAMet, ten.Add(41*time.Minute), of(0)
	}
	ended := func(f *message.FaultRow) {
		planned(f)
		f.State, f.ResolvedAt = message.FaultResolved, ten.Add(151*time.Minute)
	}
	more := func(actions ...string) []string {
		for i := range actions {
			actions[i] = "⋯ " + actions[i]
		}
		return actions
	}
	tests := map[string]struct {
		fault   message.FaultRow
		says    []string
		buttons []string
		color   string
	}{
		"acknowledged": {
			with(func(f *message.FaultRow) { f.State = message.FaultAcknowledged }),
			[]string{"🟠", "*张工 10:03 已响应* · 方案截止 11:00", "*张工 acknowledged 10:03* · plan due 11:00"},
			append([]string{slack.ActPlan, slack.ActHandOver}, more(slack.ActResolve, slack.ActEscalate, slack.ActForceMajeure, slack.ActNotAFault)...), "#e08a1e",
		},
		"planned in time": {
			with(planned),
			[]string{"🔵", "*方案已于 10:41 提交* · 用时 41 分 · *达标*", "*Plan submitted 10:41* · 41 min · *SLA met*", "更新方案 Update plan"},
			append([]string{slack.ActResolve, slack.ActPlan}, more(slack.ActProgress, slack.ActHandOver, slack.ActForceMajeure)...), "#2f6fb3",
		},
		"planned late": {
			with(func(f *message.FaultRow) {
				planned(f)
				f.SLA, f.BreachedAt, f.PlanAt = message.SLABreached, f.DeadlineAt, ten.Add(75*time.Minute)
			}),
			[]string{"*方案已于 11:15 提交* · 用时 1 时 15 分 · *超时*", "1 h 15 min · *SLA breached*", "11:00 超时"},
			append([]string{slack.ActResolve, slack.ActPlan}, more(slack.ActExplain, slack.ActWaive, slack.ActProgress, slack.ActHandOver, slack.ActForceMajeure)...), "#2f6fb3",
		},
		"breached": {
			with(func(f *message.FaultRow) { f.SLA, f.BreachedAt = message.SLABreached, f.DeadlineAt }),
			[]string{"⛔", "*SLA 超时* · 11:00:00 前未提交方案，已记录并通知经理", "*SLA breached* · no plan by 11:00:00; recorded, manager informed"},
			append([]string{slack.ActPlan, slack.ActExplain}, more(slack.ActAcknowledge, slack.ActEscalate, slack.ActForceMajeure, slack.ActResolve, slack.ActWaive)...), "#8c1d18",
		},
		"awaiting approval": {
			with(func(f *message.FaultRow) { f.State, f.AwaitsApproval = message.FaultAcknowledged, true }),
			[]string{"✋", "不可抗力待第二人确认", "期间时限照计", "确认不可抗力 Approve"},
			append([]string{slack.ActForceMajeure, slack.ActPlan}, more(slack.ActHandOver, slack.ActEscalate, slack.ActResolve)...), "#7a5aa6",
		},
		"force majeure": {
			with(func(f *message.FaultRow) {
				f.State, f.SLA, f.MajeureKind = message.FaultMajeure, message.SLAChanged, message.CloudVendor
				f.MajeureAt, f.DueAt = ten.Add(20*time.Minute), ten.Add(50*time.Minute)
			}),
			[]string{"⚪", "*不可抗力：云厂商故障*", "10:20 · 职责：沟通与协调 · 下次通报 10:50", "*Force majeure: cloud vendor*", "next update 10:50"},
			append([]string{slack.ActProgress, slack.ActLift, slack.ActResolve}, more(slack.ActPlan, slack.ActHandOver)...), "#8a8f98",
		},
		"resolved": {
			with(ended),
			[]string{"🟢", "*已解决* 12:31 · 待客户管理员确认", "awaiting customer confirmation"},
			[]string{slack.ActConfirm, slack.ActReopen},
			"#2e9e5b",
		},
		"closed": {
			with(func(f *message.FaultRow) { ended(f); f.State, f.ClosedAt = message.FaultClosed, ten.Add(3*time.Hour) }),
			[]string{"✅", "*已关闭* · 响应 3 分，方案 41 分，恢复 2 时 31 分 · *达标*", "*Closed* · ack 3 min, plan 41 min, restore 2 h 31 min · *SLA met*"},
			nil, "#2e9e5b",
		},
		"request": {
			with(func(f *message.FaultRow) {
				*f = message.FaultRow{Fault: 1, State: message.FaultRequest, SLA: message.SLANone, ReportedAt: ten, EnteredAt: ten, Rev: 1}
			}), []string{"📝", "*需求 F-0001* · 非故障", "*No fault*"}, nil, "#7a5aa6",
		},
		"request of the administrator": { // it may be a fault after all
			with(func(f *message.FaultRow) {
				*f = message.FaultRow{Fault: 1, State: message.FaultRequest, SLA: message.SLANone, Administrator: true, ReportedAt: ten, EnteredAt: ten, Rev: 1}
			}), []string{"📝", "*No fault*"}, more(slack.ActAFault), "#7a5aa6",
		},
		"request that had its hour": {
			with(func(f *message.FaultRow) {
				*f = message.FaultRow{Fault: 1, State: message.FaultRequest, SLA: message.SLAWaived, Administrator: true, ReportedAt: ten, EnteredAt: ten, Rev: 1}
			}), []string{"📝"}, more(slack.ActAFault), "#7a5aa6",
		},
		"reported": {
			with(func(f *message.FaultRow) {
				*f = message.FaultRow{Fault: 1, State: message.FaultReported, SLA: message.SLANone, ReportedAt: ten, EnteredAt: ten, Rev: 1}
			}),
			[]string{"🟡", "*非系统管理员报障*", "管理员确认 Take up"},
			append([]string{slack.ActConfirm}, more(slack.ActNotAFault)...), "#d9b310",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHall(t)
			h.at(4 * time.Minute)
			h.stands(tt.fault)
			m := h.posted(tt.says...)
			wantActions(t, m, tt.buttons...)
			if m.Attachments[0].Color != tt.color {
				t.Errorf("the bar is %s", m.Attachments[0].Color)
			}
		})
	}
}

// §4.2: what changes is written over the card, and of several changes between two looks only the last.
func TestBoard_OnlyTheLatestStateIsWritten_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	f := h.report(1, "x")
	card := h.posted("待响应")
	for f.Rev = 2; f.Rev < 5; f.Rev++ {
		f.State, f.ResponseAt, f.RespondedBy = message.FaultAcknowledged, ten.Add(time.Duration(f.Rev)*time.Minute), of(0)
		h.stands(f)
	}
	m := h.updated(card.TS, "张工 10:04 已响应")
	if mark, _ := slack.ParseValue(buttonsOf(m)[0].value); mark.Rev != 4 || m.Metadata == nil {
		t.Errorf("%+v %+v", mark, m.Metadata)
	}
	h.looks(3)
	if all := h.sim.Messages(deskRoom); len(all) != 1 {
		t.Errorf("%d messages", len(all))
	}
}

// §4.2: a channel takes one message a second, and a new fault is shown before others are brought up to date.
func TestBoard_OneMessageASecondAndNewFaultsFirst_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	old := h.report(1, "x")
	first := h.posted("F-0001")
	old.State, old.Rev = message.FaultAcknowledged, 2
	h.stands(old)
	h.report(2, "y")
	h.report(3, "z")
	h.posted("F-0002")
	for range 3 {
		h.must(h.board.Refresh(t.Context())) // in the same second
	}
	h.posted("F-0003")
	h.updated(first.TS, "处理中")
	h.looks(2)
}

// §4.2: in a storm of new faults, a card that somebody has acted on does not wait until all of them are shown.
func TestBoard_InAStormWhatPeopleDoIsShownMeanwhile_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	old := h.report(1, "x")
	first := h.posted("F-0001")
	old.State, old.Rev = message.FaultAcknowledged, 2
	h.stands(old)
	for n := 2; n <= 5; n++ {
		h.report(n, "y")
	}
	h.posted("F-0002")
	h.posted("F-0003")
	h.updated(first.TS, "处理中")
	h.posted("F-0004")
	h.posted("F-0005")
}

// §4.2: a card that somebody deleted is posted anew.
func TestBoard_ADeletedCardIsPostedAnew_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	f := h.report(1, "x")
	card := h.posted("待响应")
	h.must(h.sim.Remove(deskRoom, card.TS))
	h.ExpectDeleted(deskRoom, card.TS)
	f.State, f.Rev = message.FaultAcknowledged, 2
	h.stands(f)
	anew := h.posted("处理中")
	f.State, f.Rev = message.FaultResolved, 3
	h.stands(f)
	h.updated(anew.TS, "已解决")
}

// §4.2: a program that ends between Slack's acceptance and the record makes no second card: the next finds the first, and brings it up
// to date.
func TestBoard_ACrashMakesNoSecondCard_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	crashing := slack.NewBoard(configOf(h.sim), forgetful{h.store}, h.clock.tell)
	f := h.report(1, "x")
	if err := crashing.Refresh(t.Context()); !errors.Is(err, errTorn) {
		t.Fatal(err)
	}
	card := h.ExpectMessage(deskRoom, "待响应")
	f.State, f.Rev = message.FaultAcknowledged, 2
	h.stands(f)
	h.looks(5) // it may be at it still
	h.at(30 * time.Second)
	h.updated(card.TS, "处理中")
	h.looks(2)
}

// §4.2: an answer of Slack that got lost makes no second card either, nor a second word in the thread.
func TestBoard_ALostAnswerMakesNoSecondMessage_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	lose := slacksim.Fault{Method: "chat.postMessage", First: 1, Trouble: slacksim.Dropped}
	h.must(h.sim.SetFaults(lose))
	h.report(1, "x")
	if err := h.look(); err == nil {
		t.Fatal("the answer was not lost")
	}
	card := h.ExpectMessage(deskRoom, "待响应")
	h.at(30 * time.Second)
	h.updated(card.TS, "待响应")
	h.act(of(0), message.Progress, 1, message.Words{Text: "正在排查"})
	h.must(h.sim.SetFaults(lose))
	if err := h.look(); err == nil {
		t.Fatal("the answer was not lost")
	}
	h.ExpectMessage(deskRoom, "正在排查")
	h.at(2 * time.Minute)
	h.looks(3)
}

// §4.2: what Slack refuses as too much is tried again when it wants to be asked again, and not before.
func TestBoard_ALimitedChannelIsLeftAlone_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.must(h.sim.SetFaults(slacksim.Fault{Method: "chat.postMessage", First: 1, Trouble: slacksim.Limited, Wait: 7 * time.Second}))
	h.report(1, "x")
	told, ok := errors.AsType[*paging.SendError](h.look())
	if !ok || told.Wait != 7*time.Second || told.Final {
		t.Fatalf("%+v", told)
	}
	h.looks(6)
	h.ExpectNoMore()
	h.posted("待响应")
}

// §4.2: a card that Slack will not have keeps no other one away.
func TestBoard_ABrokenCardHoldsUpNoOther_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.must(h.sim.SetFaults(slacksim.Fault{Method: "chat.postMessage", First: 1, Trouble: "invalid_blocks"}))
	h.report(1, "x")
	h.report(2, "y")
	if told, ok := errors.AsType[*paging.SendError](h.look()); !ok || !told.Final {
		t.Fatalf("%+v", told)
	}
	h.at(8 * time.Second)
	h.posted("F-0002")
	h.at(20 * time.Second)
	h.posted("F-0001")
}

// §4.2: any number of boards write one card, and each word once.
func TestBoard_ManyBoardsWriteOneCard_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.report(1, "x")
	h.act(of(0), message.Plan, 1, message.FaultPlan{Cause: "磁盘写满", Steps: "清理日志"})
	for range 3 {
		h.clock.set(h.clock.now().Add(time.Second))
		var all sync.WaitGroup
		for range 5 {
			b := slack.NewBoard(configOf(h.sim), h.store, h.clock.tell)
			all.Go(func() { h.must(b.Refresh(t.Context())) })
		}
		all.Wait()
	}
	h.ExpectMessage(deskRoom, "待响应")
	h.ExpectMessage(deskRoom, "磁盘写满")
}

// §3.11: the time that is left on a card is never off by more than five minutes.
func TestBoard_TheTimeLeftIsKeptTrue_3_11(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.report(1, "x")
	card := h.posted("剩 60 分")
	h.at(5 * time.Minute)
	h.looks(1)
	h.updated(card.TS, "剩 55 分")
	h.looks(3)
	h.at(58 * time.Minute)
	h.updated(card.TS, "剩 2 分")
	h.at(time.Hour)
	h.updated(card.TS, "已到时限")
	h.at(2 * time.Hour)
	h.looks(2)
}

// §4.2: what is too long for Slack is cut, and says so.
func TestBoard_ALongReportIsCut_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.report(1, strings.Repeat("故", 6000)+strings.Repeat("&\n", 2000))
	m := h.posted("故故…")
	for _, b := range m.Attachments[0].Blocks {
		if text, ok := b["text"].(slacksim.Block); ok && len([]rune(text["text"].(string))) > 3000 {
			t.Errorf("%d characters", len([]rune(text["text"].(string))))
		}
	}
	h.report(2, strings.Repeat("&", 5000))
	h.posted("&amp;…")
}

// §3.11: a plan of any length stands on the card and in the thread, as far as a message goes.
func TestBoard_ALongPlanIsCut_3_11(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	f := h.report(1, "x")
	card := h.posted("F-0001")
	h.act(of(0), message.Plan, 1, message.FaultPlan{Cause: strings.Repeat("长", 3001), Steps: strings.Repeat("<!channel>", 1000)})
	f.State, f.SLA, f.PlanAt, f.PlannedBy, f.Rev = message.FaultPlanned, message.SLAMet, ten.Add(time.Minute), of(0), 2
	h.stands(f)
	if m := h.updated(card.TS, "长长", "…", "&lt;!channel&gt;"); m.Says("<!channel>") {
		t.Error("it calls")
	}
	h.posted("📌", "长长", "…")
}

// §4.2: a fault that ended long before the board began has no card, one that ended today has.
func TestBoard_WhatIsLongOverGetsNoCard_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	for i, ago := range []time.Duration{25 * time.Hour, 23 * time.Hour} {
		f := atTen(i + 1)
		f.State, f.SLA, f.ReportedAt, f.ClosedAt = message.FaultClosed, message.SLAMet, ten.Add(-30*time.Hour), ten.Add(-ago)
		h.stands(f)
	}
	h.posted("F-0002", "已关闭")
	h.looks(2)
}

// §3.11, §3.12: the thread under the card has the details: the plan, the evidence, how it goes.
func TestBoard_TheThreadHasTheDetails_3_11(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	f := h.report(1, "x")
	card := h.posted("待响应")
	steps := []struct {
		name message.ActName
		body any
		says []string
	}{
		{message.Plan, message.FaultPlan{Cause: "磁盘写满 <!here>", Steps: "清理日志", WorksBy: ten.Add(150 * time.Minute)}, []string{"方案 / plan · 张工 10:00", "磁盘写满 &lt;!here&gt;", "清理日志", "12:30"}},
		{message.ForceMajeure, message.Majeure{Kind: message.CloudVendor, Evidence: "工单号 4711"}, []string{"云厂商故障 / cloud vendor", "工单号 4711"}},
		{message.Progress, message.Words{Text: "厂商预计一小时"}, []string{"进展 / progress", "厂商预计一小时"}},
		{message.LiftMajeure, message.Words{Text: "厂商已恢复"}, []string{"厂商已恢复"}},
		{message.HandOver, message.Handing{To: of(1)}, []string{"→ <@" + wangID + ">"}},
		{message.Resolve, message.Words{Text: "已重启"}, []string{"已重启"}},
		{message.Explain, message.Words{Text: "交接延误"}, []string{"超时原因", "交接延误"}},
	}
	for _, s := range steps {
		h.act(of(0), s.name, 1, s.body)
		m := h.posted(s.says...)
		if m.ThreadTS != card.TS || m.Subtype != "" {
			t.Errorf("%s stands in %q %q", s.name, m.ThreadTS, m.Subtype)
		}
	}
	h.act(of(0), message.Acknowledge, 1, message.Words{}) // the card says it
	h.record(message.Event{What: "force-majeure", Subject: message.FaultID(1), New: "force-majeure"})
	h.looks(2)
	f.State, f.SLA, f.PlanAt, f.PlannedBy, f.Rev = message.FaultPlanned, message.SLAMet, ten.Add(41*time.Minute), of(0), 2
	h.stands(f)
	h.updated(card.TS, "*原因 Cause* 磁盘写满 &lt;!here&gt;", "*预计恢复 Works by* 12:30")
}

// §3.11: the whole channel hears when a plan is due soon, once, though many are paged; when the hour is missed; and when it was not.
func TestBoard_TheChannelHearsOfTheHour_3_11(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	f := h.report(1, "x")
	card := h.posted("待响应")
	h.at(45 * time.Minute)
	for i := range 2 {
		h.record(message.Event{What: "page", Subject: message.FaultID(1), Changed: message.Changed{Page: &message.Page{
			Key: strconv.Itoa(i), Kind: message.WarningPage, Contract: h.number, Fault: 1, Rung: "manager", To: of(i), Deadline: f.DeadlineAt, At: h.clock.now(),
		}}})
	}
	f.Rung, f.Rev = "manager", 2
	h.stands(f)
	h.updated(card.TS, "剩 15 分")
	m := h.posted("⏳", "F-0001 距方案截止 15 分钟，尚无方案", "15 minutes left, no plan yet", "<@"+zhangID+"> <@"+wangID+">")
	wantActions(t, m, slack.ActPlan, slack.ActEscalate)
	if m.Subtype != "thread_broadcast" || m.ThreadTS != card.TS {
		t.Errorf("%+v", m)
	}
	h.looks(3)
	h.at(time.Hour + time.Second)
	f.SLA, f.BreachedAt, f.Rev = message.SLABreached, f.DeadlineAt, 3
	h.record(message.Event{What: "sla", Subject: message.FaultID(1), Old: "running", New: "breached", Changed: message.Changed{Fault: &f}})
	h.updated(card.TS, "超时")
	m = h.posted("⛔", "*SLA 超时*", "recorded, manager informed")
	wantActions(t, m, slack.ActPlan, slack.ActExplain)
	f.SLA, f.State, f.BreachedAt, f.PlanAt, f.Rev = message.SLAMet, message.FaultPlanned, time.Time{}, ten.Add(59*time.Minute), 4
	h.record(message.Event{What: "breach-corrected", Subject: message.FaultID(1), Old: "breached", New: "met", Changed: message.Changed{Fault: &f}})
	h.updated(card.TS, "达标")
	if m := h.posted("*更正*", "was none"); m.Subtype != "thread_broadcast" {
		t.Errorf("%+v", m)
	}
}

// §3.11: a warning that comes too late is none: there is a plan, or the hour has passed.
func TestBoard_NobodyIsWarnedOfWhatIsOver_3_11(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	f := h.report(1, "x")
	h.record(message.Event{What: "page", Subject: message.FaultID(1), Changed: message.Changed{Page: &message.Page{
		Key: "w", Kind: message.WarningPage, Contract: h.number, Fault: 1, To: of(0), Deadline: f.DeadlineAt, At: ten,
	}}})
	f.State, f.SLA, f.PlanAt, f.Rev = message.FaultPlanned, message.SLAMet, ten, 2
	h.stands(f)
	h.posted("已出方案")
	h.looks(3)
}

// §4.2: a word for a thread whose card is gone is not lost, and the card comes back.
func TestBoard_AWordUnderADeletedCardIsNotLost_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.report(1, "x")
	card := h.posted("待响应")
	h.must(h.sim.Remove(deskRoom, card.TS))
	h.ExpectDeleted(deskRoom, card.TS)
	h.act(of(0), message.Progress, 1, message.Words{Text: "正在排查"})
	h.posted("正在排查")
	anew := h.posted("待响应")
	h.act(of(0), message.Progress, 1, message.Words{Text: "已定位"})
	if m := h.posted("已定位"); m.ThreadTS != anew.TS {
		t.Errorf("it stands in %q", m.ThreadTS)
	}
}

// §4.2: a contract in English is told of in English first.
func TestBoard_TheContractsLanguageComesFirst_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.row(func(r *message.ContractRow) { r.Language = "en" })
	h.report(1, "x")
	if m := h.posted("*Plan due 11:00 (60 min left)*\n*方案截止"); !strings.HasPrefix(m.Text, "🔴 *Fault F-0001 awaiting response*") {
		t.Error(m.Text)
	}
}
