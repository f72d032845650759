package workflows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lvyue/internal/message"
)

// A worker that dies right after it has stored a step leaves the evidence ahead of the history: the next one takes the
// step again from the state before it, and finds the acts in the inbox alone. What was done is done once; what was
// refused stays refused, also where it would now be allowed.
func TestContract_AStepTakenAgainAfterItWasStoredLosesNothing(t *testing.T) {
	t.Parallel()
	undisturbed := takenAgain(t, false)
	for i, line := range takenAgain(t, true) {
		if i >= len(undisturbed) || line != undisturbed[i] {
			t.Errorf("line %d is %s", i, line)
		}
	}
	if t.Failed() {
		t.Logf("undisturbed it is\n%s", strings.Join(undisturbed, "\n"))
	}
}

// takenAgain is a life whose worker died after the steps of each stretch, and all that is stored of it.
func takenAgain(t *testing.T, dies bool) []string {
	t.Helper()
	s := begin(t, "2025-09-26 09:00", soon)
	s.at("2025-09-26 10:00", s.signs(message.Customer))
	s.at("2025-09-26 10:01", s.signs(message.Customer).as("again"), pays("1.00", "early"))
	s.at("2025-09-26 16:00", s.signs(message.Provider).as("provider"))
	s.at("2025-09-28 10:00", pays("50000.00", "A-1").as("first"))
	s.at("2025-09-28 10:01", pays("50000.01", "A-1").as("otherwise"), retries("deployment").as("unparked"))
	s.at("2025-09-29 09:00", pays("0.01", "A-0")) // an update of the steps before is lost: this act wakes the contract
	s.at("2025-10-09 09:00", pays("60000.00", "A-2").as("unsent").unsent())
	s.at("2025-10-11 09:00", names("2025-10-20").as("named"))
	s.at("2025-10-13 10:00", pays("9999.99", "A-3").as("rest"))
	for _, stretch := range []struct{ from, to string }{
		{"2025-09-26 09:59", "2025-09-26 10:30"},
		{"2025-09-26 15:59", "2025-09-26 16:30"},
		{"2025-09-28 09:00", "2025-09-28 11:00"},
		{"2025-10-03 08:00", "2025-10-03 10:00"}, // a reminder
		{"2025-10-10 08:00", "2025-10-10 10:00"},
		{"2025-10-10 23:00", "2025-10-11 00:05"}, // what was not delivered; overdue
		{"2025-10-11 08:00", "2025-10-11 10:00"},
	} {
		s.until(stretch.from)
		was := s.state
		if s.until(stretch.to); dies {
			s.state = was
		}
	}
	s.until("2025-10-21 00:00")
	s.wantTold(map[string]string{
		"again": "already_signed", "early": "not_in_force", "otherwise": "reference_reused", "unparked": "not_parked",
		"first": "", "named": "", "rest": "",
	})
	s.expect(want{State: "in-service", Duties: []string{
		"first-payment: opened 2025-09-26 16:00, due 2025-10-10, met-late 2025-10-13 10:00",
		"deployment: opened 2025-10-13 10:00, due 2025-10-20, met 2025-10-13 10:00",
	}})
	return s.told(s.form.Number)
}

// told is all that is stored of a contract: the evidence, line by line, and the money.
func (s *story) told(number string) []string {
	s.t.Helper()
	events, err := s.store.Timeline(s.t.Context(), number)
	must(s.t, err)
	lines := make([]string, 0, len(events))
	for _, e := range events {
		lines = append(lines, fmt.Sprintf("%s %s %s %s -> %s by %s", moment(e.At), e.What, e.Subject, e.Old, e.New, e.ActID))
	}
	slices.Sort(lines)
	chain, err := s.store.Verify(s.t.Context(), number)
	must(s.t, err)
	view := s.expect(want{})
	return append(lines, fmt.Sprintf("received %s, unapplied %s, verified %v",
		view.Contract.Received, view.Contract.Unapplied, chain.Verified))
}
