package workflows

import (
	"fmt"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/handover"
	"lvyue/internal/message"
)

// migrating is one try at a stage of a migration.
type migrating struct {
	*work

	in *message.MigrationInput
}

// Migration moves a customer's data: onto the cloud, in rehearsal or for good (§3.7), or off it, as a package (§3.8). What is
// moved for good stands still while it is moved; if that fails, it works on as before.
func Migration(ctx workflow.Context, in message.MigrationInput) error {
	report := message.Report{Duty: in.Duty, N: in.N, Carried: &message.Carried{Stage: in.Stage, Frozen: in.Frozen}}
	m := migrating{in: &in, work: &work{clock: newClock(in.Rehearsal), report: report}}
	return m.perform(ctx, in.ContractID, m.anew(ctx, message.MigrationWorkflow, &in, &in.Rehearsal), func(ctx workflow.Context) (bool, error) {
		err := m.move(ctx)
		return err == nil, err
	})
}

func (m migrating) move(ctx workflow.Context) error {
	switch m.in.Stage {
	case message.Switch:
		return m.still(ctx, m.in.From, m.copyOver)
	case message.Final:
		return m.still(ctx, m.in.Host, m.export)
	case message.Thaw:
		return m.letGo(ctx)
	case message.Export:
		if err := m.letGo(ctx); err != nil {
			return err
		}
		return m.export(ctx)
	default:
		return m.copyOver(ctx)
	}
}

// still has a system stand still while its data is moved, and afterwards. The way back is to let it go again.
func (m migrating) still(ctx workflow.Context, host string, move func(workflow.Context) error) error {
	m.report.Carried.Frozen = true
	err := m.freeze(ctx, host, true)
	if err == nil {
		err = move(ctx)
	}
	if err == nil {
		return nil
	}
	after, _ := workflow.NewDisconnectedContext(ctx)
	if back := m.freeze(after, host, false); back != nil {
		return fmt.Errorf("%s; the system at %s may still be frozen, let it go by hand: %s", reason(err), host, reason(back))
	}
	m.report.Carried.Frozen = false
	if temporal.IsCanceledError(err) {
		return err
	}
	return fmt.Errorf("%s; the system at %s works on as before", reason(err), host)
}

// letGo lets the contract's system take changes again, if it was frozen.
func (m migrating) letGo(ctx workflow.Context) error {
	if !m.in.Frozen {
		return nil
	}
	err := m.freeze(ctx, m.in.Host, false)
	m.report.Carried.Frozen = err != nil
	return err
}

func (m migrating) freeze(ctx workflow.Context, host string, frozen bool) error {
	var moves *activities.Migration
	order := activities.FreezeOrder{Contract: m.in.Contract, Host: host, Frozen: frozen}
	return workflow.ExecuteActivity(betweenSystems(ctx), moves.Freeze, order).Get(ctx, nil)
}

func (m migrating) copyOver(ctx workflow.Context) error {
	var moves *activities.Migration
	order := activities.MoveOrder{
		Contract: m.in.Contract, From: m.in.From, To: m.in.Host, Frozen: m.in.Stage == message.Switch,
	}
	return workflow.ExecuteActivity(betweenSystems(ctx), moves.Copy, order).Get(ctx, &m.report.Carried.Moved)
}

func (m migrating) export(ctx workflow.Context) error {
	var moves *activities.Migration
	order := handover.Order{
		Contract: m.in.Contract, Host: m.in.Host, Folder: m.in.Folder, TakenAt: m.in.TakenAt, Final: m.in.Stage == message.Final,
	}
	return workflow.ExecuteActivity(betweenSystems(ctx), moves.Export, order).Get(ctx, &m.report.Carried.Package)
}
