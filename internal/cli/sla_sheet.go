package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/sheet"
	"lvyue/internal/sla"
	"lvyue/internal/words"
)

// monthColumn is a column of the files: its name in CSV, which never changes, its words in a sheet, and its value.
type monthColumn struct {
	name   string
	title  refusal.Text
	kind   sheet.Kind
	value  func(r monthRow) any
	worded func(code string) refusal.Text
}

func monthColumns() []monthColumn {
	outcome := func(code string) refusal.Text { return words.SLA(message.SLA(code)) }
	state := func(code string) refusal.Text { return words.FaultState(message.FaultState(code)) }
	columns := []monthColumn{
		{name: "contract", title: refusal.Text{ZH: "合同", EN: "contract"}, value: func(r monthRow) any { return r.Contract }},
		{name: "fault", title: refusal.Text{ZH: "故障", EN: "fault"}, kind: sheet.Count, value: func(r monthRow) any { return int64(r.Fault) }},
		{name: "system", title: refusal.Text{ZH: "产品", EN: "product"}, value: func(r monthRow) any { return r.System }},
		{name: "state", title: refusal.Text{ZH: "状态", EN: "state"}, value: func(r monthRow) any { return string(r.State) }, worded: state},
		{name: "response", title: refusal.Text{ZH: "响应", EN: "response"}, value: func(r monthRow) any { return string(r.Response) }, worded: outcome},
		{name: "plan", title: refusal.Text{ZH: "方案", EN: "plan"}, value: func(r monthRow) any { return string(r.Plan) }, worded: outcome},
		instantColumn("reported_at", "报障", "reported", func(r monthRow) *time.Time { return &r.ReportedAt }),
		instantColumn("entered_at", "录入", "entered", func(r monthRow) *time.Time { return &r.EnteredAt }),
		instantColumn("clock_at", "起计", "clock began", func(r monthRow) *time.Time { return r.ClockAt }),
		instantColumn("deadline_at", "方案时限", "plan due", func(r monthRow) *time.Time { return r.DeadlineAt }),
		instantColumn("response_at", "响应时刻", "answered", func(r monthRow) *time.Time { return r.ResponseAt }),
		instantColumn("plan_at", "方案时刻", "planned", func(r monthRow) *time.Time { return r.PlanAt }),
		instantColumn("resolved_at", "恢复时刻", "restored", func(r monthRow) *time.Time { return r.ResolvedAt }),
		secondsColumn("response_seconds", "响应用时（秒）", "response (s)", func(r monthRow) *int64 { return r.ResponseSeconds }),
		secondsColumn("plan_seconds", "方案用时（秒）", "plan (s)", func(r monthRow) *int64 { return r.PlanSeconds }),
		secondsColumn("restore_seconds", "恢复用时（秒）", "restore (s)", func(r monthRow) *int64 { return r.RestoreSeconds }),
		seqColumn("reported_event", "报障事件", "report event", func(s sla.Seqs) int64 { return s.Reported }),
		seqColumn("response_event", "响应事件", "response event", func(s sla.Seqs) int64 { return s.Response }),
		seqColumn("plan_event", "方案事件", "plan event", func(s sla.Seqs) int64 { return s.Plan }),
		seqColumn("resolved_event", "恢复事件", "restore event", func(s sla.Seqs) int64 { return s.Resolved }),
		seqColumn("sla_event", "结果事件", "outcome event", func(s sla.Seqs) int64 { return s.SLA }),
		eventsColumn("force_majeure_events", "不可抗力事件", "force majeure events", majeureEvents),
		countColumn("missed_rungs", "错过的呼叫级", "rungs missed", func(f sla.Fault) int { return len(f.Rungs) }),
		eventsColumn("missed_rung_events", "错过呼叫的事件", "missed rung events", rungEvents),
	}
	for _, way := range sla.Ways() {
		columns = append(columns, countColumn(string(way)+"_failures", way.Name().ZH+"未送出", way.Name().EN+" failures", func(f sla.Fault) int {
			failed, _ := f.FailuresBy(way)
			return failed
		}))
	}
	return append(columns,
		eventsColumn("failed_page_events", "未送出呼叫的事件", "failed page events", failedEvents),
		monthColumn{name: "disputed", title: refusal.Text{ZH: "争议中", EN: "in dispute"}, value: func(r monthRow) any { return strings.Join(r.Disputed, " ") }},
	)
}

func countColumn(name, zh, en string, of func(sla.Fault) int) monthColumn {
	return monthColumn{
		name: name, title: refusal.Text{ZH: zh, EN: en}, kind: sheet.Count, value: func(r monthRow) any { return int64(of(r.fault)) },
	}
}

// eventsColumn is the numbers of several events, each once, with blanks between.
func eventsColumn(name, zh, en string, of func(sla.Fault) []int64) monthColumn {
	return monthColumn{name: name, title: refusal.Text{ZH: zh, EN: en}, value: func(r monthRow) any { return eventList(of(r.fault)...) }}
}

func eventList(events ...int64) string {
	var all []string
	for _, n := range events {
		if text := strconv.FormatInt(n, 10); n > 0 && !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return strings.Join(all, " ")
}

func majeureEvents(f sla.Fault) (all []int64) {
	for _, i := range f.Majeure {
		all = append(all, i.Marked, i.Ended)
	}
	return all
}

func rungEvents(f sla.Fault) (all []int64) {
	for _, r := range f.Rungs {
		all = append(all, r.Event)
	}
	return all
}

func failedEvents(f sla.Fault) (all []int64) {
	for _, one := range f.Failures {
		all = append(all, one.Event)
	}
	return all
}

func instantColumn(name, zh, en string, of func(monthRow) *time.Time) monthColumn {
	return monthColumn{name: name, title: refusal.Text{ZH: zh, EN: en}, kind: sheet.Instant, value: func(r monthRow) any {
		if at := of(r); at != nil {
			return *at
		}
		return nil
	}}
}

func secondsColumn(name, zh, en string, of func(monthRow) *int64) monthColumn {
	return monthColumn{name: name, title: refusal.Text{ZH: zh, EN: en}, kind: sheet.Count, value: func(r monthRow) any {
		if n := of(r); n != nil {
			return *n
		}
		return nil
	}}
}

func seqColumn(name, zh, en string, of func(sla.Seqs) int64) monthColumn {
	return secondsColumn(name, zh, en, func(r monthRow) *int64 {
		if n := of(r.Events); n > 0 {
			return &n
		}
		return nil
	})
}

// writeMonthCSV writes codes and instants of RFC 3339, for programs; no name that somebody typed is among them.
func writeMonthCSV(w io.Writer, m sla.Month) error {
	out := csv.NewWriter(w)
	var names []string
	for _, c := range monthColumns() {
		names = append(names, c.name)
	}
	lines := [][]string{names}
	for _, f := range m.Faults {
		var line []string
		for _, c := range monthColumns() {
			line = append(line, csvText(c.value(monthRowOf(f, m.AsOf))))
		}
		lines = append(lines, line)
	}
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("write the CSV file: %w", err)
	}
	return nil
}

// csvText is a value as CSV has it: nothing for none.
func csvText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case time.Time:
		return shanghai(v).Format(time.RFC3339Nano)
	default:
		return ""
	}
}

func (s *session) writeMonthSheet(w io.Writer, m sla.Month) error {
	t := sheet.Table{Name: "SLA " + monthName(m), Title: s.say("故障月报 ", "Faults of ") + monthName(m)}
	for _, c := range monthColumns() {
		t.Columns = append(t.Columns, sheet.Column{Title: c.title.In(s.lang), Kind: c.kind})
	}
	rows := func(yield func([]any) bool) {
		for f := range slices.Values(m.Faults) {
			if !yield(s.monthLine(monthRowOf(f, m.AsOf))) {
				return
			}
		}
	}
	return sheet.Write(w, t, rows)
}

// monthLine is a row of the sheet, its codes in words.
func (s *session) monthLine(r monthRow) []any {
	var line []any
	for _, c := range monthColumns() {
		value := c.value(r)
		if code, is := value.(string); is && c.worded != nil {
			value = c.worded(code).In(s.lang)
		}
		line = append(line, value)
	}
	return line
}
