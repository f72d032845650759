package test

import (
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// Buttons of old cards and pages make no second step: what has been done is said, and by whom.
func TestOffice_AnOldButtonMakesNoSecondStep_4_2(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number, w, card := o.faulty()
		page := w.ExpectMessage(zhangOnCall, number, "故障待响应")
		o.press(zhangOnCall, page, "fault.escalate")
		w.ExpectEphemeral(zhangOnCall, "✅", "已升级至 secondary")
		o.paged(w, number, 1, "故障升级", zhaoOnCall)
		o.press(zhangOnCall, page, "fault.escalate") // the page knows of the first rung still
		w.ExpectEphemeral(zhangOnCall, "⛔", "已升级至 secondary")
		o.shows(card, "secondary")

		o.click(zhangOnCall, card, "fault.ack")
		w.ExpectEphemeral(zhangOnCall, "✅", "响应")
		o.shows(card, "张工", "已响应")
		if _, err := o.slack.ClickStale(t.Context(), zhaoOnCall, card.Channel, card.TS, "fault.ack"); err != nil {
			t.Fatal(err)
		}
		w.ExpectEphemeral(zhaoOnCall, "⛔", "已由 zhang 于", "不是最新的")

		o.fill(w, zhangOnCall, card, "fault.resolve", slacksim.Values{"text": "已恢复"})
		w.ExpectEphemeral(zhangOnCall, "✅", "已解决")
		w.Expect("the thread tells how", inThread(card, "已恢复"))
		asked := w.ExpectMessage(chenSales, number, "待管理员确认")
		o.click(chenSales, asked, "fault.confirm")
		w.ExpectEphemeral(chenSales, "✅", "关闭")
		o.shows(card, "已关闭")
		o.click(zhangOnCall, page, "fault.ack")
		w.ExpectEphemeral(zhangOnCall, "⛔", "关闭")
		o.click(chenSales, asked, "fault.confirm")
		w.ExpectEphemeral(chenSales, "⛔", "关闭")
		o.quiet()
		o.stands(number, 1, message.FaultClosed, message.SLAMet)
		o.tells(number, 1, map[string]int{
			"escalate": 1, "ack": 1, "acknowledged open>acknowledged": 1, "resolve": 1, "confirm-fault": 1, "closed resolved>closed": 1,
		})
	})
}

// A card that somebody deletes is posted anew with the next change; the old one's buttons do nothing twice.
func TestOffice_ADeletedCardIsPostedAnew_4_2(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number, w, card := o.faulty()
		page := w.ExpectMessage(zhangOnCall, number, "故障待响应")
		click, err := o.slack.Click(t.Context(), zhangOnCall, card.Channel, card.TS, "fault.ack")
		if err != nil {
			t.Fatal(err)
		}
		w.ExpectEphemeral(zhangOnCall, "✅", "响应")
		o.shows(card, "已响应")
		if err := o.slack.Remove(card.Channel, card.TS); err != nil {
			t.Fatal(err)
		}
		w.ExpectDeleted(card.Channel, card.TS)
		o.fill(w, zhangOnCall, page, "fault.plan", slacksim.Values{"cause": "磁盘写满", "steps": "清理日志"})
		w.ExpectEphemeral(zhangOnCall, "✅", "时限内")
		anew := o.card(w, number, 1, "方案已于", "达标")
		w.Expect("the new thread tells the plan", inThread(anew, "磁盘写满"))
		if _, err := o.slack.Redeliver(t.Context(), click); err != nil {
			t.Fatal(err)
		}
		w.ExpectEphemeral(zhangOnCall, "✅", "响应") // the first answer, again
		o.click(zhangOnCall, page, "fault.ack")
		w.ExpectEphemeral(zhangOnCall, "⛔", "的方案已由 zhang 于")
		o.quiet()
		o.stands(number, 1, message.FaultPlanned, message.SLAMet)
		o.tells(number, 1, map[string]int{"acknowledged open>acknowledged": 1, "planned acknowledged>planned": 1, "sla running>met": 1})
	})
}
