package workflows_test

import (
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// A slip of the finger in a year would bind both sides for ever. It is refused, and the contract goes on.
func TestContract_ADayMoreThanFiveYearsAwayIsRefused(t *testing.T) { // §5.1 §5.5 §7.2
	t.Parallel()
	for _, tt := range []struct {
		name, at string
		deeds    func(*story) []deed
		code     string
	}{
		{"signed five years and a day ago", "2026-01-01 10:00", signedOn("2020-12-31"), "far_day"},
		{"signed five years ago", "2026-01-01 10:00", signedOn("2021-01-01"), ""},
		{"signed twenty years ago", "2026-01-01 10:00", signedOn("2006-01-01"), "far_day"},
		{"signed where no calendar is", "2018-09-26 10:00", signedOn("2015-01-01"), "calendar_unknown"},
		{"signed on the first day that can be counted", "2018-09-26 10:00", signedOn("2015-01-02"), ""},
		{"named in five years and a day", "2025-12-31 10:00", inForceThen(names("2031-01-01")), "far_day"},
		{"named in five years", "2025-12-31 10:00", inForceThen(names("2030-12-31")), ""},
		{"named in two centuries", "2025-12-31 10:00", inForceThen(names("2205-10-20")), "far_day"},
		{"ended in five years and a day", "2025-12-31 10:00", inForceThen(terminates("2031-01-01", message.Agreement)), "far_day"},
		{"ended in five years", "2025-12-31 10:00", inForceThen(terminates("2030-12-31", message.Agreement)), ""},
		{"ended at the end of time", "2025-12-31 10:00", inForceThen(terminates("9999-12-31", message.Agreement)), "far_day"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			day := instant(t, tt.at).Add(-time.Hour)
			s := begin(t, day.In(workday.Shanghai).Format("2006-01-02 15:04"), soon)
			s.at(tt.at, tt.deeds(s)...)
			s.at(tt.at[:10]+" 11:00", s.signs(message.Customer), s.signs(message.Provider), pays(fee, "ICBC-001"))
			s.until(tt.at[:10] + " 12:00")
			s.wantTold(map[string]string{"far": tt.code})
			if got := s.state.Phase; got != message.Deploying && got != message.InService {
				t.Errorf("the contract is %s and does not go on", got)
			}
		})
	}
}

func signedOn(day string) func(*story) []deed {
	return func(s *story) []deed { return []deed{s.signsOn(message.Customer, day).as("far")} }
}

func inForceThen(d deed) func(*story) []deed {
	return func(s *story) []deed {
		return []deed{s.signs(message.Customer), s.signs(message.Provider), d.as("far")}
	}
}

// At the end of the calendars a contract cannot even begin: nobody could count its days.
func TestContract_WithoutACalendarForItsYearsNothingIsSigned(t *testing.T) {
	t.Parallel()
	for day, code := range map[string]string{"2095-12-27": "", "2095-12-28": "calendar_unknown"} {
		t.Run(day, func(t *testing.T) {
			t.Parallel()
			s := begin(t, day+" 09:00", soon)
			s.at(day+" 10:00", s.signs(message.Customer).as("far"))
			s.until(day + " 11:00")
			s.wantTold(map[string]string{"far": code})
		})
	}
}
