package workflows_test

import (
	"testing"

	"lvyue/internal/message"
)

// signedAtYearsEnd is in force from Wednesday 30 December 2026: by the computed calendar of 2027 the first fee is
// due on Thursday 7 January.
func signedAtYearsEnd(t *testing.T) *story {
	t.Helper()
	s := begin(t, "2026-12-30 09:00", 0)
	s.at("2026-12-30 10:00", s.signs(message.Customer), s.signs(message.Provider))
	return s
}

func TestContract_NothingIsOverdueOnAProvisionalDay(t *testing.T) {
	t.Parallel()
	s := signedAtYearsEnd(t)
	s.until("2027-01-20 00:00")
	s.expect(want{Duties: []string{"first-payment: opened 2026-12-30 10:00, due 2027-01-07 provisional, pending"}})
}

func TestContract_ANoticeMovesAProvisionalDay(t *testing.T) {
	t.Parallel()
	s := signedAtYearsEnd(t)
	s.at("2027-01-08 09:00", publishes(for2027([]string{"01-01", "01-02", "01-03", "01-04"}, "01-10")))
	s.at("2027-01-08 15:00", pays(fee, "ICBC-001"))
	s.until("2027-01-08 16:00")
	view := s.expect(want{})
	s.compare("duties", lines(view.Obligations[:1], duty), []string{
		"first-payment: opened 2026-12-30 10:00, due 2027-01-08, moved 2027-01-07 to 2027-01-08, met 2027-01-08 15:00",
	})
}

func TestContract_ANoticeThatMovesNothingMakesTheDayFinal(t *testing.T) {
	t.Parallel()
	s := signedAtYearsEnd(t)
	s.at("2027-01-15 09:00", publishes(for2027([]string{"01-01"})))
	s.until("2027-01-20 00:00")
	s.expect(want{
		Duties: []string{"first-payment: opened 2026-12-30 10:00, due 2027-01-07, overdue"},
		Messages: []string{
			"2026-12-31 09:00 first-payment reminder", "2027-01-05 09:00 first-payment reminder",
			"2027-01-07 09:00 first-payment due-today", "2027-01-15 09:00 first-payment overdue",
		},
	})
}

func TestContract_WhatWasJudgedOnAProvisionalDayIsJudgedAgain(t *testing.T) {
	t.Parallel()
	s := signedAtYearsEnd(t)
	s.at("2027-01-08 10:00", pays(fee, "ICBC-001"))
	s.until("2027-01-08 12:00")
	view := s.expect(want{})
	s.compare("duties", lines(view.Obligations[:1], duty), []string{
		"first-payment: opened 2026-12-30 10:00, due 2027-01-07 provisional, met-late 2027-01-08 10:00",
	})
	s.at("2027-01-15 09:00", publishes(for2027([]string{"01-01", "01-02", "01-03", "01-04"}, "01-10")))
	s.until("2027-01-20 00:00")
	view = s.expect(want{})
	s.compare("duties", lines(view.Obligations[:1], duty), []string{
		"first-payment: opened 2026-12-30 10:00, due 2027-01-08, moved 2027-01-07 to 2027-01-08, met 2027-01-08 10:00",
	})
}
