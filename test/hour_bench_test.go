package test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"lvyue/internal/message"
)

// BenchmarkHour is how late it is noticed that a fault's hour is over (§3.11), with so many faults open, against a bare workflow
// with one timer to the same instant on the same server: when each has the workflow task that the timer brings. The hour is scaled by
// saying that it began long ago. Stored is when the breach stands in the evidence, by the database's clock. All are counted from
// when the timer is to ring, which for a fault is three seconds after its hour: an act of the last instant may still be on its way.
// The ratio is that of the 99th percentiles.
func BenchmarkHour(b *testing.B) {
	o := openEngine(b, here())
	serveTimers(b, o)
	open := 0
	for _, size := range []int{1, 1000, 10_000} {
		b.Run(fmt.Sprintf("open=%d", size), func(b *testing.B) {
			for b.Loop() {
				o.open(b, open, size)
				open = size
				noticed, stored, bare := o.probe(b)
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(percentile(noticed, 50), "p50-ms")
				b.ReportMetric(percentile(noticed, 99), "p99-ms")
				b.ReportMetric(percentile(stored, 50), "stored-p50-ms")
				b.ReportMetric(percentile(stored, 99), "stored-p99-ms")
				b.ReportMetric(percentile(bare, 50), "bare-p50-ms")
				b.ReportMetric(percentile(bare, 99), "bare-p99-ms")
				b.ReportMetric(percentile(noticed, 99)/percentile(bare, 99), "ratio")
			}
		})
	}
}

// percentile is that of the nearest rank, in ms.
func percentile(all []time.Duration, percent int) float64 {
	sorted := slices.Sorted(slices.Values(all))
	rank := (len(sorted)*percent + 99) / 100
	return float64(sorted[rank-1].Microseconds()) / 1000
}

const timerWorkflow = "Timer"

// serveTimers adds the bare workflow to a worker of its own.
func serveTimers(b *testing.B, o *office) {
	b.Helper()
	w := worker.New(o.Client, o.TaskQueue+timerWorkflow, worker.Options{})
	w.RegisterWorkflowWithOptions(func(ctx workflow.Context, at time.Time) error {
		return workflow.Sleep(ctx, at.Sub(workflow.Now(ctx)))
	}, workflow.RegisterOptions{Name: timerWorkflow})
	if err := w.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(w.Stop)
}

// grace is what a worker waits after a deadline.
const grace = 3 * time.Second

// probe lets a hundred hours end, each so long after it was begun, and a bare timer ring at each of the same instants.
func (o *office) probe(b *testing.B) (noticed, stored, bare []time.Duration) {
	b.Helper()
	const probes, ahead = 100, 15 * time.Second
	run := uuid.NewString()
	number := func(i int) string { return fmt.Sprintf("P-%d-%s", i, run) }
	rings := make([]time.Time, probes)
	manyAtOnce(b, probes, func(ctx context.Context, i int) error {
		rings[i] = time.Now().Add(ahead)
		return o.probeOne(ctx, b, number(i), rings[i])
	})
	breaches := o.breaches(b, "P-%-"+run, probes)
	for i := range probes {
		noticed = append(noticed, wokenAt(b, message.IncidentID(o.Prefix, number(i), 1)).Sub(rings[i]))
		stored = append(stored, breaches[number(i)].Sub(rings[i]))
		bare = append(bare, wokenAt(b, number(i)).Sub(rings[i]))
	}
	return noticed, stored, bare
}

func (o *office) probeOne(ctx context.Context, b *testing.B, number string, rings time.Time) error {
	if err := registerBare(ctx, b, o.desk, number); err != nil {
		return err
	}
	_, err := o.Client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: number, TaskQueue: o.TaskQueue + timerWorkflow}, timerWorkflow, rings)
	if err != nil {
		return err
	}
	if err := o.begin(ctx, openFault(o, number, 1, rings.Add(-time.Hour-grace))); err != nil {
		return err
	}
	if !time.Now().Before(rings) {
		return fmt.Errorf("%s was not begun before its hour was over", number)
	}
	return nil
}

// breaches are the instants at which so many breaches were stored, by contract.
func (o *office) breaches(b *testing.B, contracts string, many int) map[string]time.Time {
	b.Helper()
	connection, err := pgx.Connect(b.Context(), world.DatabaseURL())
	if err != nil {
		b.Fatal(err)
	}
	defer connection.Close(context.WithoutCancel(b.Context()))
	const patience, between = 3 * time.Minute, time.Second
	for giveUp := time.Now().Add(patience); ; time.Sleep(between) {
		at := map[string]time.Time{}
		rows, err := connection.Query(b.Context(), "SELECT contract, recorded_at FROM "+pgx.Identifier{o.schema, "contract_event"}.Sanitize()+
			" WHERE what = 'sla' AND event ->> 'new' = 'breached' AND contract LIKE $1", contracts)
		if err != nil {
			b.Fatal(err)
		}
		var number string
		var stored time.Time
		if _, err := pgx.ForEachRow(rows, []any{&number, &stored}, func() error { at[number] = stored; return nil }); err != nil {
			b.Fatal(err)
		}
		if len(at) == many {
			return at
		}
		if time.Now().After(giveUp) {
			b.Fatalf("%d of %d breaches are stored\n%s", len(at), many, endOf(o.worker.log))
		}
	}
}

// wokenAt is when a workflow had the task that its first timer brought, by the server's clock.
func wokenAt(b *testing.B, id string) time.Time {
	b.Helper()
	rung := false
	for _, event := range eventsOf(b, id, "") {
		rung = rung || event.GetEventType() == enums.EVENT_TYPE_TIMER_FIRED
		if rung && event.GetEventType() == enums.EVENT_TYPE_WORKFLOW_TASK_STARTED {
			return event.GetEventTime().AsTime()
		}
	}
	b.Fatalf("the timer of %s has not rung", id)
	return time.Time{}
}
