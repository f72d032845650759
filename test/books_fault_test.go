package test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lvyue/internal/rehearsal"
	"lvyue/internal/testkit"
)

// unheard is how many commits, at least, a run of this test lets no worker hear of.
const unheard = 50

// A worker is killed with SIGKILL at every commit that writes books: once when it has come to nothing, and once when all
// is stored and the worker has not heard of it. The next worker takes the step again. Nothing of the report changes but
// its cost: the books are those of a life that nothing has disturbed, and hold.
//
// LVYUE_SEED repeats a run; LVYUE_SOAK (a duration) goes on with new seeds for so long, each commit lost both ways.
//
//nolint:tparallel // one round after another
func TestBooks_AWorkerThatNeverHearsOfItsCommitChangesNothing(t *testing.T) {
	t.Parallel()
	worker := build(t, t.TempDir(), "worker")
	lives, ways := livesOfMoney(), [][]passage{{back}, {there}}
	for seed, until := testkit.Seed(t), time.Now().Add(testkit.Soak(t)); ; seed += uint64(len(lives)) {
		var never atomic.Int64
		t.Run(fmt.Sprintf("LVYUE_SEED=%d", seed), func(t *testing.T) {
			for i, life := range lives {
				t.Run(life.name, func(t *testing.T) {
					t.Parallel()
					file := written(t, life.scenario, amendments(t))
					calm := haunted(t, &reaper{}, worker, seed, file)
					soundBooks(t, calm.report)
					for _, on := range ways {
						t.Run(fmt.Sprint(on), func(t *testing.T) {
							t.Parallel()
							r := &reaper{on: on}
							got := haunted(t, r, worker, seed+uint64(i), file)
							same(t, got.report, calm.report)
							r.tookEach(t, calm.sent)
							if slices.Contains(on, back) {
								never.Add(int64(len(calm.sent)))
							}
							t.Logf("%d commits of books, %d lost, %d workers killed in %v", len(calm.sent), len(r.took), r.died, got.lasted)
						})
					}
				})
			}
		})
		t.Logf("of %d commits that were stored no worker heard", never.Load())
		if never.Load() < unheard && !t.Failed() {
			t.Errorf("want at least %d", unheard)
		}
		if t.Failed() || time.Now().After(until) {
			return
		}
		ways = [][]passage{{there, back}}
	}
}

// reaper has the worker killed at each commit of books, once on each of the given ways.
type reaper struct {
	mortal

	on []passage

	sync.Mutex

	sent map[string]int // by the steps, how often their commit was sent
	took map[death]bool
}

// death is a commit that was lost.
type death struct {
	step string
	on   passage
}

// loses tells whether a commit is lost now; the worker that waits for it is killed within a tenth of a second.
func (r *reaper) loses(on passage, step string) bool {
	r.Lock()
	defer r.Unlock()
	if on == there {
		r.sent[step]++
	}
	if d := (death{step, on}); slices.Contains(r.on, on) && !r.took[d] {
		r.took[d] = true
		r.strike <- struct{}{}
		return true
	}
	return false
}

// tookEach fails unless the commit of every step of the calm life was lost once on each way, and sent again only where
// nothing had been stored.
func (r *reaper) tookEach(t *testing.T, calm map[string]int) {
	t.Helper()
	sent := map[string]int{}
	for step := range calm {
		sent[step] = 1
		if slices.Contains(r.on, there) {
			sent[step] = 2
		}
		for _, on := range r.on {
			if !r.took[death{step, on}] {
				t.Errorf("%q was not lost: %s", step, on)
			}
		}
	}
	if !maps.Equal(r.sent, sent) {
		t.Errorf("commits were sent %v, want %v", r.sent, sent)
	}
	if r.died < len(r.took) {
		t.Errorf("only %d workers died at %d commits", r.died, len(r.took))
	}
}

// haunting is a life that was played to its end, with what its reaper did.
type haunting struct {
	*reaper

	report rehearsal.Report
	lasted time.Duration
}

// haunted plays a scenario with a worker outside this process, whose commits the reaper watches.
func haunted(t *testing.T, r *reaper, worker string, seed uint64, file string) haunting {
	t.Helper()
	const most = 1000 // steps in a life
	r.mortal = mortal{
		program: worker, log: filepath.Join(t.TempDir(), "log"), random: rand.New(rand.NewPCG(seed, 0)),
		strike: make(chan struct{}, most),
	}
	r.sent, r.took = map[string]int{}, map[death]bool{}
	scenario, err := rehearsal.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	options := rehearsal.Options{Scenario: scenario, Client: world.client, DatabaseURL: world.DatabaseURL()}
	options.Worker = func(env map[string]string) (stop func(), err error) {
		env["DATABASE_URL"] = newCommitProxy(t, env["DATABASE_URL"], r.loses)
		return r.begin(env)
	}
	began := time.Now()
	report, err := rehearsal.Run(t.Context(), options)
	if err != nil {
		t.Fatalf("%v\n%s", err, r.lastWords())
	}
	return haunting{reaper: r, report: report, lasted: time.Since(began)}
}

// soundBooks fails unless a life went as it was written, and its books hold.
func soundBooks(t *testing.T, r rehearsal.Report) {
	t.Helper()
	compare(t, "refused", lines(r.Refused, refused), []string{})
	if audit := r.Books.Audit; audit.Checked == 0 || len(audit.Failed) > 0 {
		t.Errorf("%d checks of the books, failed %v", audit.Checked, audit.Failed)
	}
	if len(r.Invoices) == 0 || len(r.Books.TrialBalance) == 0 {
		t.Error("the books are empty")
	}
}

// lifeOfMoney is a life of one contract, which none of its acts is refused.
type lifeOfMoney struct{ name, scenario string }

// livesOfMoney are lives in which everything happens to money that can.
func livesOfMoney() []lifeOfMoney {
	const (
		form   = "contract: acme.yaml\ncloud: {deploy_takes: 45m}\nevents:\n"
		signed = form + `
  - {at: 2021-10-13T09:00, do: sign, by: customer}
  - {at: 2021-10-13T09:30, do: sign, by: provider}
`
	)
	return []lifeOfMoney{
		{name: "paid in parts and too much, taken back, given back", scenario: signed + `
  - {at: 2021-10-13T10:00, do: pay, amount: "70000.00", reference: A}
  - {at: 2021-10-13T11:00, do: pay, amount: "80000.00", reference: B}
  - {at: 2021-10-18T10:00, do: reverse, reference: A, bank_reference: A-BACK, reason: the payer's account was closed}
  - {at: 2021-10-19T10:00, do: pay, amount: "70000.00", reference: C}
  - {at: 2021-11-01T10:00, do: unapply, reference: B}
  - {at: 2021-11-02T10:00, do: apply, reference: B}
  - {at: 2021-11-03T10:00, do: request-refund, reason: overpayment, amount: "30000.00"}
  - {at: 2021-11-04T10:00, do: approve-refund, refund: refund/1, by: wang}
  - {at: 2021-11-05T10:00, do: pay-refund, refund: refund/1, reference: OUT-1}
  - {at: 2021-11-08T10:00, do: terminate, ground: agreement, on: 2021-11-08, by: chen}
  - {at: 2021-11-09T10:00, do: confirm, what: destruction, by: chen}
  - {at: 2021-11-09T11:00, do: confirm, what: destruction, by: wang}
  - {at: 2021-11-10T10:00, do: pay, amount: "8.00", reference: D}
until: 2021-12-01T00:00
`},
		{name: "renewed, amended, terminated for the load standard", scenario: signed + `
  - {at: 2021-10-13T10:00, do: pay, amount: "120000.00", reference: A}
  - {at: 2022-09-20T10:00, do: offer, fee: "120000.00"}
  - {at: 2022-09-22T10:00, do: answer, accept: true}
  - {at: 2022-09-23T10:00, do: pay, amount: "70000.00", reference: B}
  - {at: 2022-09-26T10:00, do: amend, form: cheaper.yaml, by: customer}
  - {at: 2022-09-27T10:00, do: amend, form: cheaper.yaml, by: provider}
  - {at: 2022-09-28T10:00, do: pay, amount: "50000.00", reference: C}
  - {at: 2022-11-01T10:00, do: shortfall, required: 120, measured: 80, evidence: "load test 7"}
  - {at: 2022-11-01T11:00, do: terminate, ground: load-shortfall, on: 2022-11-01, by: chen}
  - {at: 2022-11-02T10:00, do: request-refund, reason: overpayment, amount: "20000.00"}
  - {at: 2022-11-02T11:00, do: approve-refund, refund: refund/1, by: wang}
  - {at: 2022-11-02T12:00, do: approve-refund, refund: refund/2, by: wang}
  - {at: 2022-11-03T10:00, do: pay-refund, refund: refund/1, reference: OUT-1}
  - {at: 2022-11-03T11:00, do: pay-refund, refund: refund/2, reference: OUT-2}
  - {at: 2022-11-04T10:00, do: confirm, what: destruction, by: chen}
  - {at: 2022-11-04T11:00, do: confirm, what: destruction, by: wang}
until: 2022-12-01T00:00
`},
		{name: "waived and paid after all, moved away and back", scenario: signed + `
  - {at: 2021-10-13T10:00, do: pay, amount: "50000.00", reference: A}
  - {at: 2021-10-14T10:00, do: waive, obligation: first-payment, by: chen}
  - {at: 2021-10-15T10:00, do: pay, amount: "20000.00", reference: B}
  - {at: 2021-10-18T10:00, do: move, reference: A, to: HT-2025-002, reason: entered under the wrong contract}
  - {at: 2021-10-19T10:00, do: pay, amount: "50000.00", reference: A}
  - {at: 2021-10-20T10:00, do: pay, amount: "50000.00", reference: C}
  - {at: 2022-09-20T10:00, do: offer, fee: "110000.00"}
  - {at: 2022-09-22T10:00, do: answer, accept: true}
  - {at: 2022-10-08T10:00, do: waive, obligation: renewal-fee/2, by: chen}
  - {at: 2022-11-01T10:00, do: pay, amount: "110001.00", reference: D}
  - {at: 2022-11-02T10:00, do: reverse, reference: D}
  - {at: 2022-11-03T10:00, do: terminate, ground: breach, on: 2022-11-03, by: chen}
until: 2022-12-01T00:00
`},
		{name: "amended, taken back while it deploys, ended before what was paid ahead", scenario: signed + `
  - {at: 2021-10-13T10:00, do: amend, form: dearer.yaml, by: customer}
  - {at: 2021-10-13T11:00, do: amend, form: dearer.yaml, by: provider}
  - {at: 2021-10-14T10:00, do: pay, amount: "100000.00", reference: A}
  - {at: 2021-10-14T11:00, do: pay, amount: "50000.00", reference: B}
  - {at: 2021-10-14T11:10, do: reverse, reference: B}
  - {at: 2021-10-15T10:00, do: pay, amount: "60000.00", reference: C}
  - {at: 2022-09-20T10:00, do: offer, fee: "150000.00"}
  - {at: 2022-09-22T10:00, do: answer, accept: true}
  - {at: 2022-09-23T10:00, do: pay, amount: "140000.00", reference: D}
  - {at: 2022-09-26T10:00, do: unapply, reference: D}
  - {at: 2022-09-27T10:00, do: terminate, ground: agreement, on: 2022-09-28, by: chen}
  - {at: 2022-09-29T10:00, do: apply, reference: D}
  - {at: 2022-09-30T10:00, do: request-refund, reason: overpayment, amount: "150000.00"}
  - {at: 2022-09-30T11:00, do: waive, obligation: refund/1, by: chen}
  - {at: 2022-09-30T12:00, do: request-refund, reason: overpayment, amount: "140000.00"}
  - {at: 2022-09-30T13:00, do: approve-refund, refund: refund/2, by: wang}
  - {at: 2022-09-30T14:00, do: pay-refund, refund: refund/2, reference: OUT-1}
  - {at: 2022-09-30T15:00, do: confirm, what: destruction, by: chen}
  - {at: 2022-09-30T16:00, do: confirm, what: destruction, by: wang}
until: 2022-11-01T00:00
`},
	}
}
