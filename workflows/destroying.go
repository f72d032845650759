package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
)

// between is how long passes between the two read-backs of a destruction: the vendor's lists lag behind.
const between = 5 * time.Minute

// destroying is one try at a destruction. Those of older releases took no stock, and knew of nothing outside the cloud.
type destroying struct {
	*work

	in             *message.DestructionInput
	stock, outside bool
}

// Destruction deletes all that the contract has in the cloud and outside it, and reads back twice that it is gone: by the ids
// that were recorded, by the contract's tag, and by what things hang on (§7.2). Then nothing must be left from which an old
// backup could be restored. It begins when no work can create anything more.
func Destruction(ctx workflow.Context, in message.DestructionInput) error {
	d := destroying{in: &in, work: &work{clock: newClock(in.Rehearsal), report: message.Report{Duty: destruction, N: in.N}}}
	return d.perform(ctx, in.ContractID, d.anew(ctx, message.DestructionWorkflow, &in, &in.Rehearsal), d.look)
}

func (d *destroying) look(ctx workflow.Context) (bool, error) {
	if !allClosed(ctx, d.in.After) {
		return false, nil
	}
	d.stock, d.outside = since(ctx, "take stock"), since(ctx, "copies outside the cloud")
	if err := d.takeStock(ctx); err != nil {
		return false, err
	}
	d.report.Before, d.report.ReadBack = d.in.Before, nil
	var cloud *activities.Hosting
	var offsite *activities.Offsite
	if gone, err := d.none(ctx, offsite.DestroyCopies, cloud.Destroy); err != nil || !gone {
		return false, err
	}
	if d.outside {
		if err := d.clock.machinePause(ctx, between); err != nil {
			return false, err
		}
	}
	if gone, err := d.none(ctx, offsite.CopiesLeft, cloud.Left); err != nil || !gone || !d.outside {
		return gone, err
	}
	return d.cannotRestore(ctx)
}

// none looks outside the cloud and in it, and tells whether nothing is left. What was once seen is never lost sight of.
func (d *destroying) none(ctx workflow.Context, outside, inside any) (bool, error) {
	left, err := d.copies(ctx, outside)
	if err != nil {
		return false, err
	}
	var found []hosting.Resource
	err = workflow.ExecuteActivity(inTheCloud(ctx), inside, d.order()).Get(ctx, &found)
	left = append(left, found...)
	d.in.Known = hosting.Both(d.in.Known, found)
	if d.stock {
		d.in.Before = hosting.Both(d.in.Before, left)
		d.report.Before = d.in.Before
	}
	if d.report.Resources = left; err != nil || len(left) > 0 {
		return false, err
	}
	if d.stock {
		d.report.ReadBack = append(d.report.ReadBack, d.clock.instant(ctx))
	}
	return true, nil
}

// copies are what there is outside the cloud (§3.9).
func (d *destroying) copies(ctx workflow.Context, look any) ([]hosting.Resource, error) {
	if !d.outside {
		return nil, nil
	}
	var left []hosting.Resource
	err := workflow.ExecuteActivity(inTheCloud(ctx), look, d.in.Contract).Get(ctx, &left)
	for i := range left {
		left[i].FoundBy = hosting.ByRecord
	}
	return left, err
}

func (d *destroying) order() activities.DestructionOrder {
	return activities.DestructionOrder{Contract: d.in.Contract, Region: d.in.Region, Known: d.in.Known}
}

// cannotRestore is the last proof: the vendor knows no backup any more from which the contract's data could come back.
func (d *destroying) cannotRestore(ctx workflow.Context) (bool, error) {
	var cloud *activities.Hosting
	var backups []hosting.Resource
	err := workflow.ExecuteActivity(inTheCloud(ctx), cloud.Restorable, d.order()).Get(ctx, &backups)
	if d.report.Resources = backups; err != nil || len(backups) > 0 {
		return false, err
	}
	d.report.Unrestorable = d.clock.instant(ctx)
	return true, nil
}

// takeStock looks, before anything is deleted, at all that is there, and has the contract keep it: what is found by its
// server or disk alone could not be found any more once that is gone, not by another try either.
func (d *destroying) takeStock(ctx workflow.Context) error {
	if !d.stock || d.in.Before != nil {
		return nil
	}
	var offsite *activities.Offsite
	before, err := d.copies(ctx, offsite.CopiesLeft)
	if err != nil {
		return err
	}
	var cloud *activities.Hosting
	var found []hosting.Resource
	if err := workflow.ExecuteActivity(inTheCloud(ctx), cloud.Left, d.order()).Get(ctx, &found); err != nil {
		return err
	}
	d.in.Known = hosting.Both(d.in.Known, found)
	d.in.Before = append([]hosting.Resource{}, append(before, found...)...) // not nil: looked, and found nothing
	stock := message.Report{Duty: destruction, N: d.in.N, At: d.clock.instant(ctx), Before: d.in.Before, Stock: true}
	d.tell(ctx, d.in.ContractID, stock)
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
