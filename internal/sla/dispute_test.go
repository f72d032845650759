package sla_test

import (
	"slices"
	"testing"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/sla"
	"lvyue/internal/workday"
)

// contested puts duties in dispute as the evidence tells of it: the contract's row, then what the fault does.
func (s *story) contested(when, inDispute string, duties ...string) *story {
	row := message.ContractRow{Disputed: inDispute}
	s.entries = append(s.entries, sla.Entry{Seq: s.next(), Event: message.Event{Changed: message.Changed{Contract: &row}}})
	return s.then(func(f *message.Incident) {
		f.Disputed = duties
		incident.Freeze(f, at(when))
	})
}

func TestDispute_NothingIsMissedUntilItIsSettled(t *testing.T) { // §6.3
	t.Parallel()
	const both, one = "fault/1/plan,fault/1/response,first-payment", "fault/1/response,fault/11/plan"
	begun := func() *story { return fault(1, "2025-11-03 10:00:00") }
	for _, tt := range []struct {
		name           string
		s              *story
		disputed       []string
		response, plan sla.Outcome
	}{
		{"both", begun().contested("2025-11-03 10:01:00", both, "fault/1/plan", "fault/1/response"), []string{"plan", "response"}, sla.Running, sla.Running},
		{"the answer", begun().contested("2025-11-03 10:01:00", one, "fault/1/response"), []string{"response"}, sla.Running, sla.Breached},
		{
			"what was missed before", begun().then(incident.Unanswered).missed().contested("2025-11-03 12:00:00", both, "fault/1/plan", "fault/1/response"),
			[]string{"plan", "response"},
			sla.Breached, sla.Breached,
		},
		{
			"a late plan meanwhile", begun().contested("2025-11-03 10:01:00", both, "fault/1/plan", "fault/1/response").planned("2025-11-03 11:30:00"),
			[]string{"plan", "response"},
			sla.Breached, sla.Breached,
		},
		{
			"settled", begun().contested("2025-11-03 10:01:00", both, "fault/1/plan", "fault/1/response").contested("2025-11-03 12:00:00", "first-payment"),
			nil, sla.Breached, sla.Breached,
		},
		{"another fault's", begun().contested("2025-11-03 10:01:00", "fault/11/plan"), nil, sla.Breached, sla.Breached},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, asOf := tt.s.folded(t), at("2025-11-30 00:00:00")
			if f.Response(asOf) != tt.response || f.Plan(asOf) != tt.plan || !slices.Equal(f.Disputed, tt.disputed) {
				t.Errorf("%v are in dispute, the answer is %s, the plan %s; want %v, %s, %s",
					f.Disputed, f.Response(asOf), f.Plan(asOf), tt.disputed, tt.response, tt.plan)
			}
			m := sla.Of(workday.MustDate("2025-11-01"), []sla.Fault{f}, asOf)
			if want := len(tt.disputed) > 0; len(m.Disputed) == 1 != want {
				t.Errorf("in the month %v are in dispute", m.Disputed)
			}
		})
	}
}
