package test

import (
	"fmt"
	"testing"
)

// A contract whose service never starts lasts until the last day of one year from its effective day (§5.1); what has not
// been paid for is owed no more, and the destruction of §7.2 is owed even so.
func TestLapse_ANeverPaidContractEndsAfterOneYear_5_1(t *testing.T) {
	t.Parallel()
	lapses := []struct {
		name           string
		effective, due string // due: of the first payment
		until          string
		state          string
		payment        string
		destruction    string
	}{
		{
			"the last second of the year", "2025-09-26", "2025-10-10", "2026-09-25T23:59:59", "awaiting-payment", "overdue", "",
		},
		{ // 28, 29, 30, 10-08, 9
			"at 24:00", "2025-09-26", "2025-10-10", "2026-09-26T00:00", "ended, ended 2026-09-25", "void",
			"opened 2026-09-26 00:00, due 2026-10-09, pending",
		},
		{
			"and nobody destroys", "2025-09-26", "2025-10-10", "2026-10-10T00:00", "ended, ended 2026-09-25", "void",
			"opened 2026-09-26 00:00, due 2026-10-09, overdue",
		},
		{ // the first payment: 03-01, 4, 5, 6, 7; the destruction: 03-03..07
			"29 February 2024", "2024-02-29", "2024-03-07", "2025-03-01T00:00", "ended, ended 2025-02-28", "void",
			"opened 2025-03-01 00:00, due 2025-03-07, pending",
		},
		{ // 03-02, 3, 6, 7, 8; 03-01, 4, 5, 6, 7
			"1 March before a leap day", "2023-03-01", "2023-03-08", "2024-03-01T00:00", "ended, ended 2024-02-29", "void",
			"opened 2024-03-01 00:00, due 2024-03-07, pending",
		},
		{ // 01-02, 3, 6, 7, 8; Sunday 01-04, 5, 6, 7, 8
			"1 January", "2025-01-01", "2025-01-08", "2026-01-01T00:00", "ended, ended 2025-12-31", "void",
			"opened 2026-01-01 00:00, due 2026-01-08, pending",
		},
	}
	lives := make([]life, 0, len(lapses))
	for _, l := range lapses {
		duties := []string{fmt.Sprintf("first-payment §5.4 customer: opened %s 11:00, due %s, %s", l.effective, l.due, l.payment)}
		if l.destruction != "" {
			duties = append(duties, "destruction §7.2 provider: "+l.destruction)
		}
		lives = append(lives, life{
			name: l.name,
			scenario: fmt.Sprintf(`
events:
  - {at: %[1]sT10:00, do: sign, by: customer}
  - {at: %[1]sT11:00, do: sign, by: provider}
until: %[2]s
`, l.effective, l.until),
			want: want{State: l.state, Duties: duties, Years: []string{}, Refused: []string{}},
		})
	}
	live(t, lives)
}

// Money that comes on the last day is in time to start the service; money that comes after it is kept.
func TestLapse_MoneyOnTheLastDay_5_1(t *testing.T) {
	t.Parallel()
	const payment = "first-payment §5.4 customer: opened 2025-09-26 16:00, due 2025-10-10, "
	live(t, []life{{
		name: "deployed before midnight",
		scenario: signed + `
  - {at: 2026-09-25T23:00, do: pay, amount: "120000.00", reference: ICBC-001}
until: 2026-09-27T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2026-09-25..2027-09-24 120000.00"},
			Duties: []string{
				payment + "met-late 2026-09-25 23:00",
				"deployment §5.5 provider: opened 2026-09-25 23:00, due 2026-09-29, met 2026-09-25 23:45",
			},
		},
		receipts: []string{"ICBC-001 120000.00 2026-09-25"}, unapplied: "0.00",
	}, {
		name: "deployed after midnight: no service year ever started",
		scenario: signed + `
  - {at: 2026-09-25T23:30, do: pay, amount: "120000.00", reference: ICBC-001}
  - {at: 2026-09-28T10:00, do: confirm, what: destruction, by: chen}
  - {at: 2026-09-28T11:00, do: confirm, what: destruction, by: wang}
until: 2026-10-01T00:00
`,
		want: want{
			State: "destroyed, ended 2026-09-25", Refused: []string{}, Years: []string{},
			Duties: []string{
				payment + "met-late 2026-09-25 23:30",
				"deployment §5.5 provider: opened 2026-09-25 23:30, due 2026-09-29, void",
				"destruction §7.2 provider: opened 2026-09-26 00:00, due 2026-10-09, met 2026-09-28 11:00",
			},
		},
		receipts: []string{"ICBC-001 120000.00 2026-09-25"},
	}, {
		name: "paid after the end",
		scenario: signed + `
  - {at: 2026-09-26T00:00, do: pay, amount: "120000.00", reference: ICBC-001}
until: 2026-09-28T00:00
`,
		want: want{
			State: "ended, ended 2026-09-25", Refused: []string{}, Years: []string{},
			Duties: []string{
				payment + "void",
				"destruction §7.2 provider: opened 2026-09-26 00:00, due 2026-10-09, pending",
			},
		},
		receipts: []string{"ICBC-001 120000.00 2026-09-26"}, unapplied: "120000.00",
	}})
}

// Destruction follows the second confirmation at once (rehearsal.md); a deployment under way does not delay it.
func TestDestruction_DoesNotWaitForADeploymentUnderWay_7_2(t *testing.T) {
	t.Parallel()
	live(t, []life{{
		name: "terminated while deploying",
		scenario: `
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T16:00, do: sign, by: provider}
  - {at: 2025-10-09T15:00, do: pay, amount: "120000.00", reference: ICBC-001}
  - {at: 2025-10-10T10:00, do: terminate, ground: agreement, on: 2025-10-10, by: chen}
  - {at: 2025-10-11T10:00, do: confirm, what: destruction, by: chen}
  - {at: 2025-10-11T11:00, do: confirm, what: destruction, by: wang}
cloud: {deploy_takes: 200h}
until: 2025-10-17T00:00
`,
		want: want{State: "destroyed, ended 2025-10-10", Years: []string{}, Refused: []string{}, Duties: []string{
			firstPayment + "met 2025-10-09 15:00",
			"deployment §5.5 provider: opened 2025-10-09 15:00, due 2025-10-11, void",
			"destruction §7.2 provider: opened 2025-10-11 00:00, due 2025-10-16, met 2025-10-11 11:00",
		}},
	}, {
		name: "lapsed while deploying",
		runs: 4, // one of the contract, one of the destruction: the deployment took more than one
		scenario: `
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T16:00, do: sign, by: provider}
  - {at: 2025-10-09T15:00, do: pay, amount: "120000.00", reference: ICBC-001}
  - {at: 2026-09-28T10:00, do: confirm, what: destruction, by: chen}
  - {at: 2026-09-28T11:00, do: confirm, what: destruction, by: wang}
cloud: {deploy_takes: 10000h}
until: 2026-10-10T00:00
`,
		want: want{State: "destroyed, ended 2026-09-25", Years: []string{}, Refused: []string{}, Duties: []string{
			firstPayment + "met 2025-10-09 15:00",
			"deployment §5.5 provider: opened 2025-10-09 15:00, due 2025-10-11, void",
			"destruction §7.2 provider: opened 2026-09-26 00:00, due 2026-10-09, met 2026-09-28 11:00",
		}},
	}})
}
