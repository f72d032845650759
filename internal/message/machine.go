package message

import (
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/workday"
)

// DeploymentInput starts a try at the deployment duty (§5.5). The rest is carried from run to run: Checked, that the
// account can bear the plan; Fresh, that nothing was there when the try began, and no system has answered since; Measured, how often the load standard was missed; Failure, why all of it is being taken back,
// and Known, what that must find gone.
type DeploymentInput struct {
	ContractID string             `json:"contract_id"`
	N          int                `json:"n"`
	Plan       hosting.Plan       `json:"plan"`
	Checked    bool               `json:"checked,omitempty"`
	Fresh      bool               `json:"fresh,omitempty"`
	Measured   int                `json:"measured,omitempty"`
	Failure    string             `json:"failure,omitempty"`
	Known      []hosting.Resource `json:"known,omitempty"`
	Rehearsal  *Clock             `json:"rehearsal,omitempty"`
}

// QuotationInput asks the vendor for a price (§5.7). Duty is "quote" for a new one, or "quote/expansion/1" for the one that
// was accepted, whose price is asked once more before the purchase.
type QuotationInput struct {
	ContractID string         `json:"contract_id"`
	Duty       string         `json:"duty"`
	N          int            `json:"n"`
	Growth     hosting.Growth `json:"growth"`
	Rehearsal  *Clock         `json:"rehearsal,omitempty"`
}

// ExpansionInput starts a try at an expansion (§5.7, §3.5). Duty is its obligation, "expansion/1". The rest is carried from run
// to run: Grown, that all is enlarged; Unhealthy, at how many looks a cluster was not healthy; Led, that its name has led to
// it long enough; Measured, how often the load standard was missed; Failure, why the cluster is being taken back.
//
// Measure says that more users are to be carried than before.
type ExpansionInput struct {
	ContractID string         `json:"contract_id"`
	Duty       string         `json:"duty"`
	N          int            `json:"n"`
	Growth     hosting.Growth `json:"growth"`
	Measure    bool           `json:"measure,omitempty"`
	Grown      bool           `json:"grown,omitempty"`
	Unhealthy  int            `json:"unhealthy,omitempty"`
	Led        bool           `json:"led,omitempty"`
	Measured   int            `json:"measured,omitempty"`
	Failure    string         `json:"failure,omitempty"`
	Rehearsal  *Clock         `json:"rehearsal,omitempty"`
}

// DestructionInput starts a try at the destruction duty (§7.2). After are the workflows that must have closed
// first, so that nothing is created behind the destroyer's back. Before is what this try found at its beginning, once it
// has looked.
type DestructionInput struct {
	ContractID string             `json:"contract_id"`
	N          int                `json:"n"`
	Contract   string             `json:"contract"`
	Region     string             `json:"region"`
	Known      []hosting.Resource `json:"known,omitempty"`
	After      []string           `json:"after,omitempty"`
	Before     []hosting.Resource `json:"before,omitempty"`
	Rehearsal  *Clock             `json:"rehearsal,omitempty"`
}

// Report is what a child workflow tells its contract when its try is over. Failure is empty when the duty is
// done: the system is usable, or everything is read back as gone.
type Report struct {
	Duty      string             `json:"duty"`
	N         int                `json:"n"`
	At        time.Time          `json:"at"`
	Failure   string             `json:"failure,omitempty"`
	Cancelled bool               `json:"cancelled,omitempty"`
	Resources []hosting.Resource `json:"resources,omitempty"`
	// Of a destruction: Before is all that was there at its beginning or came to light later, ReadBack the instants at
	// which nothing was left. Stock: the try has only taken stock and goes on; it deletes nothing before it has said so.
	Before   []hosting.Resource `json:"before,omitempty"`
	ReadBack []time.Time        `json:"read_back,omitempty"`
	Stock    bool               `json:"stock,omitempty"`
	// Unrestorable is when the vendor knew no backup any more from which the data could come back.
	Unrestorable time.Time `json:"unrestorable,omitzero"`
	// Of a deployment, or an expansion that adds servers: the last load acceptance (§1.3), nil if there was none; and the
	// test messages of §3.3.
	Acceptance *hosting.Acceptance `json:"acceptance,omitempty"`
	Tests      []hosting.Tested    `json:"tests,omitempty"`
	// Short: the load standard was missed, and stays missed (§1.4). Step is what an expansion has left to people, if anything.
	Short bool   `json:"short,omitempty"`
	Step  string `json:"step,omitempty"`
	// Of a quotation: what the vendor publishes.
	Price *hosting.Price `json:"price,omitempty"`
	// Of a migration: what was moved.
	Carried *Carried `json:"carried,omitempty"`
}

// Published tells a contract that a notice was imported: the year it is for, its number, and when.
type Published struct {
	Notice string    `json:"notice"`
	Number string    `json:"number,omitempty"`
	At     time.Time `json:"at"`
}

// DeadlineQuestion asks for a day: contract.Rule counted from From; Named is the day that the customer names.
type DeadlineQuestion struct {
	Rule  string       `json:"rule"`
	From  workday.Date `json:"from"`
	Named workday.Date `json:"named,omitzero"`
}

// Clock is the clock of a rehearsal: it stands at Now until an advance moves it.
type Clock struct {
	Now time.Time `json:"now"`
}

// Advanced answers an advance. Next is the next instant at which something comes due, zero for none; Works are
// the child workflows that have not reported. Busy: the workflow is between two runs, ask again.
type Advanced struct {
	Now    time.Time `json:"now"`
	Next   time.Time `json:"next,omitzero"`
	Works  []string  `json:"works,omitempty"`
	Events int       `json:"events"`
	Phase  Phase     `json:"phase,omitempty"`
	Busy   bool      `json:"busy,omitempty"`
}
