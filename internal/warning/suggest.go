package warning

import (
	"regexp"

	"lvyue/internal/hosting"
	"lvyue/internal/sizing"
)

// systemDisk is how Linux calls the disk that a server starts from. It is no part of what a customer buys, and grows by
// hand.
var systemDisk = regexp.MustCompile(`^/dev/(vda|xvda|sda|nvme0n1)`)

// Suggest is the growth of a deployment that would end the warning (§3.6), as the plan stands; false if none would. Where
// no larger single server or database is on offer it is a cluster with one server more (§3.5).
func (w Warning) Suggest(plan hosting.Plan) (Growth, bool) {
	if w.What != High || systemDisk.MatchString(w.Device) {
		return Growth{}, false
	}
	use := sizing.Use{Kind: w.Kind, Metric: w.Metric, Percent: w.Percent}
	if w.Grows {
		use.PerDay = w.PerDay
	}
	to, known := sizing.Grow(plan.Shape, use)
	g := Growth{To: to}
	if to.Short {
		g.Nodes = max(plan.Nodes, 1) + 1
	}
	return g, known
}
