package test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	listed "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/encoding/protojson"

	"lvyue/activities"
	"lvyue/internal/aliyunsim"
	"lvyue/internal/contract"
	"lvyue/internal/engine"
	"lvyue/internal/intake"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
	"lvyue/workflows"
)

// The histories of workflows/testdata/histories are recorded here, from the real server. What this build leaves
// in a history, it must also replay. To keep a new version of them:
//
//	LVYUE_RECORD=$PWD/workflows/testdata/histories/v3 go test -C test -run Record ./...
//
// A recorded folder is never written again: running contracts have histories like these.

// recorder writes the histories of the workflows whose ids bear its number.
type recorder struct {
	t      *testing.T
	name   string
	number string
	folder string
}

func newRecorder(t *testing.T, name string) recorder {
	t.Helper()
	folder := os.Getenv("LVYUE_RECORD")
	if folder == "" {
		folder = t.TempDir()
	}
	return recorder{t: t, name: name, number: "REC-" + strings.ToUpper(name), folder: folder}
}

func TestRecord_RehearsedLivesReplay(t *testing.T) {
	t.Parallel()
	examples, err := filepath.Glob("../examples/*/scenario.yaml")
	if err != nil || len(examples) == 0 {
		t.Fatalf("no example is found: %v", err)
	}
	for _, example := range examples {
		name := filepath.Base(filepath.Dir(example))
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRecorder(t, name)
			playFile(t, filepath.Join(r.renumbered("../examples"), name, "scenario.yaml"))
			r.keep()
		})
	}
}

// everyAct is a life in which people do all that they can.
const everyAct = `
contract: ../first-contract/first-contract.yaml
cloud: {deploy_takes: 45m}
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T16:00, do: sign, by: provider}
  - {at: 2025-09-28T10:00, do: dispute, obligations: [first-payment], by: customer}
  - {at: 2025-10-12T10:00, do: settle-dispute, outcome: "paid in full", by: chen}
  - {at: 2025-10-13T09:00, do: designate, deploy_on: 2025-10-20, by: chen}
  - {at: 2025-10-13T10:00, do: pay, amount: "119999.99", reference: R1}
  - {at: 2025-10-14T10:00, do: pay, amount: "10000.01", reference: R2}
  - {at: 2025-10-15T10:00, do: retry, duty: deployment, by: chen}
  - {at: 2025-11-03T10:00, do: amend, form: ../changed/form.yaml, by: customer}
  - {at: 2025-11-04T10:00, do: amend, form: ../changed/form.yaml, by: provider}
  - {at: 2026-03-02T10:00, do: expand, disk_gb: 700, price: "1234.56", answer: a price, valid_until: 2026-03-31}
  - {at: 2026-03-03T10:00, do: accept-quote, price: "1234.56"}
  - {at: 2026-03-04T10:00, do: expanded, expansion: expansion/1, evidence: a picture}
  - {at: 2026-09-22T10:00, do: offer, fee: "110000.00", by: customer}
  - {at: 2026-09-23T10:00, do: answer, accept: false, by: chen}
  - {at: 2026-09-24T10:00, do: offer, fee: "120000.00", by: chen}
  - {at: 2026-09-28T10:00, do: answer, accept: true, by: chen}
  - {at: 2026-10-22T10:00, do: waive, obligation: renewal-fee/2, reason: goodwill, by: chen}
  - {at: 2026-11-02T10:00, do: shortfall, required: 120, measured: 80, evidence: a load test, by: chen}
  - {at: 2026-11-03T10:00, do: terminate, ground: load-shortfall, on: 2026-11-03, by: chen}
  - {at: 2026-11-04T10:00, do: hold, what: destruction, reason: an inquiry, by: wang}
  - {at: 2026-11-12T10:00, do: release-hold, what: destruction, by: wang}
  - {at: 2026-11-12T11:00, do: confirm, what: destruction, by: chen}
  - {at: 2026-11-12T12:00, do: confirm, what: destruction, by: wang}
`

func TestRecord_EveryActReplays(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, "every-act")
	folder := r.renumbered("../examples")
	form, err := os.ReadFile(filepath.Join(folder, "first-contract", "first-contract.yaml"))
	check(t, err)
	changed := strings.Replace(string(form), "disk_gb: 500", "disk_gb: 600", 1)
	check(t, os.Mkdir(filepath.Join(folder, "changed"), 0o750))
	check(t, os.WriteFile(filepath.Join(folder, "changed", "form.yaml"), []byte(changed), 0o600))
	check(t, os.WriteFile(filepath.Join(folder, "changed", "scenario.yaml"), []byte(everyAct), 0o600))
	report := playFile(t, filepath.Join(folder, "changed", "scenario.yaml"))
	if len(report.Refused) != 1 || report.Phase != message.Destroyed { // only the retry, for which nothing waited
		t.Errorf("the contract is %s, refused were %+v", report.Phase, report.Refused)
	}
	r.keep()
}

// renumbered is a copy of the examples in which the contract bears the recorder's number.
func (r recorder) renumbered(examples string) string {
	r.t.Helper()
	folder := r.t.TempDir()
	form := filepath.Join(folder, "first-contract", "first-contract.yaml")
	check(r.t, os.CopyFS(folder, os.DirFS(examples)))
	text, err := os.ReadFile(form)
	check(r.t, err)
	text = []byte(strings.Replace(string(text), "number: HT-2025-001", "number: "+r.number, 1))
	check(r.t, os.WriteFile(form, text, 0o600))
	return folder
}

func TestRecord_ProductionLivesReplay(t *testing.T) {
	t.Parallel()
	fresh := newProduction(t, "production-fresh")
	for _, side := range []message.Side{message.Customer, message.Provider} {
		fresh.act(message.Sign, string(side), message.Signature{By: side, FormHash: fresh.form.Hash()})
	}
	fresh.act(message.Pay, "chen", message.Payment{Amount: fresh.form.Fee, Reference: "R1"})
	fresh.act(message.Pay, "chen", message.Payment{Amount: fresh.form.Fee.Add(fresh.form.Fee), Reference: "R1"}) // refused
	fresh.wait("in-service", func(s message.State) bool { return s.Phase == message.InService })
	fresh.act(message.Dispute, "customer", message.Complaint{By: message.Customer, Obligations: []string{"renewal-fee/2"}})
	fresh.act(message.Offer, "chen", message.Proposal{By: message.Provider, Fee: fresh.form.Fee})
	fresh.act(message.Reply, "chen", message.Decision{Accept: true})
	fresh.act(message.SettleDispute, "chen", message.Settlement{Outcome: "settled"})
	check(t, fresh.intake.Signal(t.Context(), fresh.form.Number, message.Published{Notice: "2027", At: time.Now()}))
	served := fresh.wait("the notice", func(s message.State) bool { return s.Phase == message.InService })
	fresh.end()

	renewed := newProduction(t, "production-renewed")
	renewed.begin(yearOver(served, renewed.form))
	renewed.wait("the second year", func(s message.State) bool { return len(s.Years) == 2 })
	renewed.act(message.Terminate, "chen", message.Termination{Ground: message.Agreement, On: workday.Of(time.Now())})
	renewed.end()

	expired := yearOver(served, renewed.form)
	expired.Talks = message.Talks{Year: 1}
	gone := newProduction(t, "production-expired")
	expired.Terms, expired.FormHash = gone.form.Public(), gone.form.Hash()
	gone.begin(expired)
	gone.wait("the end", func(s message.State) bool { return s.Phase == message.Ended })
	gone.act(message.Confirm, "chen", message.Confirmation{What: "destruction"})
	gone.act(message.Confirm, "wang", message.Confirmation{What: "destruction"})
	gone.destroyed()
}

// destroyed keeps the histories of a contract whose data are destroyed. The two looks that find nothing lie five minutes of the
// server's time apart (§7.3); in a short run the histories end between them.
func (p production) destroyed() {
	p.t.Helper()
	contract := message.ContractID("", p.form.Number)
	if os.Getenv("LVYUE_RECORD") != "" || testkit.Soak(p.t) > 0 {
		check(p.t, world.client.GetWorkflow(p.t.Context(), contract, "").Get(p.t.Context(), nil))
		p.keep()
		return
	}
	destruction := message.ChildID(contract, "destruction", 1)
	p.wait("the pause between the looks", func(message.State) bool {
		_, err := world.client.DescribeWorkflowExecution(p.t.Context(), destruction, "")
		return err == nil && sleeping(p.history(destruction, "")) == 5*time.Minute
	})
	check(p.t, world.client.TerminateWorkflow(p.t.Context(), destruction, "", "recorded"))
	p.end()
}

// sleeping is how long a workflow waits if it has nothing else to do.
func sleeping(h *history.History) time.Duration {
	last := h.GetEvents()[len(h.GetEvents())-1]
	return last.GetTimerStartedEventAttributes().GetStartToFireTimeout().AsDuration()
}

// yearOver is the state of a contract whose first year ended yesterday, and in which the next one is agreed.
func yearOver(s message.State, form contract.Form) message.State {
	s.Terms, s.FormHash = form.Public(), form.Hash()
	s.Heard, s.Events, s.Works, s.Resources = 0, 0, nil, nil
	s.Start = workday.Of(time.Now()).AddDays(-366)
	span := workday.ServiceYear(s.Start, 1)
	s.Years = []message.ServiceYear{{Year: 1, First: span.First, Last: span.Last, Fee: form.Fee}}
	s.At = span.Last.Start()
	return s
}

// production is a contract on the server's own clock, with a worker of its own.
type production struct {
	recorder

	form   contract.Form
	intake intake.Intake
}

func newProduction(t *testing.T, name string) production {
	t.Helper()
	p := production{recorder: newRecorder(t, name)}
	text, err := os.ReadFile("testdata/acme.yaml")
	check(t, err)
	p.form, err = contract.ParseForm([]byte(strings.Replace(string(text), "number: HT-2025-001", "number: "+p.number, 1)))
	check(t, err)
	store, err := postgres.Open(t.Context(), world.DatabaseURL(), "record_"+strings.ReplaceAll(uuid.NewString(), "-", "_"))
	check(t, err)
	t.Cleanup(func() { store.Close() })
	t.Cleanup(func() { check(t, store.Drop(context.WithoutCancel(t.Context()))) })
	check(t, store.Migrate(t.Context()))
	check(t, store.RegisterForm(t.Context(), p.form))
	p.intake = intake.Intake{Store: store, Client: world.client, TaskQueue: "record-" + name}
	p.serve(store)
	return p
}

func (p production) serve(store *postgres.Store) {
	p.t.Helper()
	account, err := aliyunsim.Start(aliyunsim.Options{AccessKeyID: "record", AccessKeySecret: "record"})
	check(p.t, err)
	p.t.Cleanup(func() { check(p.t, account.Close()) })
	hosting, outside := hands(p.t, account, "record", "record", store, time.Now)
	w := engine.NewWorker(world.client, p.intake.TaskQueue, func(err error) { p.t.Error(err) })
	workflows.Register(w)
	activities.World{
		Evidence: &activities.Evidence{Store: store},
		Inbox:    &activities.Inbox{Store: store},
		Calendar: &activities.Calendar{Store: store},
		Hosting:  hosting,
		Offsite:  outside,
		Engine:   &activities.Engine{Client: world.client},
	}.Register(w)
	check(p.t, w.Start())
	p.t.Cleanup(w.Stop)
}

// begin starts the contract from a state that earlier runs have reached.
func (p production) begin(s message.State) {
	p.t.Helper()
	_, err := world.client.ExecuteWorkflow(p.t.Context(), client.StartWorkflowOptions{
		ID: message.ContractID("", p.form.Number), TaskQueue: p.intake.TaskQueue,
	}, message.ContractWorkflow, message.ContractInput{State: s})
	check(p.t, err)
}

func (p production) act(name message.ActName, who string, body any) {
	p.t.Helper()
	text, err := json.Marshal(body)
	check(p.t, err)
	_, _, err = p.intake.Take(p.t.Context(), message.Act{
		ID: uuid.NewString(), Name: name, Contract: p.form.Number, Actor: message.Actor{Who: who, Way: "record"}, Body: text,
	}, &p.form)
	check(p.t, err)
}

// wait asks until the contract's state is as wanted.
func (p production) wait(what string, reached func(message.State) bool) message.State {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	defer cancel()
	for look := time.NewTicker(50 * time.Millisecond); ; {
		var s message.State
		value, err := world.client.QueryWorkflow(ctx, message.ContractID("", p.form.Number), "", message.StateQuery)
		if err == nil && value.Get(&s) == nil && reached(s) {
			look.Stop()
			return s
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("%s does not come: %v", what, err)
		case <-look.C:
		}
	}
}

// end keeps the histories of a contract that would run on.
func (p production) end() {
	p.t.Helper()
	check(p.t, world.client.TerminateWorkflow(p.t.Context(), message.ContractID("", p.form.Number), "", "recorded"))
	p.keep()
}

// keep writes every history under the recorder's number, and replays it.
func (r recorder) keep() {
	r.t.Helper()
	check(r.t, os.MkdirAll(r.folder, 0o750))
	replayer := worker.NewWorkflowReplayer()
	workflows.Register(replayer)
	runs := r.runs()
	for i, run := range runs {
		h := r.history(run.ID, run.RunID)
		started := h.GetEvents()[0].GetWorkflowExecutionStartedEventAttributes()
		file := fmt.Sprintf("%s-%s-%d.json", r.name, strings.ToLower(started.GetWorkflowType().GetName()), i+1)
		text, err := protojson.Marshal(h)
		check(r.t, err)
		check(r.t, os.WriteFile(filepath.Join(r.folder, file), text, 0o600))
		err = replayer.ReplayWorkflowHistoryWithOptions(quiet(), h, worker.ReplayWorkflowHistoryOptions{OriginalExecution: run})
		if err != nil {
			r.t.Errorf("%s does not replay: %v", file, err)
		}
	}
}

// runs are the closed workflows that bear the number, oldest first.
func (r recorder) runs() []workflow.Execution {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), time.Minute)
	defer cancel()
	for {
		list, err := world.client.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{PageSize: 1000})
		check(r.t, err)
		found := slices.DeleteFunc(list.GetExecutions(), func(e *listed.WorkflowExecutionInfo) bool {
			return !strings.Contains(e.GetExecution().GetWorkflowId()+"/", "/"+r.number+"/")
		})
		slices.SortFunc(found, func(a, b *listed.WorkflowExecutionInfo) int {
			return a.GetStartTime().AsTime().Compare(b.GetStartTime().AsTime())
		})
		var runs []workflow.Execution
		open := false
		for _, e := range found {
			runs = append(runs, workflow.Execution{ID: e.GetExecution().GetWorkflowId(), RunID: e.GetExecution().GetRunId()})
			open = open || e.GetStatus() == enums.WORKFLOW_EXECUTION_STATUS_RUNNING
		}
		if len(runs) > 0 && !open {
			return runs
		}
		time.Sleep(50 * time.Millisecond) // until the list knows
	}
}

func (r recorder) history(id, run string) *history.History {
	r.t.Helper()
	h := &history.History{}
	events := world.client.GetWorkflowHistory(r.t.Context(), id, run, false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		check(r.t, err)
		h.Events = append(h.Events, event)
	}
	return h
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
