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

// Lacking adds to what a look saw what it should have seen: where there is no server at all, or no database, those on
// record are silent. That one of several is gone is not for the early warning to tell.
func (k Known) Lacking(m hosting.Measured) hosting.Measured {
	seen := map[hosting.Kind]bool{}
	for _, r := range m.There {
		seen[r.Kind] = true
	}
	for _, r := range k.Recorded {
		if measured := r.Kind == hosting.Server || r.Kind == hosting.Database; measured && !seen[r.Kind] {
			m.There = append(m.There, r)
			m.Silent = append(m.Silent, hosting.Gauge{Kind: r.Kind, Resource: r.ID, Metric: hosting.CPU})
		}
	}
	return m
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
