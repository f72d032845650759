package test

import "testing"

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
