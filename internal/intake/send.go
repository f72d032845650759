package intake

import (
	"context"
	"errors"
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// RefusalType is the type of the application error by which a workflow's validator refuses an act; its detail
// is the refusal.
const RefusalType = "refusal"

// send sends the act as an update under its own id and waits for the answer. A signature starts the contract
// if it is not there yet (§5.1).
func (i Intake) send(ctx context.Context, act message.Act) (message.Answer, error) {
	handle, err := i.update(ctx, act)
	if err != nil {
		return message.Answer{}, fmt.Errorf("send %s to %s: %w", act.Name, act.Contract, err)
	}
	var answer message.Answer
	if err := handle.Get(ctx, &answer); err != nil {
		return message.Answer{}, fmt.Errorf("answer to %s from %s: %w", act.Name, act.Contract, err)
	}
	return answer, nil
}

func (i Intake) update(ctx context.Context, act message.Act) (client.WorkflowUpdateHandle, error) {
	options := client.UpdateWorkflowOptions{
		WorkflowID:   i.address(act),
		UpdateID:     act.ID,
		UpdateName:   string(act.Name),
		Args:         []any{act},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	}
	if act.Name != message.Sign {
		return i.Client.UpdateWorkflow(ctx, options)
	}
	form, err := i.unstarted(ctx, act.Contract)
	if err != nil {
		return nil, err
	}
	if form == nil {
		return i.Client.UpdateWorkflow(ctx, options)
	}
	return i.Client.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: i.start(*form),
		UpdateOptions:          options,
	})
}

// address is the workflow to which the act is done.
func (i Intake) address(act message.Act) string {
	if act.Fault > 0 {
		return message.IncidentID(i.Prefix, act.Contract, act.Fault)
	}
	return message.ContractID(i.Prefix, act.Contract)
}

// unstarted gives the form of a contract without any evidence yet, and nil once there is some: a contract that
// the server has forgotten must not begin a second time.
func (i Intake) unstarted(ctx context.Context, number string) (*contract.Form, error) {
	chain, err := i.Store.Verify(ctx, number)
	if err != nil {
		return nil, fmt.Errorf("look for evidence of %s: %w", number, err)
	}
	if chain.Events > 0 {
		return nil, nil //nolint:nilnil // no form means: already started
	}
	form, err := i.Store.Form(ctx, number)
	if err != nil {
		return nil, fmt.Errorf("read the form of %s: %w", number, err)
	}
	return &form, nil
}

func (i Intake) start(form contract.Form) client.WithStartWorkflowOperation {
	return i.Client.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
		ID:                       message.ContractID(i.Prefix, form.Number),
		TaskQueue:                i.TaskQueue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		StaticSummary:            "§1–§7 " + form.Number,
	}, message.ContractWorkflow, i.Input(form))
}

// Input starts a contract over the form. People's telephones and names stay in PostgreSQL.
func (i Intake) Input(form contract.Form) message.ContractInput {
	return message.ContractInput{State: message.State{
		Version:   message.StateVersion,
		Terms:     form.Public(),
		FormHash:  form.Hash(),
		Rehearsal: i.Rehearsal,
	}}
}

// refusalIn finds the refusal of a validator.
func refusalIn(err error) (*refusal.Refusal, bool) {
	var application *temporal.ApplicationError
	if !errors.As(err, &application) || application.Type() != RefusalType {
		return nil, false
	}
	var no refusal.Refusal
	readable := application.Details(&no) == nil && no.Code != ""
	return &no, readable
}
