package drift_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lvyue/internal/drift"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
)

const here = hosting.DefaultRegion

// pieces reads `ecs i-1, disk d-1`.
func pieces(text string) []hosting.Resource {
	var all []hosting.Resource
	for one := range strings.SplitSeq(text, ", ") {
		if kind, id, ok := strings.Cut(one, " "); ok {
			all = append(all, hosting.Resource{Kind: hosting.Kind(kind), ID: id, Region: here})
		}
	}
	return all
}

// tagged are the pieces with a contract's number on their tags.
func tagged(contract, text string) []hosting.Tagged {
	var all []hosting.Tagged
	for _, r := range pieces(text) {
		all = append(all, hosting.Tagged{Contract: contract, Resource: r})
	}
	return all
}

func contract(phase message.Phase, recorded string) []drift.Contract {
	return []drift.Contract{{Number: "A", Phase: phase, Regions: []string{""}, Recorded: pieces(recorded)}}
}

// told is the report's findings: `orphan A ecs i-1 (destroyed)`.
func told(l drift.Look) string {
	var lines []string
	for _, f := range l.Report().Findings {
		lines = append(lines, strings.TrimSuffix(fmt.Sprintf("%s %s %s %s (%s)", f.What, f.Contract, f.Kind, f.ID, f.Phase), " ()"))
	}
	return strings.Join(lines, ", ")
}

const (
	whole = "vpc v, vswitch w, security-group g, ecs i, rds r"
	lost  = "missing A vpc v (%s), missing A vswitch w (%s), missing A security-group g (%s), missing A ecs i (%s), missing A rds r (%s)"
)

func allLost(phase message.Phase) string { return strings.ReplaceAll(lost, "%s", string(phase)) }

func TestLook_AnOrphanIsWhatNoLiveContractOwns(t *testing.T) { // §7.2
	t.Parallel()
	there := tagged("A", "snapshot s")
	for _, tt := range []struct {
		name          string
		before, after []drift.Contract
		want          string
	}{
		{"of an unknown contract", nil, nil, "orphan A snapshot s"},
		{"of a destroyed one", contract(message.Destroyed, ""), contract(message.Destroyed, ""), "orphan A snapshot s (destroyed)"},
		{"of one that is just being destroyed", contract(message.Destroying, ""), contract(message.Destroying, ""), ""},
		{"of one whose destruction ends meanwhile", contract(message.Destroying, ""), contract(message.Destroyed, ""), ""},
		{"of one that is signed and deployed meanwhile", nil, contract(message.Deploying, ""), ""},
		{"of one that is just being deployed", contract(message.Deploying, ""), contract(message.Deploying, ""), ""},
		{"of one in signing", contract(message.Signing, ""), contract(message.Signing, ""), ""},
		{"of one in service", contract(message.InService, "snapshot s"), contract(message.InService, "snapshot s"), ""},
		{"of one that has ended", contract(message.Ended, ""), contract(message.Ended, ""), ""},
	} {
		if got := told(drift.Look{Before: tt.before, After: tt.after, Tagged: there}); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLook_ATagWithoutANumberIsAnOrphan(t *testing.T) {
	t.Parallel()
	l := drift.Look{Tagged: tagged("", "disk d"), Before: contract(message.Signing, ""), After: contract(message.Signing, "")}
	if got := told(l); got != "orphan  disk d" {
		t.Errorf("got %q", got)
	}
}

func TestLook_MissingIsWhatADeployedContractLacks(t *testing.T) { // §3.2
	t.Parallel()
	for _, tt := range []struct {
		name          string
		before, after []drift.Contract
		there, want   string
	}{
		{"all is there", contract(message.InService, whole), contract(message.InService, whole), whole, ""},
		{"the server is gone", contract(message.InService, whole), contract(message.InService, whole), "vpc v, vswitch w, security-group g, rds r", "missing A ecs i (in-service)"},
		{"another server stands in its place", contract(message.InService, "ecs i"), contract(message.InService, "ecs i"), "ecs j", "missing A ecs i (in-service)"},
		{"a disk is gone", contract(message.InService, "ecs i, disk d"), contract(message.InService, "ecs i, disk d"), "ecs i", "missing A disk d (in-service)"},
		{"usable before its first day", contract(message.Deploying, whole), contract(message.Deploying, whole), "", allLost(message.Deploying)},
		{"begun and not usable yet", contract(message.Deploying, ""), contract(message.Deploying, ""), "", ""},
		{"becomes usable meanwhile", contract(message.Deploying, ""), contract(message.Deploying, whole), "", ""},
		{"ended after it was deployed", contract(message.Ended, whole), contract(message.Ended, whole), "", allLost(message.Ended)},
		{"ended before", contract(message.Ended, ""), contract(message.Ended, ""), "", ""},
		{"being destroyed", contract(message.Destroying, whole), contract(message.Destroying, whole), "", ""},
		{"the destruction begins meanwhile", contract(message.Ended, whole), contract(message.Destroying, whole), "", ""},
		{"destroyed", contract(message.Destroyed, whole), contract(message.Destroyed, whole), "", ""},
		{"not paid for", contract(message.AwaitingPayment, ""), contract(message.AwaitingPayment, ""), "", ""},
		{
			"deployed before that was recorded, and one kind is gone", contract(message.InService, ""), contract(message.InService, ""),
			"vpc v, vswitch w, security-group g, ecs i", "missing A rds  (in-service)",
		},
		{"deployed before that was recorded", contract(message.InService, ""), contract(message.InService, ""), whole, ""},
	} {
		l := drift.Look{Before: tt.before, After: tt.after, Tagged: tagged("A", tt.there)}
		if got := told(l); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// What bears no tag any more, or not yet on the vendor's list, is looked for by id before it is told to be missing.
func TestLook_WhatIsFoundByItsIDIsNotMissing(t *testing.T) {
	t.Parallel()
	in := contract(message.InService, whole)
	l := drift.Look{Before: in, After: in, Tagged: tagged("A", "vpc v, vswitch w, security-group g, rds r")}
	if doubtful := l.Doubtful(); len(doubtful) != 1 || doubtful[0].Number != "A" {
		t.Fatalf("in doubt are %v", doubtful)
	}
	l.Seen("A", pieces("ecs i, vpc v"))
	if r := l.Report(); !r.Agrees() || r.Resources != 5 || len(l.Doubtful()) != 0 {
		t.Errorf("got %+v", r)
	}
}

func TestLook_NothingIsMissingInARegionThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	for _, recorded := range []string{whole, ""} {
		in := contract(message.InService, recorded)
		l := drift.Look{Before: in, After: in, Tagged: tagged("B", "disk d")}
		l.Misses(here, errors.New("no answer"))
		l.Misses(here, errors.New("still none"))
		if r := l.Report(); told(l) != "orphan B disk d" || len(r.Blind) != 1 || r.Blind[0].Why != "no answer" || r.Agrees() {
			t.Errorf("got %+v", r)
		}
		l.Tagged, l.Before, l.After = nil, nil, nil
		if l.Report().Agrees() {
			t.Error("what was not looked at is said to be right")
		}
	}
}

func TestRegions_AreAllInWhichAnythingWasEverPlaced(t *testing.T) {
	t.Parallel()
	got := drift.Regions([]drift.Contract{
		{Regions: []string{"", "cn-hangzhou"}}, {Regions: []string{"cn-hangzhou"}, Recorded: []hosting.Resource{{Region: "cn-shanghai"}}},
	})
	if !slices.Equal(got, []string{here, "cn-hangzhou", "cn-shanghai"}) {
		t.Errorf("got %v", got)
	}
	if got := drift.Regions(nil); !slices.Equal(got, []string{here}) {
		t.Errorf("without contracts: %v", got)
	}
}

func TestReport_CarriesAllThatThereAreUpToABound(t *testing.T) {
	t.Parallel()
	for n, kept := range map[int]int{0: 0, 199: 199, 200: 200, 201: 200} {
		var l drift.Look
		for i := range n {
			l.Tagged = append(l.Tagged, tagged("X", fmt.Sprintf("disk d-%d", i))...)
		}
		if r := l.Report(); r.Found != n || len(r.Findings) != kept || r.Findings == nil || r.Blind == nil {
			t.Errorf("of %d are kept %d of %d", n, len(r.Findings), r.Found)
		}
	}
}
