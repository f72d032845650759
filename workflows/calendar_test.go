package workflows_test

import (
	"slices"
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/workday"
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

// A notice and its amendment may be imported at one instant: each move is told.
func TestContract_ANoticeAndItsAmendmentAtOneInstantAreTwoMoves(t *testing.T) {
	t.Parallel()
	s := signedAtYearsEnd(t)
	longer := for2027([]string{"01-01", "01-02", "01-03", "01-04"}, "01-10")
	amended := workday.Notice{Year: 2027, Number: "a story's second", Amends: longer.Number, Days: []workday.NoticeDay{
		{Date: workday.MustDate("2027-01-05"), Name: "a holiday", Off: true},
		{Date: workday.MustDate("2027-01-16"), Name: "a holiday"},
	}}
	at := instant(t, "2027-01-02 09:00")
	s.at("2027-01-02 09:00:00", publishesAt(longer, at))
	s.at("2027-01-02 09:00:01", publishesAt(amended, at))
	s.until("2027-01-02 10:00")
	s.expect(want{Duties: []string{ // 31, 5, 6, 7, 8; and then 31, 6, 7, 8, Sunday 10
		"first-payment: opened 2026-12-30 10:00, due 2027-01-10, moved 2027-01-07 to 2027-01-08, moved 2027-01-08 to 2027-01-10, pending",
	}})
}

// A contract whose data was destroyed by a day that a notice may still move waits for the notice: only then is it known
// whether the destruction was in time. Until then it takes money, and is told of notices.
func TestContract_DestroyedOnAProvisionalDayItWaitsForTheNotice(t *testing.T) { // §7.2
	t.Parallel()
	const opened = "destruction: opened 2026-12-30 00:00, due "
	for _, tt := range []struct {
		name, confirmed string
		notice          workday.Notice
		before, after   string
	}{ // by the computed calendar 30, 31, 4, 5, 6
		{
			"met stays met", "2026-12-30 10:00", for2027([]string{"01-01"}),
			"2027-01-06 provisional, met 2026-12-30 10:00", "2027-01-06, met 2026-12-30 10:00",
		},
		{ // 30, 31, Sunday 3, 4, 5
			"met becomes met-late", "2027-01-06 10:00", for2027([]string{"01-01"}, "01-03"),
			"2027-01-06 provisional, met 2027-01-06 10:00", "2027-01-05, moved 2027-01-06 to 2027-01-05, met-late 2027-01-06 10:00",
		},
		{ // 30, 31, 5, 6, 7
			"met-late becomes met", "2027-01-07 10:00", for2027([]string{"01-01", "01-02", "01-03", "01-04"}, "01-10"),
			"2027-01-06 provisional, met-late 2027-01-07 10:00", "2027-01-07, moved 2027-01-06 to 2027-01-07, met 2027-01-07 10:00",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2026-10-26 09:00", soon)
			s.at("2026-10-26 10:00", s.signs(message.Customer), s.signs(message.Provider))
			s.at("2026-10-27 15:00", pays(fee, "ICBC-001"))
			s.at("2026-12-20 10:00", terminates("2026-12-29", message.Agreement))
			s.at(tt.confirmed, confirms("chen"), confirms("wang"))
			s.at("2027-01-10 10:00", pays("7.00", "LATE"))
			s.until("2027-01-11 00:00")
			view := s.expect(want{State: "destroyed, ended 2026-12-29"})
			s.compare("destruction", s.duties("destruction"), []string{opened + tt.before})
			if got := view.Contract.Received.String(); got != "120007.00" || s.over {
				t.Errorf("%s were received, the workflow is over: %v; want 120007.00, false", got, s.over)
			}
			s.wantLive(true)
			s.at("2027-01-15 09:00", publishes(tt.notice))
			s.until("2027-01-16 00:00")
			s.expect(want{State: "destroyed, ended 2026-12-29"})
			s.compare("destruction", s.duties("destruction"), []string{opened + tt.after})
			if !s.over {
				t.Error("the workflow goes on, and nothing is left to judge")
			}
			s.wantLive(false)
		})
	}
}

// wantLive tells whether the contract is among those that a notice may still concern.
func (s *story) wantLive(want bool) {
	s.t.Helper()
	live, err := s.store.Live(s.t.Context())
	must(s.t, err)
	if slices.Contains(live, s.form.Number) != want {
		s.t.Errorf("live are %v; the contract among them: want %v", live, want)
	}
}
