package slack

import (
	"lvyue/internal/message"
	"lvyue/internal/money"
)

// contractControls are those of contracts' matters (§3.2, §5.6, §5.7, §7.2).
func contractControls() map[string]control {
	all := map[string]control{
		ActConfirmDestruction: {label: "确认销毁 Confirm", modal: destructionModal(), act: func(about, values) (message.ActName, any) {
			return message.Confirm, message.Confirmation{What: destruction}
		}},
		ActHold:         {label: "暂缓 Hold", modal: wordsModal("法定保全", "Legal hold"), act: holding(message.Hold)},
		ActReleaseHold:  {label: "解除保全 Release", modal: wordsModal("解除保全", "Release"), act: holding(message.ReleaseHold)},
		ActOffer:        {label: "发送报价 Send offer", modal: offerModal("续约报价", "Offer"), act: offering(message.Provider)},
		ActCounterOffer: {label: "记录还价 Counter-offer", modal: offerModal("记录客户还价", "Counter"), act: offering(message.Customer)},
		ActAgree: {label: "同意 Agree", modal: agreeModal(), act: func(about, values) (message.ActName, any) {
			return message.Reply, message.Decision{Accept: true}
		}},
		ActDecline: {label: "不续 Decline", act: func(about, values) (message.ActName, any) { return message.Reply, message.Decision{} }},
		ActAcceptQuote: {label: "客户已接受 Accepted", modal: quoteModal(), act: func(a about, _ values) (message.ActName, any) {
			return message.AcceptQuote, message.Acceptance{Amount: amount(a.What)}
		}},
		ActRetry: {label: "重试 Retry", modal: retryModal(), act: func(a about, _ values) (message.ActName, any) {
			return message.Retry, message.Again{Duty: a.What}
		}},
	}
	for id, c := range all {
		c.level, c.ofContract = contractors, true
		all[id] = c
	}
	return all
}

// holding: a hold on the destruction, or its end, and why (§7.2).
func holding(name message.ActName) func(about, values) (message.ActName, any) {
	return func(_ about, in values) (message.ActName, any) {
		return name, message.Confirmation{What: destruction, Reason: in.text("text")}
	}
}

// offering: a fee for the next year, by the provider, or as the customer has said (§5.6).
func offering(by message.Side) func(about, values) (message.ActName, any) {
	return func(_ about, in values) (message.ActName, any) {
		return message.Offer, message.Proposal{By: by, Fee: amount(in.text("fee"))}
	}
}

// amount is one that was checked before.
func amount(text string) money.CNY {
	a, _ := money.Parse(text)
	return a
}
