package form

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// maxText is the longest text of a field, in characters.
const maxText = 200

// Field is one field of a form with its path, such as load.by_product.OA.users. What is wrong with it goes
// to its document, once. An absent field (nil node) was noted already and reads as the zero value.
type Field struct {
	doc  *document
	path string
	node *yaml.Node
}

// Fail notes that the field is wrong.
func (f Field) Fail(zh, en string) {
	path := f.path
	if path == "" {
		path = wholeForm
	}
	f.doc.note(path, f.node.Line, zh, en)
}

// Absent tells that there is no such field.
func (f Field) Absent() bool { return f.node == nil }

// filled reports whether there is something to read, and notes a field left blank.
func (f Field) filled() bool {
	if f.node == nil {
		return false
	}
	if f.node.Kind == yaml.ScalarNode && (f.node.ShortTag() == "!!null" || strings.TrimSpace(f.node.Value) == "") {
		f.Fail("尚未填写", "is blank")
		return false
	}
	return true
}

// scalar is the field's text as typed, if it is a scalar with one of the YAML types.
func (f Field) scalar(zh, en string, tags ...string) (string, bool) {
	if !f.filled() {
		return "", false
	}
	if f.node.Kind != yaml.ScalarNode || !slices.Contains(tags, f.node.ShortTag()) {
		f.Fail(zh, en)
		return "", false
	}
	return f.node.Value, true
}

// Text is one line of text. A number or a date without quotes is taken as typed, digit by digit.
func (f Field) Text() string {
	s, ok := f.scalar("须是文字", "must be text", "!!str", "!!int", "!!float", "!!timestamp")
	if !ok {
		return ""
	}
	unseen := func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }
	if strings.ContainsFunc(s, unseen) || strings.TrimSpace(s) != s || utf8.RuneCountInString(s) > maxText {
		f.Fail("须是一行文字，最多 200 字，首尾无空格，不含看不见的字符",
			"must be one line of at most 200 characters, without spaces at its ends or invisible characters")
		return ""
	}
	return s
}

// TextLike is text of a given form, which zh and en describe.
func (f Field) TextLike(form *regexp.Regexp, zh, en string) string {
	s := f.Text()
	if s != "" && !form.MatchString(s) {
		f.Fail(zh, en)
		return ""
	}
	return s
}

// Choice is one of the options.
func (f Field) Choice(options ...string) string {
	s := f.Text()
	if s != "" && !slices.Contains(options, s) {
		f.Fail("只能是 "+strings.Join(options, "、")+" 之一", "must be one of "+strings.Join(options, ", "))
		return ""
	}
	return s
}

// Choices is a list of options, none twice; it may be empty.
func (f Field) Choices(options ...string) []string {
	var chosen []string
	for _, item := range f.Items() {
		s := item.Choice(options...)
		if slices.Contains(chosen, s) {
			item.Fail(s+" 列了两次", s+" is listed twice")
		} else if s != "" {
			chosen = append(chosen, s)
		}
	}
	return chosen
}

var wholeNumber = regexp.MustCompile(`^[1-9][0-9]{0,8}$`)

// Count is a whole number from 1 to 999999999, typed in plain digits without quotes; 0 if it is wrong.
func (f Field) Count() int {
	const zh, en = "须是 1 到 999999999 的整数，不加引号", "must be a whole number from 1 to 999999999, without quotes"
	s, ok := f.scalar(zh, en, "!!int")
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || !wholeNumber.MatchString(s) {
		f.Fail(zh, en)
		return 0
	}
	return n
}

// Truth is true or false.
func (f Field) Truth() bool {
	const zh, en = "须是 true 或 false", "must be true or false"
	s, ok := f.scalar(zh, en, "!!bool")
	return ok && strings.EqualFold(s, "true")
}

// EmptyList reports whether the field is a list of nothing.
func (f Field) EmptyList() bool {
	return f.node != nil && f.node.Kind == yaml.SequenceNode && len(f.node.Content) == 0
}

// Items are the fields of a list.
func (f Field) Items() []Field {
	if !f.filled() {
		return nil
	}
	if f.node.Kind != yaml.SequenceNode {
		f.Fail("须是一个列表", "must be a list")
		return nil
	}
	items := make([]Field, 0, len(f.node.Content))
	for i, node := range f.node.Content {
		items = append(items, f.doc.at(fmt.Sprintf("%s[%d]", f.path, i), node))
	}
	return items
}
