package slacksim

import (
	"html/template"
	"regexp"
	"strings"
)

// The marks that are drawn. They are looked for in text that is escaped already, where "<" is "&lt;".
var (
	angled = regexp.MustCompile(`&lt;([^&]*(?:&(?:amp|#34|#39);[^&]*)*)&gt;`)
	bold   = regexp.MustCompile(`(^|[\s(（，。：;>])\*([^*\n]+)\*`)
	strike = regexp.MustCompile(`(^|[\s(（])~([^~\n]+)~`)
	code   = regexp.MustCompile("`([^`\n]+)`")
)

// drawMrkdwn draws *bold*, ~struck~, `code`, <links|words>, <@U…>, <#C…>, <!here>, lines, and lines that are > quoted. All else is shown
// as it is: it is escaped before anything is made of it.
func drawMrkdwn(s *sight, text string) template.HTML {
	var drawn strings.Builder
	quoting := false
	for i, line := range strings.Split(text, "\n") {
		words, quoted := quotedLine(line)
		switch {
		case quoted && !quoting:
			drawn.WriteString("<blockquote>")
		case !quoted && quoting:
			drawn.WriteString("</blockquote>")
		case i > 0:
			drawn.WriteString("<br>")
		}
		quoting = quoted
		drawn.WriteString(drawLine(s, words))
	}
	if quoting {
		drawn.WriteString("</blockquote>")
	}
	return template.HTML(drawn.String()) //nolint:gosec // everything that came from outside is escaped
}

// quotedLine is what a line quotes, if it does: it begins with >, plain or escaped. Another line is given as it is.
func quotedLine(line string) (words string, quoted bool) {
	for _, mark := range []string{"&gt;", ">"} {
		if words, quoted := strings.CutPrefix(line, mark); quoted {
			return strings.TrimPrefix(words, " "), true
		}
	}
	return line, false
}

// drawLine draws what stands in a line.
func drawLine(s *sight, text string) string {
	unescaped := strings.NewReplacer("&lt;", "\x01", "&gt;", "\x02", "&amp;", "\x03").Replace(text) // Slack's own escapes
	shown := template.HTMLEscapeString(unescaped)
	shown = angled.ReplaceAllStringFunc(shown, func(found string) string {
		return drawAngled(s, angled.FindStringSubmatch(found)[1])
	})
	shown = bold.ReplaceAllString(shown, "$1<b>$2</b>")
	shown = strike.ReplaceAllString(shown, "$1<s>$2</s>")
	shown = code.ReplaceAllString(shown, "<code>$1</code>")
	return strings.NewReplacer("\x01", "&lt;", "\x02", "&gt;", "\x03", "&amp;").Replace(shown)
}

// drawAngled draws what stands between < and >, escaped already.
func drawAngled(s *sight, inner string) string {
	target, words, named := strings.Cut(inner, "|")
	switch {
	case strings.HasPrefix(target, "@"), strings.HasPrefix(target, "#"):
		name, known := s.names[target[1:]]
		if !known {
			name = target[1:]
		}
		return `<span class="mention">` + target[:1] + template.HTMLEscapeString(name) + `</span>`
	case strings.HasPrefix(target, "!"):
		return `<span class="mention all">@` + target[1:] + `</span>`
	case strings.HasPrefix(target, "https://"), strings.HasPrefix(target, "http://"), strings.HasPrefix(target, "mailto:"):
		if !named {
			words = target
		}
		return `<a href="` + target + `" rel="noreferrer noopener" target="_blank">` + words + `</a>`
	}
	return "&lt;" + inner + "&gt;"
}
