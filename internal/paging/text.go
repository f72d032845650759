package paging

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

// Text is what a page says in one line of each language, from its facts alone.
func Text(p message.Page) refusal.Text {
	kind := words.PageKind(p.Kind)
	return refusal.Text{
		ZH: "【" + kind.ZH + "】" + strings.Join(facts(p, "合同 ", "故障 ", "级别 ", "方案截止 "), " · "),
		EN: "[" + kind.EN + "] " + strings.Join(facts(p, "contract ", "fault ", "rung ", "plan due "), " · "),
	}
}

// facts are those that a page has, each after its name.
func facts(p message.Page, contract, fault, rung, deadline string) []string {
	var all []string
	for _, fact := range []struct{ name, value string }{
		{contract, p.Contract},
		{fault, number(p)},
		{rung, p.Rung},
		{deadline, clockOf(p.Deadline)},
		{"", oneLine(p.Detail)},
	} {
		if fact.value != "" {
			all = append(all, fact.name+fact.value)
		}
	}
	return all
}

func number(p message.Page) string {
	if p.Fault == 0 {
		return ""
	}
	return fmt.Sprintf("F-%04d", p.Fault)
}

// clockOf is a moment in Shanghai, to the minute; nothing for none.
func clockOf(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(workday.Shanghai).Format("2006-01-02 15:04")
}

// Subject is the message in one line of both languages.
func (e Envelope) Subject() string {
	text := Text(e.Pages[0])
	if e.Count > 1 {
		text = e.headline()
	}
	return text.ZH + " / " + text.EN
}

// headline says how many pages of one kind a message for many tells of.
func (e Envelope) headline() refusal.Text {
	kind := words.PageKind(e.Pages[0].Kind)
	return refusal.Text{
		ZH: fmt.Sprintf("【%s】一分钟内共 %d 条", kind.ZH, e.Count), EN: fmt.Sprintf("[%s] %d within a minute", kind.EN, e.Count),
	}
}

// Body is the whole message in both languages, in limit bytes of UTF-8 at most; zero for no limit. What is too long loses its
// end, but never the link.
func (e Envelope) Body(limit int) string {
	link := ""
	if e.Link != "" {
		link = "\n响应 Acknowledge: " + e.Link
	}
	text := e.lines()
	if limit > 0 && len(text)+len(link) > limit {
		text = cut(text, limit-len(link))
	}
	return text + link
}

func (e Envelope) lines() string {
	if e.Count == 1 {
		text := Text(e.Pages[0])
		return text.ZH + "\n" + text.EN
	}
	headline := e.headline()
	lines := []string{headline.ZH, headline.EN}
	for _, p := range e.Pages {
		lines = append(lines, "· "+strings.Join(facts(p, "", "", "", "→ "), " "))
	}
	if more := e.Count - len(e.Pages); more > 0 {
		lines = append(lines, fmt.Sprintf("… 另有 %d 条 / and %d more", more, more))
	}
	return strings.Join(lines, "\n")
}

// cut shortens a text to so many bytes, between two characters.
func cut(text string, limit int) string {
	const ellipsis = "…"
	end := max(0, limit-len(ellipsis))
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + ellipsis
}

// oneLine is a text in one line that any table and any message takes.
func oneLine(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, text)), " ")
}

// short is what a vendor says, in one line of 300 bytes at most.
func short(text string) string {
	const most = 300
	text = oneLine(text)
	if len(text) > most {
		return cut(text, most)
	}
	return text
}
