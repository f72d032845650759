package workflows

import (
	"errors"
	"slices"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"lvyue/internal/message"
)

// work is one try at a duty in the cloud. It looks, waits and looks again, and reports to its contract when it
// is done, refused for good, or no longer wanted.
type work struct {
	clock   *clock
	waiting bool
	leaving bool // for a fresh run
	report  message.Report
}

// tell has the contract hear a report; one that is closed hears no more.
func (w *work) tell(ctx workflow.Context, contractID string, r message.Report) {
	told := workflow.SignalExternalWorkflow(ctx, contractID, "", message.ReportSignal, r)
	if err := told.Get(ctx, nil); err != nil {
		workflow.GetLogger(ctx).Warn("the contract is closed and hears no report", "contract", contractID, "error", err)
	}
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

// anew goes on with the same work in a fresh run. In is a pointer to the input of the workflow of that name, rehearsal to the
// clock in it.
func (w *work) anew(ctx workflow.Context, name string, in any, rehearsal **message.Clock) func() error {
	return func() error {
		*rehearsal = w.clock.carried()
		return workflow.NewContinueAsNewError(ctx, name, in)
	}
}

// answerAll lets every advance of a rehearsal have its answer.
func (w *work) answerAll(ctx workflow.Context) error {
	w.waiting = true
	return workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) })
}

// until looks until the work is done: soon after something has moved, else less and less often.
func (w *work) until(ctx workflow.Context, look func(workflow.Context) (bool, error)) error {
	for idle := time.Duration(0); ; {
		seen := w.report.Resources
		if done, err := look(ctx); done || err != nil {
			return err
		}
		if !slices.Equal(seen, w.report.Resources) {
			idle = 0
			if w.clock.rehearsed {
				continue
			}
		}
		if workflow.GetInfo(ctx).GetContinueAsNewSuggested() {
			return errLong
		}
		w.waiting = true
		pause := min(max(idle/lateness, lookAgain), lookRarely)
		if err := w.clock.pause(ctx, pause); err != nil {
			return err
		}
		w.waiting = false
		idle += pause
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
