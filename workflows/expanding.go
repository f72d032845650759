package workflows

import (
	"fmt"

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
	again := func() error {
		in.Rehearsal = e.clock.carried()
		return workflow.NewContinueAsNewError(ctx, message.ExpansionWorkflow, in)
	}
	return e.perform(ctx, in.ContractID, again, e.look)
}

func (e expanding) look(ctx workflow.Context) (bool, error) {
	if e.in.Failure != "" {
		return e.goBack(ctx)
	}
	var cloud *activities.Hosting
	if done, err := e.step(ctx, cloud.Grow, e.in.Growth); err != nil || !done || !e.clusters() {
		return done, err
	}
	if done, err := e.step(ctx, cloud.Cluster, e.cluster()); err != nil || !done {
		return false, err
	}
	return e.accept(ctx)
}

// step takes one of the vendor's steps and keeps how far it has come.
func (e expanding) step(ctx workflow.Context, activity, order any) (bool, error) {
	var grown hosting.Grown
	err := workflow.ExecuteActivity(inTheCloud(ctx), activity, order).Get(ctx, &grown)
	if err == nil {
		e.report.Resources = grown.Resources
	}
	return grown.Done, err
}

func (e expanding) clusters() bool { return e.in.Growth.Nodes > max(e.in.Growth.From.Nodes, 1) }

// plan is the deployment as it is to be.
func (e expanding) plan() hosting.Plan {
	plan := e.in.Growth.From
	plan.Shape, plan.Nodes = e.in.Growth.To, max(e.in.Growth.Nodes, plan.Nodes)
	return plan
}

func (e expanding) cluster() activities.ClusterOrder {
	return activities.ClusterOrder{Plan: e.plan(), Known: e.in.Growth.Known}
}

// accept measures the cluster (§3.5: load acceptance again). One that does not carry the load is taken back.
func (e expanding) accept(ctx workflow.Context) (bool, error) {
	a, err := e.measure(ctx, e.plan(), e.report.Resources)
	if err != nil || a.Passed {
		return err == nil, err
	}
	e.in.Failure = fmt.Sprintf("the cluster carries %d users, %d are required", a.Carried, a.Users)
	return e.goBack(ctx)
}

// goBack takes the way back from a cluster, without loss of data, and then gives up.
func (e expanding) goBack(ctx workflow.Context) (bool, error) {
	var cloud *activities.Hosting
	done, err := e.step(ctx, cloud.Uncluster, e.cluster())
	if err != nil || !done {
		return false, err
	}
	return false, fmt.Errorf("%s; its users are back on the first server", e.in.Failure)
}
