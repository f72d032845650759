package test

import (
	"fmt"
	"testing"
)

// inForce is signed by both on Friday 2025-09-26: the first fee is due on 2025-10-10, after National Day.
const inForce = `
contract: acme.yaml
cloud: {deploy_takes: 45m}
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T16:00, do: sign, by: provider}
`

const (
	firstDue = "first-payment §5.4 customer: opened 2025-09-26 16:00, due 2025-10-10, "
	reminded = "2025-10-03 09:00 first-payment reminder"
	again    = "2025-10-08 09:00 first-payment reminder"
	dueToday = "2025-10-10 09:00 first-payment due-today"
	overdue  = "2025-10-11 00:00 first-payment overdue"
)

// Only the duty in dispute freezes: no reminder, never overdue; its due day stays.
func TestDispute_FreezesTheFirstPayment_6_3(t *testing.T) {
	t.Parallel()
	const (
		dispute = "\n  - {at: 2025-09-29T10:00, do: dispute, obligations: [first-payment], by: customer}"
		pay     = `, do: pay, amount: "120000.00", reference: ICBC-001}`
	)
	// The reminder of 2025-10-03 fell into the dispute and is made good at its end.
	const atSettling = "2025-10-06 10:00 first-payment reminder"
	settle := func(at string) string { return "\n  - {at: " + at + `, do: settle-dispute, outcome: "pays", by: chen}` }
	for _, c := range []struct {
		name, events, until, status, phase string
		messages, refused                  []string
	}{
		{"frozen long past its due day", dispute, "2025-12-01T00:00", "frozen", "awaiting-payment", []string{}, []string{}},
		{
			"frozen from the last second", "\n  - {at: 2025-10-10T23:59:59, do: dispute, obligations: [first-payment], by: customer}",
			"2025-12-01T00:00", "frozen", "awaiting-payment",
			[]string{reminded, again, dueToday},
			[]string{},
		},
		{
			"settled before the due day", dispute + settle("2025-10-06T10:00"), "2025-10-10T23:59:59", "pending", "awaiting-payment",
			[]string{atSettling, again, dueToday},
			[]string{},
		},
		{
			"settled before the due day and not paid", dispute + settle("2025-10-06T10:00"), "2025-10-11T00:00", "overdue",
			"awaiting-payment",
			[]string{atSettling, again, dueToday, overdue},
			[]string{},
		},
		{
			"settled after the due day", dispute + settle("2025-10-20T10:00"), "2025-10-21T00:00", "overdue", "awaiting-payment",
			[]string{"2025-10-20 10:00 first-payment overdue"},
			[]string{},
		},
		{
			"paid in time while in dispute", dispute + "\n  - {at: 2025-10-10T23:59:59" + pay, "2025-10-11T12:00",
			"met 2025-10-10 23:59:59", "in-service", nil,
			[]string{},
		},
		{
			"paid late while in dispute", dispute + "\n  - {at: 2025-10-11T00:00:00" + pay, "2025-10-11T12:00",
			"met-late 2025-10-11 00:00", "in-service", nil,
			[]string{},
		},
		{"two disputes, one settled", dispute + "\n  - {at: 2025-09-30T10:00, do: dispute, obligations: [first-payment], by: provider}" +
			settle("2025-10-06T10:00"), "2025-12-01T00:00", "frozen", "awaiting-payment", []string{}, []string{}},
		{
			"two disputes, both settled", dispute + "\n  - {at: 2025-09-30T10:00, do: dispute, obligations: [first-payment], by: provider}" +
				settle("2025-10-06T10:00") + settle("2025-10-07T10:00"), "2025-10-10T08:00", "pending", "awaiting-payment",
			[]string{"2025-10-07 10:00 first-payment reminder", again},
			[]string{},
		},
		{
			"nothing is in dispute", settle("2025-10-06T10:00"), "2025-10-07T00:00", "pending", "awaiting-payment",
			[]string{reminded},
			[]string{"2025-10-06 10:00 settle-dispute no_open_dispute §6.2"},
		},
		{
			"settled twice", dispute + settle("2025-10-06T10:00") + settle("2025-10-06T11:00"), "2025-10-07T00:00", "pending",
			"awaiting-payment",
			[]string{atSettling},
			[]string{"2025-10-06 11:00 settle-dispute no_open_dispute §6.2"},
		},
		{
			"a duty that does not exist", "\n  - {at: 2025-09-29T10:00, do: dispute, obligations: [final-payment], by: customer}",
			"2025-10-03T12:00", "pending", "awaiting-payment",
			[]string{reminded},
			[]string{"2025-09-29 10:00 dispute unknown_obligation §"},
		},
		{
			"one known and one unknown duty: neither freezes",
			"\n  - {at: 2025-09-29T10:00, do: dispute, obligations: [first-payment, final-payment], by: customer}",
			"2025-10-03T12:00", "pending", "awaiting-payment",
			[]string{reminded},
			[]string{"2025-09-29 10:00 dispute unknown_obligation §"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := play(t, inForce+c.events[1:]+"\nuntil: "+c.until+"\n")
			if got := duty(r.Obligations[0]); got != firstDue+c.status {
				t.Error(got)
			}
			w := want{State: c.phase, Messages: c.messages, Refused: c.refused}
			if c.phase == "in-service" {
				w.Left = whole
			}
			expect(t, r, w)
		})
	}
}

// The fee of the second year is in dispute over the change of years; service goes on (§5.6).
func TestDispute_FreezesTheRenewalFee_6_3(t *testing.T) {
	t.Parallel()
	const (
		dispute = "2022-09-26T10:00, do: dispute, obligations: [renewal-fee/2], by: customer"
		settle  = `2022-10-20T10:00, do: settle-dispute, outcome: "pays", by: chen`
		pay     = `2022-10-18T10:00, do: pay, amount: "120000.00", reference: SECOND`
	)
	for _, c := range []struct {
		name   string
		events []string
		status string
	}{
		{"frozen", []string{dispute}, "frozen"},
		{"settled after its due day", []string{dispute, settle}, "overdue"},
		{"paid late while in dispute", []string{dispute, pay}, "met-late 2022-10-18 10:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := served(t, play(t, serving("2021-10-13", "2022-11-01T00:00", append([]string{agreed}, c.events...)...)))
			expect(t, r, want{
				State: "in-service", Refused: []string{}, Left: whole, Years: []string{yearOne, yearTwo + "120000.00"},
				Duties: []string{talksOpened + "met 2022-09-22 11:00", fee("2022-09-22 11:00", c.status)},
			})
		})
	}
}

// The deployment, due on Friday 2021-10-15, takes five days; the dispute names it alone.
func TestDispute_FreezesTheDeployment_6_3(t *testing.T) {
	t.Parallel()
	const start = `
contract: acme.yaml
cloud: {deploy_takes: 120h}
events:
  - {at: 2021-10-13T09:00, do: sign, by: customer}
  - {at: 2021-10-13T09:30, do: sign, by: provider}
  - {at: 2021-10-13T10:00, do: pay, amount: "120000.00", reference: FIRST}
`
	const (
		dispute = "  - {at: 2021-10-13T11:00, do: dispute, obligations: [deployment], by: customer}\n"
		settle  = "  - {at: 2021-10-17T11:00, do: settle-dispute, outcome: none, by: chen}\n"
		met     = "first-payment §5.4 customer: opened 2021-10-13 09:30, due 2021-10-20, met 2021-10-13 10:00"
		opened  = "deployment §5.5 provider: opened 2021-10-13 10:00, due 2021-10-15, "
	)
	for _, c := range []struct{ name, events, until, status string }{
		{"not in dispute it is overdue", "", "2021-10-16T00:00", "overdue"},
		{"in dispute it is not", dispute, "2021-10-16T00:00", "frozen"},
		{"settled after its due day it is", dispute + settle, "2021-10-17T12:00", "overdue"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := play(t, start+c.events+"until: "+c.until+"\n")
			expect(t, r, want{State: "deploying", Refused: []string{}, Left: r.Resources.Left, Duties: []string{met, opened + c.status}})
		})
	}
}

// The two promises of a fault are duties as others are: only what is named waits, its clock is kept, and what is done meanwhile is
// judged by it. The SLA of the hour is never touched.
func TestDispute_FreezesThePromisesOfAFault_6_3_3_11_4_2(t *testing.T) {
	t.Parallel()
	const (
		report  = "\n  - {at: 2025-10-12T10:00, do: report-fault, system: OA}"
		dispute = "\n  - {at: 2025-10-12T10:10, do: dispute, obligations: [fault/1/plan, fault/1/response], by: provider}"
		settle  = "\n  - {at: 2025-10-12T12:10, do: settle-dispute, outcome: none, by: chen}"
		late    = "\n  - {at: 2025-10-12T11:30, do: plan, by: wang, cause: a, steps: b}"
		hour    = "fault/1 OA %s: clock 10-12 10:00:00, due 10-12 11:00:00, plan %s, missed %s"
	)
	liveTroubled(t, []troubled{{
		name:     "while it lasts nothing is late, and nobody is called",
		scenario: inService + report + dispute + "\nuntil: 2025-10-12T13:00\n",
		faults:   []string{fmt.Sprintf(hour, "open, running", "-", "-")},
		refused:  []string{},
		duties:   []string{"fault/1/plan §3.11 due 10-12 11:00:00 frozen -", "fault/1/response §4.2 due 10-12 10:05:00 frozen -"},
		pages:    []string{"fault/1 10-12 10:00:00 first/first", "fault/1 10-12 10:05:00 repeat/again"},
	}, {
		name:     "settled it is late, and one call says so",
		scenario: inService + report + dispute + settle + "\nuntil: 2025-10-12T12:20\n",
		faults:   []string{fmt.Sprintf(hour, "open, breached", "-", "10-12 11:00:00")},
		refused:  []string{},
		duties:   []string{"fault/1/plan §3.11 due 10-12 11:00:00 overdue -", "fault/1/response §4.2 due 10-12 10:05:00 overdue -"},
		pages: []string{
			"fault/1 10-12 10:00:00 first/first", "fault/1 10-12 10:05:00 repeat/again", "fault/1 10-12 12:10:00 breach/no-plan",
		},
	}, {
		name:     "a plan that comes meanwhile is judged by the hour",
		scenario: inService + report + dispute + late + settle + "\nuntil: 2025-10-12T12:20\n",
		faults:   []string{fmt.Sprintf(hour, "planned, breached", "10-12 11:30:00", "10-12 11:00:00")},
		refused:  []string{},
		duties: []string{
			"fault/1/plan §3.11 due 10-12 11:00:00 met-late 10-12 11:30:00", "fault/1/response §4.2 due 10-12 10:05:00 met-late 10-12 11:30:00",
		},
	}, {
		name: "two disputes, of a fault, a request and what is closed, and duties that there are not",
		scenario: inService + report + `
  - {at: 2025-10-12T10:01, do: report-fault, system: PB, request: true}
  - {at: 2025-10-12T10:02, do: report-fault, system: HR}
  - {at: 2025-10-12T10:03, do: resolve, fault: 3, by: wang, text: x}
  - {at: 2025-10-12T10:04, do: confirm, fault: 3, by: 李明}
  - {at: 2025-10-12T10:05, do: dispute, obligations: [fault/4/plan], by: customer}
  - {at: 2025-10-12T10:06, do: dispute, obligations: [fault/1], by: customer}
  - {at: 2025-10-12T10:07, do: dispute, obligations: [fault/0/plan, fault/1/restore, fault/99999999999999999999/plan], by: customer}
  - {at: 2025-10-12T10:08, do: dispute, obligations: [fault/1/plan, fault/2/plan], by: customer}
  - {at: 2025-10-12T10:09, do: dispute, obligations: [fault/1/plan, fault/3/plan, fault/1/plan], by: provider}
  - {at: 2025-10-12T10:20, do: classify, fault: 2, by: wang, request: false}
  - {at: 2025-10-12T11:30, do: settle-dispute, dispute: 2, outcome: none, by: chen}
until: 2025-10-12T12:00
`,
		faults: []string{
			fmt.Sprintf(hour, "open, running", "-", "-"),
			"fault/2 PB open, running: clock 10-12 10:20:00, due 10-12 11:20:00, plan -, missed -",
			"fault/3 HR closed, met: clock 10-12 10:02:00, due 10-12 11:02:00, plan 10-12 10:03:00, missed -",
		},
		refused: []string{
			"2025-10-12 10:05 dispute unknown_obligation §", "2025-10-12 10:06 dispute unknown_obligation §",
			"2025-10-12 10:07 dispute unknown_obligation §",
		},
		duties: []string{
			"fault/1/plan §3.11 due 10-12 11:00:00 frozen -", "fault/1/response §4.2 due 10-12 10:05:00 overdue -",
			"fault/2/plan §3.11 due 10-12 11:20:00 frozen -", "fault/2/response §4.2 due 10-12 10:25:00 overdue -",
			"fault/3/plan §3.11 due 10-12 11:02:00 met 10-12 10:03:00", "fault/3/response §4.2 due 10-12 10:07:00 met 10-12 10:03:00",
		},
	}})
}

// A dispute freezes from its own instant on: on the hour it is in time, a microsecond later the hour is missed before it.
func TestDispute_OfAFaultCountsFromItsInstant_6_3_3_11(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		scenario: inService + `
  - {at: 2025-10-12T10:00, do: report-fault, system: OA}
  - {at: 2025-10-12T10:00, do: report-fault, system: PB}
  - {at: 2025-10-12T10:00, do: report-fault, system: HR}
  - {at: 2025-10-12T10:59:59.999999, do: dispute, obligations: [fault/1/plan], by: customer}
  - {at: 2025-10-12T11:00, do: dispute, obligations: [fault/2/plan], by: customer}
  - {at: 2025-10-12T11:00:00.000001, do: dispute, obligations: [fault/3/plan], by: customer}
until: 2025-10-12T12:00
`,
		faults: []string{
			"fault/1 OA open, running: clock 10-12 10:00:00, due 10-12 11:00:00, plan -, missed -",
			"fault/2 PB open, running: clock 10-12 10:00:00, due 10-12 11:00:00, plan -, missed -",
			"fault/3 HR open, breached: clock 10-12 10:00:00, due 10-12 11:00:00, plan -, missed 10-12 11:00:00",
		},
		refused: []string{},
		duties: []string{
			"fault/1/plan §3.11 due 10-12 11:00:00 frozen -", "fault/1/response §4.2 due 10-12 10:05:00 overdue -",
			"fault/2/plan §3.11 due 10-12 11:00:00 frozen -", "fault/2/response §4.2 due 10-12 10:05:00 overdue -",
			"fault/3/plan §3.11 due 10-12 11:00:00 frozen -", "fault/3/response §4.2 due 10-12 10:05:00 overdue -",
		},
	}})
}

// A dispute over a fault outlives the contract as the fault does: it can be settled though the data is destroyed (§7.2).
func TestDispute_OverAFaultIsSettledAfterTheContractsEnd_6_3_7_2(t *testing.T) {
	t.Parallel()
	liveTroubled(t, []troubled{{
		scenario: inService + `
  - {at: 2026-10-08T23:30, do: report-fault, system: OA}
  - {at: 2026-10-08T23:40, do: dispute, obligations: [fault/1/plan], by: provider}
  - {at: 2026-10-09T09:00, do: confirm, what: destruction, by: chen}
  - {at: 2026-10-09T09:30, do: confirm, what: destruction, by: wang}
  - {at: 2026-10-09T12:00, do: settle-dispute, outcome: none, by: chen}
  - {at: 2026-10-09T12:01, do: settle-dispute, outcome: none, by: chen}
until: 2026-10-09T12:10
`,
		state:   "destroyed, ended 2026-10-08",
		faults:  []string{"fault/1 OA open, breached: clock 10-08 23:30:00, due 10-09 00:30:00, plan -, missed 10-09 00:30:00"},
		refused: []string{"2026-10-09 12:01 settle-dispute destroyed §7.2"},
	}})
}

// A settlement frees what its own dispute named: the latest open one, or the one that is meant.
func TestDispute_ASettlementFreesWhatItsDisputeNamed_6_1(t *testing.T) {
	t.Parallel()
	const disputes = `  - {at: 2025-09-29T10:00, do: dispute, obligations: [first-payment], by: customer}
  - {at: 2025-09-30T10:00, do: dispute, obligations: [destruction], by: provider}
`
	for _, c := range []struct{ name, settle, status string }{
		{"the latest", "outcome: none", "frozen"},
		{"the second", "outcome: none, dispute: 2", "frozen"},
		{"the first", "outcome: none, dispute: 1", "overdue"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := play(t, inForce+disputes+"  - {at: 2025-10-06T10:00, do: settle-dispute, "+c.settle+", by: chen}\nuntil: 2025-10-11T00:00\n")
			expect(t, r, want{State: "awaiting-payment", Refused: []string{}, Duties: []string{firstDue + c.status}})
		})
	}
}

// A duty may be in dispute before it opens; then it opens frozen.
func TestDispute_NamesADutyThatIsYetToOpen_6_3(t *testing.T) {
	t.Parallel()
	r := served(t, play(t, serving("2021-10-13", "2022-11-01T00:00",
		"2022-05-06T15:00, do: dispute, obligations: [renewal-fee/2], by: customer", agreed)))
	expect(t, r, want{State: "in-service", Refused: []string{}, Left: whole, Duties: []string{
		talksOpened + "met 2022-09-22 11:00", fee("2022-09-22 11:00", "frozen"),
	}})
}

// A waiver ends one duty and nothing else; only what is open can be waived.
func TestWaive_EndsOneDuty_5_4_5_5(t *testing.T) {
	t.Parallel()
	const waive = "  - {at: 2025-09-29T10:00, do: waive, obligation: first-payment, by: chen}\n"
	for _, c := range []struct {
		name, events, until string
		want                want
	}{
		{
			"an open duty", waive, "2025-12-01T00:00",
			want{State: "awaiting-payment", Refused: []string{}, Messages: []string{}, Duties: []string{firstDue + "waived"}},
		},
		{
			"twice", waive + "  - {at: 2025-09-29T11:00, do: waive, obligation: first-payment, by: chen}\n", "2025-10-01T00:00",
			want{
				State: "awaiting-payment", Refused: []string{"2025-09-29 11:00 waive not_open §6.4"},
				Duties: []string{firstDue + "waived"},
			},
		},
		{
			"one that is overdue", "  - {at: 2025-10-13T10:00, do: waive, obligation: first-payment, by: chen}\n", "2025-10-20T00:00",
			want{State: "awaiting-payment", Refused: []string{}, Duties: []string{firstDue + "waived"}},
		},
		{
			"one that is met", `  - {at: 2025-09-29T09:00, do: pay, amount: "120000.00", reference: ICBC-001}` + "\n" + waive, "2025-09-30T00:00",
			want{State: "in-service", Refused: []string{"2025-09-29 10:00 waive not_open §6.4"}, Left: whole, Duties: []string{
				firstDue + "met 2025-09-29 09:00",
				"deployment §5.5 provider: opened 2025-09-29 09:00, due 2025-10-09, met 2025-09-29 09:45",
			}},
		},
		{
			"one that does not exist", "  - {at: 2025-09-29T10:00, do: waive, obligation: final-payment, by: chen}\n", "2025-09-30T00:00",
			want{
				State: "awaiting-payment", Refused: []string{"2025-09-29 10:00 waive unknown_obligation §6.4"},
				Duties: []string{firstDue + "pending"},
			},
		},
		{
			"a fee paid after it was waived is deployed for",
			waive + `  - {at: 2025-10-13T10:00, do: pay, amount: "120000.00", reference: ICBC-001}` + "\n", "2025-10-20T00:00",
			want{
				State: "in-service", Refused: []string{}, Left: whole, Years: []string{"1: 2025-10-13..2026-10-12 120000.00"},
				Duties: []string{
					firstDue + "waived",
					"deployment §5.5 provider: opened 2025-10-13 10:00, due 2025-10-15, met 2025-10-13 10:45",
				},
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			expect(t, play(t, inForce+c.events+"until: "+c.until+"\n"), c.want)
		})
	}
}
