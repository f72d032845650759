package activities

import (
	"context"
	"fmt"

	"lvyue/internal/backup"
	"lvyue/internal/refusal"
)

// DrillDue tells whether it is time to restore a copy of a contract for proof, and there is a system for it.
func (o *Offsite) DrillDue(ctx context.Context, order backup.DrillOrder) (bool, error) {
	if o.Drills == nil {
		return false, nil
	}
	s, err := o.Store.OffsiteStanding(ctx, order.Contract)
	return err == nil && s.DrillDue(order.At), err
}

// DrillCopy restores a copy for proof and compares; a copy that cannot be restored is a drill that failed.
func (o *Offsite) DrillCopy(ctx context.Context, order backup.DrillOrder) (backup.Drill, error) {
	defer beat(ctx)()
	c, err := o.copyFor(ctx, order)
	if err != nil {
		return backup.Drill{}, final(err)
	}
	d, err := o.drill(ctx, c)
	if backup.Useless(err) {
		d.Differences = []backup.Difference{{What: "copy", Got: err.Error()}}
		err = o.damaged(ctx, c, order.At, err)
	}
	if err != nil {
		return backup.Drill{}, final(err)
	}
	d.Contract, d.Day, d.At = c.Contract, c.Day, order.At
	if !d.Same() {
		o.Log.ErrorContext(ctx, "an off-site copy was restored and differs; run `starter backup list`", "to", "on-call",
			"contract", d.Contract, "copy", d.Day.String(), "first", fmt.Sprint(d.Differences[0]))
	}
	return d, o.Store.KeepOffsiteDrill(ctx, d)
}

// copyFor is the good copy that was ordered, or the newest.
func (o *Offsite) copyFor(ctx context.Context, order backup.DrillOrder) (backup.Copy, error) {
	if o.Drills == nil {
		return backup.Copy{}, refusal.Rule("no_drill_system", "3.9",
			"没有可供恢复演练的系统：请设置 LVYUE_BACKUP_DRILL_HOST", "there is no system to restore into: set LVYUE_BACKUP_DRILL_HOST")
	}
	copies, err := o.Store.OffsiteCopies(ctx, order.Contract)
	if err != nil {
		return backup.Copy{}, err
	}
	return backup.Choose(order.Contract, copies, order.Day)
}

func (o *Offsite) drill(ctx context.Context, c backup.Copy) (backup.Drill, error) {
	if err := o.Vault.Check(ctx, c); err != nil {
		return backup.Drill{}, err
	}
	s, err := o.Store.OffsiteStanding(ctx, c.Contract)
	if err != nil {
		return backup.Drill{}, err
	}
	host, done, err := o.Drills.Ready(ctx, c.Contract)
	if err != nil {
		return backup.Drill{}, err
	}
	defer done()
	if host == s.Door { // the data that a copy is for must not be replaced by it
		return backup.Drill{}, refusal.Rule("drill_into_itself", "3.9",
			"演练用的系统正是客户自己的系统："+host, "the system for drills is the customer's own: "+host)
	}
	d, err := o.Vault.Drill(ctx, c.Contract, c.Day, host)
	d.Into = host
	return d, err
}
