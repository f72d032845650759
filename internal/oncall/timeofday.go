package oncall

import (
	"fmt"
	"time"

	"lvyue/internal/refusal"
)

// TimeOfDay is what a clock on the wall shows, in minutes since 00:00. As text it is "09:00", from 00:00 to 23:59.
type TimeOfDay int

// String is "09:00".
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", int(t)/60, int(t)%60) }

// MarshalText is String.
func (t TimeOfDay) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads "09:00" and nothing shorter or longer; anything else is the bad input "bad_time_of_day".
func (t *TimeOfDay) UnmarshalText(text []byte) error {
	const hoursAndMinutes = "15:04"
	read, err := time.Parse(hoursAndMinutes, string(text))
	if err != nil || len(text) != len(hoursAndMinutes) {
		return refusal.BadInput("bad_time_of_day", "须是 00:00 到 23:59 的时刻，例如 09:00", "must be a time from 00:00 to 23:59 such as 09:00")
	}
	*t = TimeOfDay(read.Hour()*60 + read.Minute())
	return nil
}
