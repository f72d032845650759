package cli

import (
	"bytes"
	"fmt"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/terminal"
	"lvyue/internal/workday"
)

// paper is what a person reads; it is filled before any of it is shown.
type paper struct {
	bytes.Buffer

	lang   string
	colour bool
	// columns is how wide the reader's terminal is; 0 for no limit.
	columns int
}

// line writes one line in the reader's language.
func (p *paper) line(zh, en string, args ...any) {
	fmt.Fprintf(p, refusal.Text{ZH: zh, EN: en}.In(p.lang)+"\n", args...)
}

// text writes what needs no translation.
func (p *paper) text(s string) { fmt.Fprint(p, s) }

// in is the text in the reader's language.
func (p *paper) in(t refusal.Text) string { return t.In(p.lang) }

// say is the word in the reader's language.
func (p *paper) say(zh, en string) string { return p.in(refusal.Text{ZH: zh, EN: en}) }

// title starts a part of the page.
func (p *paper) title(zh, en string) {
	p.line("", "")
	p.line(p.paint(bold, zh), p.paint(bold, en))
}

// rows writes a table; its columns are as wide as a terminal shows them, Chinese too. Without rows it writes
// nothing.
func (p *paper) rows(header table.Row, rows []table.Row) {
	if len(rows) == 0 {
		return
	}
	t := table.NewWriter()
	style := table.StyleLight
	style.Options = table.Options{SeparateHeader: true}
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Format = table.FormatOptions{}
	t.SetStyle(style)
	p.text(terminal.Table(t, header, rows, p.columns) + "\n")
}

// The colours that say how things stand.
type colour string

const (
	bold   colour = "1"
	good   colour = "32"
	urgent colour = "31"
	open   colour = "33"
	faint  colour = "2"
)

// paint colours text on a terminal and leaves it alone elsewhere.
func (p *paper) paint(c colour, text string) string {
	if !p.colour || text == "" {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[0m"
}

// statusColour is green for what is done, red for what is late, yellow for what is owed.
func statusColour(s message.Status) colour {
	switch s {
	case message.Met:
		return good
	case message.Overdue, message.MetLate:
		return urgent
	case message.Pending, message.Frozen:
		return open
	case message.Waived, message.Void:
		return faint
	default:
		return faint
	}
}

// day is a date with its day of the week; "—" for no day.
func (p *paper) day(d workday.Date) string {
	if d.IsZero() {
		return "—"
	}
	zh := []string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}
	en := []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
	return d.String() + " " + refusal.Text{ZH: zh[d.Weekday()], EN: en[d.Weekday()]}.In(p.lang)
}

// instant is a moment in Shanghai, to the second; "—" for none.
func (p *paper) instant(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(workday.Shanghai).Format(time.DateTime)
}

// due is a day that may still be moved by a notice to come, marked as such.
func (p *paper) due(d workday.Date, provisional bool) string {
	if provisional {
		return p.day(d) + p.in(refusal.Text{ZH: "（暂定）", EN: " (provisional)"})
	}
	return p.day(d)
}
