package workflows

import (
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

func shanghai(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("01-02 15:04", text, workday.Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return at.AddDate(2026, 0, 0)
}

func TestNextReminder_SevenAndTwoDaysBeforeAndOnTheLastDay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ opened, reminded, present, at, kind string }{
		{"03-01 10:00", "", "03-01 10:00", "03-13 09:00", "reminder"},
		{"03-13 08:59", "", "03-13 08:59", "03-13 09:00", "reminder"},
		{"03-13 09:00", "", "03-13 09:00", "03-18 09:00", "reminder"},
		{"03-01 10:00", "03-13 09:00", "03-13 09:00", "03-18 09:00", "reminder"},
		{"03-01 10:00", "03-18 09:00", "03-18 09:00", "03-20 09:00", "due-today"},
		{"03-01 10:00", "03-20 09:00", "03-20 09:00", "", ""},
		{"03-20 09:00", "", "03-20 09:00", "", ""},
		// after an outage, the last one missed stands for all
		{"03-01 10:00", "", "03-18 08:59", "03-13 09:00", "reminder"},
		{"03-01 10:00", "", "03-18 09:00", "03-18 09:00", "reminder"},
		{"03-01 10:00", "", "03-20 12:00", "03-20 09:00", "due-today"},
	} {
		t.Run("at "+tt.present+" after "+tt.opened+" and "+tt.reminded, func(t *testing.T) {
			t.Parallel()
			o := message.Obligation{DueOn: workday.MustDate("2026-03-20"), OpenedAt: shanghai(t, tt.opened)}
			if tt.reminded != "" {
				o.RemindedAt = shanghai(t, tt.reminded)
			}
			var want time.Time
			if tt.at != "" {
				want = shanghai(t, tt.at)
			}
			if at, kind := nextReminder(o, shanghai(t, tt.present)); !at.Equal(want) || kind != tt.kind {
				t.Errorf("got %s %q, want %s %q", at, kind, want, tt.kind)
			}
		})
	}
}
