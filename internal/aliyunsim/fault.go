package aliyunsim

import (
	"fmt"
)

// Fault makes admitted requests go wrong, by rule and not by chance: the same requests meet the same faults.
type Fault struct {
	// Operation is product and action, "ecs RunInstances", or "*" for all.
	Operation string
	// First lets the first N requests of the operation go wrong and no later one; Every, every Nth for as long as the
	// fault is set. Exactly one of them is given, and it is at least 1. A request counts from when the fault is set,
	// once it is signed and its operation known; where several faults meet, the first in order is felt and all count.
	First, Every int
	// Trouble is what goes wrong.
	Trouble Trouble
}

func (f Fault) hits(count int) bool {
	return count <= f.First || f.Every > 0 && count%f.Every == 0
}

func (f Fault) check(known map[string]operation) error {
	_, named := known[f.Operation]
	_, felt := troubles()[f.Trouble]
	switch {
	case !named && f.Operation != "*":
		return fmt.Errorf("fault in %q: there is no such operation", f.Operation)
	case !felt:
		return fmt.Errorf("fault in %q: there is no trouble %q", f.Operation, f.Trouble)
	case f.First < 0 || f.Every < 0 || (f.First == 0) == (f.Every == 0):
		return fmt.Errorf("fault in %q: either First or Every must be given, and positive", f.Operation)
	}
	return nil
}

// faults are the rules in force, and how many requests each has counted.
type faults struct {
	rules  []Fault
	counts []int
}

// newFaults refuses a rule that could never be felt.
func newFaults(rules []Fault) (faults, error) {
	known := operations()
	for _, f := range rules {
		if err := f.check(known); err != nil {
			return faults{}, err
		}
	}
	return faults{rules: append([]Fault(nil), rules...), counts: make([]int, len(rules))}, nil
}

// next counts a request and gives its trouble, "" for none.
func (f *faults) next(operation string) Trouble {
	var felt Trouble
	for i, rule := range f.rules {
		if rule.Operation != "*" && rule.Operation != operation {
			continue
		}
		f.counts[i]++
		if felt == "" && rule.hits(f.counts[i]) {
			felt = rule.Trouble
		}
	}
	return felt
}

// SetFaults puts these faults in the place of all that were in force, and counts from 0. None ends all faults. A
// rule that could never be felt is refused, and those in force stay.
func (s *Server) SetFaults(rules ...Fault) error {
	set, err := newFaults(rules)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = set
	return nil
}
