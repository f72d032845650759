package slack

import (
	"strconv"

	api "github.com/slack-go/slack"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// approval is what one person asks and another approves: with two buttons while it waits, then with what was said.
func (c matterCard) approval(a message.Approval) said {
	title, text, fields := c.asked(a)
	switch a.State {
	case message.AskedFor:
		approve := c.answer(ActApprove, a).WithStyle(api.StylePrimary)
		return c.draw("✋", violet, title, text, fields, approve, c.answer(ActRefuse, a))
	case message.Approved:
		return c.draw("✅", green, title, c.answered(a, "批准", "Approved"), fields)
	case message.Refused:
		return c.draw("🚫", grey, title, c.answered(a, "拒绝", "Refused"), fields)
	default:
		return c.draw("🚫", grey, title, c.answered(a, "撤销", "Revoked"), fields)
	}
}

// asked is what is asked, and by whom. Of a link it tells which rights the member would get.
func (c matterCard) asked(a message.Approval) (title, text refusal.Text, fields []field) {
	who := c.people.name(a.Person)
	if member := a.Member(); member != "" {
		asks := "<@" + escape(member, 100) + ">"
		return refusal.Text{ZH: "账号绑定", EN: "Account link"}, refusal.Text{
			ZH: asks + " 申请绑定为 *" + who + "* · 须由主管或经理核对本人后批准",
			EN: asks + " asks to be *" + who + "* · a lead or a manager makes sure of it and approves",
		}, []field{{"成员 Member", escape(member, 100)}, {"编号 Id", escape(a.Person, 100)}, {"角色 Roles", c.people.roles(a.Person)}}
	}
	return refusal.Text{ZH: "豁免超时 " + number(a.Fault()), EN: "Waiver of " + number(a.Fault())}, refusal.Text{
		ZH: "*" + who + "* 申请豁免 " + number(a.Fault()) + " 的超时 · 须由另一位经理批准",
		EN: "*" + who + "* asks that the missed hour of " + number(a.Fault()) + " is let go · another person, a manager, approves",
	}, []field{{"依据 Grounds", escape(a.Reason, 1500)}}
}

func (c matterCard) answered(a message.Approval, zh, en string) refusal.Text {
	who, at := c.people.name(a.By), clock(a.At, c.now)
	return refusal.Text{ZH: "*" + who + " 已于 " + at + " " + zh + "*", EN: "*" + en + " by " + who + " at " + at + "*"}
}

// answer is a button: it answers this question, and none that is asked later.
func (c matterCard) answer(action string, a message.Approval) *api.ButtonBlockElement {
	return api.NewButtonBlockElement(action, strconv.FormatInt(a.ID, 10), plain(controls()[action].label))
}

func (p people) roles(id string) string {
	if p == nil {
		return ""
	}
	return p(id).roles
}
