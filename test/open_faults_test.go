package test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"go.temporal.io/sdk/client"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
)

// faultsOfOne is how many open faults a contract of the benchmarks has.
const faultsOfOne = 10

// open begins faults of which there is an hour still to go, until there are so many. Their workflows are begun as a contract begins
// them, and their evidence is stored as it stores it; no report was taken in for them, since ten thousand of those take an hour.
func (o *office) open(b *testing.B, from, to int) (all []message.Incident) {
	b.Helper()
	now := time.Now().Truncate(time.Microsecond)
	for i := range to {
		all = append(all, openFault(o, fmt.Sprintf("O-%d", i/faultsOfOne), i%faultsOfOne+1, now))
	}
	contracts := slices.Collect(slices.Chunk(all, faultsOfOne))
	manyAtOnce(b, len(contracts), func(ctx context.Context, i int) error { return o.stand(ctx, b, contracts[i]) })
	manyAtOnce(b, to-from, func(ctx context.Context, i int) error { return o.begin(ctx, all[from+i]) })
	return all
}

// stand stores the evidence of a contract's faults; what stands already, stays.
func (o *office) stand(ctx context.Context, b *testing.B, faults []message.Incident) error {
	r := message.Record{Contract: faults[0].Contract}
	for _, f := range faults {
		r.Events = append(r.Events, opening(f)...)
	}
	if err := registerBare(ctx, b, o.desk, r.Contract); err != nil {
		return err
	}
	return o.Store.Record(ctx, r)
}

func opening(f message.Incident) []message.Event {
	id := message.FaultID(f.N)
	events := []message.Event{{Key: id, At: f.At, What: "fault", Subject: id, Changed: message.Changed{Fault: &f.FaultRow}}}
	for _, o := range f.Obligations {
		events = append(events, message.Event{Key: o.ID, At: f.At, What: "opened", Subject: o.ID, Changed: message.Changed{Obligation: &o}})
	}
	return events
}

// openFault is a fault as its contract hands it over, later: it was acknowledged, and everybody was called. Nothing comes due before its
// hour is over.
func openFault(o *office, number string, n int, at time.Time) message.Incident {
	f := message.Incident{
		Version: message.StateVersion, ContractID: o.id(number), Contract: number, N: n, AccountManager: "chen",
		Terms: incident.Terms(oncall.DefaultLadder()), Journal: message.Journal{At: at},
	}
	incident.Begin(&f, message.FaultReport{System: "OA", Administrator: true}, at)
	incident.Acknowledge(&f, "zhang", at)
	f.Climbed, f.Rung = 55*time.Minute, "everyone"
	f.Fault, f.DueAt, f.Rev = n, f.DeadlineAt, 1
	return f
}

// begin returns once the fault has set its timer.
func (o *office) begin(ctx context.Context, f message.Incident) error {
	const started, between = 5, 20 * time.Millisecond // the events up to the timer's
	id := message.IncidentID(o.Prefix, f.Contract, f.N)
	_, err := o.Client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: id, TaskQueue: o.TaskQueue}, message.IncidentWorkflow, f)
	for err == nil {
		described, no := o.Client.DescribeWorkflowExecution(ctx, id, "")
		if no != nil || described.GetWorkflowExecutionInfo().GetHistoryLength() >= started {
			return no
		}
		time.Sleep(between)
	}
	return err
}
