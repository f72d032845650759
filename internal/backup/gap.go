package backup

import (
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// Longest is how old the newest good copy may become: a day passes between two copies (§3.9), and a copy may take two hours.
// Older is a gap, and an alarm.
const Longest = 26 * time.Hour

// DrillEvery is how often a copy of each contract is restored for proof. The contract says no figure; a month is what
// auditors ask for.
const DrillEvery = 30 * 24 * time.Hour

// Standing is how a contract stands with its copies.
type Standing struct {
	Contract string        `json:"contract"`
	Phase    message.Phase `json:"phase"`
	// Since is the first instant of the service.
	Since time.Time `json:"since"`
	// Newest is the newest good copy: verified, neither found damaged nor forgotten. Nil if there is none.
	Newest *Copy `json:"newest"`
	// Copies counts the good ones.
	Copies int `json:"copies"`
	// Drilled is the last drill; nil before the first.
	Drilled *Drill `json:"drilled"`
	// Door is where the system is reached; empty if its deployment left no address.
	Door string `json:"door"`
}

// Owed tells whether a copy a day is owed to the contract: while it is in service. Before, there is nothing to copy; after, the
// data waits for its destruction, and there must not be more of it (§7.2).
func (s Standing) Owed() bool { return s.Phase == message.InService }

// Fresh is the instant from which the age counts: that of the newest good copy, or the first of the service.
func (s Standing) Fresh() time.Time {
	if s.Newest != nil {
		return s.Newest.TakenAt
	}
	return s.Since
}

// Gap tells whether the newest good copy is older than it may be.
func (s Standing) Gap(now time.Time) bool { return s.Owed() && now.Sub(s.Fresh()) > Longest }

// DrillDue tells whether there is a copy and it is time to restore one. A drill that failed is repeated with the next copy.
func (s Standing) DrillDue(now time.Time) bool {
	if s.Newest == nil || !s.Owed() {
		return false
	}
	return s.Drilled == nil || now.Sub(s.Drilled.At) >= DrillEvery || (!s.Drilled.Same() && s.Drilled.Day != s.Newest.Day)
}

// Drill is a restore for proof, and in what the restored system differed from the manifest.
type Drill struct {
	Contract string       `json:"contract"`
	Day      workday.Date `json:"day"`
	At       time.Time    `json:"at"`
	// Into names the system that took the data.
	Into string `json:"into"`
	// Rows of all tables, and Files, are what the restored system counts.
	Rows        int64        `json:"rows"`
	Files       int64        `json:"files"`
	Differences []Difference `json:"differences"`
}

// Same tells whether the copy was restored whole.
func (d Drill) Same() bool { return len(d.Differences) == 0 }

// Difference is one figure that is not as the manifest says: "database", "files", "table oa_person".
type Difference struct {
	What string `json:"what"`
	Want string `json:"want"`
	Got  string `json:"got"`
}

// Door is the address under which the resources of a deployment are reached: its name in the DNS, else its load balancer,
// else its public address. Empty if there is none.
func Door(resources []hosting.Resource) string {
	for _, kind := range []hosting.Kind{hosting.Record, hosting.LoadBalancer, hosting.EIP} {
		for _, r := range resources {
			if r.Kind == kind && r.Address != "" {
				return r.Address
			}
		}
	}
	return ""
}
