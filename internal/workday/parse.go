package workday

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lvyue/internal/refusal"
)

// ParseNotice reads the JSON form of a notice. It is strict, so that a typing mistake never drops a day: unknown
// fields, values of another kind, impossible dates and a missing year, date or off are the bad input
// "notice_malformed" with every wrong field. Whether the days make sense is for Calendar.With to say.
func ParseNotice(data []byte) (Notice, error) {
	var (
		n    Notice
		rows []json.RawMessage
		r    fieldReader
	)
	r.object("", data, []field{
		{name: "year", into: &n.Year, required: true},
		{name: "number", into: &n.Number},
		{name: "published_on", into: &n.PublishedOn},
		{name: "url", into: &n.URL},
		{name: "amends", into: &n.Amends},
		{name: "days", into: &rows, required: true},
	})
	n.Days = make([]NoticeDay, len(rows))
	for i, row := range rows {
		day := &n.Days[i]
		r.object(fmt.Sprintf("days[%d].", i), row, []field{
			{name: "date", into: &day.Date, required: true},
			{name: "name", into: &day.Name},
			{name: "off", into: &day.Off, required: true},
		})
	}
	if len(r.wrong) > 0 {
		return Notice{}, refusal.BadInput("notice_malformed",
			"放假通知的格式有误。", "The notice is not in the form of a notice.", r.wrong...)
	}
	return n, nil
}

// field is one field of a JSON object and where its value goes.
type field struct {
	name     string
	into     any
	required bool
}

// fieldReader reads objects field by field, which the JSON decoder does not: it stops at the first mistake.
type fieldReader struct{ wrong []refusal.Field }

func (r *fieldReader) object(path string, data []byte, fields []field) {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil || values == nil {
		r.fault(strings.TrimSuffix(path, "."), "须为 JSON 对象", "must be a JSON object")
		return
	}
	for _, f := range fields {
		r.value(path, f, values[f.name])
		delete(values, f.name)
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		r.fault(path+name, "没有这个字段", "there is no such field")
	}
}

func (r *fieldReader) value(path string, f field, value json.RawMessage) {
	missing := value == nil || string(value) == "null" || string(value) == `""`
	switch {
	case missing && f.required:
		r.fault(path+f.name, "必须填写", "must be given")
	case value == nil:
	default:
		if err := json.Unmarshal(value, f.into); err != nil {
			t := kind(f.into, err)
			r.fault(path+f.name, t.ZH, t.EN)
		}
	}
}

func (r *fieldReader) fault(path, zh, en string) {
	r.wrong = append(r.wrong, refusal.Wrong(path, zh, en))
}

// kind says what a field should have been.
func kind(into any, err error) refusal.Text {
	if refused, ok := errors.AsType[*refusal.Refusal](err); ok {
		return refused.Text
	}
	switch into.(type) {
	case *int:
		return refusal.Text{ZH: "须为整数", EN: "must be a whole number"}
	case *bool:
		return refusal.Text{ZH: "须为 true 或 false", EN: "must be true or false"}
	case *[]json.RawMessage:
		return refusal.Text{ZH: "须为列表", EN: "must be a list"}
	default:
		return refusal.Text{ZH: "须为文本", EN: "must be text"}
	}
}
