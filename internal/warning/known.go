package warning

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/sizing"
	"lvyue/internal/workday"
)

// Known is what is known of a contract before a look: where it is hosted and since when it is usable, the last day of its
// service year, the points of the time that is Remembered, the warnings that stand, and the last closed of each gauge.
type Known struct {
	Number   string
	Phase    message.Phase
	Regions  []string // of its form and of what was deployed; "" is the default
	Recorded []hosting.Resource
	UsableAt time.Time
	Last     workday.Date
	LookedAt time.Time // the last look; zero before the first
	Points   []hosting.Point
	Warnings []Warning
}

// Places are the regions to look in, each once, by name.
func (k Known) Places() []string {
	places := []string{}
	for _, region := range k.Regions {
		places = append(places, cmp.Or(region, hosting.DefaultRegion))
	}
	slices.Sort(places)
	return slices.Compact(places)
}

// In are the recorded resources of a region.
func (k Known) In(region string) []hosting.Resource {
	return slices.DeleteFunc(slices.Clone(k.Recorded), func(r hosting.Resource) bool { return r.Region != region })
}

// Of sorts points into series, by gauge, then in the order of time. A point that is there twice counts once.
func Of(points []hosting.Point) []Series {
	slices.SortFunc(points, func(a, b hosting.Point) int {
		return cmp.Or(
			strings.Compare(a.Resource, b.Resource), strings.Compare(string(a.Metric), string(b.Metric)),
			strings.Compare(a.Device, b.Device), a.At.Compare(b.At),
		)
	})
	points = slices.CompactFunc(points, func(a, b hosting.Point) bool { return a.Gauge == b.Gauge && a.At.Equal(b.At) })
	var all []Series
	for _, p := range points {
		if len(all) == 0 || all[len(all)-1].Gauge != p.Gauge {
			all = append(all, Series{Gauge: p.Gauge})
		}
		s := &all[len(all)-1]
		s.Levels = append(s.Levels, sizing.Level{At: p.At, Percent: p.Percent})
	}
	return all
}

// Opened are the warnings that stand, worst first.
func (k Known) Opened() []Warning {
	open := slices.DeleteFunc(slices.Clone(k.Warnings), func(w Warning) bool { return !w.Open() })
	slices.SortStableFunc(open, func(a, b Warning) int {
		return cmp.Or(cmp.Compare(b.Class, a.Class), cmp.Compare(a.urgency(), b.urgency()), byGauge(a, b))
	})
	return open
}

// urgency is how many days are left, as far as is known; what does not grow can wait longest, a silence cannot.
func (w Warning) urgency() float64 {
	const never = 1e9
	switch {
	case w.What == Silent:
		return 0
	case w.Grows:
		return w.Days
	default:
		return never - w.Percent
	}
}

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
