package rehearsal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"lvyue/internal/refusal"
)

// maxFile is the largest file read, in bytes.
const maxFile = 1 << 20

var errTooLarge = errors.New("larger than 1 MB")

// reading collects everything that is wrong with one scenario.
type reading struct {
	dir   string
	wrong []refusal.Field
}

// note keeps one mistake; line 0 means that no line can be named.
func (r *reading) note(line int, path, zh, en string) {
	if line > 0 {
		zh, en = fmt.Sprintf("第 %d 行：%s", line, zh), fmt.Sprintf("line %d: %s", line, en)
	}
	field := refusal.Wrong(path, zh, en)
	field.Line = line
	r.wrong = append(r.wrong, field)
}

// refusal is nil when nothing was wrong, else every mistake in the order of the lines.
func (r *reading) refusal() error {
	if len(r.wrong) == 0 {
		return nil
	}
	slices.SortStableFunc(r.wrong, func(a, b refusal.Field) int { return a.Line - b.Line })
	return refusal.BadInput("bad_scenario",
		"剧本有误，未开始演练；请改正下列各项", "the scenario has mistakes and was not started; correct these", r.wrong...)
}

// root is the one document in data as a mapping. What is no YAML is noted and reads as nothing.
func (r *reading) root(data []byte) *entry {
	node, err := document(data)
	if err != nil {
		line := 0
		if found := lineOf.FindStringSubmatch(err.Error()); found != nil {
			line, _ = strconv.Atoi(found[1]) // digits only; too many of them mean no line
		}
		r.note(line, "scenario", "不是合法的 YAML："+err.Error(), "is not valid YAML: "+err.Error())
		return &entry{r: r, unreadable: true}
	}
	e, _ := value{r: r, path: "scenario", node: node}.entry()
	e.path = ""
	return e
}

var lineOf = regexp.MustCompile(`line (\d+)`)

// document is the one YAML document in data.
func document(data []byte) (*yaml.Node, error) {
	if len(data) > maxFile {
		return nil, errTooLarge
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var first, second yaml.Node
	if err := decoder.Decode(&first); errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty")
	} else if err != nil {
		return nil, fmt.Errorf("read YAML: %w", err)
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("more than one document, line %d", second.Line)
	}
	return first.Content[0], nil
}

// entry is a mapping whose fields are taken by name; close notes those that nobody took.
type entry struct {
	r    *reading
	path string
	line int
	rows []row
	// unreadable says that the mapping itself was wrong, which is noted: nothing is missing from it.
	unreadable bool
}

type row struct {
	name  string
	line  int
	node  *yaml.Node
	taken bool
}

// need takes a field that must be there.
func (e *entry) need(name string) value {
	v := e.may(name)
	if v.node == nil && !e.unreadable {
		e.r.note(e.line, v.path, "缺少这个字段", "is missing")
	}
	return v
}

// may takes a field that may be left out; its value then reads as zero.
func (e *entry) may(name string) value {
	for i := range e.rows {
		if e.rows[i].name == name {
			e.rows[i].taken = true
			return value{r: e.r, path: e.under(name), node: e.rows[i].node}
		}
	}
	return value{r: e.r, path: e.under(name)}
}

// close notes every field that no one takes, so that a typing mistake never drops an intention.
func (e *entry) close() {
	for _, row := range e.rows {
		if !row.taken {
			e.r.note(row.line, e.under(row.name), "没有这个字段", "is not a field here")
		}
	}
}

func (e *entry) under(name string) string {
	if e.path == "" {
		return name
	}
	return e.path + "." + name
}
