package workflows

import (
	"errors"
	"slices"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
)

// work is one try at a duty in the cloud. It looks, waits and looks again, and reports to its contract when it
// is done, refused for good, or no longer wanted.
type work struct {
	clock   *clock
	waiting bool
	report  message.Report
}

// Deployment creates what the contract needs in the cloud and waits until all of it runs (§3.2, §5.5).
func Deployment(ctx workflow.Context, in message.DeploymentInput) error {
	w := &work{clock: newClock(in.Rehearsal), report: message.Report{Duty: deployment, N: in.N}}
	var cloud *activities.Hosting
	return w.perform(ctx, in.ContractID, func(ctx workflow.Context) (bool, error) {
		err := workflow.ExecuteActivity(inTheCloud(ctx), cloud.Deploy, in.Plan).Get(ctx, &w.report.Resources)
		return hosting.Ready(w.report.Resources), err
	})
}

// Destruction deletes all that the contract has in the cloud, and reads back twice that it is gone: by the ids
// that were recorded and by the contract's tag (§7.2). It begins when no deployment can create anything more.
func Destruction(ctx workflow.Context, in message.DestructionInput) error {
	w := &work{clock: newClock(in.Rehearsal), report: message.Report{Duty: destruction, N: in.N}}
	var cloud *activities.Hosting
	order := activities.DestructionOrder{Contract: in.Contract, Region: in.Region, Known: in.Known}
	return w.perform(ctx, in.ContractID, func(ctx workflow.Context) (bool, error) {
		if !allClosed(ctx, in.After) {
			return false, nil
		}
		for _, look := range []any{cloud.Destroy, cloud.Left} {
			var left []hosting.Resource
			err := workflow.ExecuteActivity(inTheCloud(ctx), look, order).Get(ctx, &left)
			if w.report.Resources = left; err != nil || len(left) > 0 {
				return false, err
			}
		}
		return true, nil
	})
}

func allClosed(ctx workflow.Context, ids []string) bool {
	var engine *activities.Engine
	for _, id := range ids {
		if !ask[bool](ctx, engine.Closed, id) {
			return false
		}
	}
	return true
}

func (w *work) perform(ctx workflow.Context, contractID string, look func(workflow.Context) (bool, error)) error {
	if err := w.letAdvance(ctx); err != nil {
		return err
	}
	err := w.until(ctx, look)
	after, _ := workflow.NewDisconnectedContext(ctx)
	w.report.At = w.clock.instant(after)
	switch {
	case temporal.IsCanceledError(err):
		w.report.Cancelled = true
	case err != nil:
		w.report.Failure = reason(err)
	}
	told := workflow.SignalExternalWorkflow(after, contractID, "", message.ReportSignal, w.report)
	if err := told.Get(after, nil); err != nil {
		workflow.GetLogger(ctx).Warn("the contract is closed and hears no report", "contract", contractID, "error", err)
	}
	w.waiting = true
	return workflow.Await(after, func() bool { return workflow.AllHandlersFinished(after) })
}

// until looks until the work is done. While something moves, it looks again soon.
func (w *work) until(ctx workflow.Context, look func(workflow.Context) (bool, error)) error {
	for {
		seen := slices.Clone(w.report.Resources)
		if done, err := look(ctx); done || err != nil {
			return err
		}
		if !slices.Equal(seen, w.report.Resources) && w.clock.rehearsed {
			continue
		}
		w.waiting = true
		if err := w.clock.pause(ctx, lookAgain); err != nil {
			return err
		}
		w.waiting = false
	}
}

func (w *work) letAdvance(ctx workflow.Context) error {
	return w.clock.letAdvance(ctx, func(ctx workflow.Context) message.Advanced {
		settled := func() bool { return w.waiting && (w.over() || w.clock.pausing()) }
		if err := workflow.Await(ctx, settled); err != nil {
			return message.Advanced{Busy: true}
		}
		return message.Advanced{Now: w.clock.now(ctx)}
	})
}

func (w *work) over() bool { return !w.report.At.IsZero() }

// reason is what a person reads about a failure: the sentence of the error that the activity made.
func reason(err error) string {
	if application, ok := errors.AsType[*temporal.ApplicationError](err); ok {
		return application.Message()
	}
	return err.Error()
}
