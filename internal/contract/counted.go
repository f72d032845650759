package contract

import (
	"time"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// CountedOn is the day on which a signature or a receipt counts, and the instant: those of its receipt or, when
// it bears an earlier day on, that day at 23:59:59. A zero on is the day of receipt.
func CountedOn(receivedAt time.Time, on workday.Date) (workday.Date, time.Time) {
	if received := workday.Of(receivedAt); on.IsZero() || on == received {
		return received, receivedAt
	}
	return on, on.End().Add(-time.Second)
}

// RefuseFutureDay refuses a day after that of receipt (future_day): nothing counts on a day that has not come.
// Nil means that it may.
func RefuseFutureDay(receivedAt time.Time, on workday.Date) *refusal.Refusal {
	received := workday.Of(receivedAt)
	if !on.After(received) {
		return nil
	}
	return refusal.BadInput("future_day", "日期晚于收到之日。", "the day has not come yet",
		refusal.Wrong("on", on.String()+" 晚于 "+received.String(), on.String()+" is after "+received.String()))
}
