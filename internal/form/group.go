package form

import (
	"regexp"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// Group reads a group of named fields. A name that is neither required nor optional is noted, so that a
// typing mistake never drops a clause; so is a required one that is missing.
func (f Field) Group(required []string, optional ...string) map[string]Field {
	rows, ok := f.Rows()
	group := make(map[string]Field, len(rows))
	for _, row := range rows {
		group[row.Name] = row.Field
		if !slices.Contains(required, row.Name) && !slices.Contains(optional, row.Name) {
			row.Fail("没有这个字段", "is not a field of the form")
		}
	}
	for _, name := range required {
		if _, given := group[name]; !given && ok {
			f.Lacks(name, "缺少这个字段", "is missing")
		}
	}
	for _, name := range slices.Concat(required, optional) {
		if _, given := group[name]; !given {
			group[name] = Field{doc: f.doc, path: join(f.path, name)}
		}
	}
	return group
}

// Lacks notes that the group needs a field of that name.
func (f Field) Lacks(name, zh, en string) { f.doc.note(join(f.path, name), f.node.Line, zh, en) }

// Row is one named field of a group, with the line of its name.
type Row struct {
	Field

	Name string
	line int
}

// Fail notes that there should be no such field in its group.
func (r Row) Fail(zh, en string) { r.doc.note(r.path, r.line, zh, en) }

// Rows are the fields of a group in the order of the form. A name given twice is noted and counts once. Not
// ok means that f is no group, which is noted too.
func (f Field) Rows() (rows []Row, ok bool) {
	if !f.filled() {
		return nil, false
	}
	if f.node.Kind != yaml.MappingNode {
		f.Fail("须是一组“名称: 值”", "must be a group of name: value")
		return nil, false
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(f.node.Content); i += 2 {
		key, value := f.node.Content[i], f.node.Content[i+1]
		path := join(f.path, key.Value)
		switch {
		case key.Kind != yaml.ScalarNode || key.Value == "" || key.Anchor != "":
			f.doc.note(path, key.Line, "字段的名称须是一个词", "has a field whose name is not a word")
		case seen[key.Value]:
			f.doc.note(path, key.Line, "这个字段写了两次", "is given twice")
		default:
			seen[key.Value] = true
			rows = append(rows, Row{Field: f.doc.at(path, value), Name: key.Value, line: key.Line})
		}
	}
	return rows, true
}

var plainName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)

// join is the path of the field name within path. A name that no form has is quoted and cut, so that a
// message stays one readable line.
func join(path, name string) string {
	const longest = 40
	if !plainName.MatchString(name) {
		runes := []rune(name)
		name = strconv.Quote(string(runes[:min(len(runes), longest)]))
	}
	if path == "" {
		return name
	}
	return path + "." + name
}
