// Package drift compares what the cloud holds under our tag with what contracts have there (§3.2, §7.2). It compares only:
// no vendor, no database, no clock, and nothing is mended.
package drift

import (
	"slices"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
)

// Contract is what is known of a contract's part in the cloud.
type Contract struct {
	Number string
	Phase  message.Phase
	// Regions are where its forms place it; "" is the default.
	Regions []string
	// Recorded is what its last deployment left when it became usable. Empty before, and for contracts that were deployed
	// before that was kept.
	Recorded []hosting.Resource
}

// gone tells whether nothing of the contract may be left (§7.2).
func (c Contract) gone() bool { return c.Phase == message.Destroyed }

// What is the kind of a finding. The values are published and never change.
type What string

// The kinds of findings.
const (
	// Orphan bears our tag, and no live contract owns it: its contract is destroyed (§7.2), or unknown here.
	Orphan What = "orphan"
	// Missing belongs to a contract that is deployed and not yet being destroyed, and is not there (§3.2).
	Missing What = "missing"
)

// Finding is one resource that is where it should not be, or is not where it should be.
type Finding struct {
	What   What   `json:"what"`
	Clause string `json:"clause"`
	// Contract is the number on the tag, which may be empty. Phase is empty for a contract that is unknown here.
	Contract string        `json:"contract"`
	Phase    message.Phase `json:"phase,omitempty"`
	// Resource has no id if nothing of its kind is there and it is not recorded which one there was.
	hosting.Resource
}

// Report is the outcome of one sweep. Found counts all findings; Findings are the first of them, orphans before what is
// missing. Blind are the regions, among Regions, of which nothing can be said.
type Report struct {
	Regions   []string  `json:"regions"`
	Blind     []Blind   `json:"blind"`
	Contracts int       `json:"contracts"`
	Resources int       `json:"resources"`
	Found     int       `json:"found"`
	Findings  []Finding `json:"findings"`
}

// Agrees tells whether everything was looked at and is as it should be.
func (r Report) Agrees() bool { return r.Found == 0 && len(r.Blind) == 0 }

// Blind is a region that did not answer, and why.
type Blind struct {
	Region string `json:"region"`
	Why    string `json:"why"`
}

// mostFindings bounds what a report carries.
const mostFindings = 200

// Look is one look at the cloud, between two at the contracts: Before it began and After it was over. What is being
// deployed or destroyed meanwhile looks right in one of them, and so raises no alarm.
type Look struct {
	Before, After []Contract
	Tagged        []hosting.Tagged
	Blind         []Blind
}

// Regions are where to look, each once, by name: where the contracts are or ever were, and the default.
func Regions(contracts []Contract) []string {
	regions := []string{hosting.DefaultRegion}
	for _, c := range contracts {
		regions = append(regions, c.Regions...)
		for _, r := range c.Recorded {
			regions = append(regions, r.Region)
		}
	}
	regions = slices.DeleteFunc(regions, func(region string) bool { return region == "" })
	slices.Sort(regions)
	return slices.Compact(regions)
}

// Doubtful are the contracts of which something seems to be missing so far. The vendor's tag lists lag behind, and people
// take tags off: look for these by id before believing it.
func (l *Look) Doubtful() []Contract {
	var doubtful []Contract
	for _, c := range l.Before {
		if len(l.missing(c)) > 0 {
			doubtful = append(doubtful, c)
		}
	}
	return doubtful
}

// Seen adds what was found of a contract by another way than its tag.
func (l *Look) Seen(contract string, found []hosting.Resource) {
	for _, r := range found {
		if !l.sees(r.ID) {
			l.Tagged = append(l.Tagged, hosting.Tagged{Contract: contract, Resource: r})
		}
	}
}

func (l *Look) sees(id string) bool {
	return slices.ContainsFunc(l.Tagged, func(t hosting.Tagged) bool { return t.ID == id })
}

// Misses notes that a region does not answer. What it holds is unknown, so nothing of it is told to be missing.
func (l *Look) Misses(region string, why error) {
	if !l.blind(region) {
		l.Blind = append(l.Blind, Blind{Region: region, Why: why.Error()})
	}
}

func (l *Look) blind(region string) bool {
	return slices.ContainsFunc(l.Blind, func(b Blind) bool { return b.Region == region })
}

// Report is what the look found.
func (l *Look) Report() Report {
	found := append(l.orphans(), l.allMissing()...)
	return Report{
		Regions: Regions(l.Before), Blind: append([]Blind{}, l.Blind...), Contracts: len(l.After), Resources: len(l.Tagged),
		Found: len(found), Findings: append([]Finding{}, found[:min(len(found), mostFindings)]...),
	}
}
