// Package form reads what people fill in: YAML, strictly, so that a typing mistake never drops what was meant. Everything
// wrong is said at once, with its path and its line, in Chinese and in English. What the fields mean is not known here.
package form

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"lvyue/internal/refusal"
)

// longest is the largest form read, in bytes. A form is some 3 KB.
const longest = 1 << 20

// wholeForm is the path of what is wrong with a form as a whole.
const wholeForm = "form"

// Read reads a form (YAML, UTF-8, at most 1 MB) with read, which gets the whole form as its one field. read may give
// back what is wrong with the values by themselves, without lines: each is said with the line of its path, unless the
// form was found wrong there already. Everything wrong comes back in one refusal "bad_form", in the order of the lines.
func Read(data []byte, read func(Field) []refusal.Field) error {
	doc := &document{lines: map[string]int{}}
	for _, wrong := range read(doc.root(data)) {
		doc.place(wrong)
	}
	return doc.refusal()
}

// document is one YAML file being read; it collects everything that is wrong in it. lines are where its fields stand.
type document struct {
	wrong []refusal.Field
	lines map[string]int
}

// root is the one document in data. What cannot be read at all is noted, and the field is absent.
func (d *document) root(data []byte) Field {
	absent := Field{doc: d, path: ""}
	if len(data) > longest {
		d.note(wholeForm, 0, "文件超过 1 MB", "is larger than 1 MB")
		return absent
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var first, second yaml.Node
	if err := decoder.Decode(&first); errors.Is(err, io.EOF) {
		d.note(wholeForm, 0, "文件是空的", "is empty")
		return absent
	} else if err != nil {
		d.noteSyntax(err)
		return absent
	}
	if err := decoder.Decode(&second); err == nil {
		d.note(wholeForm, second.Line, "一个文件只能有一份表单（不得有第二个 --- 段）", "holds more than one document")
	} else if !errors.Is(err, io.EOF) {
		d.noteSyntax(err)
	}
	return d.at("", first.Content[0])
}

// at is the field that node fills. Anchors and aliases say in one place what stands in another; a form must
// be readable line by line, so both are refused.
func (d *document) at(path string, node *yaml.Node) Field {
	f := Field{doc: d, path: path, node: node}
	d.lines[path] = node.Line
	if node.Anchor != "" || node.Kind == yaml.AliasNode {
		f.Fail("不得使用 YAML 的锚点和引用（& *）", "uses a YAML anchor or alias (& *); write the value out")
		f.node = nil
	}
	return f
}

// note keeps one wrong field; line 0 means that no line can be named.
func (d *document) note(path string, line int, zh, en string) {
	wrong := refusal.Wrong(path, zh, en)
	wrong.Line = line
	d.wrong = append(d.wrong, wrong)
}

// place notes what was found without its line. A field that was wrong as written, alone or with all that it is part of,
// is not said to be wrong again because nothing could be read from it.
func (d *document) place(wrong refusal.Field) {
	if slices.ContainsFunc(d.wrong, func(known refusal.Field) bool {
		return known.Path == wholeForm || within(wrong.Path, known.Path) || within(known.Path, wrong.Path)
	}) {
		return
	}
	wrong.Line = d.lineOf(wrong.Path)
	d.wrong = append(d.wrong, wrong)
}

// lineOf is the line of the field, or else of the nearest field that it is part of; 0 for none.
func (d *document) lineOf(path string) int {
	for {
		line, known := d.lines[path]
		if known || path == "" {
			return line
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
}

// within tells whether a path is that of the field whole, or of a part of it.
func within(path, whole string) bool {
	part, is := strings.CutPrefix(path, whole)
	return is && (part == "" || part[0] == '.' || part[0] == '[')
}

var lineOf = regexp.MustCompile(`line (\d+)`)

// noteSyntax keeps an error of the YAML parser with its line.
func (d *document) noteSyntax(err error) {
	line := 0
	if found := lineOf.FindStringSubmatch(err.Error()); found != nil {
		line, _ = strconv.Atoi(found[1]) // digits only; too many of them mean no line
	}
	d.note(wholeForm, line, "不是合法的 YAML，请检查缩进、冒号和引号："+err.Error(),
		"is not valid YAML; check indentation, colons and quotes: "+err.Error())
}

// refusal is nil if nothing was wrong, else everything that was, in the order of the lines.
func (d *document) refusal() error {
	if len(d.wrong) == 0 {
		return nil
	}
	slices.SortStableFunc(d.wrong, func(a, b refusal.Field) int { return a.Line - b.Line })
	return refusal.BadInput("bad_form", "表单有误，请改正下列各项", "the form has mistakes; correct these fields", d.wrong...)
}
