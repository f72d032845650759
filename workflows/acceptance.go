package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/hosting"
)

// measurements is how often a system that falls short of the load standard is measured before the right of §1.4 opens, and
// measureAgain how long passes between two: one bad minute of the network is no shortfall that stays. It is our reading.
const (
	measurements = 3
	measureAgain = 5 * time.Minute
)

// accept has the load standard measured (§1.3), and counts it in times. One that is missed is measured again after a while: the
// answer is nil until it is met, or stays missed. Then a person must see to it, and the right of §1.4 is there.
func (w *work) accept(ctx workflow.Context, plan hosting.Plan, pieces []hosting.Resource, times *int) (*hosting.Acceptance, error) {
	a, err := w.measure(ctx, plan, pieces)
	if err != nil || a.Passed {
		return a, err
	}
	if *times++; *times < measurements {
		return nil, w.clock.machinePause(ctx, measureAgain)
	}
	w.report.Short = true
	return a, nil
}

// measure has the load standard measured once, and keeps what came of it.
func (w *work) measure(ctx workflow.Context, plan hosting.Plan, pieces []hosting.Resource) (*hosting.Acceptance, error) {
	var cloud *activities.Hosting
	var a hosting.Acceptance
	order := activities.AcceptanceOrder{Plan: plan, Resources: pieces}
	if err := workflow.ExecuteActivity(inTheCloud(ctx), cloud.Accept, order).Get(ctx, &a); err != nil {
		return nil, err
	}
	w.report.Acceptance = &a
	return &a, nil
}
