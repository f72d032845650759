package test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/rehearsal"
	"lvyue/internal/workday"
)

// inService is in service from Thursday 2025-10-09 15:45 on, for a year.
const inService = signed + `
  - {at: 2025-10-09T15:00, do: pay, amount: "120000.00", reference: ICBC-001}
`

// troubled is a life with faults, and what the report must say of them.
type troubled struct {
	name     string
	scenario string
	faults   []string // "fault/1 OA closed, met: clock 10-13 10:00:00, due 10-13 11:00:00, plan 10-13 10:41:00, missed -"
	refused  []string // "2025-10-13 10:02 ack already_acknowledged §4.2"
	duties   []string // of the faults; nil is not compared
	pages    []string // nil is not compared
	state    string   // "in-service" when empty
	more     func(*testing.T, rehearsal.Report)
}

func liveTroubled(t *testing.T, lives []troubled) {
	t.Helper()
	for _, l := range lives {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			r := play(t, "contract: acme.yaml\n"+l.scenario)
			compare(t, "faults", lines(r.Incidents, looked), l.faults)
			compare(t, "refused", lines(r.Refused, refused), l.refused)
			if l.duties != nil {
				compare(t, "duties", faultDuties(r), l.duties)
			}
			if l.pages != nil {
				compare(t, "pages", pagesOf(r), l.pages)
			}
			if got, want := state(r), cmp.Or(l.state, "in-service"); got != want {
				t.Errorf("the contract is %s, want %s", got, want)
			}
			if !r.Evidence.Verified {
				t.Error("the evidence does not hold")
			}
			if l.more != nil {
				l.more(t, r)
			}
		})
	}
}

func looked(i rehearsal.Incident) string {
	return strings.Join(strings.Fields(fmt.Sprintf("%s %s %s, %s: clock %s, due %s, plan %s, missed %s",
		i.ID, i.System, i.State, i.SLA, exact(i.ClockAt), exact(i.DeadlineAt), exact(i.PlanAt), exact(i.BreachedAt))), " ")
}

// exact is an instant to the microsecond; "-" is none.
func exact(at rehearsal.Instant) string {
	if at.IsZero() {
		return "-"
	}
	return at.In(workday.Shanghai).Format("01-02 15:04:05.999999")
}

func faultDuties(r rehearsal.Report) []string {
	var all []string
	for _, o := range r.Obligations {
		if strings.HasPrefix(o.ID, "fault/") {
			all = append(all, fmt.Sprintf("%s §%s due %s %s %s", o.ID, o.Clause, exact(o.DueAt), o.Status, exact(o.SettledAt)))
		}
	}
	slices.Sort(all)
	return all
}

func pagesOf(r rehearsal.Report) []string {
	all := []string{}
	for _, i := range r.Incidents {
		for _, p := range i.Pages {
			all = append(all, fmt.Sprintf("%s %s %s/%s", i.ID, exact(p.At), p.Kind, cmp.Or(p.Rung, "-")))
		}
	}
	return all
}

func paged(i rehearsal.Incident, kind message.PageKind) int {
	n := 0
	for _, p := range i.Pages {
		if p.Kind == kind {
			n++
		}
	}
	return n
}

// closing resolves the first n faults at an instant and has them confirmed a minute later.
func closing(at string, n int) string {
	when, err := time.Parse("2006-01-02T15:04", at)
	if err != nil {
		panic(err)
	}
	var events strings.Builder
	for i := range n {
		fmt.Fprintf(&events, "  - {at: %s, do: resolve, fault: %d, by: wang, text: 已恢复}\n", at, i+1)
	}
	for i := range n {
		fmt.Fprintf(&events, "  - {at: %s, do: confirm, fault: %d, by: 李明}\n", when.Add(time.Minute).Format("2006-01-02T15:04"), i+1)
	}
	return events.String()
}

func TestIncident_ThePlanCountsByTheInstantOfItsReceiptOrOfTheCall_3_11_4_1(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		name: "before, on and after the hour, and told in time by telephone",
		scenario: inService + `
  - {at: 2025-10-12T10:00, do: report-fault, system: OA, by: 李明}
  - {at: 2025-10-12T10:00, do: report-fault, system: PB, by: 赵倩}
  - {at: 2025-10-12T10:00, do: report-fault, system: HR, by: "13900000001"}
  - {at: 2025-10-12T10:00, do: report-fault, system: CRM, by: ZhaoQian@example.com}
  - {at: 2025-10-12T10:59:59.999999, do: plan, fault: 1, by: wang, cause: 磁盘满, steps: 清理}
  - {at: 2025-10-12T11:00, do: plan, fault: 2, by: wang, cause: 磁盘满, steps: 清理}
  - {at: 2025-10-12T11:00:00.000001, do: plan, fault: 3, by: wang, cause: 磁盘满, steps: 清理}
  - {at: 2025-10-12T11:10, do: plan, fault: 4, by: wang, called_at: 2025-10-12T09:59, cause: 磁盘满, steps: 清理}
  - {at: 2025-10-12T11:10, do: plan, fault: 4, by: wang, called_at: 2025-10-12T11:11, cause: 磁盘满, steps: 清理}
  - {at: 2025-10-12T11:12, do: plan, fault: 4, by: wang, called_at: 2025-10-12T11:00, cause: 磁盘满, steps: 清理}
` + closing("2025-10-12T11:20", 4) + "until: 2025-10-12T12:00\n",
		faults: []string{
			"fault/1 OA closed, met: clock 10-12 10:00:00, due 10-12 11:00:00, plan 10-12 10:59:59.999999, missed -",
			"fault/2 PB closed, met: clock 10-12 10:00:00, due 10-12 11:00:00, plan 10-12 11:00:00, missed -",
			"fault/3 HR closed, breached: clock 10-12 10:00:00, due 10-12 11:00:00, plan 10-12 11:00:00.000001, missed 10-12 11:00:00",
			"fault/4 CRM closed, met: clock 10-12 10:00:00, due 10-12 11:00:00, plan 10-12 11:00:00, missed -",
		},
		refused: []string{"2025-10-12 11:10 plan early_call §", "2025-10-12 11:10 plan future_call §"},
		duties: []string{
			"fault/1/plan §3.11 due 10-12 11:00:00 met 10-12 10:59:59.999999",
			"fault/1/response §4.2 due 10-12 10:05:00 met-late 10-12 10:59:59.999999",
			"fault/2/plan §3.11 due 10-12 11:00:00 met 10-12 11:00:00",
			"fault/2/response §4.2 due 10-12 10:05:00 met-late 10-12 11:00:00",
			"fault/3/plan §3.11 due 10-12 11:00:00 met-late 10-12 11:00:00.000001",
			"fault/3/response §4.2 due 10-12 10:05:00 met-late 10-12 11:00:00.000001",
			"fault/4/plan §3.11 due 10-12 11:00:00 met 10-12 11:00:00",
			"fault/4/response §4.2 due 10-12 10:05:00 met-late 10-12 11:00:00",
		},
		more: func(t *testing.T, r rehearsal.Report) {
			for i, want := range []int{0, 0, 1, 1} { // the fourth was told of before it was corrected
				if got := paged(r.Incidents[i], message.BreachPage); got != want {
					t.Errorf("%s has %d pages of a breach, want %d", r.Incidents[i].ID, got, want)
				}
			}
		},
	}, {
		name: "a call entered later, and after its hour",
		scenario: inService + `
  - {at: 2025-10-12T10:20, do: report-fault, system: OA, called_at: 2025-10-12T10:00}
  - {at: 2025-10-12T10:21, do: ack, by: wang}
  - {at: 2025-10-12T11:00, do: plan, by: wang, cause: a, steps: b}
  - {at: 2025-10-12T11:30, do: report-fault, system: PB, called_at: 2025-10-12T10:10}
  - {at: 2025-10-12T11:31, do: report-fault, system: HR, called_at: 2025-10-12T11:32}
  - {at: 2025-10-12T11:32, do: report-fault, system: HR, called_at: 2025-10-09T15:44}
` + closing("2025-10-12T11:35", 2) + "until: 2025-10-12T12:00\n",
		faults: []string{
			"fault/1 OA closed, met: clock 10-12 10:00:00, due 10-12 11:00:00, plan 10-12 11:00:00, missed -",
			"fault/2 PB closed, breached: clock 10-12 10:10:00, due 10-12 11:10:00, plan 10-12 11:35:00, missed 10-12 11:10:00",
		},
		refused: []string{"2025-10-12 11:31 report-fault future_call §", "2025-10-12 11:32 report-fault early_call §"},
		more: func(t *testing.T, r rehearsal.Report) {
			if got := exact(r.Incidents[0].EnteredAt); got != "10-12 10:20:00" {
				t.Errorf("the first was entered %s, want 10:20", got)
			}
			if got := paged(r.Incidents[1], message.BreachPage); got != 1 {
				t.Errorf("%d pages of a breach that was there when the call was entered, want 1", got)
			}
		},
	}})
}

func TestIncident_OnlyAnAdministratorStartsTheHour_2_1_3_13(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		name: "somebody else reports",
		scenario: inService + `
  - {at: 2025-10-12T10:00, do: report-fault, system: OA, by: 孙七}
  - {at: 2025-10-12T10:01, do: report-fault, system: PB, by: 孙七}
  - {at: 2025-10-12T10:05, do: plan, fault: 1, by: wang, cause: a, steps: b}
  - {at: 2025-10-12T10:06, do: confirm, fault: 1, by: 孙七}
  - {at: 2025-10-12T10:20, do: report-fault, system: PB, by: 李明}
  - {at: 2025-10-12T10:30, do: confirm, fault: 1, by: 赵倩}
  - {at: 2025-10-12T10:40, do: report-fault, system: OA, by: 李明}
  - {at: 2025-10-12T11:20, do: plan, fault: 3, by: wang, cause: a, steps: b}
  - {at: 2025-10-12T11:30, do: plan, fault: 1, by: wang, cause: a, steps: b}
until: 2025-10-12T11:45
`,
		faults: []string{
			"fault/1 OA planned, met: clock 10-12 10:30:00, due 10-12 11:30:00, plan 10-12 11:30:00, missed -",
			"fault/2 PB reported, none: clock -, due -, plan -, missed -",
			"fault/3 PB planned, met: clock 10-12 10:20:00, due 10-12 11:20:00, plan 10-12 11:20:00, missed -",
		},
		refused: []string{"2025-10-12 10:05 plan not_administrator §3.13", "2025-10-12 10:06 confirm not_administrator §3.13"},
		more: func(t *testing.T, r rehearsal.Report) {
			if got := exact(r.Incidents[0].ReportedAt); got != "10-12 10:00:00" {
				t.Errorf("the first was reported %s, want 10:00", got)
			}
			if got := paged(r.Incidents[1], message.ForwardedPage); got != 1 || len(r.Incidents[1].Pages) != 1 {
				t.Errorf("what nobody has taken up is forwarded once: %+v", r.Incidents[1].Pages)
			}
		},
	}})
}

func TestIncident_AWordByTelephoneCountsFromItsMoment_4_1_4_2(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		name: "an answer that is entered after another, a word to the customer, and a report that is taken up",
		scenario: inService + `
  - {at: 2025-10-12T10:00, do: report-fault, system: OA}
  - {at: 2025-10-12T10:00, do: report-fault, system: PB}
  - {at: 2025-10-12T10:00, do: report-fault, system: HR, by: 孙七}
  - {at: 2025-10-12T10:04, do: progress, fault: 2, by: wang, text: 正在查}
  - {at: 2025-10-12T10:10, do: ack, fault: 1, by: li}
  - {at: 2025-10-12T10:20, do: ack, fault: 1, by: wang, called_at: 2025-10-12T10:03}
  - {at: 2025-10-12T10:21, do: ack, fault: 1, by: wang, called_at: 2025-10-12T10:03}
  - {at: 2025-10-12T10:30, do: confirm, fault: 3, by: 赵倩, called_at: 2025-10-12T10:15}
  - {at: 2025-10-12T10:31, do: ack, fault: 3, by: wang, called_at: 2025-10-12T10:16}
until: 2025-10-12T10:35
`,
		faults: []string{
			"fault/1 OA acknowledged, running: clock 10-12 10:00:00, due 10-12 11:00:00, plan -, missed -",
			"fault/2 PB acknowledged, running: clock 10-12 10:00:00, due 10-12 11:00:00, plan -, missed -",
			"fault/3 HR acknowledged, running: clock 10-12 10:15:00, due 10-12 11:15:00, plan -, missed -",
		},
		refused: []string{"2025-10-12 10:21 ack already_acknowledged §4.2"},
		duties: []string{
			"fault/1/plan §3.11 due 10-12 11:00:00 pending -", "fault/1/response §4.2 due 10-12 10:05:00 met 10-12 10:03:00",
			"fault/2/plan §3.11 due 10-12 11:00:00 pending -", "fault/2/response §4.2 due 10-12 10:05:00 met 10-12 10:04:00",
			"fault/3/plan §3.11 due 10-12 11:15:00 pending -", "fault/3/response §4.2 due 10-12 10:20:00 met 10-12 10:16:00",
		},
	}, {
		name: "a solution that is entered three days later, and a report of between the call and its entry",
		scenario: inService + `
  - {at: 2025-10-12T10:00, do: report-fault, system: OA}
  - {at: 2025-10-12T10:02, do: report-fault, system: PB, by: 孙七}
  - {at: 2025-10-12T10:20, do: confirm, fault: 2, by: 赵倩, called_at: 2025-10-12T10:10}
  - {at: 2025-10-12T10:25, do: report-fault, system: PB, called_at: 2025-10-12T10:15}
  - {at: 2025-10-15T10:00, do: resolve, fault: 1, by: wang, text: 已恢复, called_at: 2025-10-12T10:50}
until: 2025-10-17T09:59
`,
		faults: []string{
			"fault/1 OA resolved, met: clock 10-12 10:00:00, due 10-12 11:00:00, plan 10-12 10:50:00, missed -",
			"fault/2 PB open, breached: clock 10-12 10:10:00, due 10-12 11:10:00, plan -, missed 10-12 11:10:00",
		},
		refused: []string{},
	}})
}

func TestIncident_ARequestHasNoHourUntilItIsAFault_4_3(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		name: "to and fro",
		scenario: inService + `
  - {at: 2025-10-12T10:00, do: report-fault, system: OA, request: true}
  - {at: 2025-10-12T10:01, do: report-fault, system: PB}
  - {at: 2025-10-12T10:02, do: ack, fault: 2, by: wang}
  - {at: 2025-10-12T10:10, do: classify, fault: 2, by: wang, request: true}
  - {at: 2025-10-12T10:20, do: report-fault, system: PB}
  - {at: 2025-10-12T11:30, do: plan, fault: 1, by: wang, cause: a, steps: b}
  - {at: 2025-10-12T12:00, do: classify, fault: 1, by: wang, request: false}
  - {at: 2025-10-12T12:01, do: ack, fault: 1, by: wang}
  - {at: 2025-10-12T12:05, do: report-fault, system: OA, by: 赵倩}
  - {at: 2025-10-12T12:30, do: classify, fault: 3, by: wang, request: true}
  - {at: 2025-10-12T12:31, do: resolve, fault: 2, by: wang, text: 已商定}
  - {at: 2025-10-12T12:40, do: classify, fault: 3, by: wang, request: false}
  - {at: 2025-10-12T13:00, do: plan, fault: 1, by: wang, cause: a, steps: b}
  - {at: 2025-10-12T13:05, do: plan, fault: 3, by: wang, cause: a, steps: b}
  - {at: 2025-10-12T13:06, do: report-fault, system: OA, request: true, separate: true}
  - {at: 2025-10-12T13:10, do: classify, fault: 4, by: wang, request: false, called_at: 2025-10-12T13:07}
until: 2025-10-12T13:15
`,
		faults: []string{
			"fault/1 OA planned, met: clock 10-12 12:00:00, due 10-12 13:00:00, plan 10-12 13:00:00, missed -",
			"fault/2 PB resolved, none: clock 10-12 10:01:00, due 10-12 11:01:00, plan -, missed -",
			"fault/3 PB planned, breached: clock 10-12 10:20:00, due 10-12 11:20:00, plan 10-12 13:05:00, missed 10-12 11:20:00",
			"fault/4 OA open, running: clock 10-12 13:07:00, due 10-12 14:07:00, plan -, missed -",
		},
		refused: []string{"2025-10-12 11:30 plan is_request §4.3"},
		duties: []string{
			"fault/1/plan §3.11 due 10-12 13:00:00 met 10-12 13:00:00",
			"fault/1/response §4.2 due 10-12 12:05:00 met 10-12 12:01:00",
			"fault/2/plan §3.11 due 10-12 11:01:00 void -",
			"fault/2/response §4.2 due 10-12 10:06:00 met 10-12 10:02:00",
			"fault/3/plan §3.11 due 10-12 11:20:00 met-late 10-12 13:05:00",
			"fault/3/response §4.2 due 10-12 10:25:00 met-late 10-12 13:05:00",
			"fault/4/plan §3.11 due 10-12 14:07:00 pending -",
			"fault/4/response §4.2 due 10-12 13:12:00 overdue -",
		},
	}})
}

func TestIncident_OfTwentyAnswersAtOneInstantOneCounts_4_2(t *testing.T) {
	t.Parallel()
	var clicks strings.Builder
	refusals := []string{}
	for i := range 20 {
		fmt.Fprintf(&clicks, "  - {at: 2025-10-12T10:02, do: ack, by: engineer-%d}\n", i+1)
		if i > 0 {
			refusals = append(refusals, "2025-10-12 10:02 ack already_acknowledged §4.2")
		}
	}
	liveTroubled(t, []troubled{{
		name: "twenty clicks, the same click twice, cards that are stale, and a fault that is closed",
		scenario: inService + "  - {at: 2025-10-12T10:00, do: report-fault, system: OA}\n" + clicks.String() + `
  - {at: 2025-10-12T10:03, do: escalate, by: wang, rung: first, id: click}
  - {at: 2025-10-12T10:03, do: escalate, by: wang, rung: first, id: click}
  - {at: 2025-10-12T10:04, do: escalate, by: li, rung: first}
  - {at: 2025-10-12T10:10, do: resolve, by: wang, text: 已恢复}
  - {at: 2025-10-12T10:11, do: force-majeure, by: zhou, kind: fire, evidence: x}
  - {at: 2025-10-12T10:12, do: confirm, fault: 1, by: 李明}
  - {at: 2025-10-12T10:20, do: ack, by: wang}
  - {at: 2025-10-12T10:21, do: plan, by: wang, cause: a, steps: b}
  - {at: 2025-10-12T10:22, do: escalate, by: wang, rung: secondary}
  - {at: 2025-10-12T10:23, do: lift, by: wang, text: x}
  - {at: 2025-10-12T10:24, do: waive, fault: 1, by: customer, reason: x}
  - {at: 2025-10-12T10:25, do: ack, fault: 9, by: wang}
until: 2025-10-12T11:30
`,
		faults: []string{"fault/1 OA closed, met: clock 10-12 10:00:00, due 10-12 11:00:00, plan 10-12 10:10:00, missed -"},
		refused: append(refusals,
			"2025-10-12 10:04 escalate escalated_already §4.2", "2025-10-12 10:11 force-majeure fault_resolved §3.11",
			"2025-10-12 10:20 ack fault_closed §3.11", "2025-10-12 10:21 plan fault_closed §3.11",
			"2025-10-12 10:22 escalate fault_closed §3.11", "2025-10-12 10:23 lift fault_closed §3.11",
			"2025-10-12 10:24 waive fault_closed §3.11", "2025-10-12 10:25 ack unknown_fault §3.11"),
		duties: []string{
			"fault/1/plan §3.11 due 10-12 11:00:00 met 10-12 10:10:00", "fault/1/response §4.2 due 10-12 10:05:00 met 10-12 10:02:00",
		},
		pages: []string{
			"fault/1 10-12 10:00:00 first/first", "fault/1 10-12 10:03:00 escalation/secondary", "fault/1 10-12 10:10:00 resolved/-",
		},
	}})
}

func TestIncident_ForceMajeureChangesTheDutyFromItsMarkOn_3_12(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		name: "in time, at the last instant, after it, and said to have been in time",
		scenario: inService + `
  - {at: 2025-10-12T10:00, do: report-fault, system: OA}
  - {at: 2025-10-12T10:00, do: report-fault, system: PB}
  - {at: 2025-10-12T10:00, do: report-fault, system: HR}
  - {at: 2025-10-12T10:00, do: report-fault, system: CRM}
  - {at: 2025-10-12T10:20, do: force-majeure, fault: 1, by: zhou, kind: cloud-vendor, evidence: 工单}
  - {at: 2025-10-12T10:21, do: force-majeure, fault: 1, by: li, kind: telecom, evidence: 工单}
  - {at: 2025-10-12T10:59:59.999999, do: force-majeure, fault: 2, by: zhou, kind: telecom, evidence: 短信}
  - {at: 2025-10-12T11:01, do: force-majeure, fault: 2, by: zhou, kind: telecom, evidence: 短信}
  - {at: 2025-10-12T11:02, do: force-majeure, fault: 2, by: li, kind: telecom, evidence: 短信}
  - {at: 2025-10-12T11:03, do: force-majeure, fault: 3, by: zhou, kind: fire, evidence: 照片}
  - {at: 2025-10-12T11:04, do: force-majeure, fault: 3, by: li, kind: fire, evidence: 照片}
  - {at: 2025-10-12T11:05, do: force-majeure, fault: 4, by: zhou, called_at: 2025-10-12T10:30, kind: fire, evidence: 照片}
  - {at: 2025-10-12T11:06, do: force-majeure, fault: 3, by: zhou, kind: typhoon, evidence: 照片}
  - {at: 2025-10-12T12:00, do: lift, fault: 1, by: zhou, text: 已恢复}
  - {at: 2025-10-12T12:01, do: lift, fault: 1, by: zhou, text: 已恢复}
  - {at: 2025-10-12T12:10, do: resolve, fault: 2, by: wang, text: 已恢复}
  - {at: 2025-10-12T12:11, do: resolve, fault: 3, by: wang, text: 已恢复}
  - {at: 2025-10-12T12:12, do: resolve, fault: 4, by: wang, text: 已恢复}
  - {at: 2025-10-12T12:40, do: plan, fault: 1, by: wang, cause: a, steps: b}
until: 2025-10-12T12:45
`,
		faults: []string{
			"fault/1 OA planned, met: clock 10-12 10:00:00, due 10-12 12:40:00, plan 10-12 12:40:00, missed -",
			"fault/2 PB resolved, changed_duty: clock 10-12 10:00:00, due 10-12 11:00:00, plan -, missed -",
			"fault/3 HR resolved, breached: clock 10-12 10:00:00, due 10-12 11:00:00, plan 10-12 12:11:00, missed 10-12 11:00:00",
			"fault/4 CRM resolved, breached: clock 10-12 10:00:00, due 10-12 11:00:00, plan 10-12 12:12:00, missed 10-12 11:00:00",
		},
		refused: []string{
			"2025-10-12 10:21 force-majeure already_force_majeure §3.12", "2025-10-12 11:01 force-majeure same_person §3.12",
			"2025-10-12 11:06 force-majeure already_force_majeure §3.12", "2025-10-12 12:01 lift no_force_majeure §3.12",
		},
		more: func(t *testing.T, r rehearsal.Report) {
			if got := paged(r.Incidents[0], message.ProgressPage); got != 3 { // 10:50, 11:20, 11:50
				t.Errorf("%d times somebody was paged to tell the customer, want 3", got)
			}
			for _, i := range []int{1, 2, 3} {
				if got := paged(r.Incidents[i], message.ApprovalPage); got != 1 {
					t.Errorf("%s has %d pages for a second person, want 1", r.Incidents[i].ID, got)
				}
			}
		},
	}})
}

// The desk's own rules are those of the rota as it is when the fault is reported; the hour is the contract's.
func TestIncident_IsLookedAfterByThePolicyOfTheRota_3_11_3_12_4_2(t *testing.T) {
	t.Parallel()
	const policy = onCall + `
  policy: {response_minutes: 3, nudge_minutes: 10, progress_minutes: 15, second_person_minutes: 20, confirm_hours: 1, after_force_majeure: fresh}
`
	liveTroubled(t, []troubled{{
		name: "all of it",
		scenario: policy + inService + `
  - {at: 2025-10-13T10:00, do: report-fault, system: OA}
  - {at: 2025-10-13T10:03, do: ack, by: zhang}
  - {at: 2025-10-13T10:21, do: force-majeure, by: wang, kind: telecom, evidence: x}
  - {at: 2025-10-13T10:22, do: force-majeure, by: hong, kind: telecom, evidence: x}
  - {at: 2025-10-13T12:00, do: lift, by: wang, text: x}
  - {at: 2025-10-13T12:05, do: report-fault, system: PB}
  - {at: 2025-10-13T12:08:00.000001, do: ack, fault: 2, by: zhang}
  - {at: 2025-10-13T12:10, do: resolve, fault: 2, by: zhang, text: x}
  - {at: 2025-10-13T13:00, do: plan, by: zhang, cause: a, steps: b}
until: 2025-10-13T13:14
`,
		faults: []string{
			"fault/1 OA planned, met: clock 10-13 10:00:00, due 10-13 13:00:00, plan 10-13 13:00:00, missed -",
			"fault/2 PB closed, met: clock 10-13 12:05:00, due 10-13 13:05:00, plan 10-13 12:10:00, missed -",
		},
		refused: []string{},
		duties: []string{
			"fault/1/plan §3.11 due 10-13 13:00:00 met 10-13 13:00:00", "fault/1/response §4.2 due 10-13 10:03:00 met 10-13 10:03:00",
			"fault/2/plan §3.11 due 10-13 13:05:00 met 10-13 12:10:00",
			"fault/2/response §4.2 due 10-13 12:08:00 met-late 10-13 12:08:00.000001",
		},
		more: func(t *testing.T, r rehearsal.Report) {
			nudges := []string{}
			for _, p := range r.Incidents[0].Pages {
				if p.Kind == message.WarningPage && p.Rung == "" {
					nudges = append(nudges, exact(p.At)+" "+p.To)
				}
			}
			// 10:13; force majeure from 10:21 to 12:00; then every ten minutes from 10:03 on.
			compare(t, "nudges", nudges, []string{
				"10-13 10:13:00 zhang", "10-13 12:00:00 zhang", "10-13 12:10:00 zhang", "10-13 12:20:00 zhang", "10-13 12:30:00 zhang",
				"10-13 12:40:00 zhang", "10-13 12:50:00 zhang", "10-13 13:00:00 zhang",
			})
			if got := paged(r.Incidents[0], message.ProgressPage); got != 6 { // 10:36, 10:51, 11:06, 11:21, 11:36, 11:51
				t.Errorf("%d times somebody was paged to tell the customer, want 6", got)
			}
			if got := exact(r.Incidents[1].ClosedAt); got != "10-13 13:10:00" {
				t.Errorf("the second was closed %s, want after an hour of silence", got)
			}
		},
	}})
}

func TestIncident_ReportsOfOneTroubleAreOneFault_3_11(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		name: "joined, of another system, separate, called before, and there again",
		scenario: inService + `
  - {at: 2025-10-12T10:00, do: report-fault, system: OA}
  - {at: 2025-10-12T10:01, do: report-fault, system: OA, by: 赵倩}
  - {at: 2025-10-12T10:02, do: report-fault, system: OA, by: "13900000001"}
  - {at: 2025-10-12T10:03, do: report-fault, system: PB}
  - {at: 2025-10-12T10:04, do: report-fault, system: OA, separate: true}
  - {at: 2025-10-12T10:05, do: report-fault, system: CRM}
  - {at: 2025-10-12T10:06, do: report-fault, system: CRM, by: 赵倩, called_at: 2025-10-12T09:50}
  - {at: 2025-10-12T10:07, do: report-fault, system: FM}
` + closing("2025-10-12T10:10", 4) + `
  - {at: 2025-10-12T10:20, do: resolve, fault: 5, by: wang, text: 已恢复}
  - {at: 2025-10-12T10:30, do: reopen, fault: 5, by: 孙七, text: 还是不行}
  - {at: 2025-10-12T11:11, do: reopen, fault: 1, text: 又不行了}
  - {at: 2025-10-12T11:20, do: reopen, fault: 7, text: 还不行}
  - {at: 2025-10-12T11:21, do: reopen, fault: 9, text: 还不行}
  - {at: 2025-10-12T12:00, do: plan, fault: 7, by: wang, cause: a, steps: b}
until: 2025-10-12T12:15
`,
		faults: []string{
			"fault/5 CRM resolved, met: clock 10-12 09:50:00, due 10-12 10:50:00, plan 10-12 10:20:00, missed -",
			"fault/1 OA closed, met: clock 10-12 10:00:00, due 10-12 11:00:00, plan 10-12 10:10:00, missed -",
			"fault/2 PB closed, met: clock 10-12 10:03:00, due 10-12 11:03:00, plan 10-12 10:10:00, missed -",
			"fault/3 OA closed, met: clock 10-12 10:04:00, due 10-12 11:04:00, plan 10-12 10:10:00, missed -",
			"fault/4 CRM closed, met: clock 10-12 10:05:00, due 10-12 11:05:00, plan 10-12 10:10:00, missed -",
			"fault/6 CRM reported, none: clock -, due -, plan -, missed -",
			"fault/7 OA planned, met: clock 10-12 11:11:00, due 10-12 12:11:00, plan 10-12 12:00:00, missed -",
		},
		refused: []string{
			"2025-10-12 10:07 report-fault unknown_system §", "2025-10-12 11:20 reopen still_open §3.11",
			"2025-10-12 11:21 reopen unknown_fault §3.11",
		},
		more: func(t *testing.T, r rehearsal.Report) {
			if last := r.Incidents[len(r.Incidents)-1]; last.Reopens != 1 {
				t.Errorf("the last lives on from %d, want 1", last.Reopens)
			}
		},
	}})
}

// A fault is handed over to somebody who can be called, whether or not a worker serves at the moment.
func TestIncident_IsHandedOverToSomebodyOfTheRota_4_2(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		name: "to one who is there, who is not, and to the account manager",
		scenario: onCall + inService + `
  - {at: 2025-10-13T10:00, do: report-fault, system: OA}
  - {at: 2025-10-13T10:01, do: hand-over, by: zhang, to: zhuo}
  - {at: 2025-10-13T10:02, do: hand-over, by: zhang, to: zhou}
  - {at: 2025-10-13T10:03, do: worker-down, to: 2025-10-13T10:10}
  - {at: 2025-10-13T10:04, do: hand-over, by: zhou, to: nobody}
  - {at: 2025-10-13T10:05, do: hand-over, by: zhou, to: chen}
until: 2025-10-13T10:12
`,
		faults:  []string{"fault/1 OA acknowledged, running: clock 10-13 10:00:00, due 10-13 11:00:00, plan -, missed -"},
		refused: []string{"2025-10-13 10:01 hand-over unknown_person §", "2025-10-13 10:04 hand-over unknown_person §"},
		pages: []string{
			"fault/1 10-13 10:00:00 first/first", "fault/1 10-13 10:02:00 escalation/-", "fault/1 10-13 10:05:00 escalation/-",
		},
		more: func(t *testing.T, r rehearsal.Report) {
			if p := r.Incidents[0].Pages; p[1].To != "zhou" || p[2].To != "chen" {
				t.Errorf("paged are %s and %s, want zhou and chen", p[1].To, p[2].To)
			}
		},
	}})
}

func TestIncident_AMissedHourIsExplainedAndWaived_3_11_6_4(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		name: "by words, and never before it is missed",
		scenario: inService + `
  - {at: 2025-10-12T10:00, do: report-fault, system: OA}
  - {at: 2025-10-12T10:59, do: waive, fault: 1, by: customer, reason: 谅解}
  - {at: 2025-10-12T11:00, do: explain, by: wang, text: 堵车}
  - {at: 2025-10-12T11:01, do: explain, by: wang, text: 堵车}
  - {at: 2025-10-12T11:02, do: waive, obligation: fault/1/plan, by: customer, reason: 谅解}
  - {at: 2025-10-12T11:10, do: plan, by: wang, called_at: 2025-10-12T10:50, cause: a, steps: b}
until: 2025-10-12T11:15
`,
		faults: []string{"fault/1 OA planned, waived: clock 10-12 10:00:00, due 10-12 11:00:00, plan 10-12 10:50:00, missed 10-12 11:00:00"},
		refused: []string{
			"2025-10-12 10:59 waive not_breached §3.11", "2025-10-12 11:00 explain not_breached §3.11",
		},
		pages: []string{
			"fault/1 10-12 10:00:00 first/first", "fault/1 10-12 10:05:00 repeat/again",
			"fault/1 10-12 10:15:00 escalation/secondary", "fault/1 10-12 10:30:00 escalation/lead",
			"fault/1 10-12 10:45:00 warning/manager", "fault/1 10-12 10:55:00 escalation/everyone",
			"fault/1 10-12 11:00:00.000001 breach/breach",
		},
	}})
}

// A fault outlives its contract: it is neither lost, nor does the destruction of §7.2 wait for it.
func TestIncident_OutlivesItsContract_3_11_5_2_7_2(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		name: "the contract ends with its year, and its data is destroyed",
		scenario: inService + `
  - {at: 2026-10-08T23:30, do: report-fault, system: OA}
  - {at: 2026-10-08T23:59:59, do: report-fault, system: PB}
  - {at: 2026-10-09T00:05, do: report-fault, system: HR}
  - {at: 2026-10-09T00:30, do: plan, fault: 1, by: wang, cause: a, steps: b}
  - {at: 2026-10-09T09:00, do: confirm, what: destruction, by: chen}
  - {at: 2026-10-09T09:30, do: confirm, what: destruction, by: wang}
  - {at: 2026-10-09T10:10, do: resolve, fault: 1, by: wang, text: 已恢复}
  - {at: 2026-10-09T10:11, do: confirm, fault: 1, by: 李明}
  - {at: 2026-10-09T10:12, do: ack, fault: 2, by: wang}
  - {at: 2026-10-09T10:13, do: report-fault, system: HR}
  - {at: 2026-10-09T10:14, do: reopen, fault: 1, text: x}
until: 2026-10-09T10:20
`,
		state: "destroyed, ended 2026-10-08",
		faults: []string{
			"fault/1 OA closed, met: clock 10-08 23:30:00, due 10-09 00:30:00, plan 10-09 00:30:00, missed -",
			"fault/2 PB acknowledged, breached: clock 10-08 23:59:59, due 10-09 00:59:59, plan -, missed 10-09 00:59:59",
		},
		refused: []string{
			"2026-10-09 00:05 report-fault ended §5.1", "2026-10-09 10:13 report-fault destroyed §7.2", "2026-10-09 10:14 reopen destroyed §7.2",
		},
		more: func(t *testing.T, r rehearsal.Report) {
			if r.Resources.Left != 0 {
				t.Errorf("%d resources are left, want 0", r.Resources.Left)
			}
			pages := r.Incidents[1].Pages
			if last := pages[len(pages)-1]; exact(last.At) != "10-09 09:59:59" || last.Rung != "no-plan" {
				t.Errorf("the last page is %s %s, want late, half an hour after the destruction", exact(last.At), last.Rung)
			}
		},
	}, {
		name: "the contract is renewed, and the year passes",
		scenario: inService + `
  - {at: 2026-09-22T11:00, do: offer, fee: "120000.00"}
  - {at: 2026-09-28T11:00, do: answer, accept: true}
  - {at: 2026-09-29T11:00, do: pay, amount: "120000.00", reference: ICBC-002}
  - {at: 2026-10-08T23:30, do: report-fault, system: OA}
  - {at: 2026-10-09T00:10, do: report-fault, system: OA, by: 赵倩}
  - {at: 2026-10-09T00:30, do: plan, by: wang, cause: a, steps: b}
` + closing("2026-10-09T00:40", 1) + "until: 2026-10-09T01:00\n",
		faults:  []string{"fault/1 OA closed, met: clock 10-08 23:30:00, due 10-09 00:30:00, plan 10-09 00:30:00, missed -"},
		refused: []string{},
	}})
}

// What was said while there was service is judged by its own moment, whenever it is entered; what was said after it is no fault of the
// contract's. The end is 24:00 of the last day, however the contract ends.
func TestIncident_ACallOfBeforeTheEndIsTakenAfterIt_3_11_4_1_5_2_7_2(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		name: "the contract ends with its year, and its data is destroyed",
		scenario: inService + `
  - {at: 2026-10-08T22:00, do: report-fault, system: CRM}
  - {at: 2026-10-08T22:10, do: resolve, by: wang, text: 已恢复}
  - {at: 2026-10-08T22:11, do: confirm, fault: 1, by: 李明}
  - {at: 2026-10-09T00:05, do: report-fault, system: OA, called_at: 2026-10-08T23:30}
  - {at: 2026-10-09T00:06, do: report-fault, system: PB, called_at: 2026-10-08T23:59:59.999999}
  - {at: 2026-10-09T00:07, do: report-fault, system: HR, called_at: 2026-10-09T00:00}
  - {at: 2026-10-09T00:08, do: report-fault, system: HR}
  - {at: 2026-10-09T00:09, do: reopen, fault: 1, text: x, called_at: 2026-10-08T23:50}
  - {at: 2026-10-09T00:10, do: reopen, fault: 1, text: x, called_at: 2026-10-09T00:00}
  - {at: 2026-10-09T00:11, do: report-fault, system: OA, by: 赵倩, called_at: 2026-10-08T23:45}
  - {at: 2026-10-09T00:30, do: plan, fault: 2, by: wang, cause: a, steps: b}
  - {at: 2026-10-09T01:00, do: plan, fault: 3, by: wang, cause: a, steps: b}
  - {at: 2026-10-09T09:00, do: confirm, what: destruction, by: chen}
  - {at: 2026-10-09T09:10, do: report-fault, system: HR, called_at: 2026-10-08T23:40}
  - {at: 2026-10-09T09:30, do: confirm, what: destruction, by: wang}
  - {at: 2026-10-09T10:13, do: report-fault, system: FM, called_at: 2026-10-08T23:30}
until: 2026-10-09T10:20
`,
		state: "destroyed, ended 2026-10-08",
		faults: []string{
			"fault/1 CRM closed, met: clock 10-08 22:00:00, due 10-08 23:00:00, plan 10-08 22:10:00, missed -",
			"fault/2 OA planned, met: clock 10-08 23:30:00, due 10-09 00:30:00, plan 10-09 00:30:00, missed -",
			"fault/5 HR open, breached: clock 10-08 23:40:00, due 10-09 00:40:00, plan -, missed 10-09 00:40:00",
			"fault/4 CRM open, breached: clock 10-08 23:50:00, due 10-09 00:50:00, plan -, missed 10-09 00:50:00",
			"fault/3 PB planned, breached: clock 10-08 23:59:59.999999, due 10-09 00:59:59.999999, plan 10-09 01:00:00, missed 10-09 00:59:59.999999",
		},
		refused: []string{
			"2026-10-09 00:07 report-fault ended §5.1", "2026-10-09 00:08 report-fault ended §5.1",
			"2026-10-09 00:10 reopen ended §5.1", "2026-10-09 10:13 report-fault destroyed §7.2",
		},
	}, {
		name: "the contract is terminated",
		scenario: inService + `
  - {at: 2026-03-02T10:00, do: terminate, ground: agreement, on: 2026-03-03, by: chen}
  - {at: 2026-03-04T08:00, do: report-fault, system: OA, called_at: 2026-03-03T23:00}
  - {at: 2026-03-04T08:01, do: report-fault, system: PB, called_at: 2026-03-04T00:00}
until: 2026-03-04T08:10
`,
		state:   "ended, ended 2026-03-03",
		faults:  []string{"fault/1 OA open, breached: clock 03-03 23:00:00, due 03-04 00:00:00, plan -, missed 03-04 00:00:00"},
		refused: []string{"2026-03-04 08:01 report-fault ended §5.1"},
	}, {
		name: "the contract lapses without ever having served",
		scenario: `
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T11:00, do: sign, by: provider}
  - {at: 2026-09-26T08:00, do: report-fault, system: OA, called_at: 2026-09-25T23:00}
  - {at: 2026-09-26T08:01, do: report-fault, system: OA}
until: 2026-09-26T09:00
`,
		state:   "ended, ended 2026-09-25",
		faults:  []string{},
		refused: []string{"2026-09-26 08:00 report-fault not_usable §3.2", "2026-09-26 08:01 report-fault ended §5.1"},
	}})
}

func TestIncident_TwentyFaultsOfOneContractEachHaveTheirHour_3_11(t *testing.T) {
	t.Parallel()
	var reports, plans strings.Builder
	faults, duties := []string{}, []string{}
	for n := 1; n <= 20; n++ {
		fmt.Fprintf(&reports, "  - {at: 2025-10-12T10:%02d, do: report-fault, system: OA, separate: true}\n", n)
		late, sla, status, missed := "", "met", "met", "-"
		if n%5 == 0 {
			late, sla, status, missed = ":00.000001", "breached", "met-late", fmt.Sprintf("10-12 11:%02d:00", n)
		}
		fmt.Fprintf(&plans, "  - {at: 2025-10-12T11:%02d%s, do: plan, fault: %d, by: wang, cause: a, steps: b}\n", n, late, n)
		plan := fmt.Sprintf("10-12 11:%02d:00%s", n, strings.TrimPrefix(late, ":00"))
		faults = append(faults, fmt.Sprintf("fault/%d OA closed, %s: clock 10-12 10:%02d:00, due 10-12 11:%02d:00, plan %s, missed %s",
			n, sla, n, n, plan, missed))
		duties = append(duties, fmt.Sprintf("fault/%d/plan §3.11 due 10-12 11:%02d:00 %s %s", n, n, status, plan),
			fmt.Sprintf("fault/%d/response §4.2 due 10-12 10:%02d:00 met-late %s", n, n+5, plan))
	}
	slices.Sort(duties)
	liveTroubled(t, []troubled{{
		name:     "side by side",
		scenario: inService + reports.String() + plans.String() + closing("2025-10-12T11:25", 20) + "until: 2025-10-12T11:30\n",
		faults:   faults, refused: []string{}, duties: duties,
	}})
}
