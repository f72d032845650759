package test

import (
	"slices"
	"strings"
	"testing"

	"lvyue/internal/rehearsal"
)

// §3.5 §3.7 §3.8: the example of a customer that moves in, becomes a cluster and moves off. Each duty is met on its day, two
// servers carry the cluster, the moves cost nothing, and nothing is left.
func TestExample_WhoMovesInAndGrowsCanLeave(t *testing.T) {
	t.Parallel()
	cloud := &wholly{}
	scenario, err := rehearsal.Load("../examples/come-grow-leave/scenario.yaml")
	check(t, err)
	r, err := rehearsal.Run(t.Context(), rehearsal.Options{
		Scenario: scenario, Client: world.client, DatabaseURL: world.DatabaseURL(), CloudLog: cloud,
	})
	check(t, err)
	expect(t, r, want{
		State: "destroyed, ended 2026-10-08",
		Duties: []string{
			"first-payment §5.4 customer: opened 2025-09-26 16:00, due 2025-10-10, met 2025-10-09 15:00",
			"deployment §5.5 provider: opened 2025-10-09 15:00, due 2025-10-11, met 2025-10-09 15:45",
			"migration-in/1 §3.7 provider: opened 2025-10-13 10:00, due 2025-10-24, met 2025-10-17 20:00",
			"expansion/1 §5.7 provider: opened 2026-03-02 16:00, met 2026-03-02 16:00",
			"expansion-fee/1 §5.7 customer: opened 2026-03-02 16:00, met 2026-03-06 10:30",
			"renewal-talks/1 §5.6 both: opened 2026-09-10 00:00, due 2026-10-08, void",
			"migration-off/1 §3.8 provider: opened 2026-09-28 10:00, due 2026-10-12, met 2026-10-12 15:00",
			"destruction §7.2 provider: opened 2026-10-09 00:00, due 2026-10-14, met 2026-10-13 11:00",
		},
		Years:   []string{"1: 2025-10-09..2026-10-08 120000.00"},
		Refused: []string{"2026-10-09 10:00 confirm migration_open §3.8"},
		Left:    0,
	})
	compare(t, "charges", lines(r.Invoices, charge), []string{"first-payment 120000.00 open 0.00", "expansion-fee/1 24966.50 open 0.00"})
	servers, balancers := cloud.calls.ordered("ecs RunInstances"), cloud.calls.ordered("slb CreateLoadBalancer")
	if len(servers) != 2 || len(balancers) != 1 || r.Resources.Created != whole+2 {
		t.Errorf("%d were created, the servers by %v and the load balancer by %v", r.Resources.Created, servers, balancers)
	}
	if len(r.Books.Audit.Failed) > 0 {
		t.Errorf("the books do not hold: %+v", r.Books.Audit.Failed)
	}
}

// ordered are the orders of one operation.
func (c calls) ordered(operation string) []string {
	return slices.DeleteFunc(c.orders(), func(order string) bool { return !strings.HasPrefix(order, operation+" ") })
}

func charge(i rehearsal.Invoice) string {
	return i.Obligation + " " + i.Gross.String() + " open " + i.Open.String()
}

// §3.11–3.13, §4: the example of the fault desk. Every hour is judged by what was received or said by then, whoever served.
func TestExample_TheFaultDeskJudgesEveryHour(t *testing.T) {
	t.Parallel()
	r := playFile(t, "../examples/fault-desk/scenario.yaml")
	compare(t, "faults", lines(r.Incidents, looked), []string{
		"fault/1 OA closed, met: clock 11-01 23:30:00, due 11-02 00:30:00, plan 11-02 00:30:00, missed -",
		"fault/2 HR closed, breached: clock 11-05 10:00:00, due 11-05 11:00:00, plan 11-05 11:20:00, missed 11-05 11:00:00",
		"fault/3 CRM closed, met: clock 11-06 10:00:00, due 11-06 12:10:00, plan 11-06 12:08:00, missed -",
		"fault/4 CRM closed, met: clock 11-06 15:00:00, due 11-06 16:00:00, plan 11-06 15:10:00, missed -",
		"fault/5 PB closed, met: clock 11-07 10:01:00, due 11-07 11:01:00, plan 11-07 11:01:00, missed -",
	})
	compare(t, "refused", lines(r.Refused, refused), []string{})
	first := deliveries(r.Incidents[4])[:2]
	compare(t, "deliveries", first, []string{
		"11-07 10:01:00 first to zhao by slack at 11-07 10:04:00, sent", "11-07 10:01:00 first to zhao by webhook at 11-07 10:01:20, sent",
	})
	if !r.Evidence.Verified {
		t.Error("the evidence does not hold")
	}
}
