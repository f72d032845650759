package test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
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
	charged := timed(year, timers)
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

// What a fault may cost, its contract's share in it included: from the report to closed, with one act at each step; and left alone
// for its hour, so that every rung of the ladder is climbed and the breach is recorded.
const (
	closedEvents, closedActions   = 90, 22
	ignoredEvents, ignoredActions = 85, 21
)

func TestIncident_StaysInItsBudget_3_11_4_2(t *testing.T) {
	t.Parallel()
	for _, f := range budgeted() {
		r, cost := faultCost(t, f.acts)
		t.Logf("%s: %s", f.name, inWords(cost))
		if found := r.Incidents; len(found) != 1 || found[0].State != f.state || len(r.Refused) > 0 {
			t.Errorf("%s: %+v, refused %v", f.name, found, r.Refused)
		}
		if cost.Events > f.events || cost.Actions > f.actions {
			t.Errorf("%s costs more than %d events and %d actions", f.name, f.events, f.actions)
		}
	}
}

// budgetedFault is the life of a fault, how it stands at the end, and what it may cost.
type budgetedFault struct {
	name, acts      string
	state           message.FaultState
	events, actions int
}

func budgeted() []budgetedFault {
	return []budgetedFault{
		{"closed", closedFault, message.FaultClosed, closedEvents, closedActions},
		{"ignored", ignoredFault, message.FaultOpen, ignoredEvents, ignoredActions},
	}
}

// The acts of one fault.
const (
	ignoredFault = `
  - {at: 2025-10-12T10:00, do: report-fault, system: OA}
`
	closedFault = ignoredFault + `
  - {at: 2025-10-12T10:02, do: ack, by: wang}
  - {at: 2025-10-12T10:12, do: plan, by: wang, cause: 磁盘满, steps: 清理}
  - {at: 2025-10-12T10:20, do: resolve, by: wang, text: 已恢复}
  - {at: 2025-10-12T10:25, do: confirm, fault: 1, by: 李明}
`
)

// faultLife is a contract in service until five minutes after the hour of a fault with these acts. Instants are those at which
// anything happened: a rung is no step of the contract, but wakes its fault.
func faultLife(tb testing.TB, acts string) (r rehearsal.Report, instants int) {
	tb.Helper()
	form, err := filepath.Abs("testdata/acme.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	file := filepath.Join(tb.TempDir(), "fault.yaml")
	if err := os.WriteFile(file, []byte("contract: "+form+"\n"+inService+acts+"until: 2025-10-12T11:05\n"), 0o600); err != nil {
		tb.Fatal(err)
	}
	scenario, err := rehearsal.Load(file)
	if err != nil {
		tb.Fatal(err)
	}
	r, err = rehearsal.Run(tb.Context(), rehearsal.Options{
		Scenario: scenario, Client: world.client, DatabaseURL: world.DatabaseURL(), Keep: true,
	})
	if err != nil {
		tb.Fatal(err)
	}
	timeline, err := openSchema(tb, world.DatabaseURL(), r.Schema).Timeline(tb.Context(), r.Contract)
	if err != nil {
		tb.Fatal(err)
	}
	at := map[time.Time]bool{}
	for _, e := range timeline {
		at[e.At.UTC()] = true
	}
	return r, len(at)
}

// faultCost is what a life with such a fault costs more than one without.
func faultCost(tb testing.TB, acts string) (rehearsal.Report, rehearsal.Cost) {
	tb.Helper()
	without, before := faultLife(tb, "")
	with, after := faultLife(tb, acts)
	return with, timed(less(with.Cost, without.Cost), after-before)
}

// timed adds what stands in production for the advances of a rehearsal's clock.
func timed(c rehearsal.Cost, timers int) rehearsal.Cost {
	return rehearsal.Cost{Runs: c.Runs, Events: c.Events + 2*timers, Actions: c.Actions + timers}
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
