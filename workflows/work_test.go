package workflows_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"go.temporal.io/sdk/converter"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"
	sdkworkflow "go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/offsite"
	"lvyue/workflows"
)

// endless is a vendor whose databases never start.
type endless struct{ activities.Cloud }

func (endless) Preflight(context.Context, hosting.Plan) error { return nil }
func (endless) Affords(context.Context, hosting.Plan) error   { return nil }

func (endless) Ensure(context.Context, hosting.Plan) ([]hosting.Resource, error) {
	return []hosting.Resource{{Kind: hosting.Database, ID: "rm-1", Status: "Creating"}}, nil
}

func (endless) Destroy(context.Context, string, string, []hosting.Resource) ([]hosting.Resource, error) {
	return []hosting.Resource{{Kind: hosting.Database, ID: "rm-1", Status: "Creating"}}, nil
}

// noCopies is a store that knows of no copies outside the cloud.
type noCopies struct{ activities.OffsiteStore }

func (noCopies) EndOffsiteCopies(context.Context, string, time.Time) error { return nil }

// A work may wait for months. When its history grows long it goes on in a fresh run with all that it was given, and
// reports nothing.
func TestWork_GoesOnInAFreshRunWhenItsHistoryIsLong(t *testing.T) {
	t.Parallel()
	clock := &message.Clock{Now: instant(t, "2025-10-09 15:00")}
	for _, tt := range []struct {
		name, workflow string
		in             any
	}{
		{"deployment", message.DeploymentWorkflow, message.DeploymentInput{
			ContractID: "contract/1", N: 2, Plan: hosting.Plan{Contract: "1", Attempt: 1}, Checked: true,
		}},
		{"rehearsed deployment", message.DeploymentWorkflow, message.DeploymentInput{
			ContractID: "contract/1", N: 1, Plan: hosting.Plan{Contract: "1"}, Checked: true, Rehearsal: clock,
		}},
		{"destruction", message.DestructionWorkflow, message.DestructionInput{
			ContractID: "contract/1", N: 3, Contract: "1", Region: "cn-beijing", After: []string{},
			Known: []hosting.Resource{{ID: "rm-1"}}, Before: []hosting.Resource{{ID: "rm-1"}},
		}},
		{"rehearsed destruction", message.DestructionWorkflow, message.DestructionInput{
			ContractID: "contract/1", N: 1, Contract: "1", Rehearsal: clock,
			Known: []hosting.Resource{{ID: "rm-1"}}, Before: []hosting.Resource{{ID: "rm-1"}},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			suite := &testsuite.WorkflowTestSuite{}
			suite.SetLogger(sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)))
			env := suite.NewTestWorkflowEnvironment()
			workflows.Register(env)
			vault, err := offsite.Open(t.Context(), offsite.Options{Copies: "mem://", Keys: "mem://", Engine: "one"}, nil)
			must(t, err)
			activities.World{
				Offsite:  &activities.Offsite{Vault: vault, Store: noCopies{}},
				Evidence: &activities.Evidence{}, Inbox: &activities.Inbox{}, Calendar: &activities.Calendar{},
				Hosting: &activities.Hosting{Cloud: endless{}}, Engine: &activities.Engine{Client: &server{}},
			}.Register(env)
			env.SetTestTimeout(10 * time.Second)
			env.SetContinueAsNewSuggested(true)
			env.ExecuteWorkflow(tt.workflow, tt.in)
			var fresh *sdkworkflow.ContinueAsNewError
			if !errors.As(env.GetWorkflowError(), &fresh) {
				t.Fatalf("it ends with %v, want a fresh run", env.GetWorkflowError())
			}
			if got := fresh.WorkflowType.Name; got != tt.workflow {
				t.Errorf("it goes on as a %s", got)
			}
			var carried map[string]any
			must(t, converter.GetDefaultDataConverter().FromPayloads(fresh.Input, &carried))
			was, err := converter.GetDefaultDataConverter().ToPayloads(tt.in)
			must(t, err)
			var given map[string]any
			must(t, converter.GetDefaultDataConverter().FromPayloads(was, &given))
			if got, want := text(t, carried), text(t, given); got != want {
				t.Errorf("it goes on with\n%s\nwant\n%s", got, want)
			}
		})
	}
}
