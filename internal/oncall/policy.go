package oncall

import (
	"fmt"

	"lvyue/internal/form"
)

// Policy is how the desk looks after a fault, beside whom it pages. What is zero is as usual (incident.Terms). The hour of the plan is
// the contract's: nobody sets it (§3.11).
type Policy struct {
	// ResponseMinutes are those within which a person answers (§4.2), the last instant included.
	ResponseMinutes int `json:"response_minutes,omitempty"`
	// NudgeMinutes pass between two reminders, within the hour, of whoever has answered and has no plan yet; usually there are none.
	NudgeMinutes int `json:"nudge_minutes,omitempty"`
	// ProgressMinutes pass between two words to the customer (§3.12), under force majeure and while a plan is carried out.
	ProgressMinutes int `json:"progress_minutes,omitempty"`
	// SecondPersonMinutes into the hour a mark of force majeure begins to need a second person (§3.12).
	SecondPersonMinutes int `json:"second_person_minutes,omitempty"`
	// ConfirmHours of an administrator's silence close a resolved fault.
	ConfirmHours int `json:"confirm_hours,omitempty"`
	// AfterMajeure is what an end of force majeure leaves of the hour: Rest or Fresh (§3.12).
	AfterMajeure string `json:"after_force_majeure,omitempty"`
}

// What is left of the hour after force majeure: what was left when it began, or a whole one.
const (
	Rest  = "rest"
	Fresh = "fresh"
)

// Bounds of the policy: a person answers within minutes, not just within the hour (§4.2); what is said of the hour is said in it; the
// customer hears once a day at least; and a fault is closed before it could only be a new one.
const (
	longestAnswer  = 30
	lastInHour     = 59
	longestSilence = 30 * 24 // hours
)

func readPolicy(f form.Field) Policy {
	if f.Absent() {
		return Policy{}
	}
	policy := f.Group(nil, "response_minutes", "nudge_minutes", "progress_minutes", "second_person_minutes", "confirm_hours", "after_force_majeure")
	p := Policy{
		ResponseMinutes: readCount(policy["response_minutes"]), NudgeMinutes: readCount(policy["nudge_minutes"]),
		ProgressMinutes: readCount(policy["progress_minutes"]), SecondPersonMinutes: readCount(policy["second_person_minutes"]),
		ConfirmHours: readCount(policy["confirm_hours"]),
	}
	if after := policy["after_force_majeure"]; !after.Absent() {
		p.AfterMajeure = after.Choice(Rest, Fresh)
	}
	return p
}

// readCount reads a number that may be left out; what is there is at least 1.
func readCount(f form.Field) int {
	if f.Absent() {
		return 0
	}
	return f.Count()
}

func (p Policy) check(w *wrong) {
	upTo := func(n int, name string, most int) {
		w.unless(n >= 0 && n <= most, "policy."+name, fmt.Sprintf("须为 1 到 %d", most), fmt.Sprintf("must be 1 to %d", most))
	}
	upTo(p.ResponseMinutes, "response_minutes", longestAnswer)
	upTo(p.NudgeMinutes, "nudge_minutes", lastInHour)
	upTo(p.ProgressMinutes, "progress_minutes", longestWait)
	upTo(p.SecondPersonMinutes, "second_person_minutes", lastInHour)
	upTo(p.ConfirmHours, "confirm_hours", longestSilence)
	w.unless(p.AfterMajeure == "" || p.AfterMajeure == Rest || p.AfterMajeure == Fresh, "policy.after_force_majeure",
		"只能是 rest 或 fresh", "must be rest or fresh")
}
