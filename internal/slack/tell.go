package slack

import (
	"context"
	"errors"
	"log/slog"

	api "github.com/slack-go/slack"

	"lvyue/internal/failure"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// listener is who is told, and where: by the address that came with what they did, in the channel, or by a direct message.
type listener struct{ member, channel, responseURL string }

func (d deed) listener() listener { return listener{d.member, d.channel, d.responseURL} }

// tell says something to one person alone. Where they did it they are told; if that is over, directly.
func (h *Handler) tell(ctx context.Context, to listener, text string) {
	h.say(ctx, to, api.MsgOptionText(text, true))
}

// tellRefusal says no, and to somebody who is nobody here yet also what to press about it.
func (h *Handler) tellRefusal(ctx context.Context, to listener, no *refusal.Refusal) {
	h.say(ctx, to, api.MsgOptionText(refusing(no), true), api.MsgOptionBlocks(refusalBlocks(no)...))
}

// refusalBlocks draw a refusal.
func refusalBlocks(no *refusal.Refusal) []api.Block {
	blocks := []api.Block{paragraph(escaped(refusing(no)))}
	if no.Code == unlinked {
		blocks = append(blocks, api.NewActionBlock("link", api.NewButtonBlockElement(ActLink, "ask", plain(controls()[ActLink].label))))
	}
	return blocks
}

func (h *Handler) say(ctx context.Context, to listener, what ...api.MsgOption) {
	var err error
	switch {
	case to.responseURL != "":
		_, _, err = h.client.PostMessageContext(ctx, "", append(what, api.MsgOptionResponseURL(to.responseURL, api.ResponseTypeEphemeral))...)
	case to.channel != "":
		_, err = h.client.PostEphemeralContext(ctx, to.channel, to.member, what...)
	}
	if err == nil && (to.responseURL != "" || to.channel != "") {
		return
	}
	if _, _, err := h.client.PostMessageContext(ctx, to.member, what...); err != nil {
		h.warn(ctx, "somebody was not told what became of their click", slog.String("member", to.member), slog.Any("error", err))
	}
}

// lines is a sentence in both languages, one under the other.
func lines(t refusal.Text) string { return t.ZH + "\n" + t.EN }

// answering is an answer of the engine.
func answering(a message.Answer) string {
	if a.Refusal != nil {
		return refusing(a.Refusal)
	}
	return "✅ " + lines(a.Text)
}

// refusing is a refusal with every wrong field.
func refusing(no *refusal.Refusal) string {
	return "⛔ " + no.Sentence("zh") + "\n" + no.Sentence("en")
}

func wait() refusal.Text {
	return refusal.Text{ZH: "⏳ 已收到，处理中，稍后告知结果。", EN: "Received, being processed; the result will follow."}
}

func waits() refusal.Text {
	return refusal.Text{
		ZH: "⏳ 已收到并保存，收到的时刻已记录；引擎尚未答复，恢复后自动处理，结果见故障卡片。",
		EN: "Received and stored, and its moment counts; the engine has not answered yet. It is performed as soon as the engine is back; see the card.",
	}
}

func outdated() refusal.Text {
	return refusal.Text{ZH: "ℹ️ 您点的卡片不是最新的。", EN: "The card that you clicked on was not the latest."}
}

// unstored says that nothing came of a click, since it could not be stored.
func unstored(err error) *refusal.Refusal {
	f, known := failure.As(err)
	if known && f.Code == "database_interrupted" || !known && errors.Is(err, context.DeadlineExceeded) {
		return refusal.Rule("not_confirmed", "", "无法确认是否已保存：请查看故障卡片，若无变化请再操作一次。",
			"Whether this was stored is not known: look at the card, and do it again if nothing has changed.")
	}
	return refusal.Rule("not_stored", "", "系统暂时无法保存，您的操作没有生效，什么也没有记录。请稍后再试，或电话联系。",
		"This could not be stored at the moment: nothing has been done and nothing recorded. Please try again, or telephone.")
}

// unread says that something could not be shown.
func unread() *refusal.Refusal {
	return refusal.Rule("not_read", "", "系统暂时无法读取数据，请稍后再试。", "The data cannot be read at the moment; please try again.")
}
