package workflows

import (
	"errors"
	"fmt"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
)

// expanding is one try at an expansion.
type expanding struct {
	*work

	in *message.ExpansionInput
}

// Expansion carries out what was bought (§5.7): disks and database are saved, enlarged and read back; further servers make
// a cluster (§3.5), which must carry the load standard before its users are led to it for good.
func Expansion(ctx workflow.Context, in message.ExpansionInput) error {
	e := expanding{in: &in, work: &work{clock: newClock(in.Rehearsal), report: message.Report{Duty: in.Duty, N: in.N}}}
	return e.perform(ctx, in.ContractID, e.anew(ctx, message.ExpansionWorkflow, &in, &in.Rehearsal), e.look)
}

func (e expanding) look(ctx workflow.Context) (bool, error) {
	if e.in.Failure != "" {
		return e.goBack(ctx)
	}
	var cloud *activities.Hosting
	if !e.in.Grown {
		grown, err := e.step(ctx, cloud.Grow, e.in.Growth)
		if e.in.Grown = grown.Done; err != nil || !grown.Done {
			return false, err
		}
	}
	switch {
	case e.clusters():
		return e.spread(ctx)
	case e.in.Measure:
		return e.prove(ctx)
	default:
		return true, nil
	}
}

// spread takes a cluster one step further, and measures it when it stands. One that cannot be had, or does not become healthy,
// is taken back.
func (e expanding) spread(ctx workflow.Context) (bool, error) {
	var cloud *activities.Hosting
	grown, err := e.step(ctx, cloud.Cluster, e.order(e.in.Growth.Nodes))
	switch {
	case temporal.IsCanceledError(err):
		return false, err
	case err != nil:
		e.in.Failure = reason(err)
		return e.goBack(ctx)
	case grown.Done:
		e.report.Step = grown.Step
		return e.prove(ctx)
	case grown.Step == hosting.StepHealth:
		e.in.Unhealthy++
	}
	if e.in.Unhealthy > mostUnhealthy {
		e.in.Failure = "the cluster does not become healthy"
		return e.goBack(ctx)
	}
	return false, nil
}

// mostUnhealthy is at how many looks a cluster may be unhealthy: about two hours, far beyond what a start takes.
const mostUnhealthy = 30

// step takes one of the vendor's steps and keeps how far it has come.
func (e expanding) step(ctx workflow.Context, activity, order any) (hosting.Grown, error) {
	var grown hosting.Grown
	err := workflow.ExecuteActivity(inTheCloud(ctx), activity, order).Get(ctx, &grown)
	if err == nil {
		e.report.Resources = grown.Resources
	}
	return grown, err
}

func (e expanding) clusters() bool { return e.in.Growth.Nodes > e.before() }

func (e expanding) before() int { return max(e.in.Growth.From.Nodes, 1) }

// tries is more than a duty is ever tried.
const tries = 1000

// plan is the deployment as it is to be, on so many servers. Each try of each expansion orders anew: what an earlier one has
// taken back, the vendor would only tell of again.
func (e expanding) plan(nodes int) hosting.Plan {
	plan := e.in.Growth.From
	plan.Shape, plan.Nodes, plan.Attempt = e.in.Growth.To, nodes, e.in.Growth.Number*tries+e.in.N-1
	return plan
}

func (e expanding) order(nodes int) activities.ClusterOrder {
	return activities.ClusterOrder{Number: e.in.Growth.Number, Plan: e.plan(nodes), Known: e.known()}
}

func (e expanding) known() []hosting.Resource {
	return hosting.Both(e.in.Growth.Known, e.report.Resources)
}

// prove shows that what has grown carries the load standard (§1.3, §3.5), when the name has led to the cluster long enough that
// no user comes by the old way. A cluster that stays short is taken back.
func (e expanding) prove(ctx workflow.Context) (bool, error) {
	if !e.in.Led && e.clusters() && e.in.Growth.From.Host != "" {
		e.in.Led = true
		return false, e.clock.machinePause(ctx, leadTime)
	}
	a, err := e.accept(ctx, e.plan(max(e.in.Growth.Nodes, e.before())), e.known(), &e.in.Measured)
	if err != nil || a == nil || a.Passed {
		return a != nil && err == nil, err
	}
	failure := fmt.Sprintf("%d users are carried, %d are required", a.Carried, a.Users)
	if !e.clusters() {
		return false, errors.New(failure)
	}
	e.in.Failure = failure
	return e.goBack(ctx)
}

// leadTime is how long a name goes on leading where it led: the life of a DNS record.
const leadTime = 10 * time.Minute

// goBack takes the way back from a cluster, without loss of data, and then gives up.
func (e expanding) goBack(ctx workflow.Context) (bool, error) {
	var cloud *activities.Hosting
	grown, err := e.step(ctx, cloud.Uncluster, e.order(e.before()))
	switch {
	case err != nil:
		return false, err
	case grown.Done:
		return false, fmt.Errorf("%s; its users are back on the first server", e.in.Failure)
	case grown.Step == hosting.StepTraffic:
		return false, e.clock.machinePause(ctx, leadTime)
	default:
		return false, nil
	}
}
