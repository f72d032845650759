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

// horizon is how far from its receipt a day may lie that a person names, in years. Nothing in the contract takes
// longer; a day beyond it is a slip of the finger that would bind both sides for ever.
const horizon = 5

// RefuseFarDay refuses a day too far from the day of receipt (far_day), or around which no calendar can count
// (calendar_unknown). A zero day is the day of receipt. Nil means that it may.
func RefuseFarDay(receivedAt time.Time, day workday.Date) *refusal.Refusal {
	received := workday.Of(receivedAt)
	if day.IsZero() {
		day = received
	}
	if day.After(fromNow(received)) || received.After(fromNow(day)) {
		return refusal.BadInput("far_day", "日期与今天相差太远。", "the day lies too far away",
			refusal.Wrong("on", day.String()+" 与收到之日相差超过五年", day.String()+" is more than five years from the day of receipt"))
	}
	if !workday.Covers(day.AddDays(-366)) || !workday.Covers(day.AddDays(horizon*366)) {
		return refusal.BadInput("calendar_unknown", "该日期没有可用的日历。", "no calendar covers the day",
			refusal.Wrong("on", day.String()+" 在日历范围之外", day.String()+" lies outside the calendar"))
	}
	return nil
}

// fromNow is the same date horizon years on, or the day after where there is none.
func fromNow(d workday.Date) workday.Date {
	return workday.ServiceYear(d, horizon).Last.AddDays(1)
}
