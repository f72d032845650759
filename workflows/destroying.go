package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
)

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
	if w.stock = since(ctx, "take stock"); !w.stock || in.Before != nil {
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

func allClosed(ctx workflow.Context, ids []string) bool {
	var engine *activities.Engine
	for _, id := range ids {
		if !ask[bool](ctx, engine.Closed, id) {
			return false
		}
	}
	return true
}
