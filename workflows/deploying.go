package workflows

import (
	"errors"
	"fmt"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
)

// deploying is one try at a deployment.
type deploying struct {
	*work

	in *message.DeploymentInput
}

// Deployment brings a contract's system into the cloud (§3.2, §5.5): it asks first whether the account can bear it, then
// creates what the plan lacks and waits until all of it runs and answers, measures whether it carries the load standard
// (§1.3), and sends the test messages of §3.3. What the vendor refuses for good before the system answers is taken back whole,
// in the order of a destruction: nothing costs money that nobody can use. What was there before this try, and a system that
// has ever answered, is never taken back.
func Deployment(ctx workflow.Context, in message.DeploymentInput) error {
	d := deploying{in: &in, work: &work{clock: newClock(in.Rehearsal), report: message.Report{Duty: deployment, N: in.N}}}
	return d.perform(ctx, in.ContractID, d.anew(ctx, message.DeploymentWorkflow, &in, &in.Rehearsal), d.look)
}

// look is one step on the way. Older releases ended when the servers ran, and planned no products.
func (d deploying) look(ctx workflow.Context) (bool, error) {
	if !since(ctx, "whole deployment") || len(d.in.Plan.Products) == 0 {
		return d.create(ctx, hosting.Ready)
	}
	if d.in.Failure != "" {
		return d.takeBack(ctx)
	}
	if err := d.check(ctx); err != nil {
		return false, err
	}
	answering, err := d.create(ctx, hosting.Answering)
	switch {
	case err == nil && !answering:
		return false, nil
	case err != nil && !temporal.IsCanceledError(err) && d.in.Fresh:
		d.in.Failure, d.in.Known = reason(err), d.report.Resources
		return d.takeBack(ctx)
	case err != nil:
		return false, err
	}
	d.in.Fresh = false
	return d.prove(ctx)
}

// prove shows that the system does what was agreed.
func (d deploying) prove(ctx workflow.Context) (bool, error) {
	a, err := d.accept(ctx, d.in.Plan, d.report.Resources, &d.in.Measured)
	switch {
	case err != nil || a == nil:
		return false, err
	case !a.Passed:
		return false, fmt.Errorf("the load standard is missed: %d users are required, %d are carried", a.Users, a.Carried)
	default:
		return true, d.sendTests(ctx)
	}
}

// check looks once at what is there already. Where nothing is, it asks before anything is ordered: permissions, quota, stock,
// money; and all that is made from then on until the system answers is this try's own.
func (d deploying) check(ctx workflow.Context) error {
	if d.in.Checked {
		return nil
	}
	var cloud *activities.Hosting
	var there []hosting.Resource
	order := activities.DestructionOrder{Contract: d.in.Plan.Contract, Region: d.in.Plan.Region}
	if err := workflow.ExecuteActivity(inTheCloud(ctx), cloud.Left, order).Get(ctx, &there); err != nil {
		return err
	}
	if len(there) == 0 {
		if err := workflow.ExecuteActivity(inTheCloud(ctx), cloud.Preflight, d.in.Plan).Get(ctx, nil); err != nil {
			return err
		}
	}
	d.in.Checked, d.in.Fresh = true, len(there) == 0
	return nil
}

func (d deploying) create(ctx workflow.Context, enough func([]hosting.Resource) bool) (bool, error) {
	var cloud *activities.Hosting
	var found []hosting.Resource
	err := workflow.ExecuteActivity(inTheCloud(ctx), cloud.Deploy, d.in.Plan).Get(ctx, &found)
	if err == nil {
		d.report.Resources = found
	}
	return enough(found), err
}

// sendTests tries the interfaces of §3.3. None of them delays the deployment: what fails is told.
func (d deploying) sendTests(ctx workflow.Context) error {
	if len(d.in.Plan.Interfaces) == 0 {
		return nil
	}
	var cloud *activities.Hosting
	order := activities.AcceptanceOrder{Plan: d.in.Plan, Resources: d.report.Resources}
	return workflow.ExecuteActivity(inTheCloud(ctx), cloud.TestInterfaces, order).Get(ctx, &d.report.Tests)
}

// takeBack deletes what was created until nothing is left, and only then gives up. No data of the customer is on a system
// that never answered.
func (d deploying) takeBack(ctx workflow.Context) (bool, error) {
	var cloud *activities.Hosting
	order := activities.DestructionOrder{Contract: d.in.Plan.Contract, Region: d.in.Plan.Region, Known: d.in.Known}
	var left []hosting.Resource
	if err := workflow.ExecuteActivity(inTheCloud(ctx), cloud.Destroy, order).Get(ctx, &left); err != nil {
		return false, fmt.Errorf("%s; what was created could not be deleted: %s", d.in.Failure, reason(err))
	}
	d.in.Known = hosting.Both(d.in.Known, left)
	if d.report.Resources = left; len(left) > 0 {
		return false, nil
	}
	return false, errors.New(d.in.Failure + " (nothing of what was created is left)")
}
