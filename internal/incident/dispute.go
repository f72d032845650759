package incident

import (
	"slices"
	"time"

	"lvyue/internal/message"
)

// Freeze closes every step of a fault (§6.3). Of its duties, those that open disputes name and that are open wait: nobody is called for
// them, and none is declared late. Their clocks run on and are kept; what is done meanwhile is judged by them, and the SLA is never
// touched: a breach that was told of before stays. When the dispute is settled, what was to be done by then is late, and the last of the
// calls that waited is made. What force majeure keeps waiting, it keeps (§3.12).
func Freeze(f *message.Incident, at time.Time) {
	thawed := false
	for i := range f.Obligations {
		o := &f.Obligations[i]
		disputed, majeure := slices.Contains(f.Disputed, o.ID), o == plan(f) && f.SLA == message.SLAChanged
		switch {
		case disputed && o.Open():
			o.Status = message.Frozen
		case o.Status == message.Frozen && !disputed && !majeure:
			thaw(f, o, at)
			thawed = true
		}
	}
	if thawed {
		pass(f, at)
	}
}

// thaw lets a duty go on where its last instant stands. That the hour is missed, Breach says.
func thaw(f *message.Incident, o *message.Obligation, at time.Time) {
	o.Status = message.Pending
	if at.After(o.DueAt) && (o == response(f) || f.SLA == message.SLABreached) {
		o.Status = message.Overdue
	}
}

// waits tells whether a dispute lets a duty wait.
func waits(o *message.Obligation) bool { return o.Status == message.Frozen }
