package warning

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/sizing"
)

// Look is all that is known at one look at a contract.
type Look struct {
	At time.Time
	// UsableAt is since when there is something to be measured.
	UsableAt time.Time
	// There are the servers and databases that there are, Silent the gauges of which the vendor knows nothing now.
	There  []hosting.Resource
	Silent []hosting.Gauge
	// Series is what was measured up to now, this look's points included.
	Series []Series
	// Before are the warnings that were open before the look, and the last closed one of each gauge and sort.
	Before []Warning
}

// Judge gives the warnings that the look opens, goes on with or closes, as they are after it, by gauge.
func (l Look) Judge() []Warning {
	silences := l.silences()
	after := map[key]Warning{}
	for _, s := range silences {
		l.keep(after, s)
	}
	for _, s := range l.Series {
		if l.there(s.Resource) && l.At.Sub(s.last()) <= Silence {
			if w, worth := l.high(s); worth {
				l.keep(after, w)
			}
		}
	}
	for _, w := range l.Before {
		if _, judged := after[w.key()]; w.Open() && !judged {
			after[w.key()] = l.unseen(w)
		}
	}
	all := make([]Warning, 0, len(after))
	for _, w := range after {
		all = append(all, w)
	}
	slices.SortFunc(all, byGauge)
	return all
}

func byGauge(a, b Warning) int {
	return cmp.Or(
		strings.Compare(a.Resource, b.Resource), strings.Compare(string(a.Metric), string(b.Metric)),
		strings.Compare(a.Device, b.Device), strings.Compare(string(a.What), string(b.What)),
	)
}

// unseen is a warning of which the look says nothing: of a gauge that is silent now it stands as it was; a silence that is
// over, and all of what is not there any more, is closed.
func (l Look) unseen(w Warning) Warning {
	w.LookedAt = l.At
	if w.What == Silent || !l.there(w.Resource) {
		w.ClosedAt = l.At
	}
	return w
}

// keep takes a warning in, and decides whether people are told: of a new one, of one that has grown worse than they know,
// and again after RemindAfter. One that was closed and comes again is not new before that.
func (l Look) keep(after map[key]Warning, w Warning) {
	w.LookedAt = l.At
	if w.Open() && (w.ToldAt.IsZero() || w.Class > w.ToldClass || l.At.Sub(w.ToldAt) >= RemindAfter) {
		w.ToldAt, w.ToldClass = l.At, w.Class
	}
	after[w.key()] = w
}

// before is the open warning of that gauge and sort, or a new one, which remembers what people were told of the last.
func (l Look) before(g hosting.Gauge, what What) (w Warning, open bool) {
	fresh := Warning{Gauge: g, What: what, OpenedAt: l.At}
	for _, b := range l.Before {
		if b.key() != (key{g, what}) {
			continue
		}
		if b.Open() {
			return b, true
		}
		if b.ToldAt.After(fresh.ToldAt) {
			fresh.ToldAt, fresh.ToldClass = b.ToldAt, b.ToldClass
		}
	}
	return fresh, false
}

// high judges a gauge by its level and its forecast; false: there is nothing to warn of, and nothing stands.
func (l Look) high(s Series) (Warning, bool) {
	r, known := ruleOf(s.Gauge)
	if !known {
		return Warning{}, false
	}
	w, open := l.before(s.Gauge, High)
	f := s.Forecast(l.At)
	w.Percent = s.Levels[len(s.Levels)-1].Percent
	w.Grows, w.PerDay, w.Days = f.Grows(), f.PerDay, f.Days
	hurries := sizing.Project(s.within(l.At, aDay), mostDay)
	now := max(r.hot(s), r.full(f, hurries))
	if !open {
		w.Class = now
		return w, now > Calm
	}
	w.Class = max(now, Near)
	if w.Percent < r.limit-margin && !f.Before(r.lead*6/5) && r.full(f, hurries) == Calm {
		w.Quiet++
	} else {
		w.Quiet = 0
	}
	if w.Quiet >= calmLooks {
		w.ClosedAt = l.At
	}
	return w, true
}

// hot is the class of the lowest of the last looks, as many as the rule wants.
func (r rule) hot(s Series) Class {
	if len(s.Levels) < r.looks {
		return Calm
	}
	lowest := Critical
	for _, level := range s.Levels[len(s.Levels)-r.looks:] {
		lowest = min(lowest, r.level(level.Percent))
	}
	return lowest
}

// full is the class by the time that is left: urgent at half of the lead, critical at a quarter, or when it hurries.
func (r rule) full(f, hurries sizing.Forecast) Class {
	if r.lead == 0 {
		return Calm
	}
	return class(f.Before(r.lead), f.Before(r.lead/2), f.Before(r.lead/4) || hurries.Before(haste))
}

// silences are the gauges of which there is no data for longer than Silence. Where the vendor knows nothing of a metric of
// a server, its disks are one silence and not one each.
func (l Look) silences() []Warning {
	gauges := slices.Clone(l.Silent)
	for _, s := range l.Series {
		if l.there(s.Resource) && l.At.Sub(s.last()) > Silence && !l.saysNothing(s.Gauge) {
			gauges = append(gauges, s.Gauge)
		}
	}
	var all []Warning
	for _, g := range gauges {
		since := l.heard(g)
		w, _ := l.before(g, Silent)
		w.Since, w.Class = since, silent(l.At.Sub(since))
		if w.Class > Calm {
			all = append(all, w)
		}
	}
	return all
}

func (l Look) saysNothing(g hosting.Gauge) bool {
	return slices.ContainsFunc(l.Silent, func(s hosting.Gauge) bool { return s.Resource == g.Resource && s.Metric == g.Metric })
}

// heard is when the gauge last told anything; at the earliest, when the system became usable.
func (l Look) heard(g hosting.Gauge) time.Time {
	last := l.UsableAt
	for _, s := range l.Series {
		same := s.Resource == g.Resource && s.Metric == g.Metric && (g.Device == "" || g.Device == s.Device)
		if same && s.last().After(last) {
			last = s.last()
		}
	}
	return last
}

func (l Look) there(id string) bool { return hosting.Has(l.There, id) }
