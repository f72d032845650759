package workflows_test

import (
	"slices"
	"testing"

	"lvyue/internal/message"
)

func TestContract_AnAcceptanceReceivedBeforeMidnightWins(t *testing.T) { // §5.6
	t.Parallel()
	for _, tt := range []struct {
		name, at, talks string
		down            bool
	}{
		{"in the last second, delivered later", "2026-10-19 23:59:59", "met 2026-10-19 23:59", false},
		{"in the last second, with no worker until morning", "2026-10-19 23:59:59", "met 2026-10-19 23:59", true},
		{"at 24:00, delivered later", "2026-10-20 00:00:00", "met-late 2026-10-20 00:00", false},
		{"at 24:00, with no worker until morning", "2026-10-20 00:00:00", "met-late 2026-10-20 00:00", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoService()
			s.at("2026-09-22 11:00", offers(fee, nil))
			s.at(tt.at, accepts().as("accept").unsent())
			s.until("2026-10-19 20:00")
			if tt.down {
				s.downUntil("2026-10-20 08:00")
			}
			s.at("2026-10-20 08:10", sends("accept"))
			s.until("2026-10-20 09:00")
			s.wantTold(map[string]string{"accept": ""})
			view := s.expect(want{
				State: "in-service",
				Years: []string{firstYear, "2: 2026-10-20..2027-10-19 120000.00"},
			})
			s.compare("talks", lines(view.Obligations[2:3], duty), []string{
				"renewal-talks/1: opened 2026-09-21 00:00, due 2026-10-19, " + tt.talks,
			})
		})
	}
}

func TestContract_ActsAreAppliedInTheOrderOfTheInbox(t *testing.T) {
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-09-22 11:00", offers(fee, nil).as("offer").unsent())
	s.at("2026-09-22 11:01", accepts().as("accept"))
	s.at("2026-09-22 11:02", sends("offer"))
	s.until("2026-09-22 12:00")
	s.wantTold(map[string]string{"offer": "", "accept": ""})
	s.expect(want{Duties: append(slices.Clone(firstDuties),
		"renewal-talks/1: opened 2026-09-21 00:00, due 2026-10-19, met 2026-09-22 11:01",
		"renewal-fee/2: opened 2026-09-22 11:01, due 2026-10-19, pending")})
}

func TestContract_AnActDeliveredManyTimesHasOneEffectAndOneAnswer(t *testing.T) {
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-01 10:00", pays("1000.00", "twice").sent(2))
	s.at("2026-03-02 10:00", pays("1000.00", "five").sent(5))
	s.at("2026-03-03 10:00", sends("twice"))
	s.at("2026-09-22 11:00", offers(fee, nil))
	s.at("2026-09-28 11:00", accepts().as("accept"))
	s.at("2026-10-20 09:00", sends("five"), sends("accept")) // in the next run
	s.until("2026-10-20 10:00")
	view := s.expect(want{State: "in-service"})
	if got := view.Contract.Received.String(); got != "122000.00" {
		t.Errorf("%s were received, want 122000.00", got)
	}
	for id, times := range map[string]int{"twice": 3, "five": 6, "accept": 2} {
		answers := s.answers[id]
		if len(answers) != times {
			t.Errorf("%s got %d answers, want %d", id, len(answers), times)
		}
		for _, a := range answers {
			if a.Refusal != nil || a.Text != answers[0].Text {
				t.Errorf("%s got %+v after %+v", id, a, answers[0])
			}
		}
	}
}

func TestContract_ARefusalStandsHoweverOftenItIsAsked(t *testing.T) { // §5.8
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-09-22 11:00", offers("130000.00", nil).as("rise").unsent(), offers(fee, nil).as("fair"))
	s.at("2026-09-22 12:00", sends("rise"))
	s.until("2026-09-23 00:00")
	s.wantTold(map[string]string{"rise": "fee_rise_without_growth", "fair": ""})
}

func TestContract_AHigherFeeNeedsMoreConfiguration(t *testing.T) { // §5.8
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	more := s.form.Configuration()
	more.Load.DiskGB++
	s.at("2026-09-22 11:00", offers("130000.00", nil).as("same"), offers("130000.00", &more).as("more"))
	s.at("2026-09-28 11:00", accepts())
	s.until("2026-10-20 00:01")
	s.wantTold(map[string]string{"same": "fee_rise_without_growth", "more": ""})
	s.expect(want{Years: []string{firstYear, "2: 2026-10-20..2027-10-19 130000.00"}})
}

func TestContract_ACancellationFromOutsideChangesNothing(t *testing.T) {
	t.Parallel()
	cancel := happens(func(s *story) { s.env.CancelWorkflow() })
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2025-09-26 12:00", cancel)
	s.at("2025-10-09 15:00:05", cancel) // while the deployment is at work
	s.at("2026-03-02 10:00", cancel, terminates("2026-03-02", message.Agreement))
	s.at("2026-03-03 10:00", confirms("chen"), confirms("wang"), cancel)
	s.until("2026-03-04 00:00")
	s.expect(want{
		State: "destroyed, ended 2026-03-02",
		Duties: append(slices.Clone(firstDuties),
			"destruction: opened 2026-03-03 00:00, due 2026-03-09, met 2026-03-03 10:00"),
		Years: []string{firstYear},
	})
}
