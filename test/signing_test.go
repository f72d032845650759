package test

import (
	"fmt"
	"testing"
)

// Every act but a signature is refused until both have signed (§5.1): nothing is owed and no money is recorded.
func TestSigning_NothingButASignatureIsTakenBeforeBothHaveSigned_5_1(t *testing.T) {
	t.Parallel()
	live(t, []life{{
		name: "before any signature",
		scenario: `
events:
  - {at: 2025-09-26T09:00, do: pay, amount: "120000.00", reference: ICBC-001}
  - {at: 2025-09-26T09:01, do: designate, deploy_on: 2025-10-20}
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T10:30, do: pay, amount: "120000.00", reference: ICBC-002}
  - {at: 2025-09-26T10:31, do: designate, deploy_on: 2025-10-20}
  - {at: 2025-09-26T10:32, do: offer, fee: "120000.00"}
  - {at: 2025-09-26T10:33, do: answer, accept: true}
  - {at: 2025-09-26T10:34, do: terminate, ground: agreement, on: 2025-09-26, by: chen}
  - {at: 2025-09-26T10:35, do: confirm, what: destruction, by: chen}
  - {at: 2025-09-26T10:36, do: dispute, obligations: [first-payment], by: customer}
  - {at: 2025-09-26T10:37, do: settle-dispute, outcome: none, by: chen}
  - {at: 2025-09-26T10:40, do: waive, obligation: first-payment, by: chen}
  - {at: 2025-09-26T10:41, do: shortfall, required: 120, measured: 80, evidence: load test}
  - {at: 2025-09-26T10:42, do: amend, form: acme.yaml, by: customer}
  - {at: 2025-09-26T11:00, do: sign, by: customer}
until: 2025-10-31T00:00
`,
		want: want{
			State: "signing", Duties: []string{}, Years: []string{}, Messages: []string{},
			Refused: []string{
				"2025-09-26 09:00 pay not_in_force §5.1",
				"2025-09-26 09:01 designate not_in_force §5.1",
				"2025-09-26 10:30 pay not_in_force §5.1",
				"2025-09-26 10:31 designate not_in_force §5.1",
				"2025-09-26 10:32 offer not_in_force §5.1",
				"2025-09-26 10:33 answer not_in_force §5.1",
				"2025-09-26 10:34 terminate not_in_force §5.1",
				"2025-09-26 10:35 confirm not_in_force §5.1",
				"2025-09-26 10:36 dispute not_in_force §5.1",
				"2025-09-26 10:37 settle-dispute not_in_force §5.1",
				"2025-09-26 10:40 waive not_in_force §5.1",
				"2025-09-26 10:41 shortfall not_in_force §5.1",
				"2025-09-26 10:42 amend not_in_force §5.1",
				"2025-09-26 11:00 sign already_signed §5.1",
			},
		},
		receipts: []string{},
	}, {
		name: "a second signature of the same side",
		scenario: `
events:
  - {at: 2025-09-26T10:00, do: sign, by: provider}
  - {at: 2025-09-27T10:00, do: sign, by: provider}
  - {at: 2025-09-28T10:00, do: sign, by: customer}
  - {at: 2025-09-29T10:00, do: sign, by: customer}
  - {at: 2025-09-29T11:00, do: sign, by: provider}
until: 2025-10-01T00:00
`,
		want: want{
			State:  "awaiting-payment",
			Duties: []string{"first-payment §5.4 customer: opened 2025-09-28 10:00, due 2025-10-11, pending"},
			Refused: []string{
				"2025-09-27 10:00 sign already_signed §5.1",
				"2025-09-29 10:00 sign already_signed §5.1",
				"2025-09-29 11:00 sign already_signed §5.1",
			},
		},
	}, {
		name: "a signature that bears a day to come is refused, of today taken",
		scenario: `
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer, on: 2025-09-27}
  - {at: 2025-09-26T11:00, do: sign, by: provider, on: 2025-09-26}
  - {at: 2025-09-26T12:00, do: sign, by: customer, on: 2025-09-26}
until: 2025-09-27T00:00
`,
		want: want{
			State:   "awaiting-payment",
			Duties:  []string{"first-payment §5.4 customer: opened 2025-09-26 12:00, due 2025-10-10, pending"},
			Refused: []string{"2025-09-26 10:00 sign future_day §"},
		},
	}})
}

// In force from the later of the two signing days (§5.1); the first fee is due five working days after it (§5.4).
func TestSigning_TheLaterSignatureCountsAndItsDayIsNotCounted_5_1(t *testing.T) {
	t.Parallel()
	signings := []struct {
		name          string
		first, second string // at, and what else the signature says
		until         string
		duty          string
	}{
		{
			"both on one Friday", "2025-09-26T10:00, by: customer", "2025-09-26T16:00, by: provider", "2025-09-27T00:00",
			"opened 2025-09-26 16:00, due 2025-10-10, pending",
		},
		{
			"the last second before midnight", "2025-09-24T10:00, by: customer", "2025-09-25T23:59:59, by: provider", "2025-09-27T00:00",
			"opened 2025-09-25 23:59:59, due 2025-10-09, pending",
		},
		{
			"midnight is the next day", "2025-09-24T10:00, by: customer", "2025-09-26T00:00:00, by: provider", "2025-09-27T00:00",
			"opened 2025-09-26 00:00, due 2025-10-10, pending",
		},
		{
			"the provider first", "2025-09-24T10:00, by: provider", "2025-09-26T09:00, by: customer", "2025-09-27T00:00",
			"opened 2025-09-26 09:00, due 2025-10-10, pending",
		},
		{ // 29, 30, 10-09, 10, Saturday 11
			"on a Sunday that is worked", "2025-09-26T10:00, by: provider", "2025-09-28T09:00, by: customer", "2025-09-29T00:00",
			"opened 2025-09-28 09:00, due 2025-10-11, pending",
		},
		{ // 10-09, 10, Saturday 11, 13, 14
			"the eve of National Day", "2025-09-30T09:00, by: customer", "2025-09-30T10:00, by: provider", "2025-10-01T00:00",
			"opened 2025-09-30 10:00, due 2025-10-14, pending",
		},
		{
			"on National Day", "2025-09-30T09:00, by: customer", "2025-10-01T10:00, by: provider", "2025-10-02T00:00",
			"opened 2025-10-01 10:00, due 2025-10-14, pending",
		},
		{ // Sunday 01-04, 5, 6, 7, 8
			"on 31 December", "2025-12-30T09:00, by: customer", "2025-12-31T10:00, by: provider", "2026-01-01T00:00",
			"opened 2025-12-31 10:00, due 2026-01-08, pending",
		},
		{
			"on the worked Sunday after New Year", "2025-12-31T09:00, by: customer", "2026-01-04T10:00, by: provider", "2026-01-05T00:00",
			"opened 2026-01-04 10:00, due 2026-01-09, pending",
		},
		{ // Saturday 02-14, 24, 25, 26, 27
			"the Friday before Spring Festival", "2026-02-12T09:00, by: customer", "2026-02-13T10:00, by: provider", "2026-02-15T00:00",
			"opened 2026-02-13 10:00, due 2026-02-27, pending",
		},
		{ // 02-24, 25, 26, 27, Saturday 28
			"on the worked Saturday before Spring Festival", "2026-02-12T09:00, by: customer", "2026-02-14T10:00, by: provider", "2026-02-15T00:00",
			"opened 2026-02-14 10:00, due 2026-02-28, pending",
		},
		{ // 02-09 was the eve and worked; Sunday 18, 19, 20, 21
			"Spring Festival's eve of 2024 was worked", "2024-02-07T09:00, by: customer", "2024-02-08T10:00, by: provider", "2024-02-10T00:00",
			"opened 2024-02-08 10:00, due 2024-02-21, pending",
		},
		{ // the amendment of 2020 gave off up to Sunday 02-02: 3, 4, 5, 6, 7
			"the Spring Festival that was extended", "2020-01-22T09:00, by: customer", "2020-01-23T10:00, by: provider", "2020-01-24T00:00",
			"opened 2020-01-23 10:00, due 2020-02-07, pending",
		},
		{ // the amendment of 2019: Sunday 04-28, 29, 30, Sunday 05-05, 6
			"the Labour Day that was lengthened", "2019-04-26T09:00, by: customer", "2019-04-26T10:00, by: provider", "2019-04-27T00:00",
			"opened 2019-04-26 10:00, due 2019-05-06, pending",
		},
		{ // 21, 22, 23, 24, 25: the last day that next year's notice cannot move
			"a due day of 25 December is final", "2026-12-18T09:00, by: customer", "2026-12-18T10:00, by: provider", "2026-12-27T00:00",
			"opened 2026-12-18 10:00, due 2026-12-25, overdue",
		},
		{ // 22, 23, 24, 25, 28
			"a due day after 25 December is not", "2026-12-21T09:00, by: customer", "2026-12-21T10:00, by: provider", "2026-12-31T00:00",
			"opened 2026-12-21 10:00, due 2026-12-28 provisional, pending",
		},
		{ // Friday 01-01 is off; 4, 5, 6, 7, 8
			"on 31 December before a year without a notice", "2026-12-31T09:00, by: customer", "2026-12-31T10:00, by: provider", "2027-02-01T00:00",
			"opened 2026-12-31 10:00, due 2027-01-08 provisional, pending",
		},
		{
			"entered later than signed", "2025-09-24T10:00, by: customer", "2025-09-28T10:00, by: provider, on: 2025-09-25", "2025-09-29T00:00",
			"opened 2025-09-25 23:59:59, due 2025-10-09, pending",
		},
		{
			"entered later than signed, and the other side signed later", "2025-09-26T10:00, by: customer", "2025-09-28T10:00, by: provider, on: 2025-09-25", "2025-09-29T00:00",
			"opened 2025-09-26 10:00, due 2025-10-10, pending",
		},
		{ // 09, 10, 11, 12, 15
			"entered after the due day", "2025-09-08T10:00, by: customer", "2025-09-26T10:00, by: provider, on: 2025-09-08", "2025-09-27T00:00",
			"opened 2025-09-08 23:59:59, due 2025-09-15, overdue",
		},
		{
			"the first one entered later than signed", "2025-09-25T10:00, by: customer, on: 2025-09-20", "2025-09-26T10:00, by: provider", "2025-09-27T00:00",
			"opened 2025-09-26 10:00, due 2025-10-10, pending",
		},
	}
	lives := make([]life, 0, len(signings))
	for _, s := range signings {
		lives = append(lives, life{
			name: s.name,
			scenario: fmt.Sprintf(`
events:
  - {at: %s, do: sign}
  - {at: %s, do: sign, signatory: 张立, authority: authorised, sealed: true}
until: %s
`, s.first, s.second, s.until),
			want: want{
				State: "awaiting-payment", Refused: []string{}, Years: []string{},
				Duties: []string{"first-payment §5.4 customer: " + s.duty},
			},
			receipts: []string{},
		})
	}
	live(t, lives)
}
