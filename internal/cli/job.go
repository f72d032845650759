package cli

import (
	"context"
	"errors"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"lvyue/internal/engine"
	"lvyue/internal/failure"
	"lvyue/internal/refusal"
)

// job is a workflow that a person waits for. Who asks while it runs waits for the same one: it is known by its id. Code and late
// are the failure while none answers; failed is what any other is; doing is what a terminal shows meanwhile.
type job struct {
	id, workflow string
	args         []any
	code         string
	doing, late  refusal.Text
	failed       func(error) error
}

// await has a worker do a job, for as long as --wait says, and fills in what came of it.
func (s *session) await(ctx context.Context, j job, into any) error {
	settings, err := s.settings()
	if err != nil {
		return err
	}
	if s.client, err = engine.Dial(ctx, settings, engine.Logger(noLog{})); err != nil {
		return err
	}
	defer s.whileWaiting(j.doing.ZH, j.doing.EN).Stop()
	waiting, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	run, err := s.client.ExecuteWorkflow(waiting, client.StartWorkflowOptions{
		ID: j.id, TaskQueue: engine.Queue(settings), WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
	}, j.workflow, j.args...)
	if err == nil {
		err = run.Get(waiting, into)
	}
	if errors.Is(waiting.Err(), context.DeadlineExceeded) {
		return failure.New(j.code, err, j.late.ZH, j.late.EN)
	}
	if err != nil {
		return j.failed(err)
	}
	return nil
}
