package rehearsal

import (
	"context"
	"fmt"

	"go.temporal.io/sdk/client"

	"lvyue/internal/backup"
	"lvyue/internal/engine"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// backUp makes the day's copy outside the cloud (§3.9), as the sweep of that night would. A contract that has nothing to copy is
// refused.
func (p *play) backUp(ctx context.Context, event Event) error {
	ctx, cancel := context.WithTimeout(ctx, p.Patience)
	defer cancel()
	run, err := p.Client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: p.prefix() + "backup/copy/" + event.ID, TaskQueue: p.taskQueue(),
	}, message.BackupCopyWorkflow, backup.Order{Contract: p.Scenario.Form.Number, Day: workday.Of(event.At)})
	if err != nil {
		return fmt.Errorf("line %d, %s: %w", event.Line, event.Do, err)
	}
	var made backup.Copy
	if err := run.Get(ctx, &made); err != nil {
		return p.refuse(event, notCopied(err))
	}
	p.tell(copiedStep(event, made))
	return nil
}

// notCopied is why there is no copy, in the words of the activity.
func notCopied(err error) *refusal.Refusal {
	why := engine.Reason(err)
	return refusal.Rule("not_copied", "3.9", "没有云外备份："+why, "nothing was copied outside the cloud: "+why)
}
