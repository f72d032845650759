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
	leaving bool // for a fresh run
	stock   bool // of a destruction: it takes stock first, as those of older releases did not
	report  message.Report
}

// Deployment creates what the contract needs in the cloud and waits until all of it runs (§3.2, §5.5).
func Deployment(ctx workflow.Context, in message.DeploymentInput) error {
	w := &work{clock: newClock(in.Rehearsal), report: message.Report{Duty: deployment, N: in.N}}
	var cloud *activities.Hosting
	again := func() error {
		in.Rehearsal = w.clock.carried()
		return workflow.NewContinueAsNewError(ctx, message.DeploymentWorkflow, in)
	}
	return w.perform(ctx, in.ContractID, again, func(ctx workflow.Context) (bool, error) {
		var found []hosting.Resource
		err := workflow.ExecuteActivity(inTheCloud(ctx), cloud.Deploy, in.Plan).Get(ctx, &found)
		if err == nil {
			w.report.Resources = found
		}
		return hosting.Ready(found), err
	})
}

// Destruction deletes all that the contract has in the cloud, and reads back twice that it is gone: by the ids
// that were recorded and by the contract's tag (§7.2). It begins when no deployment can create anything more.
func Destruction(ctx workflow.Context, in message.DestructionInput) error {
	w := &work{clock: newClock(in.Rehearsal), report: message.Report{Duty: destruction, N: in.N}}
	var cloud *activities.Hosting
	order := activities.DestructionOrder{Contract: in.Contract, Region: in.Region, Known: in.Known}
	again := func() error {
		in.Rehearsal, in.Known = w.clock.carried(), order.Known
		return workflow.NewContinueAsNewError(ctx, message.DestructionWorkflow, in)
	}
	return w.perform(ctx, in.ContractID, again, func(ctx workflow.Context) (bool, error) {
		if !allClosed(ctx, in.After) {
			return false, nil
		}
		if err := w.takeStock(ctx, &in, &order); err != nil {
			return false, err
		}
		w.report.Before, w.report.ReadBack = in.Before, nil
		for _, look := range []any{cloud.Destroy, cloud.Left} {
			var left []hosting.Resource
			err := workflow.ExecuteActivity(inTheCloud(ctx), look, order).Get(ctx, &left)
			order.Known = hosting.Both(order.Known, left) // once seen, never lost sight of
			if w.stock {
				in.Before = hosting.Both(in.Before, left)
				w.report.Before = in.Before
			}
			if w.report.Resources = left; err != nil || len(left) > 0 {
				return false, err
			}
			if w.stock {
				w.report.ReadBack = append(w.report.ReadBack, w.clock.instant(ctx))
			}
		}
		return true, nil
	})
}

// takeStock looks, before anything is deleted, at all that is there, and has the contract keep it: what is found by its
// server or disk alone could not be found any more once that is gone, not by another try either.
func (w *work) takeStock(ctx workflow.Context, in *message.DestructionInput, order *activities.DestructionOrder) error {
	w.stock = workflow.GetVersion(ctx, "take stock", workflow.DefaultVersion, 1) > workflow.DefaultVersion
	if !w.stock || in.Before != nil {
		return nil
	}
	var cloud *activities.Hosting
	if err := workflow.ExecuteActivity(inTheCloud(ctx), cloud.Left, *order).Get(ctx, &in.Before); err != nil {
		return err
	}
	if in.Before == nil {
		in.Before = []hosting.Resource{} // looked, and found nothing
	}
	order.Known = hosting.Both(order.Known, in.Before)
	stock := message.Report{Duty: destruction, N: in.N, At: w.clock.instant(ctx), Before: in.Before, Stock: true}
	w.tell(ctx, in.ContractID, stock)
	return nil
}

// tell has the contract hear a report; one that is closed hears no more.
func (w *work) tell(ctx workflow.Context, contractID string, r message.Report) {
	told := workflow.SignalExternalWorkflow(ctx, contractID, "", message.ReportSignal, r)
	if err := told.Get(ctx, nil); err != nil {
		workflow.GetLogger(ctx).Warn("the contract is closed and hears no report", "contract", contractID, "error", err)
	}
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

// errLong means that the history has grown long and a new run should go on.
var errLong = errors.New("the history is long")

// perform looks until the work is over, and reports. Again goes on in a new run.
func (w *work) perform(
	ctx workflow.Context, contractID string, again func() error, look func(workflow.Context) (bool, error),
) error {
	if err := w.letAdvance(ctx); err != nil {
		return err
	}
	err := w.until(ctx, look)
	after, _ := workflow.NewDisconnectedContext(ctx)
	if w.leaving = errors.Is(err, errLong); w.leaving {
		if err := w.answerAll(after); err != nil {
			return err
		}
		return again()
	}
	w.report.At = w.clock.instant(after)
	switch {
	case temporal.IsCanceledError(err):
		w.report.Cancelled = true
	case err != nil:
		w.report.Failure = reason(err)
	}
	w.tell(after, contractID, w.report)
	return w.answerAll(after)
}

// answerAll lets every advance of a rehearsal have its answer.
func (w *work) answerAll(ctx workflow.Context) error {
	w.waiting = true
	return workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) })
}

// until looks until the work is done. While something moves it looks again soon, else less and less often.
func (w *work) until(ctx workflow.Context, look func(workflow.Context) (bool, error)) error {
	for pause := lookAgain; ; pause = min(2*pause, lookRarely) {
		seen := w.report.Resources
		if done, err := look(ctx); done || err != nil {
			return err
		}
		if !slices.Equal(seen, w.report.Resources) {
			pause = lookAgain
			if w.clock.rehearsed {
				continue
			}
		}
		if workflow.GetInfo(ctx).GetContinueAsNewSuggested() {
			return errLong
		}
		w.waiting = true
		if err := w.clock.pause(ctx, pause); err != nil {
			return err
		}
		w.waiting = false
	}
}

func (w *work) letAdvance(ctx workflow.Context) error {
	return w.clock.letAdvance(ctx, func(ctx workflow.Context) message.Advanced {
		await(ctx, func() bool { return w.waiting && (w.over() || w.leaving || w.clock.pausing()) })
		return message.Advanced{Now: w.clock.now(ctx), Busy: w.leaving}
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
