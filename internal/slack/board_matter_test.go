package slack_test

import (
	"strconv"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
	"lvyue/internal/workday"
)

// duty records an obligation of the contract as it stands.
func (h *hall) duty(id string, change func(*message.Obligation)) {
	h.t.Helper()
	o := message.Obligation{ID: id, Clause: "7.2", OwedBy: message.Provider, OpenedAt: ten, Status: message.Pending}
	change(&o)
	if !o.DueOn.IsZero() {
		o.DueAt = o.DueOn.End()
	}
	h.change("duty", message.Changed{Obligation: &o})
}

// row records the contract as it stands.
func (h *hall) row(change func(*message.ContractRow)) {
	h.t.Helper()
	row := h.contractRow()
	change(row)
	h.change("contract", message.Changed{Contract: row})
}

// §7.2: two persons confirm the destruction of data; the card says how many have, and when there is nothing more to press.
func TestBoard_DestructionAwaitsTwoPersons_7_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	ended := func(r *message.ContractRow) { r.Phase, r.EndedOn = message.Ended, workday.MustDate("2026-01-31") }
	h.row(ended)
	h.duty("destruction", func(o *message.Obligation) { o.DueOn = workday.MustDate("2026-03-09") })
	card := h.posted("🗑️", "合同已终止 30 天 · *不可恢复* · 需两人确认（0/2）", "The contract ended 30 days ago · *irreversible*", "2026-03-09", "异地备份")
	wantActions(t, card, slack.ActConfirmDestruction, slack.ActHold)
	first := buttonsOf(card)[0]
	if number, what, ok := slack.ParseMatterValue(first.value); first.style != "danger" || !ok || number != h.number || what != "destruction" {
		t.Errorf("%+v", first)
	}
	h.act(of(0), message.Confirm, 0, message.Confirmation{What: "destruction"})
	wantActions(t, h.updated(card.TS, "（1/2）", "1/2 张工"), slack.ActConfirmDestruction, slack.ActHold)
	h.row(func(r *message.ContractRow) { ended(r); r.HeldBy = of(1) })
	wantActions(t, h.updated(card.TS, "*已由 王主管 保全*"), slack.ActReleaseHold)
	h.act(of(1), message.Confirm, 0, message.Confirmation{What: "destruction"})
	h.row(func(r *message.ContractRow) { ended(r); r.Phase = message.Destroying })
	wantActions(t, h.updated(card.TS, "*两人均已确认，正在销毁*", "2/2 张工, 王主管"))
	h.duty("destruction", func(o *message.Obligation) { o.Status, o.SettledAt = message.Met, ten })
	wantActions(t, h.updated(card.TS, "✅", "数据销毁", "已履行"))
	h.looks(3)
}

// §5.6: while the talks about the next year are open, the card counts the days, and an offer can be sent.
func TestBoard_RenewalTalksAreShown_5_6(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.duty("renewal-talks/1", func(o *message.Obligation) { o.DueOn, o.OwedBy = workday.MustDate("2026-03-22"), message.Both })
	card := h.posted("📄", "服务年度 2026-03-22 到期 · *剩 20 天*", "*20 days left*", "120000.00 元")
	wantActions(t, card, slack.ActOffer, slack.ActDecline, "⋯ "+slack.ActCounterOffer)
	h.looks(2)
	h.at(24 * time.Hour)
	h.updated(card.TS, "*剩 19 天*")
	h.act(of(0), message.Offer, 0, message.Proposal{By: message.Customer, Fee: money.MustParse("110000.00")})
	offered := h.updated(card.TS, "桌上的报价", "110000.00 元 CNY · 甲方 customer")
	wantActions(t, offered, slack.ActAgree, slack.ActOffer, "⋯ "+slack.ActCounterOffer, "⋯ "+slack.ActDecline)
	h.act(of(0), message.Reply, 0, message.Decision{})
	wantActions(t, h.updated(card.TS, "续约商谈已开始"), slack.ActOffer, slack.ActDecline, "⋯ "+slack.ActCounterOffer)
	h.duty("renewal-talks/1", func(o *message.Obligation) { o.Status = message.Void })
	wantActions(t, h.updated(card.TS, "续约商谈", "已失效"))
}

// §5.4: a first fee that is overdue is shown until it is paid; one that is only owed is not.
func TestBoard_AnOverdueFirstFeeIsShown_5_4(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	due := func(s message.Status) func(*message.Obligation) {
		return func(o *message.Obligation) { o.DueOn, o.Status = workday.MustDate("2026-02-27"), s }
	}
	h.duty("first-payment", due(message.Pending))
	h.looks(1)
	h.duty("first-payment", due(message.Overdue))
	card := h.posted("💰", "*已逾期 3 天*", "*3 days ago*")
	wantActions(t, card)
	h.duty("first-payment", due(message.MetLate))
	h.updated(card.TS, "逾期履行")
}

// §5.7: a quote can be accepted at the amount on the card, until it expires. The next quote has a card of its own.
func TestBoard_AQuoteAwaitsAcceptance_5_7(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	quoted := func(amount string, until time.Time) {
		h.row(func(r *message.ContractRow) { r.Quoted, r.QuotedUntil = money.MustParse(amount), until })
	}
	quoted("8800.00", ten.Add(time.Hour))
	card := h.posted("📈", "扩容报价 *8800.00 元*", "2026-03-02 11:00")
	if _, what, _ := slack.ParseMatterValue(buttonsOf(card)[0].value); what != "8800.00" {
		t.Error(what)
	}
	h.at(time.Hour)
	wantActions(t, h.updated(card.TS, "已接受、撤回或过期"))
	quoted("9900.00", ten.Add(9*time.Hour))
	next := h.posted("扩容报价 *9900.00 元*")
	wantActions(t, next, slack.ActAcceptQuote)
	if next.TS == card.TS {
		t.Error("it is the same card")
	}
	h.looks(2)
}

// §3.2: a deployment that waits for a person can be tried again; when it stops again, everybody sees it anew.
func TestBoard_AStoppedDeploymentCanBeTriedAgain_3_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	waits := func(why string) {
		h.duty("deployment", func(o *message.Obligation) { o.DueOn, o.Attention = workday.MustDate("2026-03-20"), why })
	}
	waits("quota <exceeded>")
	card := h.posted("🚧", "系统部署需人工处理", "quota &lt;exceeded&gt;")
	wantActions(t, card, slack.ActRetry)
	if _, what, _ := slack.ParseMatterValue(buttonsOf(card)[0].value); what != "deployment" {
		t.Error(what)
	}
	waits("")
	wantActions(t, h.updated(card.TS, "✅"))
	waits("no stock")
	h.posted("no stock")
	h.looks(2)
}

// §4.1: a member who asks to be somebody of the rota has a card: who they are to be, with which rights, and two buttons; then what was said,
// and another card when they ask anew.
func TestBoard_ALinkAwaitsAnotherPerson_4_1(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	link := message.LinkOf(slacksim.TeamID, "U0NEW")
	say := func(state message.ApprovalState, by string) message.Approval {
		next := link
		next.State, next.Person, next.By, next.Way = state, of(3), by, "slack"
		kept, err := h.store.KeepApproval(t.Context(), next)
		h.must(err)
		return kept
	}
	asked := say(message.AskedFor, "U0NEW")
	card := h.posted("✋", "账号绑定", "<@U0NEW>", "Jana Müller", "oncall", "a lead or a manager makes sure of it")
	wantActions(t, card, slack.ActApprove, slack.ActRefuse)
	if got := buttonsOf(card)[0]; got.value != strconv.FormatInt(asked.ID, 10) || got.style != "primary" {
		t.Errorf("%+v", got)
	}
	h.looks(2)
	say(message.Refused, of(2))
	wantActions(t, h.updated(card.TS, "🚫", "*王强 已于", "拒绝", "*Refused by"))
	h.looks(2)
	say(message.AskedFor, "U0NEW")
	again := h.posted("✋", "<@U0NEW>")
	say(message.Approved, of(2))
	wantActions(t, h.updated(again.TS, "✅", "批准", "*Approved by"))
	say(message.Revoked, of(2))
	h.looks(2)
}

// §6.4: a waiver that is asked for has a card with its grounds, beside that of its fault.
func TestBoard_AWaiverAwaitsAnotherPerson_6_4(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	waiver := message.WaiverOf(h.number, 3)
	waiver.State, waiver.Person, waiver.By, waiver.Way, waiver.Reason = message.AskedFor, of(0), of(0), "slack", "<!channel> 邮件"
	_, err := h.store.KeepApproval(t.Context(), waiver)
	h.must(err)
	card := h.posted("✋", "豁免超时 F-0003", h.number, "远山商贸有限公司", "申请豁免", "&lt;!channel&gt; 邮件")
	wantActions(t, card, slack.ActApprove, slack.ActRefuse)
	waiver.State, waiver.By = message.Approved, of(1)
	_, err = h.store.KeepApproval(t.Context(), waiver)
	h.must(err)
	wantActions(t, h.updated(card.TS, "✅", "批准"))
}

// §4.2: a new fault comes before what is waited for in days.
func TestBoard_AFaultComesBeforeAMatter_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.duty("renewal-talks/1", func(o *message.Obligation) { o.DueOn = workday.MustDate("2026-03-22") })
	h.report(1, "x")
	h.posted("F-0001")
	h.posted("续约")
}
