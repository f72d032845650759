package workflows_test

import "testing"

func TestContract_SignedPaidDeployedServed(t *testing.T) { // §5.1 §5.4 §5.5
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.inService()
	s.until("2025-10-20 00:01")
	s.expect(want{
		State: "in-service",
		Duties: []string{
			"first-payment: opened 2025-09-26 16:00, due 2025-10-10, met 2025-10-09 15:00",
			"deployment: opened 2025-10-09 15:00, due 2025-10-20, met 2025-10-09 15:45",
		},
		Years:    []string{"1: 2025-10-20..2026-10-19 120000.00"},
		Messages: []string{"2025-10-03 09:00 first-payment reminder", "2025-10-08 09:00 first-payment reminder"},
	})
	if got := s.account.Left(); got != 5 {
		t.Errorf("%d resources exist, want 5", got)
	}
}
