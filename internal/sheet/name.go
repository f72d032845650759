package sheet

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

const (
	longestName = 31 // UTF-16 units
	noName      = "Sheet1"
)

// sheetName is name as Excel takes it. An apostrophe is allowed inside, but every reference to the sheet would
// have to double it; so it goes too.
func sheetName(name string) string {
	var b strings.Builder
	units := 0
	for _, r := range strings.TrimSpace(name) {
		if strings.ContainsRune(`[]:*?/\'`, r) || unicode.IsControl(r) || carried(r) < 0 {
			r = '_'
		}
		if units += utf16.RuneLen(r); units > longestName {
			break
		}
		b.WriteRune(r)
	}
	if b.Len() == 0 {
		return noName
	}
	return b.String()
}
