package incident

import (
	"time"

	"lvyue/internal/message"
)

// climbing tells whether people are still called: until there is a plan, but not while force majeure rules.
func climbing(f *message.Incident) bool {
	return f.PlanAt.IsZero() && (f.State == message.FaultOpen || f.State == message.FaultAcknowledged)
}

// Call is a rung that is to be paged at an instant. Missed are those before it whose time passed while nobody could page: they are
// told of, not sent in a burst.
type Call struct {
	message.Rung

	At     time.Time
	Missed []string
}

// NextCall is the next rung; of several whose time has come by the present, the last. False when nobody is to be called. After
// the deadline a late plan is asked for again and again, of everyone.
func NextCall(f *message.Incident, present time.Time) (Call, bool) {
	if !climbing(f) {
		return Call{}, false
	}
	var next Call
	for _, r := range rungs(f, present) {
		at := f.Since.Add(r.After)
		if r.After <= f.Climbed || r.Repeat && f.State != message.FaultOpen {
			continue
		}
		if next.Name != "" && at.After(present) {
			break
		}
		if next.Name != "" {
			next.Missed = append(next.Missed, next.Name)
		}
		next.Rung, next.At = r, at
	}
	return next, next.Name != ""
}

// rungs is the ladder as far as it can matter by now: that of the terms, the breach, and what comes again after it.
func rungs(f *message.Incident, present time.Time) []message.Rung {
	all := append([]message.Rung{}, f.Terms.Ladder...)
	everyone := []string{"everyone"}
	breach := message.Rung{Name: "breach", After: f.Terms.Plan + moment, To: everyone, Kind: message.BreachPage}
	all = append(all, breach)
	for _, after := range again(f, present) {
		all = append(all, message.Rung{Name: "late", After: after, To: everyone, Kind: message.BreachPage})
	}
	return all
}

// again is when a late plan is asked for: first after what was climbed, and, of the times that have passed since, the last. Those
// between may be thousands, if a call of long ago is entered, and say nothing more.
func again(f *message.Incident, present time.Time) []time.Duration {
	plan, every := f.Terms.Plan, f.Terms.Again
	first := max(plan, (f.Climbed-plan).Truncate(every)+plan) + every
	if !present.After(f.Since) {
		return []time.Duration{first}
	}
	last := (present.Sub(f.Since) - plan).Truncate(every) + plan
	if last <= first {
		return []time.Duration{first}
	}
	return []time.Duration{first, last}
}

// ToldNext is when the customer is owed the next word: at a fixed rhythm under force majeure (§3.12), and while a plan is carried
// out. Zero when nobody waits.
func ToldNext(f *message.Incident) time.Time {
	if f.State != message.FaultMajeure && f.State != message.FaultPlanned {
		return time.Time{}
	}
	return f.ToldAt.Add(f.Terms.Again)
}

// SilenceConfirms is when an administrator's silence closes a resolved fault; zero for others.
func SilenceConfirms(f *message.Incident) time.Time {
	if f.State != message.FaultResolved {
		return time.Time{}
	}
	return f.ResolvedAt.Add(f.Terms.Confirm)
}
