// Package message is the wire format of Lvyue's workflows: the names and payloads of every workflow, update,
// signal and query, the state that crosses continue-as-new, and the evidence that activities store.
//
// What is here is kept for ever in histories and in PostgreSQL. Fields are added, never renamed or given
// another meaning; State.Version tells the generations apart. Civil days are Asia/Shanghai; instants are
// absolute; amounts are CNY with two decimals.
package message

import "fmt"

// Workflow types.
const (
	ContractWorkflow    = "Contract"
	DeploymentWorkflow  = "Deployment"
	DestructionWorkflow = "Destruction"
	QuotationWorkflow   = "Quotation"
	ExpansionWorkflow   = "Expansion"
	MigrationWorkflow   = "Migration"
	// CalendarWatchWorkflow is started by a schedule, once a day.
	CalendarWatchWorkflow = "CalendarWatch"
	// BooksAuditWorkflow is started by a schedule, once a night.
	BooksAuditWorkflow = "BooksAudit"
	// DriftWorkflow is started by a schedule, once a night, and by whoever asks.
	DriftWorkflow = "Drift"
	// EarlyWarningWorkflow is started by a schedule, every six hours.
	EarlyWarningWorkflow = "EarlyWarning"
	// BackupWorkflow is started by a schedule, once a night.
	BackupWorkflow = "Backup"
	// BackupCopyWorkflow and BackupDrillWorkflow are started by whoever asks.
	BackupCopyWorkflow  = "BackupCopy"
	BackupDrillWorkflow = "BackupDrill"
)

// Signals, sent by machines.
const (
	// ReportSignal carries a Report of a work to its contract.
	ReportSignal = "report"
	// CalendarSignal carries Published when a notice of the State Council was imported.
	CalendarSignal = "calendar-published"
)

// AdvanceUpdate moves the clock of a rehearsed workflow; workflows in production refuse it.
const AdvanceUpdate = "advance"

// StateQuery answers an operator with the State of a contract.
const StateQuery = "state"

// PhaseAttribute is the search attribute (Keyword) that holds a contract's Phase.
const PhaseAttribute = "LvyuePhase"

// ContractID is the workflow id of a contract; prefix is "" in production and `rehearsal/<uuid>/` in a
// rehearsal.
func ContractID(prefix, number string) string {
	return prefix + "contract/" + number
}

// ChildID is the workflow id of the n-th try (from 1) at a duty of the contract with id contractID.
func ChildID(contractID, duty string, n int) string {
	return fmt.Sprintf("%s/%s/%d", contractID, duty, n)
}
