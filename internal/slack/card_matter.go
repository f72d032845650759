package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

// The matters that have cards of their own sort; all others are duties that need a person.
const (
	destruction  = "destruction"
	firstPayment = "first-payment"
	quote        = "quote"
	renewalTalks = "renewal-talks/"
)

// confirmers are how many persons must confirm a destruction (§7.2).
const confirmers = 2

// matterCard draws a contract's matter as it stands at the moment now.
type matterCard struct {
	message.MatterCard
	speech

	now    time.Time
	people people
}

func drawMatter(m message.MatterCard, now time.Time, who people) said {
	c := matterCard{m, speech(m.Language), now, who}
	switch {
	case m.Approval != nil:
		return c.approval(*m.Approval)
	case !m.Open:
		return c.over()
	case m.Attention != "":
		return c.parked()
	case m.What == destruction:
		return c.destruction()
	case m.What == quote:
		return c.quote()
	case strings.HasPrefix(m.What, renewalTalks):
		return c.renewal()
	default:
		return c.unpaid()
	}
}

// draw puts a card together: the headline, what there is to say, the facts, and what can be pressed.
func (c matterCard) draw(sign, color string, title, text refusal.Text, more []field, buttons ...*api.ButtonBlockElement) said {
	m := said{event: cardEvent, color: color, text: sign + " " + c.line(refusal.Text{ZH: "*" + title.ZH + "*", EN: "*" + title.EN + "*"})}
	if c.Contract != "" {
		m.text += " · " + escape(c.Contract, 100)
	}
	fields := append([]field{{"合同 Contract", escape(c.Contract, 100)}, {"客户 Customer", escape(c.Customer, 200)}}, more...)
	m.blocks = []api.Block{section(c.lines(text)), facts(fields...)}
	var elements []api.BlockElement
	for _, b := range buttons {
		elements = append(elements, b)
	}
	if len(elements) > 0 {
		m.blocks = append(m.blocks, api.NewActionBlock(c.blockID(), elements...))
	}
	return m
}

func (c matterCard) blockID() string { return "act:" + c.Contract + ":" + c.What }

func (c matterCard) button(action string) *api.ButtonBlockElement {
	return api.NewButtonBlockElement(action, MatterValue(c.MatterCard), plain(controls()[action].label))
}

// destruction (§7.2): two persons confirm, each by typing the contract's number.
func (c matterCard) destruction() said {
	title := refusal.Text{ZH: "数据销毁确认", EN: "Data destruction"}
	fields := []field{{"范围 Scope", "云上系统数据、异地备份 data in the cloud, off-site backups"}, {"终止日 Ended on", c.EndedOn.String()}, {"最迟 Due by", dayText(c.DueOn)}, {"已确认 Confirmed", c.confirmed()}}
	switch {
	case c.HeldBy != "":
		who := c.people.name(c.HeldBy)
		return c.draw("⏸️", grey, title, refusal.Text{ZH: "*已由 " + who + " 保全* · 暂不销毁", EN: "*Held by " + who + "* · nothing is destroyed"}, fields,
			c.button(ActReleaseHold))
	case c.Status == message.Frozen:
		return c.draw("⏸️", grey, title, refusal.Text{ZH: "*争议中* · 暂不销毁", EN: "*In dispute* · nothing is destroyed"}, fields)
	case len(c.Confirmed) >= confirmers:
		return c.draw("🗑️", dark, title, refusal.Text{ZH: "*两人均已确认，正在销毁*", EN: "*Confirmed by two persons; the destruction is under way*"}, fields)
	}
	days := c.daysSince(c.EndedOn)
	return c.draw("🗑️", red, title, refusal.Text{
		ZH: fmt.Sprintf("合同已终止 %d 天 · *不可恢复* · 需两人确认（%d/%d）", days, len(c.Confirmed), confirmers),
		EN: fmt.Sprintf("The contract ended %d days ago · *irreversible* · two persons confirm (%d/%d)", days, len(c.Confirmed), confirmers),
	}, fields, c.button(ActConfirmDestruction).WithStyle(api.StyleDanger), c.button(ActHold))
}

func (c matterCard) confirmed() string {
	names := make([]string, len(c.Confirmed))
	for i, who := range c.Confirmed {
		names[i] = c.people.name(who)
	}
	return fmt.Sprintf("%d/%d %s", len(names), confirmers, strings.Join(names, ", "))
}

// renewal (§5.6): the talks about the next year are open until this one's last day. An offer on the table can be agreed to.
func (c matterCard) renewal() said {
	left := -c.daysSince(c.DueOn)
	fields := []field{{"现年服务费 Present fee", c.Fee.String() + " 元 CNY"}}
	r := row{[]string{ActOffer, ActDecline}, []string{ActCounterOffer}}
	if c.Offered != nil {
		by := map[message.Side]string{message.Provider: "乙方 provider", message.Customer: "甲方 customer"}[c.Offered.By]
		fields = append(fields, field{"桌上的报价 Offer on the table", c.Offered.Fee.String() + " 元 CNY · " + by})
		r = row{[]string{ActAgree, ActOffer}, []string{ActCounterOffer, ActDecline}}
	}
	m := c.draw("📄", blue, refusal.Text{ZH: "续约", EN: "Renewal"}, refusal.Text{
		ZH: fmt.Sprintf("服务年度 %s 到期 · *剩 %d 天* · 续约商谈已开始", c.DueOn, left), EN: fmt.Sprintf("The service year ends on %s · *%d days left* · the talks are open", c.DueOn, left),
	}, fields)
	m.blocks = append(m.blocks, r.block(c.blockID(), MatterValue(c.MatterCard), func(string) string { return "" }))
	return m
}

// unpaid (§5.4): the first fee is overdue.
func (c matterCard) unpaid() said {
	days := c.daysSince(c.DueOn)
	return c.draw("💰", amber, refusal.Text{ZH: "首付款逾期", EN: "First payment overdue"}, refusal.Text{
		ZH: fmt.Sprintf("首付款应于 %s 前到账 · *已逾期 %d 天*", c.DueOn, days), EN: fmt.Sprintf("The first payment was due on %s · *%d days ago*", c.DueOn, days),
	}, []field{{"年服务费 Annual fee", c.Fee.String() + " 元 CNY"}})
}

// quote (§5.7): the customer may accept the price for as long as it stands.
func (c matterCard) quote() said {
	t := refusal.Text{ZH: "扩容报价 *" + c.Amount.String() + " 元* · 待客户接受", EN: "Expansion quoted at *" + c.Amount.String() + " CNY* · the customer may accept it"}
	var fields []field
	if !c.Until.IsZero() {
		fields = append(fields, field{"有效期至 Valid until", c.Until.In(workday.Shanghai).Format("2006-01-02 15:04")})
	}
	return c.draw("📈", blue, refusal.Text{ZH: "扩容报价", EN: "Expansion quote"}, t, fields,
		c.button(ActAcceptQuote).WithStyle(api.StylePrimary))
}

// parked: a duty waits for a person, and is tried again when one says so (§3.2).
func (c matterCard) parked() said {
	duty := words.Duty(c.What)
	return c.draw("🚧", amber, refusal.Text{ZH: duty.ZH + "需人工处理", EN: duty.EN + " needs a person"}, refusal.Text{
		ZH: "*已停下，等待处理* · " + escape(c.Attention, 1000), EN: "*Stopped, waits for a person* · it is tried again when somebody says so",
	}, []field{{"最迟 Due by", dayText(c.DueOn)}}, c.button(ActRetry).WithStyle(api.StylePrimary))
}

// over: the matter waits for nobody any more.
func (c matterCard) over() said {
	status := words.Status(c.Status)
	t := refusal.Text{ZH: "已处理，状态：" + status.ZH, EN: "Taken care of; it is " + status.EN}
	title := words.Duty(c.What)
	if c.What == quote {
		title, t = refusal.Text{ZH: "扩容报价", EN: "Expansion quote"}, refusal.Text{ZH: "已接受、撤回或过期", EN: "Accepted, withdrawn or expired"}
	}
	return c.draw("✅", green, title, t, nil)
}

// daysSince counts civil days in Shanghai; of a day to come it is negative.
func (c matterCard) daysSince(day workday.Date) int {
	if day.IsZero() {
		return 0
	}
	return int(workday.Of(c.now).Start().Sub(day.Start()).Hours() / 24)
}

func dayText(d workday.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// hashOf tells one drawing from another.
func hashOf(m said) string {
	data, err := json.Marshal([]any{m.text, m.color, m.blocks})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
