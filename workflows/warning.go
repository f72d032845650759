package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/warning"
)

// The bounds of one run of the sweep: so many contracts are looked at side by side, and so many times, before it goes on in
// a fresh history.
const (
	watchedAtOnce = 20
	watchedPages  = 25
)

// EarlyWarning runs every six hours: it looks at every contract in service, keeps what its servers and databases use, and
// warns ahead of need (§3.6). All looks of a sweep bear its own instant. It gives what stands then.
func EarlyWarning(ctx workflow.Context, w warning.Watching) (warning.Report, error) {
	if w.At.IsZero() {
		w.At = workflow.Now(ctx)
	}
	var watch *activities.Warning
	for range watchedPages {
		var numbers []string
		q := activities.WatchedQuestion{After: w.After, Most: watchedAtOnce}
		if err := workflow.ExecuteActivity(patiently(ctx), watch.Watched, q).Get(ctx, &numbers); err != nil {
			return w.Report, err
		}
		if err := lookAt(ctx, &w, numbers); err != nil {
			return w.Report, err
		}
		if len(numbers) < watchedAtOnce {
			return w.Report, nil
		}
		w.After = numbers[len(numbers)-1]
	}
	return w.Report, workflow.NewContinueAsNewError(ctx, EarlyWarning, w)
}

// lookAt looks at some contracts side by side. One that cannot be measured is told in the report and silences no other.
func lookAt(ctx workflow.Context, w *warning.Watching, numbers []string) error {
	var watch *activities.Warning
	looks := make([]workflow.Future, len(numbers))
	for i, number := range numbers {
		looks[i] = workflow.ExecuteActivity(patiently(ctx), watch.WarnAhead, activities.LookQuestion{Contract: number, At: w.At})
	}
	for i, look := range looks {
		looked := warning.Looked{Contract: numbers[i]}
		if err := look.Get(ctx, &looked); err != nil {
			if ctx.Err() != nil {
				return err
			}
			looked.Blind = err.Error()
		}
		w.Add(looked)
	}
	return nil
}
