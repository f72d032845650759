package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"

	"lvyue/activities"
	"lvyue/internal/aliyunsim"
	"lvyue/internal/engine"
	"lvyue/internal/intake"
	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/postgres"
	"lvyue/internal/slacksim"
)

// clearing bounds how long taking down may last.
const clearing = time.Minute

// stage is what a rehearsal has to itself: a schema, a simulated vendor, a worker on a task queue of its own, and
// the contract's workflow.
type stage struct {
	Options

	fail      context.CancelCauseFunc
	name      string
	clock     *clock
	store     *postgres.Store
	cloud     *aliyunsim.Server
	intake    intake.Intake
	contract  string
	firstRun  string
	secret    string
	world     activities.World
	halt      func() // nil while no worker serves
	chat      *slacksim.Server
	away      []slacksim.Fault
	sender    *paging.Sender // nil without a rota: nobody is sent anything
	takesDown []func(context.Context) error
}

func newStage(o Options, fail context.CancelCauseFunc) *stage {
	start := o.Scenario.Events[0].At
	if !o.Scenario.Until.IsZero() {
		start = earliest(start, o.Scenario.Until)
	}
	return &stage{
		Options: o, fail: fail, name: uuid.NewString(), secret: uuid.NewString(), clock: newClock(start),
	}
}

func (s *stage) prefix() string    { return "rehearsal/" + s.name + "/" }
func (s *stage) taskQueue() string { return "rehearsal-" + s.name }
func (s *stage) schema() string    { return "rehearsal_" + strings.ReplaceAll(s.name, "-", "_") }

// later keeps what must be done when the rehearsal is over, the last thing first.
func (s *stage) later(takeDown func(context.Context) error) {
	s.takesDown = append(s.takesDown, takeDown)
}

// clear takes down all that was set up, as far as it was. What fails does not keep the rest from being done.
func (s *stage) clear(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, clearing)
	defer cancel()
	var failed error
	for _, takeDown := range slices.Backward(s.takesDown) {
		failed = errors.Join(failed, takeDown(ctx))
	}
	s.takesDown = nil
	if failed != nil {
		return fmt.Errorf("take down the rehearsal: %w", failed)
	}
	return nil
}

// build sets up in order: what comes later needs what came before.
func (s *stage) build(ctx context.Context) error {
	for _, step := range []func(context.Context) error{
		s.openStore, s.fillStore, s.startCloud, s.prepareServer, s.startWorker, s.startChat, s.startContract,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) openStore(ctx context.Context) error {
	store, err := postgres.Open(ctx, s.DatabaseURL, s.schema())
	if err != nil {
		return err
	}
	s.store = store
	s.later(func(ctx context.Context) error {
		defer store.Close()
		if s.Keep {
			return nil
		}
		return store.Drop(ctx)
	})
	return store.Migrate(ctx)
}

// fillStore registers the form, the rota and the notices that are known from the start.
func (s *stage) fillStore(ctx context.Context) error {
	if err := s.store.RegisterForm(ctx, s.Scenario.Form); err != nil {
		return fmt.Errorf("register the form: %w", err)
	}
	if s.Scenario.Rota != nil {
		if _, _, err := s.store.SetRota(ctx, *s.Scenario.Rota, way); err != nil {
			return fmt.Errorf("set the rota: %w", err)
		}
	}
	for _, notice := range s.Scenario.Notices {
		if _, err := s.store.ImportNotice(ctx, notice); err != nil {
			return fmt.Errorf("import the notice of %d: %w", notice.Year, err)
		}
	}
	return nil
}

// startCloud starts the vendor's simulator. Only this rehearsal knows its key.
func (s *stage) startCloud(context.Context) error {
	outside, err := s.outside()
	if err != nil {
		return err
	}
	cloud, err := aliyunsim.Start(aliyunsim.Options{ //nolint:contextcheck // it serves until it is closed
		Clock: s.clock.now, DeployTakes: s.Scenario.DeployTakes, ReleasesEarly: true, AccessKeyID: "rehearsal", AccessKeySecret: s.secret,
		Log: s.CloudLog, Faults: s.CloudFaults, Outside: outside,
	})
	if err != nil {
		return err
	}
	s.cloud = cloud
	s.later(func(context.Context) error { return cloud.Close() })
	return nil
}

func (s *stage) prepareServer(ctx context.Context) error {
	return engine.Prepare(ctx, s.Client, s.Namespace, s.taskQueue())
}

// startContract starts the contract before anything happens, so that it is the engine that refuses acts before
// the first signature.
func (s *stage) startContract(ctx context.Context) error {
	form := s.Scenario.Form
	clock := &message.Clock{Now: s.clock.now()}
	s.contract = message.ContractID(s.prefix(), form.Number)
	s.intake = intake.Intake{
		Store: s.store, Client: s.Client, TaskQueue: s.taskQueue(), Prefix: s.prefix(), Rehearsal: clock,
	}
	s.later(s.endWorks)
	run, err := s.Client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: s.contract, TaskQueue: s.taskQueue(), WorkflowTaskTimeout: taskTimeout,
	}, message.ContractWorkflow, message.ContractInput{State: message.State{
		Version: message.StateVersion, Terms: form.Public(), FormHash: form.Hash(), Rehearsal: clock,
	}})
	if err != nil {
		return fmt.Errorf("start the contract: %w", err)
	}
	s.firstRun = run.GetRunID()
	s.later(func(ctx context.Context) error { return s.endWorkflow(ctx, s.contract) })
	return nil
}
