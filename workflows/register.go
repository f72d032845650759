package workflows

import (
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"lvyue/internal/message"
)

// Register gives a worker every workflow, under the names of the wire format.
func Register(w worker.WorkflowRegistry) {
	w.RegisterWorkflowWithOptions(Contract, workflow.RegisterOptions{Name: message.ContractWorkflow})
	w.RegisterWorkflowWithOptions(Deployment, workflow.RegisterOptions{Name: message.DeploymentWorkflow})
	w.RegisterWorkflowWithOptions(Destruction, workflow.RegisterOptions{Name: message.DestructionWorkflow})
	w.RegisterWorkflowWithOptions(Quotation, workflow.RegisterOptions{Name: message.QuotationWorkflow})
	w.RegisterWorkflowWithOptions(Expansion, workflow.RegisterOptions{Name: message.ExpansionWorkflow})
	w.RegisterWorkflowWithOptions(Migration, workflow.RegisterOptions{Name: message.MigrationWorkflow})
	w.RegisterWorkflowWithOptions(Incident, workflow.RegisterOptions{Name: message.IncidentWorkflow})
	w.RegisterWorkflowWithOptions(CalendarWatch, workflow.RegisterOptions{Name: message.CalendarWatchWorkflow})
	w.RegisterWorkflowWithOptions(BooksAudit, workflow.RegisterOptions{Name: message.BooksAuditWorkflow})
	w.RegisterWorkflowWithOptions(Drift, workflow.RegisterOptions{Name: message.DriftWorkflow})
	w.RegisterWorkflowWithOptions(EarlyWarning, workflow.RegisterOptions{Name: message.EarlyWarningWorkflow})
	w.RegisterWorkflowWithOptions(Backup, workflow.RegisterOptions{Name: message.BackupWorkflow})
	w.RegisterWorkflowWithOptions(BackupCopy, workflow.RegisterOptions{Name: message.BackupCopyWorkflow})
	w.RegisterWorkflowWithOptions(BackupDrill, workflow.RegisterOptions{Name: message.BackupDrillWorkflow})
}
