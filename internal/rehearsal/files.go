package rehearsal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"

	"lvyue/internal/contract"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// readForm reads a contract form: a file beside the scenario, or the form itself.
func readForm(v value) contract.Form {
	data, ok := v.content(marshal)
	if !ok {
		return contract.Form{}
	}
	form, err := contract.ParseForm(data)
	if err != nil {
		v.faults(err)
	}
	return form
}

// readRota reads who is on call, from a file or inline.
func readRota(v value) *oncall.Rota {
	data, given := v.content(marshal)
	if !given {
		return nil
	}
	rota, err := oncall.ParseRota(data)
	if err != nil {
		v.faults(err)
		return nil
	}
	return &rota
}

// readNotice reads a notice of the State Council: a file beside the scenario, or the notice itself. Whether its
// days hold together is not looked at.
func readNotice(v value) workday.Notice {
	data, ok := v.content(toJSON)
	if !ok {
		return workday.Notice{}
	}
	notice, err := workday.ParseNotice(data)
	if err != nil {
		v.faults(err)
	}
	return notice
}

// readNotices reads the notices that are known from the start; they must hold together with the embedded ones.
func readNotices(v value) []workday.Notice {
	notices, calendar := []workday.Notice{}, workday.Embedded()
	for _, item := range v.items() {
		before := len(v.r.wrong)
		notice := readNotice(item)
		if len(v.r.wrong) > before {
			continue
		}
		wider, _, err := calendar.With(notice)
		if err != nil {
			item.faults(err)
			continue
		}
		calendar, notices = wider, append(notices, notice)
	}
	return notices
}

// content is what a field that names a file or holds the thing itself stands for.
func (v value) content(inline func(*yaml.Node) ([]byte, error)) ([]byte, bool) {
	if v.node == nil {
		return nil, false
	}
	if v.node.Kind == yaml.MappingNode {
		data, err := inline(v.node)
		if err != nil {
			v.refused(err)
		}
		return data, err == nil
	}
	name, ok := v.scalar()
	if !ok {
		return nil, false
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(v.r.dir, name)
	}
	data, err := readFile(name)
	if err != nil {
		why := unreadable(err)
		v.wrong("读不了文件 "+name+"："+why.ZH, name+" cannot be read: "+why.EN)
	}
	return data, err == nil
}

// faults notes what is wrong inside a form or notice: at its line in the scenario, or, for a file, at the line
// that names the file, with the line in the file.
func (v value) faults(err error) {
	no, ok := refusal.As(err)
	if !ok || len(no.Fields) == 0 {
		v.refused(err)
		return
	}
	for _, f := range no.Fields {
		if v.node.Kind == yaml.MappingNode {
			v.r.note(lineAt(v.node, f.Path), v.path+"."+f.Path, f.ZH, f.EN)
			continue
		}
		place := v.node.Value
		if f.Line > 0 {
			place = fmt.Sprintf("%s:%d", place, f.Line)
		}
		v.r.note(v.node.Line, v.path+"."+f.Path, place+" "+f.ZH, place+" "+f.EN)
	}
}

var step = regexp.MustCompile(`[^.\[\]]+`)

// lineAt is the line of the field at path within node, or of the last one on the way there that exists.
func lineAt(node *yaml.Node, path string) int {
	line := node.Line
	for _, name := range step.FindAllString(path, -1) {
		next := child(node, name)
		if next == nil {
			return line
		}
		node, line = next, next.Line
	}
	return line
}

func child(node *yaml.Node, name string) *yaml.Node {
	if i, err := strconv.Atoi(name); err == nil && node.Kind == yaml.SequenceNode && i < len(node.Content) {
		return node.Content[i]
	}
	for i := 0; node.Kind == yaml.MappingNode && i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == name {
			return node.Content[i+1]
		}
	}
	return nil
}

func marshal(node *yaml.Node) ([]byte, error) {
	data, err := yaml.Marshal(node)
	if err != nil {
		return nil, fmt.Errorf("read YAML: %w", err)
	}
	return data, nil
}

// toJSON writes YAML as JSON. Dates stay as typed; only whole numbers, truths and nothing are not text.
func toJSON(node *yaml.Node) ([]byte, error) {
	data, err := json.Marshal(plain(node))
	if err != nil {
		return nil, fmt.Errorf("read YAML: %w", err)
	}
	return data, nil
}

func plain(node *yaml.Node) any {
	switch node.Kind {
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i+1 < len(node.Content); i += 2 {
			object[node.Content[i].Value] = plain(node.Content[i+1])
		}
		return object
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range node.Content {
			list = append(list, plain(item))
		}
		return list
	case yaml.ScalarNode, yaml.DocumentNode, yaml.AliasNode:
	}
	return plainScalar(node)
}

func plainScalar(node *yaml.Node) any {
	switch node.ShortTag() {
	case "!!int":
		if n, err := strconv.Atoi(node.Value); err == nil {
			return n
		}
	case "!!bool":
		return node.Value == "true"
	case "!!null":
		return nil
	}
	return node.Value
}

// unreadable says why a file could not be read.
func unreadable(err error) refusal.Text {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refusal.Text{ZH: "没有这个文件", EN: "there is no such file"}
	case errors.Is(err, fs.ErrPermission):
		return refusal.Text{ZH: "无权读取", EN: "reading it is not permitted"}
	case errors.Is(err, errTooLarge):
		return refusal.Text{ZH: "大于 1 MB", EN: "it is larger than 1 MB"}
	default:
		return refusal.Text{ZH: err.Error(), EN: err.Error()}
	}
}
