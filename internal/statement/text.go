package statement

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lvyue/internal/refusal"
)

const (
	longestReference = 64
	longestText      = 500
)

// identifier reads a reference, which must be there and is taken to the letter.
func identifier(c cell) (string, *refusal.Text) {
	number, problem := written(c)
	switch {
	case problem != nil:
		return "", problem
	case number == "":
		return "", says("缺少流水号", "the reference is missing")
	case utf8.RuneCountInString(number) > longestReference:
		return "", tooLong(number, longestReference)
	case strings.ContainsFunc(number, func(r rune) bool { return unicode.IsControl(r) || invisible(r) }):
		return "", says(quoted(number)+" 含控制字符或不可见字符", quoted(number)+" has a control or invisible character in it")
	default:
		return number, nil
	}
}

// text reads a text for people. A line break or tab in it becomes a space, and invisible characters are dropped,
// which could make a name look like another; other control characters are refused as a sign of damage.
func text(c cell) (string, *refusal.Text) {
	kept, problem := written(c)
	if problem != nil {
		return "", problem
	}
	kept = strings.TrimSpace(strings.Map(visible, strings.ReplaceAll(kept, "\r\n", "\n")))
	switch {
	case strings.ContainsFunc(kept, unicode.IsControl):
		return "", says(quoted(kept)+" 含控制字符", quoted(kept)+" has a control character in it")
	case utf8.RuneCountInString(kept) > longestText:
		return "", tooLong(kept, longestText)
	default:
		return kept, nil
	}
}

func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r) && r != '\u3000':
		return ' '
	case invisible(r):
		return -1
	default:
		return r
	}
}

// invisible reports whether the character has a width of nothing, such as a mark of writing direction.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}

// memo joins the columns of memos, each text once.
func (h header) memo(r row) (string, *refusal.Text) {
	var parts []string
	for _, i := range h.at[roleMemo] {
		part, problem := text(r.at(i))
		if problem != nil {
			return "", problem
		}
		if part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	joined := strings.Join(parts, " / ")
	if utf8.RuneCountInString(joined) > longestText {
		return "", tooLong(joined, longestText)
	}
	return joined, nil
}

// written is the trimmed text of a cell. A sheet's number of more than fifteen digits has lost the rest of them,
// and a character that could not be decoded cannot be known.
func written(c cell) (string, *refusal.Text) {
	text := strings.TrimSpace(c.text)
	if strings.ContainsRune(text, utf8.RuneError) {
		return "", says(quoted(text)+" 含无法识别的字符，请核对文件编码", quoted(text)+" has characters that cannot be decoded; check the file's encoding")
	}
	if !c.number {
		return text, nil
	}
	exact, ok := decimalOf(text)
	if !ok {
		return text, nil
	}
	digits := exact.String()
	if len(strings.Trim(strings.ReplaceAll(digits, ".", ""), "-")) > significant {
		return "", says(quoted(text)+" 是超过 15 位的数字，表格已丢失末尾几位；请将该列设为文本后重新导出",
			quoted(text)+" is a number of more than 15 digits, of which a sheet loses the last; make the column text and export again")
	}
	return digits, nil
}

func tooLong(text string, longest int) *refusal.Text {
	return says(fmt.Sprintf("%s 超过 %d 个字符", quoted(text), longest), fmt.Sprintf("%s is longer than %d characters", quoted(text), longest))
}
