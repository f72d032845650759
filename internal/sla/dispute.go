package sla

import (
	"slices"
	"strings"

	"lvyue/internal/message"
)

// disputed are the promises of a fault, "response" and "plan", that a list of obligations in dispute names; with commas between.
func disputed(obligations string, fault int) []string {
	var named []string
	for id := range strings.SplitSeq(obligations, ",") {
		if promise, is := strings.CutPrefix(id, message.FaultID(fault)+"/"); is {
			named = append(named, promise)
		}
	}
	return named
}

// contested tells whether an open dispute names the promise: until it is settled, nobody calls it missed (§6.3).
func (f Fault) contested(promise string) bool { return slices.Contains(f.Disputed, promise) }
