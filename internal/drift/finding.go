package drift

import (
	"slices"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
)

// orphans are the tagged resources that no contract owned, neither before the look nor after it (§7.2), in the order in
// which they were found.
func (l *Look) orphans() []Finding {
	var found []Finding
	owned := owners(l.Before, l.After)
	destroyed := numbers(l.After)
	for _, t := range l.Tagged {
		if owned[t.Contract] {
			continue
		}
		f := Finding{What: Orphan, Clause: "7.2", Contract: t.Contract, Resource: t.Resource}
		if destroyed[t.Contract] {
			f.Phase = message.Destroyed
		}
		found = append(found, f)
	}
	return found
}

// owners are the numbers of the contracts that may have something in the cloud: all but the destroyed ones, from the
// registration of the form on.
func owners(looks ...[]Contract) map[string]bool {
	owned := map[string]bool{}
	for _, c := range slices.Concat(looks...) {
		if !c.gone() {
			owned[c.Number] = true
		}
	}
	return owned
}

func numbers(contracts []Contract) map[string]bool {
	known := map[string]bool{}
	for _, c := range contracts {
		known[c.Number] = true
	}
	return known
}

// allMissing is what contracts lack that were deployed before the look and still are after it (§3.2).
func (l *Look) allMissing() []Finding {
	deployed := map[string]bool{}
	for _, c := range l.After {
		deployed[c.Number] = c.deployed()
	}
	var found []Finding
	for _, c := range l.Before {
		if deployed[c.Number] {
			found = append(found, l.missing(c)...)
		}
	}
	return found
}

// deployed tells whether all that the contract needs must be there now. A contract that has ended keeps it until two
// persons have its destruction begun.
func (c Contract) deployed() bool {
	switch c.Phase {
	case message.InService:
		return true
	case message.Deploying, message.Ended: // usable before its first day, or ended after it was
		return len(c.Recorded) > 0
	case message.Signing, message.AwaitingPayment, message.Destroying, message.Destroyed:
		return false
	default:
		return false
	}
}

// missing is what a deployed contract lacks: the recorded pieces that are nowhere seen; or, without a record, each kind
// of a deployment of which nothing bears its number.
func (l *Look) missing(c Contract) []Finding {
	if !c.deployed() {
		return nil
	}
	var found []Finding
	for _, r := range c.expected() {
		if l.there(c, r) || l.unseen(c, r) {
			continue
		}
		r.Usable, r.Status = false, ""
		found = append(found, Finding{What: Missing, Clause: "3.2", Contract: c.Number, Phase: c.Phase, Resource: r})
	}
	return found
}

// there tells whether the recorded piece is seen; or, for one that is not known by id, any of its kind.
func (l *Look) there(c Contract, r hosting.Resource) bool {
	if r.ID != "" {
		return l.sees(r.ID)
	}
	return slices.ContainsFunc(l.Tagged, func(t hosting.Tagged) bool { return t.Contract == c.Number && t.Kind == r.Kind })
}

// unseen tells whether the piece may be in a region that did not answer.
func (l *Look) unseen(c Contract, r hosting.Resource) bool {
	if r.ID != "" {
		return l.blind(r.Region)
	}
	return slices.ContainsFunc(Regions([]Contract{c}), l.blind)
}

func (c Contract) expected() []hosting.Resource {
	if len(c.Recorded) > 0 {
		// What is installed is gone with its server, and the vendor knows nothing of it.
		return slices.DeleteFunc(slices.Clone(c.Recorded), func(r hosting.Resource) bool { return r.Kind == hosting.System })
	}
	var pieces []hosting.Resource
	for _, kind := range hosting.Kinds() {
		pieces = append(pieces, hosting.Resource{Kind: kind})
	}
	return pieces
}
