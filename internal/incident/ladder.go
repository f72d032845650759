package incident

import (
	"cmp"
	"slices"
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

// NextCall is the next rung; of several whose time has come by the present, the last. False when nobody is to be called.
func NextCall(f *message.Incident, present time.Time) (Call, bool) {
	if !climbing(f) {
		return Call{}, false
	}
	var next Call
	for _, r := range rungs(f, present) {
		at := f.Since.Add(r.After)
		if r.After <= f.Climbed || silent(f, r) {
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

// silent tells of a rung that calls nobody now. Repeats are for who has not answered; the others are for the plan, and for an answer
// as long as there is none. What is in dispute is not called for (§6.3), and nobody is told that a plan in dispute is late.
func silent(f *message.Incident, r message.Rung) bool {
	answered := f.State != message.FaultOpen || waits(response(f))
	if r.Repeat || !waits(plan(f)) {
		return r.Repeat && answered
	}
	return answered || r.Kind == message.WarningPage || r.Kind == message.BreachPage
}

// Miss passes over the rungs whose time has come by the instant of an act, and names them: nobody could page, and whoever acts does so
// uncalled.
func Miss(f *message.Incident, at time.Time) []string {
	call, found := NextCall(f, at)
	if !found || call.At.After(at) {
		return nil
	}
	f.Climbed = call.After
	return append(call.Missed, call.Name)
}

// pass lets go of the rungs whose time came while nobody was to be called, but for the last, which says where the time stands: they
// were not missed.
func pass(f *message.Incident, at time.Time) {
	if call, found := NextCall(f, at); found && len(call.Missed) > 0 {
		f.Climbed = call.After - moment
	}
}

// rungs is the ladder as far as it can matter by now, with what comes again behind it. The breach is told when it happens: a
// plan exactly on the hour is in time.
func rungs(f *message.Incident, present time.Time) []message.Rung {
	all := slices.Clone(f.Terms.Ladder)
	if i := slices.IndexFunc(all, func(r message.Rung) bool { return r.Kind == message.BreachPage }); i >= 0 {
		all[i].After = f.Terms.Plan + moment
		slices.SortStableFunc(all, func(a, b message.Rung) int { return cmp.Compare(a.After, b.After) })
	}
	if f.Terms.Still.After <= 0 || len(all) == 0 {
		return all
	}
	for _, after := range again(f, f.Terms.Ladder[len(all)-1].After, present) {
		still := f.Terms.Still
		still.After = after
		all = append(all, still)
	}
	return all
}

// again is when people are called behind the last rung: first after what was climbed, and, of the times that have passed since, the
// last. Those between may be thousands, if a call of long ago is entered, and say nothing more.
func again(f *message.Incident, top time.Duration, present time.Time) []time.Duration {
	every := f.Terms.Still.After
	first := max(top, (f.Climbed-top).Truncate(every)+top) + every
	if !present.After(f.Since) {
		return []time.Duration{first}
	}
	last := (present.Sub(f.Since) - top).Truncate(every) + top
	if last <= first {
		return []time.Duration{first}
	}
	return []time.Duration{first, last}
}

// NudgeNext is when whoever has answered is reminded that there is no plan yet; of several times that have come by the present, the
// last. Zero when the terms want none, while the plan is in dispute (§6.3), and when the hour is over: from then on the ladder calls.
func NudgeNext(f *message.Incident, present time.Time) time.Time {
	if f.State != message.FaultAcknowledged || f.Terms.Nudge <= 0 || waits(plan(f)) {
		return time.Time{}
	}
	since := later(f.ResponseAt, f.NudgedAt)
	at := since.Add(max(present.Sub(since), f.Terms.Nudge).Truncate(f.Terms.Nudge))
	if at.After(f.DeadlineAt) {
		return time.Time{}
	}
	return at
}

// ToldNext is when the customer is owed the next word: at a fixed rhythm under force majeure (§3.12), and while a plan is carried
// out; of several times that have come by the present, the last. Zero when nobody waits.
func ToldNext(f *message.Incident, present time.Time) time.Time {
	if f.State != message.FaultMajeure && f.State != message.FaultPlanned {
		return time.Time{}
	}
	return f.ToldAt.Add(max(present.Sub(f.ToldAt), f.Terms.Again).Truncate(f.Terms.Again))
}

// SilenceConfirms is when an administrator's silence closes a resolved fault; zero for others. It begins with the word to them, however
// long ago, by the telephone, the system was said to work.
func SilenceConfirms(f *message.Incident) time.Time {
	if f.State != message.FaultResolved {
		return time.Time{}
	}
	return later(f.ResolvedAt, f.ToldAt).Add(f.Terms.Confirm)
}
