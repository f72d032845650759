package rehearsal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// value is one field with its path, such as events[2].amount. A nil node is a field that is not there: it was
// noted already if it is missed, and reads as the zero value.
type value struct {
	r    *reading
	path string
	node *yaml.Node
}

func (v value) wrong(zh, en string) {
	line := 0
	if v.node != nil {
		line = v.node.Line
	}
	v.r.note(line, v.path, zh, en)
}

// refused notes what err says, in its two languages if it is a refusal.
func (v value) refused(err error) {
	if no, ok := refusal.As(err); ok {
		v.wrong(no.ZH, no.EN)
		return
	}
	v.wrong(err.Error(), err.Error())
}

// entry reads a mapping; a field that is not there is an empty one and false.
func (v value) entry() (*entry, bool) {
	e := &entry{r: v.r, path: v.path, unreadable: true}
	switch {
	case v.node == nil:
		return e, false
	case v.node.Kind != yaml.MappingNode || v.node.Anchor != "":
		v.wrong("须是一组“名称: 值”", "must be a group of name: value")
		return e, false
	}
	e.line, e.unreadable = v.node.Line, false
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		e.add(v.node.Content[i], v.node.Content[i+1])
	}
	return e, true
}

// add keeps one row of a mapping; a name given twice counts once.
func (e *entry) add(key, node *yaml.Node) {
	twice := slices.ContainsFunc(e.rows, func(r row) bool { return r.name == key.Value })
	switch {
	case key.Kind != yaml.ScalarNode || key.Anchor != "":
		e.r.note(key.Line, e.path, "字段的名称须是一个词", "has a field whose name is not a word")
	case twice:
		e.r.note(key.Line, e.under(key.Value), "这个字段写了两次", "is given twice")
	default:
		e.rows = append(e.rows, row{name: key.Value, line: key.Line, node: node})
	}
}

// items are the values of a list.
func (v value) items() []value {
	if v.node == nil {
		return nil
	}
	if v.node.Kind != yaml.SequenceNode || v.node.Anchor != "" {
		v.wrong("须是一个列表", "must be a list")
		return nil
	}
	items := make([]value, 0, len(v.node.Content))
	for i, node := range v.node.Content {
		items = append(items, value{r: v.r, path: fmt.Sprintf("%s[%d]", v.path, i), node: node})
	}
	return items
}

// scalar is the text as typed, so that 120000.00 without quotes keeps its digits.
func (v value) scalar() (string, bool) {
	if v.node == nil {
		return "", false
	}
	plain := v.node.Kind == yaml.ScalarNode && v.node.Anchor == "" && v.node.ShortTag() != "!!null"
	if !plain || strings.TrimSpace(v.node.Value) == "" {
		v.wrong("须填写一个值", "needs a value")
		return "", false
	}
	return v.node.Value, true
}

// text is one line of text.
func (v value) text() string {
	s, ok := v.scalar()
	if ok && strings.ContainsFunc(s, unicode.IsControl) {
		v.wrong("须是一行文字", "must be one line of text")
		return ""
	}
	return s
}

// oneOf is one of a few words.
func (v value) oneOf(words ...string) string {
	s, ok := v.scalar()
	if ok && !slices.Contains(words, s) {
		v.wrong("只能是 "+strings.Join(words, "、"), "must be one of "+strings.Join(words, ", "))
		return ""
	}
	return s
}

// amount is yuan to the fen, more than zero.
func (v value) amount() money.CNY {
	s, ok := v.scalar()
	if !ok {
		return money.CNY{}
	}
	amount, err := money.Parse(s)
	switch {
	case err != nil:
		v.refused(err)
	case !amount.IsPositive():
		v.wrong("金额须大于 0.00", "must be more than 0.00")
	}
	return amount
}

// day is a civil date.
func (v value) day() workday.Date {
	s, ok := v.scalar()
	if !ok {
		return workday.Date{}
	}
	day, err := workday.ParseDate(s)
	if err != nil {
		v.refused(err)
	}
	return day
}

// count is a whole number of at least least.
func (v value) count(least int64) int64 {
	s, ok := v.scalar()
	if !ok {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < least {
		v.wrong(fmt.Sprintf("须是不小于 %d 的整数", least), fmt.Sprintf("must be a whole number of at least %d", least))
		return 0
	}
	return n
}

// truth is true or false.
func (v value) truth() bool {
	return v.oneOf("true", "false") == "true"
}

// duration is a length of time such as 45m or 1h30m, not below zero.
func (v value) duration() time.Duration {
	s, ok := v.scalar()
	if !ok {
		return 0
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		v.wrong("须是一段时间，例如 45m 或 1h30m", "must be a length of time such as 45m or 1h30m")
		return 0
	}
	return d
}
