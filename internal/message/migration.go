package message

import (
	"time"

	"lvyue/internal/handover"
	"lvyue/internal/suite"
	"lvyue/internal/workday"
)

// MovingIn is the body of MigrateIn (§3.7): the host at which the customer's old system answers, and the day that the parties
// have agreed on for the cut-over.
type MovingIn struct {
	From     string       `json:"from"`
	AgreedOn workday.Date `json:"agreed_on"`
}

// CuttingOver is the body of CutOver: which migration, by its obligation.
type CuttingOver struct {
	Migration string `json:"migration"`
}

// MovingOff is the body of MigrateOff (§3.8). AgreedOn is the day by which all is handed over; left out while a migration off
// is open, whose day stands. Final: the system is frozen first and stays so, and this package is the last word.
type MovingOff struct {
	AgreedOn workday.Date `json:"agreed_on,omitzero"`
	Final    bool         `json:"final,omitempty"`
}

// PackageAcceptance is the body of AcceptPackage: the customer's written acceptance. Document is its SHA-256 in hex.
type PackageAcceptance struct {
	By       Side   `json:"by"`
	Document string `json:"document"`
}

// Stage is what the work at a migration is to do. The values stand in histories.
type Stage string

// The stages: of a migration in, of one off, and the way back from a frozen system.
const (
	Rehearse Stage = "rehearse"
	Switch   Stage = "cut-over"
	Export   Stage = "export"
	Final    Stage = "final-export"
	Thaw     Stage = "thaw"
)

// Migration is a move of the customer's data by the obligation of that id. Stage is what was asked for last.
type Migration struct {
	Obligation string `json:"obligation"`
	Stage      Stage  `json:"stage"`
	// From is the host of the old system, and Rehearsed that its data was copied and counted the same.
	From      string `json:"from,omitempty"`
	Rehearsed bool   `json:"rehearsed,omitempty"`
	// Of a migration off: Packages counts those asked for, Package is the last that was read back, Accepted the hash of the
	// customer's acceptance of it.
	Packages int    `json:"packages,omitempty"`
	Package  string `json:"package,omitempty"`
	Final    bool   `json:"final,omitempty"`
	Accepted string `json:"accepted,omitempty"`
}

// MigrationInput starts a try at a migration (§3.7, §3.8). From is the old system's host, Host that of the contract's own;
// Folder names the package. TakenAt is when its data was asked for. Frozen: the contract's own system was frozen before.
type MigrationInput struct {
	ContractID string    `json:"contract_id"`
	Duty       string    `json:"duty"`
	N          int       `json:"n"`
	Contract   string    `json:"contract"`
	Stage      Stage     `json:"stage"`
	From       string    `json:"from,omitempty"`
	Host       string    `json:"host"`
	Folder     string    `json:"folder,omitempty"`
	TakenAt    time.Time `json:"taken_at,omitzero"`
	Frozen     bool      `json:"frozen,omitempty"`
	Rehearsal  *Clock    `json:"rehearsal,omitempty"`
}

// Carried is what a migration's try has moved: by the counts of both systems, or as a package. Frozen: it has left the system
// from which it was moved frozen, or could not let it go.
type Carried struct {
	Stage   Stage             `json:"stage"`
	Frozen  bool              `json:"frozen,omitempty"`
	Moved   *suite.Moved      `json:"moved,omitempty"`
	Package *handover.Package `json:"package,omitempty"`
}
