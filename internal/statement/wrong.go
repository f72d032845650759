package statement

import (
	"fmt"
	"unicode/utf8"

	"lvyue/internal/refusal"
)

const (
	code = "bad_statement"
	// listed is how many wrong fields a refusal names before it only counts.
	listed = 200
	// shown is how many characters of a wrong value a sentence repeats.
	shown = 40
)

// refused refuses the file as a whole.
func refused(zh, en string) error { return refusal.BadInput(code, zh, en) }

// says is what is wrong with one value.
func says(zh, en string) *refusal.Text { return &refusal.Text{ZH: zh, EN: en} }

// wrongs gathers what is wrong. It keeps no more than it will list, since every line of a long file may be wrong.
type wrongs struct {
	fields []refusal.Field
	more   int
}

func (w *wrongs) add(at role, line int, t *refusal.Text) {
	if len(w.fields) == listed {
		w.more++
		return
	}
	w.fields = append(w.fields, refusal.Field{Path: string(at), Line: line, Text: *t})
}

// refusal is nil if nothing is wrong.
func (w *wrongs) refusal() error {
	if len(w.fields) == 0 {
		return nil
	}
	fields := w.fields
	if w.more > 0 {
		fields = append(fields, refusal.Wrong("lines",
			fmt.Sprintf("另有 %d 处错误没有列出", w.more), fmt.Sprintf("%d more mistakes are not listed", w.more)))
	}
	return refusal.BadInput(code, "对账单有误，一行也没有读入；请改正下列各项后重新导入",
		"the statement has mistakes and no line of it was read; correct these and import it again", fields...)
}

// quoted repeats a wrong value, shortened, with its invisible characters visible.
func quoted(value string) string {
	if utf8.RuneCountInString(value) > shown {
		value = string([]rune(value)[:shown]) + "…"
	}
	return fmt.Sprintf("%q", value)
}
