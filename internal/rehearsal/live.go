package rehearsal

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"

	"lvyue/internal/refusal"
	"lvyue/internal/terminal"
	"lvyue/internal/workday"
)

// Live shows a play as it goes: one row for every step, in a table that a manager understands.
type Live struct {
	Out io.Writer
	// Language of the rows, zh or en.
	Language string
	// Colours paints the rows; only a terminal should have it.
	Colours bool
	// Columns is how wide the terminal is: longer rows go on below their last column. Default 0: no limit.
	Columns int
	// Pace is how long each row stands before the next. Default 0: as fast as the play goes.
	Pace time.Duration

	day workday.Date
}

// column is one column of the table; wide enough for what usually stands in it. Longer text is not cut: it
// pushes the row out, which is better than hiding it.
type column struct {
	title refusal.Text
	width int
}

func columns() []column {
	return []column{
		{refusal.Text{ZH: "日期", EN: "Date"}, len("2006-01-02")},
		{refusal.Text{ZH: "时刻", EN: "Time"}, len("15:04:05")},
		{refusal.Text{ZH: "条款", EN: "Clause"}, len("Clause")},
		{refusal.Text{ZH: "义务", EN: "Duty"}, len("Renewal talks as year 1 ends")},
		{refusal.Text{ZH: "期限", EN: "Due day"}, len("2006-01-02")},
		{refusal.Text{ZH: "发生了什么", EN: "What happened"}, 0},
	}
}

// titles are the heads of the columns.
func titles(lang string) []string {
	var all []string
	for _, c := range columns() {
		all = append(all, c.title.In(lang))
	}
	return all
}

// Begin writes the head of the table.
func (l *Live) Begin() {
	var lines []string
	for _, c := range columns() {
		lines = append(lines, strings.Repeat("─", cmp.Or(c.width, len("What happened"))))
	}
	l.line(Plain, titles(l.Language))
	l.line(Plain, lines)
}

// Show writes one step, and lets it stand for the pace. It is meant for Options.Watch.
func (l *Live) Show(s Step) {
	at := s.At.In(workday.Shanghai)
	date := ""
	if day := workday.Of(at); day != l.day {
		l.day, date = day, day.String()
	}
	l.line(s.Tone, []string{
		date, at.Format(time.TimeOnly), sign(s.Clause), s.Duty.In(l.Language), s.DueOn.String(), s.What.In(l.Language),
	})
	time.Sleep(l.Pace)
}

// line writes cells under their columns. A reader who has gone away misses the rows; the play goes on.
func (l *Live) line(tone Tone, cells []string) {
	last := len(cells) - 1
	start := padded(cells[:last])
	room := l.Columns - text.StringWidth(start)
	if l.Columns > 0 && room < readable {
		l.narrow(tone, cells)
		return
	}
	for _, what := range terminal.Wrap(cells[last], room) {
		l.paint(tone, start+what)
		start = strings.Repeat(" ", text.StringWidth(start))
	}
}

// readable is how many columns a sentence needs at least.
const readable = 20

// narrow writes what happened below the duty, or in its place where there is none.
func (l *Live) narrow(tone Tone, cells []string) {
	duty, last := slices.IndexFunc(columns(), func(c column) bool { return c.title.EN == "Duty" }), len(cells)-1
	start := padded(cells[:duty])
	indent := strings.Repeat(" ", text.StringWidth(start))
	if cells[duty] != "" {
		l.paint(tone, padded(cells[:last]))
		start = indent
	}
	for _, what := range terminal.Wrap(cells[last], l.Columns-len(indent)) {
		l.paint(tone, start+what)
		start = indent
	}
}

// padded are the first cells of a row, each as wide as its column.
func padded(cells []string) string {
	var row strings.Builder
	for i, cell := range cells {
		row.WriteString(text.Pad(cell, columns()[i].width, ' ') + "  ")
	}
	return row.String()
}

func (l *Live) paint(tone Tone, row string) {
	row = strings.TrimRight(row, " ")
	if colours := toneColours(tone); l.Colours && len(colours) > 0 {
		row = colours.Sprint(row)
	}
	_, _ = fmt.Fprintln(l.Out, row)
}

func toneColours(t Tone) text.Colors {
	switch t {
	case Good:
		return text.Colors{text.FgGreen}
	case Heed:
		return text.Colors{text.FgYellow}
	case Bad:
		return text.Colors{text.FgRed}
	case Plain:
	}
	return nil
}
