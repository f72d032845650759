package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/drift"
)

// Drift runs once a night and on demand: it compares what bears our tag in the cloud with what contracts have there, and
// tells the engineer on call of what does not agree (§3.2, §7.2). It gives what it found.
func Drift(ctx workflow.Context) (drift.Report, error) {
	var cloud *activities.Drift
	var found drift.Report
	err := workflow.ExecuteActivity(patiently(ctx), cloud.Sweep).Get(ctx, &found)
	return found, err
}
