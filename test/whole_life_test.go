package test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"lvyue/internal/rehearsal"
)

// wholeLife has all the works in the cloud, each begun on a day of its own: a deployment, an expansion of disk and
// database, a cluster, a destruction. The prices are those of the simulator's tariff for the rest of the service year.
const wholeLife = `
contract: acme.yaml
cloud: {deploy_takes: 20m}
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T16:00, do: sign, by: provider}
  - {at: 2025-10-09T15:00, do: pay, amount: "120000.00", reference: ICBC-001}
  - {at: 2025-10-15T10:00, do: quote, disk_gb: 700, database_gb: 200}
  - {at: 2025-10-15T11:00, do: accept-quote, price: "6050.02"}
  - {at: 2025-10-16T10:00, do: pay, amount: "6050.02", reference: ICBC-002}
  - {at: 2025-10-20T10:00, do: quote, nodes: 2}
  - {at: 2025-10-20T11:00, do: accept-quote, price: "43584.10"}
  - {at: 2025-10-23T10:00, do: pay, amount: "43584.10", reference: ICBC-003}
  - {at: 2025-11-03T10:00, do: terminate, ground: agreement, on: 2025-11-03, by: chen}
  - {at: 2025-11-04T10:00, do: confirm, what: destruction, by: chen}
  - {at: 2025-11-04T11:00, do: confirm, what: destruction, by: wang}
`

// call is one call to the cloud, as its log has it.
type call struct {
	At         string            `json:"at"`
	Product    string            `json:"product"`
	Action     string            `json:"action"`
	Parameters map[string]string `json:"parameters"`
	Status     int               `json:"status"`
	Code       string            `json:"code"`
}

// lost is the status of a call that took effect and whose answer did not arrive.
const lost = 0

func (c call) day() string { return c.At[:len("2006-01-02")] }

func (c call) operation() string { return c.Product + " " + c.Action }

// calls are all calls of a life, in the order in which they took effect.
type calls []call

// days counts the calls of each day.
func (c calls) days() map[string]int {
	days := map[string]int{}
	for _, one := range c {
		days[one.day()]++
	}
	return days
}

// operations are those that were called, in the order in which they first were.
func (c calls) operations() []string {
	var all []string
	for _, one := range c {
		if !slices.Contains(all, one.operation()) {
			all = append(all, one.operation())
		}
	}
	return all
}

// orders are the calls that would cost money or make a second thing if they took effect twice, "rds CreateDatabase" or with
// the token of the order, sorted. The vendor itself performs what is ordered again under the same token once.
func (c calls) orders() []string {
	var all []string
	for _, one := range c {
		token := one.Parameters["ClientToken"]
		order := strings.TrimSpace(one.operation() + " " + token)
		if one.ordersSomething() && (token == "" || !slices.Contains(all, order)) {
			all = append(all, order)
		}
	}
	slices.Sort(all)
	return all
}

func (c call) ordersSomething() bool {
	took := (c.Status == http.StatusOK || c.Status == lost) && c.Parameters["DryRun"] != "true"
	return took && slices.ContainsFunc([]string{"Create", "Run", "Allocate", "Resize", "ModifyDBInstanceSpec"}, func(verb string) bool {
		return strings.HasPrefix(c.Action, verb)
	})
}

// wentWrong counts the calls whose answer was lost, or that were turned away since too much was asked.
func (c calls) wentWrong() (n int) {
	for _, one := range c {
		if one.Status == lost || one.Code == "Throttling.User" {
			n++
		}
	}
	return n
}

// wholly is a whole life that was lived: the calls that it took so far, and what came of it. It is the log of its cloud.
type wholly struct {
	calls  calls
	report rehearsal.Report
	each   func(call) error // nil, or told of each call once that took effect and before its answer leaves
}

// Write is called by one request at a time, with its line.
func (w *wholly) Write(line []byte) (int, error) {
	var c call
	if err := json.Unmarshal(line, &c); err != nil {
		return 0, err
	}
	w.calls = append(w.calls, c)
	if w.each != nil {
		return len(line), w.each(c)
	}
	return len(line), nil
}

// live plays the whole life with these options.
func (w *wholly) live(tb testing.TB, options rehearsal.Options) error {
	tb.Helper()
	var err error
	if options.Scenario, err = rehearsal.Load(written(tb, wholeLife, nil)); err != nil {
		tb.Fatal(err)
	}
	options.Client, options.DatabaseURL, options.CloudLog = world.client, world.DatabaseURL(), w
	w.report, err = rehearsal.Run(tb.Context(), options)
	return err
}

// undisturbed is a whole life in which nothing goes wrong.
func undisturbed(t *testing.T) *wholly {
	t.Helper()
	w := &wholly{}
	if err := w.live(t, rehearsal.Options{}); err != nil {
		t.Fatal(err)
	}
	expect(t, w.report, want{State: "destroyed, ended 2025-11-03", Refused: []string{}})
	if len(w.report.Invoices) != 3 || len(w.report.Books.Audit.Failed) > 0 {
		t.Fatalf("%d invoices, want the fee's and the two expansions'; the books: %+v", len(w.report.Invoices), w.report.Books.Audit.Failed)
	}
	return w
}

// came compares a life with one in which nothing went wrong: the same report, and the same orders at the vendor.
func (w *wholly) came(t *testing.T, to *wholly) {
	t.Helper()
	same(t, w.report, to.report)
	compare(t, "orders", w.calls.orders(), to.calls.orders())
}

// sideBySide runs subtests at once and takes the place of one: they mostly wait.
func sideBySide[T any](t *testing.T, all []T, name func(T) string, test func(*testing.T, T)) {
	t.Helper()
	const abreast = 8
	var group errgroup.Group
	group.SetLimit(abreast)
	for _, one := range all {
		group.Go(func() error {
			t.Run(name(one), func(t *testing.T) { test(t, one) })
			return nil
		})
	}
	_ = group.Wait() // the subtests say what fails
}
