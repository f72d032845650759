package test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lvyue/internal/rehearsal"
)

// What a contract may cost on the server in a year in which everybody keeps to it: renewed and paid in time, if
// only on the last day, so that every reminder is sent.
const (
	yearlyEvents  = 100
	yearlyActions = 25
)

// A quiet year is what a life of four years costs more than one of three. In a rehearsal the clock is moved; a
// real contract sets a timer for its next instant instead, at most one for each instant at which anything
// happened: two events and an action.
func TestQuietYear_StaysInItsBudget(t *testing.T) {
	t.Parallel()
	begun, three, four := quietLife(t, 1), quietLife(t, 3), quietLife(t, 4)
	timers := len(four.instants) - len(three.instants)
	year := less(four.report.Cost, three.report.Cost)
	charged := rehearsal.Cost{Runs: year.Runs, Events: year.Events + 2*timers, Actions: year.Actions + timers}
	t.Logf("signing to in-service:          %s", inWords(begun.report.Cost))
	t.Logf("a quiet year:                   %s", inWords(year))
	t.Logf("the same with at most %d timers: %s", timers, inWords(charged))
	if years, refused := len(four.report.ServiceYears), four.report.Refused; years != 4 || len(refused) > 0 {
		t.Fatalf("%d service years, refused: %v", years, refused)
	}
	if charged.Events > yearlyEvents || charged.Actions > yearlyActions {
		t.Errorf("a quiet year costs more than %d events and %d actions", yearlyEvents, yearlyActions)
	}
}

func less(a, b rehearsal.Cost) rehearsal.Cost {
	return rehearsal.Cost{Runs: a.Runs - b.Runs, Events: a.Events - b.Events, Actions: a.Actions - b.Actions}
}

func inWords(c rehearsal.Cost) string {
	return fmt.Sprintf("%d runs, %d history events, %d billable actions", c.Runs, c.Events, c.Actions)
}

func quietLife(t *testing.T, k int) outcome {
	t.Helper()
	return rehearse(t, quietScenario(t, k), nil)
}

// quietScenario lasts until service year k has run for six weeks, in years whose calendar is known.
func quietScenario(tb testing.TB, k int) (file string) {
	tb.Helper()
	const first = 2017
	form, err := filepath.Abs("testdata/acme.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	var s strings.Builder
	fmt.Fprintf(&s, `
contract: %s
cloud: {deploy_takes: 45m}
events:
  - {at: 2017-09-25T10:00, do: sign, by: customer}
  - {at: 2017-09-25T16:00, do: sign, by: provider}
  - {at: 2017-09-26T09:00, do: designate, deploy_on: 2017-10-20}
  - {at: 2017-09-27T15:00, do: pay, amount: "120000.00", reference: ICBC-2017}
`, form)
	for year := first + 1; year < first+k; year++ {
		fmt.Fprintf(&s, `
  - {at: %[1]d-10-09T11:00, do: offer, fee: "120000.00"}
  - {at: %[1]d-10-14T11:00, do: answer, accept: true}
  - {at: %[1]d-10-19T16:00, do: pay, amount: "120000.00", reference: ICBC-%[1]d}
`, year)
	}
	fmt.Fprintf(&s, "until: %d-12-01T00:00\n", first+k-1)
	file = filepath.Join(tb.TempDir(), "quiet.yaml")
	if err := os.WriteFile(file, []byte(s.String()), 0o600); err != nil {
		tb.Fatal(err)
	}
	return file
}
