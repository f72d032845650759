// Package incident is the law of faults (§3.11–3.13, §4): when the hour runs, what a plan in time is, what force majeure changes,
// who is paged when, and what may be done in which state. It is arithmetic over message.Incident; it waits for nothing, and
// reads no clock. Instants are absolute, durations real time, day and night, holidays too (§4.1).
package incident

import (
	"time"

	"lvyue/internal/message"
)

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
