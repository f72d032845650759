package workflows_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/workday"
)

// want is what the read tables must say, in lines that a person can check by hand. A nil list is not compared.
type want struct {
	State    string   // "destroyed, ended 2027-03-01"
	Duties   []string // "first-payment: opened 2025-09-26 16:00, due 2025-10-10, met 2025-10-09 15:00"
	Years    []string // "1: 2025-10-20..2026-10-19 120000.00"
	Messages []string // "2025-10-08 09:00 first-payment reminder"
}

// expect compares what the store says, and checks the chain of evidence and that the read tables follow from it.
func (s *story) expect(w want) postgres.View {
	s.t.Helper()
	view, err := s.store.View(s.t.Context(), s.form.Number)
	must(s.t, err)
	if got := state(view.Contract); w.State != "" && got != w.State {
		s.t.Errorf("state is %q, want %q", got, w.State)
	}
	s.compare("duties", lines(view.Obligations, duty), w.Duties)
	s.compare("service years", lines(view.Years, year), w.Years)
	s.compare("messages", lines(view.Notices, notice), w.Messages)
	return view
}

// duties are those whose ids begin so, line by line.
func (s *story) duties(prefix string) []string {
	s.t.Helper()
	var found []string
	for _, o := range s.expect(want{}).Obligations {
		if strings.HasPrefix(o.ID, prefix) {
			found = append(found, duty(o))
		}
	}
	return found
}

func (s *story) compare(what string, got, want []string) {
	s.t.Helper()
	if want != nil && !slices.Equal(got, want) {
		s.t.Errorf("%s are\n\t%s\nwant\n\t%s", what, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func lines[T any](list []T, line func(T) string) []string {
	out := make([]string, 0, len(list))
	for _, item := range list {
		out = append(out, line(item))
	}
	return out
}

func state(c message.ContractRow) string {
	if c.EndedOn.IsZero() {
		return string(c.Phase)
	}
	return fmt.Sprintf("%s, ended %s", c.Phase, c.EndedOn)
}

func duty(o message.Obligation) string {
	line := o.ID + ": opened " + moment(o.OpenedAt)
	if !o.DueOn.IsZero() {
		line += ", due " + o.DueOn.String()
	}
	if o.Provisional {
		line += " provisional"
	}
	for _, m := range o.Moved {
		line += ", moved " + m.From.String() + " to " + m.To.String() //nolint:perfsprint // one or two
	}
	line += ", " + string(o.Status)
	if !o.SettledAt.IsZero() {
		line += " " + moment(o.SettledAt)
	}
	if o.Attention != "" {
		line += ", parked"
	}
	return line
}

func year(y message.ServiceYear) string {
	return fmt.Sprintf("%d: %s..%s %s", y.Year, y.First, y.Last, y.Fee)
}

func notice(n message.Notice) string { return fmt.Sprintf("%s %s %s", moment(n.At), n.About, n.Kind) }

// moment is an instant in Asia/Shanghai to the minute: machines take seconds, which are no promise.
func moment(at time.Time) string { return at.In(workday.Shanghai).Format("2006-01-02 15:04") }
