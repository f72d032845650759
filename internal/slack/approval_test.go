package slack_test

import (
	"strconv"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
)

// command types a command in the desk's channel.
func (d *desk) command(member, text string) {
	d.t.Helper()
	if _, err := d.s.Command(d.t.Context(), member, room, "/fault "+text); err != nil {
		d.t.Fatal(err)
	}
}

// question is the one that waits, as its buttons name it.
func (d *desk) question(of message.Approval) string {
	d.t.Helper()
	asked, err := d.store.Approval(d.t.Context(), of)
	if err != nil || asked.State != message.AskedFor {
		d.t.Fatalf("%+v %v", asked, err)
	}
	return strconv.FormatInt(asked.ID, 10)
}

// stands wants the last word about something to be this one.
func (d *desk) stands(of message.Approval, state message.ApprovalState, person, by string) {
	d.t.Helper()
	last, err := d.store.Approval(d.t.Context(), of)
	if err != nil || last.State != state || last.Person != person || last.By != by || last.At.IsZero() {
		d.t.Errorf("%+v %v, want %s of %s by %s", last, err, state, person, by)
	}
}

// §4.1: a member whom the rota does not know is told what to do, asks, and acts once a lead has approved it; what was kept says who and when.
func TestLink_AMemberAsksAndALeadApproves(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		link := message.LinkOf(slacksim.TeamID, nobody)
		d.command(nobody, "link")
		note := d.watch.ExpectEphemeral(nobody, "⛔", "/fault link", "绑定 Link")
		if _, err := d.s.Click(t.Context(), nobody, room, note.TS, slack.ActLink); err != nil {
			t.Fatal(err)
		}
		view := d.watch.ExpectView(slacksim.Opened, nobody, "值班表中的编号")
		for _, wrong := range []string{"nobody-of-them", "left", "zhang"} { // unknown, inactive, with an account of their own
			if delivery, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"person": wrong}); err != nil || delivery.Errors["person"] == "" {
				t.Errorf("%s: %v %v", wrong, delivery.Errors, err)
			}
			d.watch.ExpectView(slacksim.Refused, nobody)
		}
		if _, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"person": "gao"}); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectEphemeral(nobody, "已提出", "gao")
		d.stands(link, message.AskedFor, "gao", nobody)
		d.command(nobody, "link gao")
		d.watch.ExpectEphemeral(nobody, "⛔", "待另一人批准")
		d.click(nobody, "fault.ack", fault(0, ""))
		d.watch.ExpectEphemeral(nobody, "⛔", "待主管或经理批准")
		asked := d.question(link)
		d.click(wang, slack.ActApprove, asked)
		d.watch.ExpectEphemeral(wang, "已批准", nobody, "gao")
		d.watch.ExpectMessage(nobody, "已批准", "gao")
		d.stands(link, message.Approved, "gao", "wang")
		d.click(nobody, "fault.ack", fault(0, ""))
		d.watch.ExpectEphemeral(nobody, "✅")
		if act := d.only(); act.Actor.Who != "gao" || act.Actor.Role != "oncall" {
			t.Errorf("%+v", act.Actor)
		}
		d.click(zhao, slack.ActRefuse, asked)
		d.watch.ExpectEphemeral(zhao, "⛔", "已由 wang", "批准")
		d.command(nobody, "link")
		d.watch.ExpectEphemeral(nobody, "您已绑定为 gao")
		d.command(nobody, "link gao")
		d.watch.ExpectEphemeral(nobody, "⛔", "已绑定为 gao")
	})
}

// §4.1: who may answer a link is a lead or a manager, and never who asks; a question is answered once, and an old card answers no later one.
func TestLink_OnlyAnotherPersonOfRankApproves(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(_ *testing.T, d *desk) {
		link := message.LinkOf(slacksim.TeamID, nobody)
		d.command(nobody, "link gao")
		d.watch.ExpectEphemeral(nobody, "已提出")
		first := d.question(link)
		for member, word := range map[string]string{zhang: "没有权限", sun: "没有权限", guest: "访客", foreign: "本工作区", nobody: "待主管或经理批准"} {
			d.click(member, slack.ActApprove, first)
			d.watch.ExpectEphemeral(member, "⛔", word)
		}
		d.click(zhao, slack.ActRefuse, first)
		d.watch.ExpectEphemeral(zhao, "已拒绝")
		d.watch.ExpectMessage(nobody, "已拒绝")
		d.stands(link, message.Refused, "gao", "zhao")
		d.command(nobody, "link gao")
		d.watch.ExpectEphemeral(nobody, "已提出")
		d.click(wang, slack.ActApprove, first) // the card of the question before
		d.watch.ExpectEphemeral(wang, "⛔", "最新的卡片")
		for _, value := range []string{"", "x", "99999", "-1"} {
			d.click(wang, slack.ActApprove, value)
			d.watch.ExpectEphemeral(wang, "⛔")
		}
		d.question(link)
	})
}

// §4.1: guests, strangers and members of other workspaces ask for nothing, nor does anybody while Slack does not say who they are.
func TestLink_OutsidersAskForNothing(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		for member, word := range map[string]string{guest: "访客", foreign: "⛔"} {
			d.command(member, "link gao")
			d.watch.ExpectEphemeral(member, "⛔", word)
			d.click(member, slack.ActLink, "ask")
			d.watch.ExpectEphemeral(member, "⛔", word)
		}
		if err := d.s.SetFaults(slacksim.Fault{Method: "users.info", Trouble: slacksim.Broken}); err != nil {
			t.Fatal(err)
		}
		d.command(nobody, "link gao")
		d.watch.ExpectEphemeral(nobody, "⛔", "不能证明")
		if links, err := d.store.Links(t.Context(), ""); err != nil || len(links) != 0 || len(d.attempts()) != 5 {
			t.Errorf("%+v %v, %d attempts", links, err, len(d.attempts()))
		}
	})
}

// §4.1: whose link is revoked is refused from then on, on old cards and with forms that are open, though the form of the rota names them.
func TestLink_RevokedIsRefusedFromThenOn(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		ts := d.card("fault.ack", fault(0, ""))
		view := d.form(zhang, "fault.resolve", fault(0, ""))
		revoked := message.LinkOf(slacksim.TeamID, zhang)
		revoked.State, revoked.By, revoked.Way = message.Revoked, "zhao", "cli"
		if _, err := d.store.KeepApproval(t.Context(), revoked); err != nil {
			t.Fatal(err)
		}
		d.stands(revoked, message.Revoked, "zhang", "zhao")
		if _, err := d.s.Click(t.Context(), zhang, room, ts, "fault.ack"); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectEphemeral(zhang, "⛔", "撤销", "revoked by zhao")
		if delivery, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"text": "好了"}); err != nil || delivery.Errors["text"] == "" {
			t.Errorf("%v %v", delivery.Errors, err)
		}
		d.watch.ExpectView(slacksim.Refused, zhang, "撤销")
		rota := onRota(1) // another version, which names them too
		if _, _, err := d.store.SetRota(t.Context(), rota, "chen"); err != nil {
			t.Fatal(err)
		}
		d.command(zhang, "list")
		d.watch.ExpectEphemeral(zhang, "⛔", "撤销")
		d.command(zhang, "link zhang") // and may ask anew
		d.watch.ExpectEphemeral(zhang, "已提出")
		d.click(wang, slack.ActApprove, d.question(revoked))
		d.watch.ExpectEphemeral(wang, "已批准")
		d.watch.ExpectMessage(zhang, "已批准")
		d.click(zhang, "fault.ack", fault(0, ""))
		d.watch.ExpectEphemeral(zhang, "✅")
		if n := len(d.inbox()); n != 1 {
			t.Errorf("%d are stored", n)
		}
	})
}

// §6.4: a missed hour is let go by two persons: one says why, another, a manager, approves; the act names both.
func TestWaiver_TakesTwoPersons(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		missed := d.openFault(1, 1, 2*time.Hour)
		d.click(zhang, slack.ActWaive, fault(1, "")) // its hour is not judged yet
		view := d.watch.ExpectView(slacksim.Opened, zhang, "豁免超时", "另一位经理")
		if delivery, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"text": "x"}); err != nil || delivery.Errors["text"] == "" {
			t.Errorf("%v %v", delivery.Errors, err)
		}
		d.watch.ExpectView(slacksim.Refused, zhang, "没有超时")
		missed.SLA, missed.BreachedAt, missed.Rev = message.SLABreached, missed.DeadlineAt, 2
		d.fault(missed)
		if delivery, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"text": " "}); err != nil || delivery.Errors["text"] == "" {
			t.Errorf("%v %v", delivery.Errors, err)
		}
		d.watch.ExpectView(slacksim.Refused, zhang)
		if _, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"text": "李明 3 月 2 日邮件"}); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectEphemeral(zhang, "已提出豁免")
		waiver := message.WaiverOf(number, 1)
		d.stands(waiver, message.AskedFor, "zhang", "zhang")
		asked := d.question(waiver)
		d.click(wang, slack.ActApprove, asked)
		d.watch.ExpectEphemeral(wang, "没有权限", "经理")
		if n := len(d.inbox()); n != 0 {
			t.Fatalf("%d are stored", n)
		}
		d.click(zhao, slack.ActApprove, asked)
		d.watch.ExpectEphemeral(zhao, "好的 waive-fault")
		d.watch.ExpectEphemeral(zhao, "已批准")
		d.watch.ExpectMessage(zhang, "已批准")
		d.stands(waiver, message.Approved, "zhang", "zhao")
		act := d.only()
		wantBody(t, act, message.Words{Text: "李明 3 月 2 日邮件", AskedBy: "zhang"})
		if act.Name != message.WaiveFault || act.Fault != 1 || act.Actor != (message.Actor{Who: "zhao", Role: "manager", Way: "slack"}) {
			t.Errorf("%+v", act)
		}
		d.click(zhao, slack.ActApprove, asked)
		d.watch.ExpectEphemeral(zhao, "⛔", "已由 zhao")
		if n := len(d.inbox()); n != 1 {
			t.Errorf("%d are stored", n)
		}
	})
}

// §6.4: nobody approves a waiver that they asked for themselves, and one that is refused does nothing.
func TestWaiver_IsNotApprovedByWhoAsks(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		missed := d.openFault(1, 1, 2*time.Hour)
		missed.SLA, missed.BreachedAt, missed.Rev = message.SLABreached, missed.DeadlineAt, 2
		d.fault(missed)
		d.fill(zhao, slack.ActWaive, fault(2, ""), slacksim.Values{"text": "电话"})
		d.watch.ExpectEphemeral(zhao, "已提出豁免")
		waiver := message.WaiverOf(number, 1)
		d.click(zhao, slack.ActApprove, d.question(waiver))
		d.watch.ExpectEphemeral(zhao, "⛔", "另一人")
		d.click(zhao, slack.ActRefuse, d.question(waiver))
		d.watch.ExpectEphemeral(zhao, "已拒绝")
		d.stands(waiver, message.Refused, "zhao", "zhao")
		if n := len(d.inbox()); n != 0 {
			t.Errorf("%d are stored", n)
		}
	})
}
