package workflows

import (
	"fmt"
	"slices"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/message"
)

// noteDispute writes down, beside each duty of a fault that the n-th dispute names, what has become of the dispute (§6.3). Faults keep
// their duties themselves, and are told when the step is stored.
func (p *performance) noteDispute(what string, n int) {
	named := slices.Clone(p.Disputes[n-1].Obligations)
	slices.Sort(named)
	for _, id := range slices.Compact(named) {
		if isFault(id) {
			p.noted = append(p.noted, message.Event{What: what, Clause: "6.3", Subject: id, New: fmt.Sprintf("dispute %d", n)})
			p.disputes = append(p.disputes, id)
		}
	}
}

// tellDisputed tells the faults which of their duties are in dispute now. One that is closed needs no telling.
func (p *performance) tellDisputed(ctx workflow.Context) {
	var told []int
	for _, duty := range p.disputes {
		n := faultOf(duty)
		if slices.Contains(told, n) {
			continue
		}
		told = append(told, n)
		id := message.IncidentID(p.prefix(workflow.GetInfo(ctx).WorkflowExecution.ID), p.Terms.Number, n)
		news := message.Contested{Duties: p.disputedOf(n), At: p.cause.at}
		if err := workflow.SignalExternalWorkflow(ctx, id, "", message.DisputedSignal, news).Get(ctx, nil); err != nil {
			workflow.GetLogger(ctx).Warn("the fault is closed, and nothing of it waits", "workflow", id, "error", err)
		}
	}
	p.disputes = nil
}

// disputedOf are the duties of the n-th fault that open disputes name.
func (p *performance) disputedOf(n int) []string {
	return slices.DeleteFunc(p.inDispute(), func(duty string) bool { return faultOf(duty) != n })
}

// faultDisputed tells whether a dispute is open over a fault that is not closed: only the contract can tell it of the settlement.
func (p *performance) faultDisputed() bool {
	return slices.ContainsFunc(p.Faults, func(f message.FaultRef) bool {
		return f.State != message.FaultClosed && len(p.disputedOf(f.N)) > 0
	})
}
