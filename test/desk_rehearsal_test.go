package test

import (
	"fmt"
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/rehearsal"
)

// onCall are four people: zhang is primary in the week of 2025-10-13, wang leads, hong manages.
const onCall = `
rota:
  people:
    - {id: zhang, name: 张工, roles: [oncall], slack: U0PERSON1}
    - {id: zhou, name: 周工, roles: [oncall], slack: U0PERSON2}
    - {id: wang, name: 王主管, roles: [lead], slack: U0PERSON3}
    - {id: hong, name: 洪经理, roles: [manager], slack: U0PERSON4}
  rotations:
    - {name: primary, weekday: monday, at: "09:00", since: 2025-09-29, people: [zhang, zhou]}
    - {name: secondary, weekday: monday, at: "09:00", since: 2025-09-29, people: [zhou, zhang]}
`

func deliveries(i rehearsal.Incident) []string {
	all := []string{}
	for _, p := range i.Pages {
		for _, s := range p.Sent {
			all = append(all, fmt.Sprintf("%s %s to %s by %s at %s, %s", exact(p.At), p.Kind, p.To, s.Channel, exact(s.At), s.Outcome))
		}
	}
	return all
}

func TestDesk_ASlackThatIsAwayDelaysNobodyBeyondTwentySeconds_4_2(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		scenario: onCall + inService + `
  - {at: 2025-10-13T10:00, do: outage, vendor: slack, to: 2025-10-13T10:04}
  - {at: 2025-10-13T10:01, do: report-fault, system: OA}
  - {at: 2025-10-13T10:03, do: ack, by: zhou}
  - {at: 2025-10-13T10:10, do: plan, by: zhou, cause: a, steps: b}
` + closing("2025-10-13T10:12", 1) + "until: 2025-10-13T11:00\n",
		faults: []string{"fault/1 OA closed, met: clock 10-13 10:01:00, due 10-13 11:01:00, plan 10-13 10:10:00, missed -"},
		more: func(t *testing.T, r rehearsal.Report) {
			compare(t, "deliveries", deliveries(r.Incidents[0]), []string{
				"10-13 10:01:00 first to zhang by slack at 10-13 10:04:00, sent",
				"10-13 10:01:00 first to zhang by webhook at 10-13 10:01:20, sent",
				"10-13 10:12:00 resolved to chen by webhook at 10-13 10:12:00, sent",
			})
		},
	}})
}

// What is received counts by its moment, whoever serves; and somebody is called though nothing that performs contracts runs.
func TestDesk_WithoutAWorkerTheMomentCountsAndTheWatchdogCalls_3_11_4_2(t *testing.T) {
	t.Parallel()
	down := func(plan, missed, sla string) troubled {
		return troubled{
			name: sla, scenario: onCall + inService + `
  - {at: 2025-10-13T10:00, do: report-fault, system: OA}
  - {at: 2025-10-13T10:01, do: ack, by: zhou}
  - {at: 2025-10-13T10:10, do: worker-down, to: 2025-10-13T11:05}
  - {at: ` + plan + `, do: plan, by: zhou, cause: a, steps: b}
` + closing("2025-10-13T11:12", 1) + "until: 2025-10-13T11:20\n",
			faults: []string{"fault/1 OA closed, " + sla + ": clock 10-13 10:00:00, due 10-13 11:00:00, plan 10-13 " + plan[11:] + ", missed " + missed},
			more: func(t *testing.T, r rehearsal.Report) {
				i := r.Incidents[0]
				if n := paged(i, message.WatchdogPage); n != 2 {
					t.Errorf("the watchdog called %d people, want each of two once for the one step that is late", n)
				}
				if n := paged(i, message.BreachPage); (n > 0) != (sla == "breached") {
					t.Errorf("%d pages tell of a breach", n)
				}
				if n := paged(i, message.EscalationPage); n != 0 {
					t.Errorf("%d rungs are paged in a burst afterwards", n)
				}
			},
		}
	}
	liveTroubled(t, []troubled{
		down("2025-10-13T11:00:00", "-", "met"),
		down("2025-10-13T11:00:01", "10-13 11:00:00", "breached"),
	})
}
