package workflows

import (
	"fmt"
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// moment is an instant at which the passing of time does something to the contract.
type moment struct {
	at     time.Time
	what   string
	happen func(workflow.Context)
}

// key names the moment in the evidence. A moment may come twice, when an act took back what followed from it (a
// late renewal); the acts heard before it tell the two apart.
func (m moment) key(heard int64) string {
	return fmt.Sprintf("%s at %s after act %d", m.what, m.at.Format(time.RFC3339), heard)
}

// inOrder sorts moments by instant; at one instant, the order of the timetable stands.
func inOrder(clauses ...[]moment) []moment {
	all := slices.Concat(clauses...)
	slices.SortStableFunc(all, func(a, b moment) int { return a.at.Compare(b.at) })
	return all
}

// find gives the obligation with that id, nil if it was never opened.
func (p *performance) find(id string) *message.Obligation {
	i := slices.IndexFunc(p.Obligations, func(o message.Obligation) bool { return o.ID == id })
	if i < 0 {
		return nil
	}
	return &p.Obligations[i]
}

// open puts a duty on the agenda. A duty that was there before (talks taken up again, a destruction after a
// late renewal) begins anew.
func (p *performance) open(o message.Obligation) *message.Obligation {
	o.Status = message.Pending
	if known := p.find(o.ID); known != nil {
		*known = o
		return known
	}
	p.Obligations = append(p.Obligations, o)
	return &p.Obligations[len(p.Obligations)-1]
}

// openCounted opens a duty whose day is counted in working days.
func (p *performance) openCounted(ctx workflow.Context, o message.Obligation) {
	p.setDue(p.open(o), p.count(ctx, o.Rule, o.From, o.Named))
}

// count asks for a day: calendars are data, and what was counted stays counted in the history.
func (p *performance) count(ctx workflow.Context, rule string, from, named workday.Date) contract.Deadline {
	var calendar *activities.Calendar
	return ask[contract.Deadline](ctx, calendar.Deadline, message.DeadlineQuestion{Rule: rule, From: from, Named: named})
}

func (p *performance) setDue(o *message.Obligation, d contract.Deadline) {
	o.DueOn, o.DueAt = d.On, d.On.End()
	o.Provisional, o.Calendar = d.Provisional, d.Calendar
	if o.Status == message.Overdue && o.DueAt.After(p.cause.at) {
		o.Status = message.Pending
	}
}

// settle closes an open duty as performed at the instant: in time before 24:00 of its last day, else late.
func (p *performance) settle(o *message.Obligation, at time.Time) {
	if !o.Open() {
		return
	}
	o.SettledAt, o.ClosedAt = at, at
	o.Status = judge(*o)
}

// judge tells whether a performed duty was in time by the day as it is known now.
func judge(o message.Obligation) message.Status {
	if o.DueAt.IsZero() || o.SettledAt.Before(o.DueAt) {
		return message.Met
	}
	return message.MetLate
}

// drop closes a duty without performance: waived or void.
func (p *performance) drop(o *message.Obligation, as message.Status) {
	o.Status, o.ClosedAt = as, p.cause.at
}

func (p *performance) any(is func(message.Obligation) bool) bool {
	return slices.ContainsFunc(p.Obligations, is)
}

// dueDaysPass declares a duty overdue at the end of its last day. Never on a provisional day, and never a
// frozen duty (clauses.md, "How days are counted"; §6.3).
func (p *performance) dueDaysPass() []moment {
	var passing []moment
	for i := range p.Obligations {
		o := &p.Obligations[i]
		if o.Status != message.Pending || o.DueAt.IsZero() || o.Provisional {
			continue
		}
		passing = append(passing, moment{at: o.DueAt, what: fmt.Sprintf("%s overdue, moved %d times", o.ID, len(o.Moved)), happen: func(ctx workflow.Context) {
			o.Status = message.Overdue
			p.tell(o.ID, "overdue")
			p.missLost(ctx, o.ID)
		}})
	}
	return passing
}

// countAgain follows a notice of the State Council: what is open or was provisional is counted by the new
// calendar, and what was judged on a provisional day is judged again.
func (p *performance) countAgain(ctx workflow.Context, c message.Published) {
	for i := range p.Obligations {
		o := &p.Obligations[i]
		if o.Rule == "" || (!o.Open() && !o.Provisional) {
			continue
		}
		p.move(o, p.count(ctx, o.Rule, o.From, o.Named), c.Notice)
	}
	p.windowAgain(ctx)
}

func (p *performance) move(o *message.Obligation, d contract.Deadline, notice string) {
	if from := o.DueOn; d.On != from {
		o.Moved = append(slices.Clip(o.Moved), message.Move{From: from, To: d.On, Notice: notice})
		if o.Open() {
			p.tell(o.ID, "moved")
		}
	}
	p.setDue(o, d)
	if o.Done() {
		o.Status = judge(*o)
	}
}
