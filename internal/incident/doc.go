// Package incident is the law of faults (§3.11–3.13, §4): when the hour runs, what a plan in time is, what force majeure changes,
// who is paged when, and what may be done in which state. It is arithmetic over message.Incident; it waits for nothing, and
// reads no clock. Instants are absolute, durations real time, day and night, holidays too (§4.1).
package incident

import (
	"time"

	"lvyue/internal/message"
)

// Terms is the policy where nobody has set another: a person answers within five minutes, a plan is there within the hour, both
// last instants included (§4.2, §3.11); a late plan is asked for, and the customer told of force majeure, every half hour; a
// mark of force majeure needs a second person after 45 minutes; 48 hours of silence confirm.
func Terms() message.DeskTerms {
	return message.DeskTerms{
		Response: 5 * time.Minute, Plan: time.Hour, Again: 30 * time.Minute, Late: 45 * time.Minute, Confirm: 48 * time.Hour,
		Ladder: []message.Rung{
			{Name: "primary", To: []string{"primary"}, Kind: message.FirstPage},
			{Name: "primary-again", After: 5 * time.Minute, To: []string{"primary"}, Kind: message.RepeatedPage, Repeat: true},
			{Name: "secondary", After: 15 * time.Minute, To: []string{"secondary"}, Kind: message.EscalationPage},
			{Name: "lead", After: 30 * time.Minute, To: []string{"lead"}, Kind: message.EscalationPage},
			{Name: "manager", After: 45 * time.Minute, To: []string{"primary", "lead", "manager"}, Kind: message.WarningPage},
			{Name: "everyone", After: 55 * time.Minute, To: []string{"everyone"}, Kind: message.WarningPage},
		},
	}
}

// JoinsWithin is how long after a report another one of the same system joins it, while it is looked after.
const JoinsWithin = 24 * time.Hour

// ReopensWithin is how long after its end a fault may be said to be there again; later it is a new one.
const ReopensWithin = 30 * 24 * time.Hour

// moment is the smallest step of the clock by which receipts are stamped.
const moment = time.Microsecond

// Counts is the instant that counts: that of the call, or of the receipt (§4.1).
func Counts(called message.Called, received time.Time) time.Time {
	if called.CalledAt.IsZero() {
		return received
	}
	return called.CalledAt
}
