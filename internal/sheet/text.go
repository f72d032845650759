package sheet

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

const (
	// mostText is what a cell holds, in UTF-16 units.
	mostText = 32_767
	// apostrophe is what people type before a text that is not to be a formula.
	apostrophe = "'"
)

// plain is text as a cell may hold it: what XML cannot carry left out, unable to run, not too long.
func plain(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = strings.Map(carried, strings.ToValidUTF8(text, "\uFFFD"))
	if runs(text) {
		text = apostrophe + text
	}
	return cut(text)
}

// carried keeps the characters of XML 1.0 (section 2.2) and drops the others.
func carried(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' || r == '\uFFFE' || r == '\uFFFF' {
		return -1
	}
	return r
}

// runs tells whether a spreadsheet might take text for a formula, now or after a way through CSV (OWASP, "CSV
// Injection"). Spaces and invisible characters before the sign do not help, since programs strip them.
func runs(text string) bool {
	for _, r := range text {
		switch {
		case strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫−\t\n", r):
			return true
		case !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r):
			return false
		}
	}
	return false
}

// cut shortens text to what a cell holds, the last character then being ….
func cut(text string) string {
	if len(text) <= mostText { // never fewer bytes than UTF-16 units
		return text
	}
	units, room := 0, 0
	for i, r := range text {
		if units < mostText {
			room = i
		}
		if units += utf16.RuneLen(r); units > mostText {
			return text[:room] + "…"
		}
	}
	return text
}
