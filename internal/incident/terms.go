package incident

import (
	"cmp"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
)

// Terms is the usual policy with a ladder: a person answers within five minutes, a plan is there within the hour, both last instants
// included (§4.2, §3.11); the customer is told of force majeure every half hour; a mark of it needs a second person after 45
// minutes; 48 hours of silence confirm.
func Terms(l oncall.Ladder) message.DeskTerms {
	t := message.DeskTerms{
		Response: 5 * time.Minute, Plan: time.Hour, Again: 30 * time.Minute, Late: 45 * time.Minute, Confirm: 48 * time.Hour,
		Still: rung(oncall.Rung{AfterMinutes: l.Again.EveryMinutes, Call: l.Again.Call}),
	}
	for _, r := range l.Rungs {
		t.Ladder = append(t.Ladder, rung(r))
	}
	return t
}

// Under are the terms as the form of the rota has them, in what it says (§3.12, §4.2).
func Under(t message.DeskTerms, p oncall.Policy) message.DeskTerms {
	t.Response = cmp.Or(minutes(p.ResponseMinutes), t.Response)
	t.Nudge = cmp.Or(minutes(p.NudgeMinutes), t.Nudge)
	t.Again = cmp.Or(minutes(p.ProgressMinutes), t.Again)
	t.Late = cmp.Or(minutes(p.SecondPersonMinutes), t.Late)
	t.Confirm = cmp.Or(time.Duration(p.ConfirmHours)*time.Hour, t.Confirm)
	t.Fresh = p.AfterMajeure == oncall.Fresh
	return t
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

func rung(r oncall.Rung) message.Rung {
	return message.Rung{Name: r.Name, After: r.After(), To: r.Targets, Kind: r.Kind, Repeat: r.Kind == message.RepeatedPage}
}
