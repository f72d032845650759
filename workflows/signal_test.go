package workflows_test

import (
	"testing"

	"lvyue/internal/message"
)

// Only the clock moves time: a machine whose own clock is years ahead tells what it saw, and that counts now.
func TestContract_ASignalFromTheFutureMovesNothing(t *testing.T) {
	t.Parallel()
	t.Run("a notice", func(t *testing.T) {
		t.Parallel()
		s := begin(t, "2025-09-26 09:00", soon)
		s.comesIntoService()
		s.at("2025-11-01 10:00", happens(func(s *story) {
			s.env.SignalWorkflow(message.CalendarSignal, message.Published{Notice: "2027", At: s.now().AddDate(2, 0, 0)})
		}))
		s.at("2025-11-01 11:00", pays("1.00", "R-2"))
		s.until("2025-11-02 00:01")
		s.expect(want{State: "in-service", Duties: firstDuties, Years: []string{firstYear}, Messages: firstMessages})
		if at := s.state.At; at.After(s.now()) {
			t.Errorf("the contract stands at %v, and it is %v", at, s.now())
		}
	})
	t.Run("a report", func(t *testing.T) {
		t.Parallel()
		s := begin(t, "2025-09-26 09:00", 75*soon*1000) // the vendor takes days
		s.comesIntoForce()
		s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
		s.at("2025-10-10 10:00", happens(func(s *story) {
			s.env.SignalWorkflow(message.ReportSignal, message.Report{Duty: "deployment", N: 1, At: s.now().AddDate(2, 0, 0)})
		}))
		s.until("2025-10-10 10:01")
		s.expect(want{
			State: "in-service",
			Duties: []string{
				"first-payment: opened 2025-09-26 16:00, due 2025-10-10, met 2025-10-09 15:00",
				"deployment: opened 2025-10-09 15:00, due 2025-10-11, met 2025-10-10 10:00",
			},
			Years: []string{"1: 2025-10-10..2026-10-09 120000.00"},
		})
	})
}
