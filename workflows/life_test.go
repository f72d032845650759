package workflows_test

import (
	"slices"
	"testing"

	"lvyue/internal/message"
)

// What stands in the read tables once the first year has begun, line by line.
var (
	firstDuties = []string{
		"first-payment: opened 2025-09-26 16:00, due 2025-10-10, met 2025-10-09 15:00",
		"deployment: opened 2025-10-09 15:00, due 2025-10-20, met 2025-10-09 15:00",
	}
	firstYear     = "1: 2025-10-20..2026-10-19 120000.00"
	firstMessages = []string{"2025-10-03 09:00 first-payment reminder", "2025-10-08 09:00 first-payment reminder"}
)

func TestContract_SignedPaidDeployedServed(t *testing.T) { // §5.1 §5.4 §5.5
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.until("2025-10-20 00:01")
	s.expect(want{State: "in-service", Duties: firstDuties, Years: []string{firstYear}, Messages: firstMessages})
	if got := s.account.Left(); got != 6 {
		t.Errorf("%d resources exist, want 6", got)
	}
}

func TestContract_ServiceStartsOnTheNamedDayAndNotBefore(t *testing.T) { // §5.5
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.until("2025-10-19 23:59:59")
	s.expect(want{State: "deploying", Duties: firstDuties, Years: []string{}})
}

func TestContract_TheFirstFeeIsLateFromMidnightOfItsDay(t *testing.T) { // §5.4
	t.Parallel()
	for _, tt := range []struct{ at, met string }{
		{"2025-10-10 23:59:59", "met 2025-10-10 23:59"},
		{"2025-10-11 00:00:00", "met-late 2025-10-11 00:00"},
	} {
		t.Run(tt.at, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", 0)
			s.comesIntoForce()
			s.at(tt.at, pays(fee, "ICBC-001"))
			s.until("2025-10-11 00:01")
			view := s.expect(want{})
			s.compare("duties", lines(view.Obligations[:1], duty), []string{
				"first-payment: opened 2025-09-26 16:00, due 2025-10-10, " + tt.met,
			})
		})
	}
}

func TestContract_UnpaidIsOverdueAndNothingElse(t *testing.T) { // §5.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", 0)
	s.comesIntoForce()
	s.until("2026-03-01 00:00")
	s.expect(want{
		State:  "awaiting-payment",
		Duties: []string{"first-payment: opened 2025-09-26 16:00, due 2025-10-10, overdue"},
		Messages: append(slices.Clone(firstMessages),
			"2025-10-10 09:00 first-payment due-today", "2025-10-11 00:00 first-payment overdue"),
	})
}

func TestContract_ServiceThatNeverStartsLapses(t *testing.T) { // §5.1
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", 0)
	s.comesIntoForce()
	s.until("2026-09-26 12:00")
	s.expect(want{
		State: "ended, ended 2026-09-25",
		Duties: []string{
			"first-payment: opened 2025-09-26 16:00, due 2025-10-10, void",
			// 25 to 27 September and 1 to 7 October 2026 are off
			"destruction: opened 2026-09-26 00:00, due 2026-10-09, pending",
		},
	})
}

func TestContract_RenewedYearsTileAndEachBeginsAFreshHistory(t *testing.T) { // §5.1 §5.6
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-09-22 11:00", offers(fee, nil))
	s.at("2026-09-28 11:00", accepts())
	s.at("2026-10-12 10:00", pays(fee, "ICBC-002"))
	s.until("2026-10-20 00:01")
	s.expect(want{
		State: "in-service",
		Duties: append(slices.Clone(firstDuties),
			"renewal-talks/1: opened 2026-09-21 00:00, due 2026-10-19, met 2026-09-28 11:00",
			"renewal-fee/2: opened 2026-09-28 11:00, due 2026-10-19, met 2026-10-12 10:00"),
		Years: []string{firstYear, "2: 2026-10-20..2027-10-19 120000.00"},
		Messages: append(slices.Clone(firstMessages),
			"2026-09-21 00:00 renewal-talks/1 opened", "2026-10-12 09:00 renewal-fee/2 reminder"),
	})
	if s.runs != 2 {
		t.Errorf("%d runs, want 2: one for each service year", s.runs)
	}
}

func TestContract_ContinueAsNewKeepsEverything(t *testing.T) { // §5.6 §6.3 §7.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-09-22 11:00", offers(fee, nil))
	s.at("2026-09-28 11:00", accepts())
	s.at("2026-10-08 10:00", pays("130000.00", "ICBC-002"))
	s.at("2026-10-08 11:00", disputes("destruction", "refund/1"), holds("wang"), misses(120, 60))
	s.until("2026-10-19 23:59")
	was := s.state
	s.until("2026-10-20 00:01")
	now := s.state
	if now.Version != message.StateVersion || len(now.Years) != 2 || now.Talks.Year != 2 {
		t.Errorf("the second year is not there: %+v", now)
	}
	was.At, was.Events, was.Years, was.Talks = now.At, now.Events, now.Years, now.Talks
	if got, want := text(t, now), text(t, was); got != want {
		t.Errorf("the state is\n%s\nwant, but for the new year,\n%s", got, want)
	}
	if view := s.expect(want{}); view.Contract.Unapplied.String() != "10000.00" {
		t.Errorf("%s are kept for the next fee, want 10000.00", view.Contract.Unapplied)
	}
}

func TestContract_WithoutAnAgreementItEndsWithItsYear(t *testing.T) { // §5.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-09-22 11:00", offers(fee, nil))
	s.at("2026-09-23 11:00", declines())
	s.until("2026-10-20 00:01")
	s.expect(want{
		State: "ended, ended 2026-10-19",
		Duties: append(slices.Clone(firstDuties),
			"renewal-talks/1: opened 2026-09-21 00:00, due 2026-10-19, void",
			"destruction: opened 2026-10-20 00:00, due 2026-10-26, pending"),
		Years: []string{firstYear},
	})
}

func TestContract_TheDataIsDestroyedOnTheWordOfTwoPersons(t *testing.T) { // §7.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", confirms("chen").as("early"))
	s.at("2026-03-02 11:00", terminates("2026-03-02", message.Agreement))
	s.at("2026-03-03 10:00", confirms("chen"))
	s.at("2026-03-03 11:00", confirms("chen").as("same"))
	s.until("2026-03-03 12:00")
	s.expect(want{State: "ended, ended 2026-03-02"})
	if got := s.account.Left(); got != 6 {
		t.Errorf("%d resources are left after one person's word, want 6", got)
	}
	s.at("2026-03-03 13:00", confirms("wang"))
	s.until("2026-03-04 00:00")
	s.expect(want{
		State: "destroyed, ended 2026-03-02",
		Duties: append(slices.Clone(firstDuties),
			"destruction: opened 2026-03-03 00:00, due 2026-03-09, met 2026-03-03 13:00"),
	})
	if got := s.account.Left(); got != 0 || !s.over {
		t.Errorf("%d resources are left, the workflow is over: %v; want 0, true", got, s.over)
	}
	s.wantTold(map[string]string{"early": "not_open", "same": "same_person"})
}
