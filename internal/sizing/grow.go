package sizing

import (
	"math"
	"slices"

	"lvyue/internal/hosting"
)

// lasts is for how many days a growth must be enough, at the growth of the use so far.
const lasts = 180

// after is the level in percent to which a growth must bring what is used, or below.
const after = 70

// diskStep is by how many GB a data disk grows: the vendor would sell single ones, people read round figures.
const diskStep = 10

// Use is what is used of one thing of a deployment: Percent of it now, PerDay points more each day.
type Use struct {
	Kind            hosting.Kind
	Metric          hosting.Metric
	Percent, PerDay float64
}

// Grow is the smallest shape on offer in which the use is no longer a worry (§3.6, §5.7): of a disk or a database's
// storage, one that is not full for another 180 days; of everything else, the next size. Beyond the table there is no
// larger single server or database: the shape stays, and Short says that it takes a cluster (§3.5). False: there is
// nothing to suggest, since the present size is unknown or none of ours.
func Grow(from hosting.Shape, u Use) (hosting.Shape, bool) {
	from.Short = false
	var known, more bool
	switch {
	case u.Metric == hosting.Storage && u.Kind == hosting.Server:
		known, more = u.roomier(&from.ServerDiskGB, diskStep, mostDisk)
	case u.Metric == hosting.Storage:
		known, more = u.roomier(&from.DatabaseGB, databaseStep, mostDatabase)
	case u.Kind == hosting.Server:
		known, more = nextSize(&from.ServerType, func(s step) string { return s.serverType })
	default:
		known, more = nextSize(&from.DatabaseClass, func(s step) string { return s.databaseOf })
	}
	from.Short = known && !more
	return from, known
}

// roomier makes gb large enough. Known: there is a size to begin from; more: a size on offer is large enough.
func (u Use) roomier(gb *int, step, most int) (known, more bool) {
	if *gb <= 0 {
		return false, false
	}
	used := float64(*gb) * u.Percent / 100
	later := used + float64(*gb)*max(u.PerDay, 0)/100*lasts
	need := roundUp(max(atLeast(later), atLeast(used*100/after), *gb+1), step)
	if need > most {
		return true, false
	}
	*gb = need
	return true, true
}

// atLeast is the next whole number, but for what is only the arithmetic's own dust.
func atLeast(gb float64) int { return int(math.Ceil(gb - 1e-6)) }

// nextSize takes the next size of the table. Known: it is in the table; more: so is a larger one.
func nextSize(size *string, name func(step) string) (known, more bool) {
	sizes := steps()
	i := slices.IndexFunc(sizes, func(s step) bool { return name(s) == *size })
	if i < 0 || i == len(sizes)-1 {
		return i >= 0, false
	}
	*size = name(sizes[i+1])
	return true, true
}
