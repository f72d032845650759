package slack

import (
	"fmt"
	"time"

	api "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackutilsx"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// worded is a short plain text in both languages.
func worded(t refusal.Text) *api.TextBlockObject {
	return api.NewTextBlockObject(api.PlainTextType, t.ZH+" "+t.EN, false, false)
}

// paragraph is text that was escaped already; what is too long for a block loses its end.
func paragraph(markdown string) *api.SectionBlock {
	return api.NewSectionBlock(api.NewTextBlockObject(api.MarkdownType, short(markdown, 3000), false, false), nil, nil)
}

// escaped is text that calls nobody and draws nothing, whoever wrote it.
func escaped(text string) string { return slackutilsx.EscapeMessage(text) }

// short is at most so many characters of a text.
func short(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	return string(letters[:most-1]) + "…"
}

// faultName is how people call a fault; nothing for none.
func faultName(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" F-%04d", n)
}

// atClock is an instant as people read it in Shanghai, to the minute.
func atClock(at time.Time) string { return at.In(workday.Shanghai).Format("01-02 15:04") }

// left is how long there is until an instant, or how long it has passed.
func left(until, now time.Time) refusal.Text {
	minutes := int(until.Sub(now).Abs() / time.Minute)
	zh, en := fmt.Sprintf("%d 分", minutes), fmt.Sprintf("%d min", minutes)
	if minutes >= 120 {
		zh, en = fmt.Sprintf("%d 小时", minutes/60), fmt.Sprintf("%d h", minutes/60)
	}
	if now.After(until) {
		return refusal.Text{ZH: "已超 " + zh, EN: en + " over"}
	}
	return refusal.Text{ZH: "剩 " + zh, EN: en + " left"}
}
