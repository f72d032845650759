package activities

import (
	"context"
	"errors"
	"fmt"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
)

// Engine asks the workflow server itself.
type Engine struct{ Client client.Client }

// Closed tells whether a workflow has come to its end, or is forgotten.
func (e *Engine) Closed(ctx context.Context, workflowID string) (bool, error) {
	described, err := e.Client.DescribeWorkflowExecution(ctx, workflowID, "")
	if _, forgotten := errors.AsType[*serviceerror.NotFound](err); forgotten {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("describe workflow %s: %w", workflowID, err)
	}
	return described.GetWorkflowExecutionInfo().GetStatus() != enums.WORKFLOW_EXECUTION_STATUS_RUNNING, nil
}
