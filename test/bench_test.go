package test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"golang.org/x/sync/errgroup"

	"lvyue/activities"
	"lvyue/internal/message"
	"lvyue/internal/rehearsal"
	"lvyue/internal/workday"
	"lvyue/workflows"
)

// BenchmarkStarts compares contract starts (form and act stored, workflow started, signature recorded and
// answered) with a bare workflow whose one activity stores one event, on the same server and store. The two take
// turns, so that a busy machine is unfair to neither. The aim is a ratio of 0.7.
func BenchmarkStarts(b *testing.B) {
	const turns = 4
	d := openDesk(b, time.Time{})
	serveBare(b, d)
	start := func(ctx context.Context, _ int) error { return startContract(ctx, b, d) }
	run := func(ctx context.Context, i int) error { return runBare(ctx, d, bareNumber(i)) }
	manyAtOnce(b, many, func(ctx context.Context, i int) error { return registerBare(ctx, b, d, bareNumber(i)) })
	manyAtOnce(b, many, start) // warm
	manyAtOnce(b, many, run)
	var contract, bare time.Duration
	for b.Loop() {
		contract, bare = 0, 0
		for range turns {
			contract += manyAtOnce(b, many, start)
			bare += manyAtOnce(b, many, run)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(turns*many/contract.Seconds(), "starts/s")
	b.ReportMetric(turns*many/bare.Seconds(), "bare/s")
	b.ReportMetric(bare.Seconds()/contract.Seconds(), "ratio")
}

// many is how often a turn does something.
const many = 150

// manyAtOnce does something so many times, a few at a time, and tells how long all of it took.
func manyAtOnce(b *testing.B, times int, do func(ctx context.Context, i int) error) time.Duration {
	b.Helper()
	const abreast = 16
	began := time.Now()
	group, ctx := errgroup.WithContext(b.Context())
	group.SetLimit(abreast)
	for i := range times {
		group.Go(func() error { return do(ctx, i) })
	}
	if err := group.Wait(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

// startContract takes in the first signature under a form of its own.
func startContract(ctx context.Context, b *testing.B, d desk) error {
	form := acme(b)
	form.Number = "B-" + uuid.NewString()
	act := d.act(b, form.Number, uuid.NewString(), message.Sign, time.Time{}, message.Signature{
		By: message.Customer, FormHash: form.Hash(),
	})
	_, answer, err := d.Take(ctx, act, &form)
	if err == nil && answer.Refusal != nil {
		err = answer.Refusal
	}
	return err
}

const bareWorkflow = "Bare"

// serveBare adds the bare workflow to a worker of its own, on a queue beside the contracts'.
func serveBare(b *testing.B, d desk) {
	b.Helper()
	w := worker.New(d.Client, d.TaskQueue+bareWorkflow, worker.Options{})
	w.RegisterWorkflowWithOptions(func(ctx workflow.Context, r message.Record) error {
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
			StartToCloseTimeout: time.Minute, RetryPolicy: &temporal.RetryPolicy{MaximumAttempts: 1},
		})
		var evidence *activities.Evidence
		return workflow.ExecuteActivity(ctx, evidence.Record, r).Get(ctx, nil)
	}, workflow.RegisterOptions{Name: bareWorkflow})
	w.RegisterActivity(&activities.Evidence{Store: d.Store})
	if err := w.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(w.Stop)
}

func bareNumber(i int) string { return fmt.Sprintf("%s-%d", bareWorkflow, i) }

// registerBare makes a place for the events of bare workflows.
func registerBare(ctx context.Context, b *testing.B, d desk, number string) error {
	form := acme(b)
	form.Number = number
	return d.Store.RegisterForm(ctx, form)
}

func runBare(ctx context.Context, d desk, number string) error {
	id := uuid.NewString()
	run, err := d.Client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: d.Prefix + id, TaskQueue: d.TaskQueue + bareWorkflow},
		bareWorkflow, message.Record{Contract: number, Events: []message.Event{{Key: id, At: time.Now(), What: "signature"}}})
	if err != nil {
		return err
	}
	return run.Get(ctx, nil)
}

// BenchmarkSigningToService is what a contract costs on the server until it is in service, and BenchmarkQuietYear
// what each year after that: renewed and paid in time. The rehearsal's own events are left out. The last metric is the
// share of the budget (100 events and 25 actions a year).
func BenchmarkSigningToService(b *testing.B) {
	for b.Loop() {
		report(b, keepLife(b, 1), kept{})
	}
}

// BenchmarkQuietYear: see BenchmarkSigningToService.
func BenchmarkQuietYear(b *testing.B) {
	for b.Loop() {
		four, three := keepLife(b, 4), keepLife(b, 3)
		year := report(b, four, three)
		b.ReportMetric(float64(year.Events)/yearlyEvents, "events/budget")
		b.ReportMetric(float64(year.Actions)/yearlyActions, "actions/budget")
	}
}

// BenchmarkFault is what a fault costs on the server, one that goes from the report to closed and one that is left alone for its hour.
// The last metrics are the shares of the budget.
func BenchmarkFault(b *testing.B) {
	for _, f := range budgeted() {
		b.Run(f.name, func(b *testing.B) {
			for b.Loop() {
				_, cost := faultCost(b, f.acts)
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(float64(cost.Events), "events")
				b.ReportMetric(float64(cost.Actions), "actions")
				b.ReportMetric(float64(cost.Events)/float64(f.events), "events/budget")
				b.ReportMetric(float64(cost.Actions)/float64(f.actions), "actions/budget")
			}
		})
	}
}

func report(b *testing.B, k, before kept) rehearsal.Cost {
	b.Helper()
	cost := less(k.Cost, before.Cost)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(cost.Events), "events")
	b.ReportMetric(float64(cost.Actions), "actions")
	b.ReportMetric(float64(k.bytes-before.bytes), "bytes")
	return cost
}

// BenchmarkReplay replays the longest run of a contract that is in its tenth year. A worker that takes a
// contract over must do that within a workflow task, 10 s unless set otherwise: the ratio is its share of them.
func BenchmarkReplay(b *testing.B) {
	const again, workflowTask = 20, 10 * time.Second
	replayer := worker.NewWorkflowReplayer()
	workflows.Register(replayer)
	for b.Loop() {
		life := keepLife(b, 10)
		longest := life.longest
		original := worker.ReplayWorkflowHistoryOptions{OriginalExecution: workflow.Execution{ID: life.id}}
		began := time.Now()
		for range again {
			if err := replayer.ReplayWorkflowHistoryWithOptions(nil, longest, original); err != nil {
				b.Fatal(err)
			}
		}
		took := time.Since(began) / again
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(len(longest.GetEvents())), "events")
		b.ReportMetric(float64(took.Microseconds())/1000, "ms/replay")
		b.ReportMetric(took.Seconds()/workflowTask.Seconds(), "ratio")
	}
}

// BenchmarkAddWorkingDays counts 30 working days over National Day; the ratio is to 30 steps of time.AddDate.
func BenchmarkAddWorkingDays(b *testing.B) {
	const counts, days = 100_000, 30
	calendar, from := workday.Embedded(), workday.MustDate("2025-09-26")
	count := func() {
		if _, err := calendar.AddWorkingDays(from, days); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		counted := repeat(counts, count)
		stepped := repeat(counts, func() {
			at := from.Start()
			for range days {
				at = at.AddDate(0, 0, 1)
			}
		})
		b.ReportMetric(float64(counted.Nanoseconds())/counts, "ns/op")
		b.ReportMetric(testing.AllocsPerRun(1000, count), "allocs/count")
		b.ReportMetric(counted.Seconds()/stepped.Seconds(), "ratio")
	}
}

func repeat(times int, do func()) time.Duration {
	began := time.Now()
	for range times {
		do()
	}
	return time.Since(began)
}

// kept is a life whose histories were read back: the contract's workflow id, the bytes of all as the server
// sends them, and the longest run of the contract.
type kept struct {
	rehearsal.Cost

	id      string
	bytes   int
	longest *history.History
}

// keepLife plays a quiet life into its service year k and reads its histories, without the rehearsal's advances.
func keepLife(b *testing.B, k int) kept {
	b.Helper()
	scenario, err := rehearsal.Load(quietScenario(b, k))
	if err != nil {
		b.Fatal(err)
	}
	r, err := rehearsal.Run(b.Context(), rehearsal.Options{
		Scenario: scenario, Client: world.client, DatabaseURL: world.DatabaseURL(), Keep: true,
	})
	if err != nil {
		b.Fatal(err)
	}
	life := kept{Cost: r.Cost, longest: &history.History{}}
	name := strings.ReplaceAll(strings.TrimPrefix(r.Schema, "rehearsal_"), "_", "-")
	life.id = message.ContractID("rehearsal/"+name+"/", r.Contract)
	life.read(b, message.ChildID(life.id, "deployment", 1))
	life.longest.Events = nil // of the contract, not of its work
	life.read(b, life.id)
	return life
}

// read goes from the last run of a workflow back to its first.
func (k *kept) read(b *testing.B, id string) {
	b.Helper()
	for run := ""; ; {
		events := eventsOf(b, id, run)
		k.bytes += bytesOf(events)
		if len(events) > len(k.longest.GetEvents()) {
			k.longest.Events = events
		}
		if run = events[0].GetWorkflowExecutionStartedEventAttributes().GetContinuedExecutionRunId(); run == "" {
			return
		}
	}
}

func eventsOf(b *testing.B, id, run string) []*history.HistoryEvent {
	b.Helper()
	var events []*history.HistoryEvent
	pages := world.client.GetWorkflowHistory(b.Context(), id, run, false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for pages.HasNext() {
		event, err := pages.Next()
		if err != nil {
			b.Fatal(err)
		}
		events = append(events, event)
	}
	return events
}

// bytesOf leaves out the updates that move a rehearsal's clock.
func bytesOf(events []*history.HistoryEvent) (bytes int) {
	advances := map[string]bool{}
	for _, event := range events {
		asked := event.GetWorkflowExecutionUpdateAcceptedEventAttributes().GetAcceptedRequest()
		if asked.GetInput().GetName() == message.AdvanceUpdate {
			advances[asked.GetMeta().GetUpdateId()] = true
			continue
		}
		if !advances[event.GetWorkflowExecutionUpdateCompletedEventAttributes().GetMeta().GetUpdateId()] {
			bytes += event.Size()
		}
	}
	return bytes
}
