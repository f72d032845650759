package warning

import (
	"time"

	"lvyue/internal/hosting"
)

// rule says when a gauge is worth a warning (§3.6). The contract names no figures; these are ours, and leave time to
// agree on a quote, to buy and to grow before anything is full (§5.7).
type rule struct {
	kind   hosting.Kind
	metric hosting.Metric
	// limit is the level, in percent, from which on it is warned of.
	limit float64
	// lead is how long before it is full it is warned of, whatever the level; 0: by level alone.
	lead time.Duration
	// looks is how many looks one after the other must show the limit.
	looks int
}

const day = 24 * time.Hour

// rules are all gauges that are judged; one that is not here never raises a warning. What fills up goes on filling, so one
// look is enough and its lead is a month; a processor is busy at times, and only two looks tell that it stays so.
func rules() []rule {
	return []rule{
		{hosting.Server, hosting.Storage, 80, 30 * day, 1},
		{hosting.Server, hosting.Memory, 90, 0, 1},
		{hosting.Server, hosting.CPU, 85, 0, 2},
		{hosting.Database, hosting.Storage, 80, 30 * day, 1},
		{hosting.Database, hosting.Memory, 90, 0, 1},
		{hosting.Database, hosting.CPU, 85, 0, 2},
		{hosting.Database, hosting.Connections, 80, 0, 1},
	}
}

// What holds for all of them.
const (
	// Silence is how old the last point may be: beyond, there is no data.
	Silence = time.Hour
	// Remembered is how far back the levels are looked at for a forecast, trend the least that tells a growth.
	Remembered = 14 * day
	trend      = 3 * day
	// What would be full within haste, by the growth of a day, is warned of before there is a trend.
	haste   = 2 * day
	aDay    = 30 * time.Hour
	mostDay = 20 * time.Hour
	// A warning closes when for calmLooks looks the level was margin points under the limit, and the forecast a fifth
	// longer than the lead.
	margin    = 5
	calmLooks = 4
	// RemindAfter is how often people are told again of what stays and does not grow worse.
	RemindAfter = 7 * day
	// Kept is how long points are kept: a year and a month, so that one year can be compared with the next.
	Kept = 396 * day
)

// Class is how bad it is. The values are kept in the database.
type Class int

// The classes.
const (
	Calm     Class = 0
	Near     Class = 1
	Urgent   Class = 2
	Critical Class = 3
)

// ruleOf finds the rule of a gauge.
func ruleOf(g hosting.Gauge) (rule, bool) {
	for _, r := range rules() {
		if r.kind == g.Kind && r.metric == g.Metric {
			return r, true
		}
	}
	return rule{}, false
}

// level is the class of a level: urgent half-way between the limit and full, critical at three quarters.
func (r rule) level(percent float64) Class {
	rest := 100 - r.limit
	return class(percent >= r.limit, percent >= r.limit+rest/2, percent >= r.limit+rest*3/4)
}

// silent is the class of a silence.
func silent(lasts time.Duration) Class {
	return class(lasts > Silence, lasts > day, lasts > 3*day)
}

func class(near, urgent, critical bool) Class {
	switch {
	case critical:
		return Critical
	case urgent:
		return Urgent
	case near:
		return Near
	default:
		return Calm
	}
}
