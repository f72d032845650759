package rehearsal

import (
	"cmp"
	"fmt"
	"io"
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

// Begin writes the head of the table.
func (l *Live) Begin() {
	titles, lines := []string{}, []string{}
	for _, c := range columns() {
		titles = append(titles, c.title.In(l.Language))
		lines = append(lines, strings.Repeat("─", cmp.Or(c.width, len("What happened"))))
	}
	l.line(Plain, titles)
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
	var before strings.Builder
	for i, c := range columns()[:last] {
		before.WriteString(text.Pad(cells[i], c.width, ' ') + "  ")
	}
	start := before.String()
	for _, what := range l.broken(cells[last], l.Columns-text.StringWidth(start)) {
		l.paint(tone, strings.TrimRight(start+what, " "))
		start = strings.Repeat(" ", text.StringWidth(start))
	}
}

// broken is the text of the last column in lines; whole where there is no room to speak of.
func (l *Live) broken(what string, room int) []string {
	const readable = 20
	if room < readable {
		return []string{what}
	}
	return terminal.Wrap(what, room)
}

func (l *Live) paint(tone Tone, row string) {
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
