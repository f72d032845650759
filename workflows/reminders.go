package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/message"
)

// accountManager is the role that hears of duties.
const accountManager = "account-manager"

// office is when reminders are sent: 09:00, Asia/Shanghai.
const office = 9 * time.Hour

// reminderDays are the calendar days before the last day on which a duty is brought to mind; on the last day
// itself too.
func reminderDays() []int { return []int{7, 2, 0} }

// tell sends a message to the account manager, as part of the step's evidence.
func (p *performance) tell(about, kind string) {
	p.notices = append(p.notices, message.Notice{At: p.cause.at, To: accountManager, About: about, Kind: kind})
}

// reminders brings open duties to mind. After an outage the last one missed stands for all, and none is sent
// for a day that has passed.
func (p *performance) reminders() []moment {
	var all []moment
	for i := range p.Obligations {
		o := &p.Obligations[i]
		if o.Status != message.Pending || o.DueAt.IsZero() || !o.DueAt.After(p.present) {
			continue
		}
		if at, kind := nextReminder(*o, p.present); !at.IsZero() {
			all = append(all, moment{at: at, what: o.ID + " " + kind, happen: func(workflow.Context) {
				o.RemindedAt = at
				p.tell(o.ID, kind)
			}})
		}
	}
	return all
}

// nextReminder is the first reminder after the one sent last, or, of several that lie before the present, the
// last of them.
func nextReminder(o message.Obligation, present time.Time) (time.Time, string) {
	var next time.Time
	kind := ""
	for _, days := range reminderDays() {
		at := o.DueOn.AddDays(-days).Start().Add(office)
		if !at.After(later(o.OpenedAt, o.RemindedAt)) {
			continue
		}
		if !next.IsZero() && at.After(present) {
			break
		}
		if next, kind = at, "reminder"; days == 0 {
			kind = "due-today"
		}
	}
	return next, kind
}
