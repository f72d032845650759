package test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/rehearsal"
	"lvyue/internal/workday"
)

// want is what a report must say, in lines that a person can check by hand. A nil list is not compared.
type want struct {
	State    string   // "destroyed, ended 2027-03-01"
	Duties   []string // "first-payment §5.4 customer: opened 2025-09-26 16:00, due 2025-10-10, met 2025-10-09 15:00"
	Years    []string // "1: 2025-10-20..2026-10-19 120000.00"
	Refused  []string // "2026-09-22 11:00 offer fee_rise_without_growth §5.8"
	Messages []string // "2025-10-08 09:00 first-payment reminder"
	Left     int      // resources that still exist
}

// expect compares a report with what it must say.
func expect(t *testing.T, r rehearsal.Report, w want) {
	t.Helper()
	if got := state(r); w.State != "" && got != w.State {
		t.Errorf("state is %q, want %q", got, w.State)
	}
	compare(t, "duties", lines(r.Obligations, duty), w.Duties)
	compare(t, "service years", lines(r.ServiceYears, year), w.Years)
	compare(t, "refused", lines(r.Refused, refused), w.Refused)
	compare(t, "messages", lines(r.Messages, told), w.Messages)
	if r.Resources.Left != w.Left {
		t.Errorf("%d resources are left, want %d", r.Resources.Left, w.Left)
	}
	if !r.Evidence.Verified {
		t.Errorf("the evidence does not hold: %+v", r.Evidence)
	}
}

func compare(t *testing.T, what string, got, want []string) {
	t.Helper()
	if want != nil && !slices.Equal(got, want) {
		t.Errorf("%s are\n\t%s\nwant\n\t%s", what, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func lines[T any](list []T, line func(T) string) []string {
	out := make([]string, 0, len(list))
	for _, item := range list {
		out = append(out, line(item))
	}
	return out
}

func state(r rehearsal.Report) string {
	if r.EndedOn.IsZero() {
		return string(r.Phase)
	}
	return fmt.Sprintf("%s, ended %s", r.Phase, r.EndedOn)
}

func duty(o rehearsal.Obligation) string {
	due := ""
	if !o.DueOn.IsZero() {
		due = ", due " + o.DueOn.String()
		if !o.DueAt.Equal(o.DueOn.End()) {
			due += " but late from " + moment(o.DueAt.Time)
		}
	}
	if o.Provisional {
		due += " provisional"
	}
	due += strings.Join(lines(o.Moved, func(m message.Move) string {
		return fmt.Sprintf(", moved %s to %s by %s", m.From, m.To, m.Notice)
	}), "")
	status := string(o.Status)
	if !o.SettledAt.IsZero() {
		status += " " + moment(o.SettledAt.Time)
	}
	return fmt.Sprintf("%s §%s %s: opened %s%s, %s", o.ID, o.Clause, o.OwedBy, moment(o.OpenedAt.Time), due, status)
}

func year(y rehearsal.ServiceYear) string {
	return fmt.Sprintf("%d: %s..%s %s", y.Year, y.First, y.Last, y.Fee)
}

func refused(r rehearsal.Refused) string {
	return fmt.Sprintf("%s %s %s §%s", moment(r.At.Time), r.Do, r.Code, r.Clause)
}

func told(m rehearsal.Message) string {
	return fmt.Sprintf("%s %s %s", moment(m.At.Time), m.About, m.Kind)
}

// moment is an instant in Asia/Shanghai, with seconds only if there are some.
func moment(at time.Time) string {
	at = at.In(workday.Shanghai)
	if at.Second() != 0 {
		return at.Format("2006-01-02 15:04:05")
	}
	return at.Format("2006-01-02 15:04")
}
