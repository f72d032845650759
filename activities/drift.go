package activities

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"go.temporal.io/sdk/activity"

	"lvyue/internal/drift"
	"lvyue/internal/hosting"
)

// Account is the vendor, asked for everything that is ours in it. It changes nothing.
type Account interface {
	// Tagged lists what bears our tag in a region, whosever it is.
	Tagged(ctx context.Context, region string) ([]hosting.Tagged, error)
	// Find reads back, by id and by tag, what exists of a contract.
	Find(ctx context.Context, contract, region string, known []hosting.Resource) ([]hosting.Resource, error)
}

// HostedStore knows what contracts have in the cloud.
type HostedStore interface {
	Hosted(ctx context.Context) ([]drift.Contract, error)
}

// Drift compares the cloud with the contracts.
type Drift struct {
	Cloud Account
	Store HostedStore
	Log   *slog.Logger
}

// patience is how often a region is asked before the sweep goes on without it: one that never answers must not silence
// the others.
const patience = 4

// Sweep finds what bears our tag and no live contract owns (§7.2), and what contracts in service lack (§3.2), and tells
// the engineer on call, at the level of an error, what it is. It mends nothing: what to do about it is a person's decision.
func (d *Drift) Sweep(ctx context.Context) (drift.Report, error) {
	before, err := d.Store.Hosted(ctx)
	if err != nil {
		return drift.Report{}, err
	}
	look := drift.Look{Before: before}
	err = errors.Join(d.lookForTags(ctx, &look), d.lookForIDs(ctx, &look))
	if err != nil && (ctx.Err() != nil || activity.GetInfo(ctx).Attempt < patience) {
		return drift.Report{}, err
	}
	if look.After, err = d.Store.Hosted(ctx); err != nil {
		return drift.Report{}, err
	}
	r := look.Report()
	d.tell(ctx, r)
	return r, nil
}

func (d *Drift) lookForTags(ctx context.Context, look *drift.Look) error {
	var failed []error
	for _, region := range drift.Regions(look.Before) {
		tagged, err := d.Cloud.Tagged(ctx, region)
		if err != nil {
			look.Misses(region, err)
			failed = append(failed, fmt.Errorf("look for our tag in %s: %w", region, err))
		}
		look.Tagged = append(look.Tagged, tagged...)
	}
	return errors.Join(failed...)
}

// lookForIDs asks by id for what seems to be missing.
func (d *Drift) lookForIDs(ctx context.Context, look *drift.Look) error {
	var failed []error
	for _, c := range look.Doubtful() {
		for _, region := range drift.Regions([]drift.Contract{c}) {
			found, err := d.Cloud.Find(ctx, c.Number, region, in(region, c.Recorded))
			if err != nil {
				look.Misses(region, err)
				failed = append(failed, fmt.Errorf("look for what %s has in %s: %w", c.Number, region, err))
			}
			look.Seen(c.Number, found)
		}
	}
	return errors.Join(failed...)
}

func (d *Drift) tell(ctx context.Context, r drift.Report) {
	if r.Found > 0 {
		d.Log.ErrorContext(ctx, "the cloud and the contracts do not agree; run `starter drift`", "to", "on-call",
			"found", r.Found, "first", named(r.Findings))
	}
	for _, b := range r.Blind {
		d.Log.ErrorContext(ctx, "a region cannot be searched for forgotten resources; run `starter drift`", "to", "on-call",
			"region", b.Region, "why", b.Why)
	}
}

// in are the resources of a region.
func in(region string, all []hosting.Resource) []hosting.Resource {
	var there []hosting.Resource
	for _, r := range all {
		if r.Region == region {
			there = append(there, r)
		}
	}
	return there
}

// named is the beginning of the findings in one line, as people read them in a log.
func named(findings []drift.Finding) string {
	const enough = 20
	var names []string
	for _, f := range findings[:min(len(findings), enough)] {
		names = append(names, strings.Join([]string{string(f.What), f.Contract, string(f.Kind), f.ID}, " "))
	}
	return strings.Join(names, "; ")
}
