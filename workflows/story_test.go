package workflows_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	sdkworkflow "go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/aliyun"
	"lvyue/internal/aliyunsim"
	"lvyue/internal/contract"
	"lvyue/internal/desk"
	"lvyue/internal/message"
	"lvyue/internal/offsite"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/systems"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
	"lvyue/workflows"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// story is one contract performed in skipped time by the production code: on the server's clock, with the real
// inbox and evidence, and the vendor's real client before a simulated account.
type story struct {
	t        *testing.T
	store    *postgres.Store
	form     contract.Form
	cloud    activities.Cloud
	evidence activities.EvidenceStore
	prepare  func(*testsuite.TestWorkflowEnvironment) // nil for nothing
	account  *aliyunsim.Server
	vault    *offsite.Vault
	server   *server
	hosts    map[string]http.Handler // hosts beside the vendor's
	systems  wires
	exports  activities.Exports

	env     *testsuite.TestWorkflowEnvironment
	present atomic.Pointer[func() time.Time]
	from    time.Time // where the next run begins
	state   message.State
	coming  []scene
	planned []scene // for the run that goes on
	acts    map[string]message.Act
	answers map[string][]message.Answer
	heard   map[string]chan struct{} // closed with the first answer to the act of that id
	runs    int
	sent    int
	over    bool
}

// scene is what people do at an instant.
type scene struct {
	at    time.Time
	deeds []deed
}

// begin opens a story at an instant ("2025-09-26 09:00", Asia/Shanghai) before anybody has signed. The vendor
// takes so long to make a database.
func begin(t *testing.T, at string, deployTakes time.Duration) *story {
	t.Helper()
	s := &story{
		t: t, store: testkit.Postgres(t), form: form(t), from: instant(t, at),
		acts: map[string]message.Act{}, answers: map[string][]message.Answer{}, server: &server{}, heard: map[string]chan struct{}{}, hosts: map[string]http.Handler{},
	}
	s.evidence = s.store
	s.stand(s.from)
	var err error
	s.account, err = aliyunsim.Start(aliyunsim.Options{
		Clock: s.now, DeployTakes: deployTakes, AccessKeyID: "story", AccessKeySecret: "untold", Outside: s.hosts,
	})
	must(t, err)
	s.systems = wiresBehind(t, s.account.URL())
	t.Cleanup(func() { must(t, s.account.Close()) })
	s.cloud, s.vault = s.client("untold"), s.outside()
	must(t, s.store.RegisterForm(t.Context(), s.form))
	s.state = message.State{Version: message.StateVersion, Terms: s.form.Public(), FormHash: s.form.Hash()}
	return s
}

// systemSecret is what the secrets of a story's systems follow from, and measureFor how long they are measured.
const (
	systemSecret = "told to nobody"
	measureFor   = 100 * time.Millisecond
)

// way is how the story's systems are reached.
func (s *story) way() systems.Way {
	s.t.Helper()
	way, err := systems.Simulated(s.account.URL(), systemSecret, measureFor)
	must(s.t, err)
	return way
}

// hosting is a worker's hands in the story's cloud.
func (s *story) hosting() *activities.Hosting { return s.way().Hosting(s.cloud, s.store) }

// outside is where the story's copies outside the cloud are.
func (s *story) outside() *offsite.Vault {
	s.t.Helper()
	vault, err := offsite.Open(s.t.Context(), offsite.Options{
		Copies: "mem://", Keys: "mem://", Engine: s.store.Schema(), Now: s.now,
	}, s.way().Client())
	must(s.t, err)
	s.t.Cleanup(func() { must(s.t, vault.Close()) })
	return vault
}

// client is the vendor's client with that secret key.
func (s *story) client(secret string) *aliyun.Cloud {
	s.t.Helper()
	cloud, err := aliyun.New(aliyun.Config{
		AccessKeyID: "story", AccessKeySecret: secret, Endpoint: s.account.URL(), Secret: systemSecret, Clock: s.now,
	})
	must(s.t, err)
	return cloud
}

func form(t *testing.T) contract.Form {
	t.Helper()
	text, err := os.ReadFile("testdata/form.yaml")
	must(t, err)
	f, err := contract.ParseForm(text)
	must(t, err)
	return f
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// instant reads "2025-09-26 10:00" or "2025-09-26 10:00:05", Asia/Shanghai.
func instant(t *testing.T, text string) time.Time {
	t.Helper()
	layout := "2006-01-02 15:04:05"
	at, err := time.ParseInLocation(layout[:len(text)], text, workday.Shanghai)
	must(t, err)
	return at
}

// now is the story's instant, also for the vendor.
func (s *story) now() time.Time { return (*s.present.Load())() }

// stand stops the story's clock.
func (s *story) stand(at time.Time) {
	s.from = at
	standing := func() time.Time { return at }
	s.present.Store(&standing)
}

// at tells what people will do at an instant.
func (s *story) at(at string, deeds ...deed) {
	s.t.Helper()
	s.coming = append(s.coming, scene{at: instant(s.t, at), deeds: deeds})
}

// until lets time pass to that instant. A later call goes on from there in a fresh run, with nothing but the state.
func (s *story) until(at string) {
	s.t.Helper()
	end := instant(s.t, at)
	for !s.over && s.from.Before(end) {
		s.run(end)
	}
}

// downUntil leaves the engine without a worker until the instant. What people do meanwhile is stored.
func (s *story) downUntil(at string) {
	s.t.Helper()
	back := instant(s.t, at)
	for _, next := range s.take(back) {
		s.stand(next.at)
		for _, d := range next.deeds {
			d.unsent().happen(s)
		}
	}
	s.stand(back)
}

// take removes the scenes before the instant from what is coming.
func (s *story) take(before time.Time) []scene {
	slices.SortStableFunc(s.coming, func(a, b scene) int { return a.at.Compare(b.at) })
	n := 0
	for n < len(s.coming) && s.coming[n].at.Before(before) {
		n++
	}
	taken := s.coming[:n:n]
	s.coming = s.coming[n:]
	return taken
}

// run performs one run of the contract's workflow: until it leaves for a fresh history, is over, or the end.
func (s *story) run(end time.Time) {
	s.t.Helper()
	s.env = s.environment(end)
	running := s.env.Now
	s.present.Store(&running)
	for _, next := range s.take(end) {
		s.env.RegisterDelayedCallback(func() { s.play(next) }, max(next.at.Sub(s.from), time.Millisecond))
		s.planned = append(s.planned, next)
	}
	s.runs++
	s.env.ExecuteWorkflow(message.ContractWorkflow, message.ContractInput{State: s.state})
	s.stand(s.env.Now())
	s.coming, s.planned = append(s.coming, s.planned...), nil
	err := s.env.GetWorkflowError()
	var fresh *sdkworkflow.ContinueAsNewError
	var timeout *temporal.TimeoutError
	switch {
	case err == nil:
		s.over = true
		s.remember()
	case errors.As(err, &fresh):
		var in message.ContractInput
		must(s.t, converter.GetDefaultDataConverter().FromPayloads(fresh.Input, &in))
		s.state = in.State
	case errors.As(err, &timeout):
		s.remember()
	default:
		s.t.Fatal(err)
	}
}

func (s *story) remember() {
	s.t.Helper()
	value, err := s.env.QueryWorkflow(message.StateQuery)
	must(s.t, err)
	s.state = message.State{}
	must(s.t, value.Get(&s.state))
}

func (s *story) environment(end time.Time) *testsuite.TestWorkflowEnvironment {
	suite := &testsuite.WorkflowTestSuite{}
	suite.SetLogger(sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(s.from)
	env.SetWorkflowRunTimeout(end.Sub(s.from))
	env.SetTestTimeout(time.Minute)
	env.SetDetachedChildWait(false)
	env.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: message.ContractID("", s.form.Number)})
	workflows.Register(env)
	activities.World{
		Evidence: &activities.Evidence{Store: s.evidence},
		Inbox:    &activities.Inbox{Store: s.store},
		Calendar: &activities.Calendar{Store: s.store, Log: slog.New(slog.DiscardHandler)},
		Hosting:  s.hosting(),
		Offsite:  &activities.Offsite{Packages: s.exports, Vault: s.vault, Store: s.store, Log: slog.New(slog.DiscardHandler)},
		Engine:   &activities.Engine{Client: s.server},

		Desk:      &activities.Desk{Rota: desk.Rota{Store: s.store}},
		Migration: &activities.Migration{Systems: s.systems, Exports: s.exports},
	}.Register(env)
	s.server.watch(env)
	if s.prepare != nil {
		s.prepare(env)
	}
	return env
}

func (s *story) play(next scene) {
	if s.env.IsWorkflowCompleted() {
		return // it comes in the next run
	}
	s.planned = slices.DeleteFunc(s.planned, func(p scene) bool { return p.at.Equal(next.at) })
	for _, d := range next.deeds {
		d.happen(s)
	}
}

// server is what the contract asks Temporal about its works: which of them run.
type server struct {
	client.Client

	mu    sync.Mutex
	open  []string
	alive bool // whatever was begun counts as running
}

// keep says whether works of earlier runs count as running.
func (w *server) keep(alive bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.alive = alive
}

func (w *server) watch(env *testsuite.TestWorkflowEnvironment) {
	w.mu.Lock()
	w.open = nil
	w.mu.Unlock()
	env.SetOnChildWorkflowStartedListener(func(info *sdkworkflow.Info, _ sdkworkflow.Context, _ converter.EncodedValues) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.open = append(w.open, info.WorkflowExecution.ID)
	})
	env.SetOnChildWorkflowCompletedListener(func(info *sdkworkflow.Info, _ converter.EncodedValue, _ error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.open = slices.DeleteFunc(w.open, func(id string) bool { return id == info.WorkflowExecution.ID })
	})
}

// DescribeWorkflowExecution says whether a work runs. One of an earlier run of the story does not.
func (w *server) DescribeWorkflowExecution(_ context.Context, id, _ string) (*workflowservice.DescribeWorkflowExecutionResponse, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	status := enums.WORKFLOW_EXECUTION_STATUS_TERMINATED
	if w.alive || slices.Contains(w.open, id) {
		status = enums.WORKFLOW_EXECUTION_STATUS_RUNNING
	}
	return &workflowservice.DescribeWorkflowExecutionResponse{
		WorkflowExecutionInfo: &workflow.WorkflowExecutionInfo{Status: status},
	}, nil
}

// deed is one thing that happens: a person acts, or something else.
type deed struct {
	id    string
	name  message.ActName
	who   string
	body  any
	stays bool // stored, but not delivered
	known bool // stored before, delivered now
	times int
	other func(*story)
}

// unsent is the deed stored in the inbox and not delivered, as when the sender's machine fails.
func (d deed) unsent() deed {
	d.stays = true
	return d
}

// sent is the deed delivered so many times under its one id.
func (d deed) sent(times int) deed {
	d.times = times
	return d
}

// as gives the deed a business id.
func (d deed) as(id string) deed {
	d.id = id
	return d
}

// sends delivers what was stored under the id.
func sends(id string) deed { return deed{id: id, known: true} }

// happens is something that befalls the story.
func happens(what func(*story)) deed { return deed{other: what} }

func (d deed) happen(s *story) {
	s.t.Helper()
	switch {
	case d.other != nil:
		d.other(s)
	case d.known:
		s.deliver(s.acts[d.id])
	default:
		s.submit(d)
	}
}

func (s *story) submit(d deed) {
	s.t.Helper()
	if d.id == "" {
		d.id = fmt.Sprintf("%s-%d", d.name, len(s.acts)+1)
	}
	body, err := json.Marshal(d.body)
	must(s.t, err)
	act, _, err := s.store.Submit(s.t.Context(), message.Act{
		ID: d.id, Name: d.name, Contract: s.form.Number, Actor: message.Actor{Who: d.who, Way: "story"},
		ReceivedAt: s.now(), Body: body,
	})
	must(s.t, err)
	s.acts[d.id] = act
	for range max(d.times, 1) {
		if !d.stays {
			s.deliver(act)
		}
	}
}

// deliver sends the update and keeps the answer, and stores the refusal of a validator as the intake does.
func (s *story) deliver(act message.Act) {
	keep := func(a message.Answer) {
		s.answers[act.ID] = append(s.answers[act.ID], a)
		if heard := s.heard[act.ID]; heard != nil {
			close(heard)
			delete(s.heard, act.ID)
		}
	}
	s.sent++ // the server tells equal ids apart by itself; here the workflow must
	s.env.UpdateWorkflow(string(act.Name), fmt.Sprintf("%s/%d", act.ID, s.sent), &testsuite.TestUpdateCallback{
		OnReject: func(err error) {
			no := refused(s.t, err)
			answer, err := s.store.Answer(context.WithoutCancel(s.t.Context()), act.ID, message.Answer{Text: no.Text, Refusal: no})
			must(s.t, err)
			keep(answer)
		},
		OnComplete: func(result any, err error) {
			if err != nil {
				s.t.Errorf("%s failed: %v", act.ID, err)
				return
			}
			answer, _ := result.(message.Answer)
			keep(answer)
		},
	}, act)
}

func refused(t *testing.T, err error) *refusal.Refusal {
	t.Helper()
	var no *refusal.Refusal
	var application *temporal.ApplicationError
	if !errors.As(err, &application) || application.Details(&no) != nil {
		t.Errorf("rejected without a refusal: %v", err)
	}
	return no
}

// wantTold compares the codes of the refusals that acts got, by their ids; "" for a yes.
func (s *story) wantTold(want map[string]string) {
	s.t.Helper()
	for id, code := range want {
		if len(s.answers[id]) == 0 {
			s.t.Errorf("%s got no answer", id)
		}
		for _, answer := range s.answers[id] {
			got := ""
			if answer.Refusal != nil {
				got = answer.Refusal.Code
			}
			if got != code {
				s.t.Errorf("%s is answered with %q, want %q", id, got, code)
			}
		}
	}
}

func text(t *testing.T, value any) string {
	t.Helper()
	out, err := json.MarshalIndent(value, "", " ")
	must(t, err)
	return string(out)
}
