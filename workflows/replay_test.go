package workflows_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	sdkworkflow "go.temporal.io/sdk/workflow"

	"lvyue/internal/message"
	"lvyue/workflows"
)

// Contracts run for years and outlive many versions of this code. Every history that a released version has left
// must replay; how to record those of a new one, test/record_test.go says.
func TestHistories_EveryOneReplays(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/histories/*/*.json")
	must(t, err)
	seen := map[string]int{}
	for _, file := range files {
		h := read(t, file)
		started := h.GetEvents()[0].GetWorkflowExecutionStartedEventAttributes()
		seen[started.GetWorkflowType().GetName()]++
		if strings.HasPrefix(filepath.Base(file), "production-") {
			seen["production"]++
		}
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			replayer := worker.NewWorkflowReplayer()
			workflows.Register(replayer)
			err := replayer.ReplayWorkflowHistoryWithOptions(
				sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)), h, worker.ReplayWorkflowHistoryOptions{
					OriginalExecution: sdkworkflow.Execution{
						ID: started.GetWorkflowId(), RunID: started.GetOriginalExecutionRunId(),
					},
				})
			if err != nil {
				t.Error(err)
			}
		})
	}
	for _, kind := range []string{
		message.ContractWorkflow, message.DeploymentWorkflow, message.DestructionWorkflow, "production",
	} {
		if seen[kind] == 0 {
			t.Errorf("no history of a %s is recorded: nothing is proved", kind)
		}
	}
}

func read(t *testing.T, file string) *history.History {
	t.Helper()
	text, err := os.Open(file)
	must(t, err)
	defer text.Close()
	h, err := client.HistoryFromJSON(text, client.HistoryJSONOptions{})
	must(t, err)
	return h
}
