package slack

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	api "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackutilsx"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// Mark is what a fault's button says of where it was pressed: the fault, and what the card knew of it. Rev is 0 on a page, which
// does not know it.
type Mark struct {
	Contract   string
	Fault, Rev int
	Rung       string
}

// Value is the value of a fault's buttons: "HT-2026-008|12|3|lead".
func Value(contract string, f message.FaultRow) string {
	return Mark{Contract: contract, Fault: f.Fault, Rev: f.Rev, Rung: f.Rung}.value()
}

func (m Mark) value() string { return fmt.Sprintf("%s|%d|%d|%s", m.Contract, m.Fault, m.Rev, m.Rung) }

// ParseValue reads the value of a fault's button; false for what is none.
func ParseValue(value string) (Mark, bool) {
	parts := strings.SplitN(value, "|", 4)
	if len(parts) != 4 || parts[0] == "" {
		return Mark{}, false
	}
	fault, err1 := strconv.Atoi(parts[1])
	rev, err2 := strconv.Atoi(parts[2])
	return Mark{Contract: parts[0], Fault: fault, Rev: rev, Rung: parts[3]}, err1 == nil && err2 == nil && fault > 0 && rev >= 0
}

// ParseChoice reads a choice of a menu: the action id that it stands for, and the value of such a button.
func ParseChoice(choice string) (action, value string, ok bool) {
	action, value, ok = strings.Cut(choice, "|")
	return action, value, ok && action != "" && value != ""
}

// BlockID is the id of the row of buttons on a fault's card.
func BlockID(contract string, f message.FaultRow) string {
	return fmt.Sprintf("act:%s:%d:%d", contract, f.Fault, f.Rev)
}

// MatterValue is the value of the buttons of a contract's matter: "HT-2026-008|destruction", "HT-2026-008|renewal-talks/1", and of a
// quote the amount that the card shows, "HT-2026-008|88000.00".
func MatterValue(m message.MatterCard) string {
	what := m.What
	if what == quote {
		what = m.Amount.String()
	}
	return m.Contract + "|" + what
}

// ParseMatterValue reads it; false for what is none.
func ParseMatterValue(value string) (contract, what string, ok bool) {
	contract, what, ok = strings.Cut(value, "|")
	return contract, what, ok && contract != "" && what != ""
}

// sectionLimit is how many characters a section takes.
const sectionLimit = 3000

// escape makes words from outside mere words in a message, in so many characters at most; what is too long ends in "…".
func escape(text string, limit int) string { return escapeLines(text, limit, "\n") }

// escapeLines also says what stands between two lines.
func escapeLines(text string, limit int, between string) string {
	var whole, cut strings.Builder
	size := 0
	for _, r := range strings.TrimSpace(text) {
		piece := slackutilsx.EscapeMessage(string(r))
		if r == '\n' {
			piece = between
		}
		whole.WriteString(piece)
		if size += utf8.RuneCountInString(piece); size < limit {
			cut.WriteString(piece)
		}
	}
	if size <= limit {
		return whole.String()
	}
	return cut.String() + "…"
}

// quoted shows words from outside as a quotation.
func quoted(text string) string { return ">" + escapeLines(text, sectionLimit-1, "\n>") }

func plain(text string) *api.TextBlockObject {
	return api.NewTextBlockObject(api.PlainTextType, text, false, false)
}

func marked(text string) *api.TextBlockObject {
	return api.NewTextBlockObject(api.MarkdownType, text, false, false)
}

func section(text string) api.Block { return api.NewSectionBlock(marked(text), nil, nil) }

func note(text string) api.Block { return api.NewContextBlock("", marked(text)) }

// field is one fact beside others, if there is one.
type field struct{ name, value string }

// facts are two columns of what is known.
func facts(all ...field) api.Block {
	var fields []*api.TextBlockObject
	for _, f := range all {
		if f.value != "" {
			fields = append(fields, marked("*"+f.name+"*\n"+f.value))
		}
	}
	return api.NewSectionBlock(nil, fields, nil)
}

// speech orders the two languages: that of the contract first.
type speech string

func (s speech) pair(t refusal.Text) (first, second string) {
	if s == "en" {
		return t.EN, t.ZH
	}
	return t.ZH, t.EN
}

// lines are a sentence in both, each on its line.
func (s speech) lines(t refusal.Text) string {
	first, second := s.pair(t)
	return first + "\n" + second
}

// line is a sentence in both, on one line.
func (s speech) line(t refusal.Text) string {
	first, second := s.pair(t)
	return first + " / " + second
}

// number is what people call a fault.
func number(fault int) string { return fmt.Sprintf("F-%04d", fault) }

// clock is a moment in Shanghai, to the minute, with its day if that is another than of now.
func clock(at, now time.Time) string {
	at = at.In(workday.Shanghai)
	if workday.Of(at) == workday.Of(now) {
		return at.Format("15:04")
	}
	return at.Format("01-02 15:04")
}

// span is how long something took, in whole minutes.
func span(d time.Duration) refusal.Text {
	minutes := int(d / time.Minute)
	switch {
	case minutes < 1:
		return refusal.Text{ZH: "不到 1 分", EN: "under 1 min"}
	case minutes < 60:
		return refusal.Text{ZH: fmt.Sprintf("%d 分", minutes), EN: fmt.Sprintf("%d min", minutes)}
	default:
		return refusal.Text{ZH: fmt.Sprintf("%d 时 %d 分", minutes/60, minutes%60), EN: fmt.Sprintf("%d h %d min", minutes/60, minutes%60)}
	}
}
