package warning

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Standing is an open warning of a contract, as it is told where there are several.
type Standing struct {
	Contract string `json:"contract"`
	Warning
}

// Worst sorts warnings of several contracts, worst first.
func Worst(all []Standing) {
	slices.SortStableFunc(all, func(a, b Standing) int {
		return cmp.Or(
			cmp.Compare(b.Class, a.Class), cmp.Compare(a.urgency(), b.urgency()), strings.Compare(a.Contract, b.Contract), byGauge(a.Warning, b.Warning),
		)
	})
}

// Unmeasured is a contract in service at which nobody has looked for longer than two sweeps take; LookedAt is zero if
// nobody ever has.
type Unmeasured struct {
	Contract string    `json:"contract"`
	LookedAt time.Time `json:"looked_at,omitzero"`
}

// Overdue is how old the last look at a contract may be: the sweep comes every six hours, and may fail once.
const Overdue = 13 * time.Hour

// Health is how all contracts in service are: what stands of them, worst first, and at which nobody has looked.
type Health struct {
	Contracts  int          `json:"contracts"`
	Open       []Standing   `json:"open"`
	Unmeasured []Unmeasured `json:"unmeasured"`
}

// Well tells whether nothing is to be acted upon.
func (h Health) Well() bool { return len(h.Open)+len(h.Unmeasured) == 0 }

// Looked is the outcome of a look at one contract: what stands after it, worst first. Blind says why nothing could be
// measured; then nothing was judged.
type Looked struct {
	Contract string    `json:"contract"`
	Open     []Warning `json:"open,omitempty"`
	Blind    string    `json:"blind,omitempty"`
}

// Report is the outcome of a sweep over all contracts. Standing counts the warnings that are open, and Open are the worst
// of them; Blind are the contracts that could not be measured, by number, and why.
type Report struct {
	At        time.Time         `json:"at"`
	Contracts int               `json:"contracts"`
	Standing  int               `json:"standing"`
	Open      []Standing        `json:"open"`
	Blind     map[string]string `json:"blind,omitempty"`
}

// Watching is where a sweep stands: its report so far, and the last contract that it looked at. A new one begins empty.
type Watching struct {
	Report

	After string `json:"after"`
}

// mostOpen bounds what a report carries.
const mostOpen = 200

// Add takes the outcome of a look into the report.
func (r *Report) Add(l Looked) {
	r.Contracts++
	if l.Blind != "" {
		if r.Blind == nil {
			r.Blind = map[string]string{}
		}
		r.Blind[l.Contract] = l.Blind
	}
	r.Standing += len(l.Open)
	for _, w := range l.Open {
		r.Open = append(r.Open, Standing{Contract: l.Contract, Warning: w})
	}
	Worst(r.Open)
	r.Open = r.Open[:min(len(r.Open), mostOpen)]
}
