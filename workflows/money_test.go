package workflows_test

import (
	"testing"

	"lvyue/internal/message"
)

// A fee that was waived takes no money that another fee needs, and keeps what is over from being called unapplied.
func TestContract_AWaivedFeeTakesNoMoneyFromTheNext(t *testing.T) { // §5.6 §6.4
	t.Parallel()
	for _, tt := range []struct{ paid, third, unapplied string }{
		{"119999.99", "pending", "0.00"},
		{"120000.00", "met 2027-09-29 11:00", "0.00"},
		{"200000.00", "met 2027-09-29 11:00", "0.00"},
		{"240000.01", "met 2027-09-29 11:00", "0.01"},
	} {
		t.Run(tt.paid, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoService()
			s.at("2026-09-22 11:00", offers(fee, nil))
			s.at("2026-09-28 11:00", accepts())
			s.at("2026-10-05 11:00", waives("renewal-fee/2"))
			s.at("2027-09-22 11:00", offers(fee, nil))
			s.at("2027-09-28 11:00", accepts())
			s.at("2027-09-29 11:00", pays(tt.paid, "A-3"))
			s.until("2027-09-29 12:00")
			view := s.expect(want{State: "in-service", Years: []string{firstYear, "2: 2026-10-20..2027-10-19 120000.00"}})
			s.compare("fees", s.duties("renewal-fee/"), []string{
				"renewal-fee/2: opened 2026-09-28 11:00, due 2026-10-19, waived",
				"renewal-fee/3: opened 2027-09-28 11:00, due 2027-10-19, " + tt.third,
			})
			if got := view.Contract.Unapplied.String(); got != tt.unapplied {
				t.Errorf("%s are unapplied, want %s", got, tt.unapplied)
			}
		})
	}
}

// The first fee opens the deployment when it is paid, also when nobody insisted on it any more.
func TestContract_AWaivedFirstFeeThatIsPaidOpensTheDeployment(t *testing.T) { // §5.5 §6.4
	t.Parallel()
	for _, tt := range []struct{ paid, state string }{
		{"119999.99", "awaiting-payment"}, {fee, "in-service"},
	} {
		t.Run(tt.paid, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoForce()
			s.at("2025-10-08 10:00", waives("first-payment"))
			s.at("2025-10-09 15:00", pays(tt.paid, "ICBC-001"))
			s.until("2025-10-10 12:00")
			view := s.expect(want{State: tt.state})
			s.compare("payment", lines(view.Obligations[:1], duty), []string{
				"first-payment: opened 2025-09-26 16:00, due 2025-10-10, waived",
			})
		})
	}
}

// The right of §1.4 is used once. Whoever uses it again for an earlier day moves the day and nothing else.
func TestContract_TheRightUsedTwiceOpensOneRefund(t *testing.T) { // §1.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2025-12-01 10:00", misses(120, 80))
	s.at("2025-12-02 10:00", terminates("2026-01-31", message.LoadShortfall).as("first"))
	s.at("2025-12-03 10:00", terminates("2025-12-31", message.LoadShortfall).as("earlier"))
	s.at("2025-12-04 10:00", terminates("2025-12-31", message.LoadShortfall).as("again"))
	s.until("2026-02-10 00:00")
	s.expect(want{State: "ended, ended 2025-12-31"})
	s.compare("refunds", s.duties("refund/"), []string{"refund/1: opened 2025-12-02 10:00, pending"})
	if got := s.state.Refunds; len(got) != 1 || got[0].Amount.String() != fee {
		t.Errorf("refunds are %v, want one of %s", got, fee)
	}
	s.wantTold(map[string]string{"first": "", "earlier": "", "again": "already_terminated"})
}
