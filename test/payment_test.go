package test

import (
	"fmt"
	"slices"
	"testing"
)

// signed is in force on Friday 2025-09-26: the first fee is due on 2025-10-10, five working days later over National Day.
const signed = `
cloud: {deploy_takes: 45m}
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T16:00, do: sign, by: provider}
`

const firstPayment = "first-payment §5.4 customer: opened 2025-09-26 16:00, due 2025-10-10, "

// The due day lasts until 24:00, the fee is complete with the receipt that reaches it, and two working days run from that day.
func TestPayment_TheFeeIsCompleteWithTheReceiptThatReachesIt_5_4(t *testing.T) {
	t.Parallel()
	live(t, []life{{
		name: "in the last second of the due day",
		scenario: signed + `
  - {at: 2025-10-10T23:59:59, do: pay, amount: "120000.00", reference: ICBC-001}
until: 2025-10-12T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2025-10-11..2026-10-10 120000.00"},
			Duties: []string{
				firstPayment + "met 2025-10-10 23:59:59",
				"deployment §5.5 provider: opened 2025-10-10 23:59:59, due 2025-10-13, met 2025-10-11 00:44:59",
			},
		},
		receipts: []string{"ICBC-001 120000.00 2025-10-10"}, unapplied: "0.00",
	}, {
		name: "in the last millisecond of the due day",
		scenario: signed + `
  - {at: "2025-10-10T23:59:59.999+08:00", do: pay, amount: "120000.00", reference: ICBC-001}
until: 2025-10-11T00:00
`,
		want: want{
			State: "deploying", Refused: []string{}, Years: []string{}, Left: whole,
			Duties: []string{
				firstPayment + "met 2025-10-10 23:59:59",
				"deployment §5.5 provider: opened 2025-10-10 23:59:59, due 2025-10-13, pending",
			},
		},
	}, {
		name: "at 24:00 it is late",
		scenario: signed + `
  - {at: 2025-10-11T00:00:00, do: pay, amount: "120000.00", reference: ICBC-001}
until: 2025-10-12T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2025-10-11..2026-10-10 120000.00"},
			Duties: []string{
				firstPayment + "met-late 2025-10-11 00:00",
				"deployment §5.5 provider: opened 2025-10-11 00:00, due 2025-10-14, met 2025-10-11 00:45",
			},
		},
	}, {
		name: "in three receipts",
		scenario: signed + `
  - {at: 2025-10-03T09:00, do: pay, amount: "50000.00", reference: ICBC-001}
  - {at: 2025-10-09T09:00, do: pay, amount: "69999.99", reference: ICBC-002}
  - {at: 2025-10-10T12:00, do: pay, amount: "0.01", reference: ICBC-003}
until: 2025-10-12T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2025-10-10..2026-10-09 120000.00"},
			Duties: []string{
				firstPayment + "met 2025-10-10 12:00",
				"deployment §5.5 provider: opened 2025-10-10 12:00, due 2025-10-13, met 2025-10-10 12:45",
			},
		},
		receipts:  []string{"ICBC-001 50000.00 2025-10-03", "ICBC-002 69999.99 2025-10-09", "ICBC-003 0.01 2025-10-10"},
		unapplied: "0.00",
	}, {
		name: "one fen short is not the fee",
		scenario: signed + `
  - {at: 2025-10-09T09:00, do: pay, amount: "119999.99", reference: ICBC-001}
until: 2025-10-11T00:00
`,
		want: want{
			State: "awaiting-payment", Refused: []string{}, Years: []string{},
			Duties: []string{firstPayment + "overdue"},
		},
		receipts: []string{"ICBC-001 119999.99 2025-10-09"},
	}, {
		name: "and is completed late",
		scenario: signed + `
  - {at: 2025-10-09T09:00, do: pay, amount: "119999.99", reference: ICBC-001}
  - {at: 2025-10-11T09:00, do: pay, amount: "0.01", reference: ICBC-002}
until: 2025-10-12T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2025-10-11..2026-10-10 120000.00"},
			Duties: []string{
				firstPayment + "met-late 2025-10-11 09:00",
				"deployment §5.5 provider: opened 2025-10-11 09:00, due 2025-10-14, met 2025-10-11 09:45",
			},
		},
	}, {
		name: "on the day of signing",
		scenario: signed + `
  - {at: 2025-09-26T17:00, do: pay, amount: "120000.00", reference: ICBC-001}
until: 2025-10-01T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2025-09-26..2026-09-25 120000.00"},
			Duties: []string{
				firstPayment + "met 2025-09-26 17:00",
				"deployment §5.5 provider: opened 2025-09-26 17:00, due 2025-09-29, met 2025-09-26 17:45",
			},
			Messages: []string{},
		},
	}})
}

// Nothing is suspended and nothing ends for want of payment (§5.4): the duty is overdue, people are told, and they decide.
func TestPayment_UnpaidIsOverdueAndNothingMore_5_4(t *testing.T) {
	t.Parallel()
	live(t, []life{{
		name:     "the second before the due day is over",
		scenario: signed + "until: 2025-10-10T23:59:59\n",
		want: want{
			State: "awaiting-payment", Duties: []string{firstPayment + "pending"}, Years: []string{}, Refused: []string{},
		},
	}, {
		name:     "at 24:00",
		scenario: signed + "until: 2025-10-11T00:00:00\n",
		want: want{
			State: "awaiting-payment", Duties: []string{firstPayment + "overdue"}, Years: []string{}, Refused: []string{},
		},
	}, {
		name:     "and as long as the play goes on",
		scenario: signed,
		want: want{
			State: "awaiting-payment", Duties: []string{firstPayment + "overdue"}, Years: []string{}, Refused: []string{},
		},
	}, {
		name:     "ten months later",
		scenario: signed + "until: 2026-08-01T00:00\n",
		want: want{
			State: "awaiting-payment", Duties: []string{firstPayment + "overdue"}, Years: []string{}, Refused: []string{},
		},
		receipts: []string{},
	}, {
		name: "paid ten months later, the service is owed as ever",
		scenario: signed + `
  - {at: 2026-08-03T10:00, do: pay, amount: "120000.00", reference: ICBC-001}
until: 2026-08-04T00:00
`,
		want: want{
			State: "in-service", Left: whole, Years: []string{"1: 2026-08-03..2027-08-02 120000.00"}, Refused: []string{},
			Duties: []string{
				firstPayment + "met-late 2026-08-03 10:00",
				"deployment §5.5 provider: opened 2026-08-03 10:00, due 2026-08-05, met 2026-08-03 10:45",
			},
		},
	}})
}

// A receipt counts on the day that it bears (`on`), which may lie before its entry and then ends at 23:59:59.
func TestPayment_AReceiptCountsOnTheDayItBears_5_4(t *testing.T) {
	t.Parallel()
	live(t, []life{{
		name: "on the due day, entered after it",
		scenario: signed + `
  - {at: 2025-10-13T10:00, do: pay, amount: "120000.00", reference: ICBC-001, on: 2025-10-10}
until: 2025-10-14T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2025-10-13..2026-10-12 120000.00"},
			Duties: []string{
				firstPayment + "met 2025-10-10 23:59:59",
				"deployment §5.5 provider: opened 2025-10-10 23:59:59, due 2025-10-13, met 2025-10-13 10:45",
			},
		},
		receipts: []string{"ICBC-001 120000.00 2025-10-10"},
	}, {
		name: "on the day after the due day",
		scenario: signed + `
  - {at: 2025-10-13T10:00, do: pay, amount: "120000.00", reference: ICBC-001, on: 2025-10-11}
until: 2025-10-14T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2025-10-13..2026-10-12 120000.00"},
			Duties: []string{
				firstPayment + "met-late 2025-10-11 23:59:59",
				"deployment §5.5 provider: opened 2025-10-11 23:59:59, due 2025-10-14, met 2025-10-13 10:45",
			},
		},
	}, { // receipt 10-09, so the two working days are 10 and Saturday 11
		name: "entered so late that the deployment is overdue at once",
		scenario: signed + `
  - {at: 2025-10-20T10:00, do: pay, amount: "120000.00", reference: ICBC-001, on: 2025-10-09}
until: 2025-10-21T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2025-10-20..2026-10-19 120000.00"},
			Duties: []string{
				firstPayment + "met 2025-10-09 23:59:59",
				"deployment §5.5 provider: opened 2025-10-09 23:59:59, due 2025-10-11, met-late 2025-10-20 10:45",
			},
		},
	}, {
		name: "on its own day is the same as without",
		scenario: signed + `
  - {at: 2025-10-09T10:00, do: pay, amount: "120000.00", reference: ICBC-001, on: 2025-10-09}
until: 2025-10-10T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2025-10-09..2026-10-08 120000.00"},
			Duties: []string{
				firstPayment + "met 2025-10-09 10:00",
				"deployment §5.5 provider: opened 2025-10-09 10:00, due 2025-10-11, met 2025-10-09 10:45",
			},
		},
	}, {
		name: "the last part, entered late",
		scenario: signed + `
  - {at: 2025-10-09T10:00, do: pay, amount: "119999.99", reference: ICBC-001}
  - {at: 2025-10-14T10:00, do: pay, amount: "0.01", reference: ICBC-002, on: 2025-10-10}
until: 2025-10-15T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2025-10-14..2026-10-13 120000.00"},
			Duties: []string{
				firstPayment + "met 2025-10-10 23:59:59",
				"deployment §5.5 provider: opened 2025-10-10 23:59:59, due 2025-10-13, met-late 2025-10-14 10:45",
			},
		},
	}, { // on 10-09 and on 10-10 the fee was not complete
		name: "an earlier part entered last does not make the fee complete earlier",
		scenario: signed + `
  - {at: 2025-10-13T10:00, do: pay, amount: "60000.00", reference: ICBC-001}
  - {at: 2025-10-14T10:00, do: pay, amount: "60000.00", reference: ICBC-002, on: 2025-10-09}
until: 2025-10-15T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2025-10-14..2026-10-13 120000.00"},
			Duties: []string{
				firstPayment + "met-late 2025-10-13 10:00",
				"deployment §5.5 provider: opened 2025-10-13 10:00, due 2025-10-15, met 2025-10-14 10:45",
			},
		},
	}, {
		name: "later than its entry is refused",
		scenario: signed + `
  - {at: 2025-10-09T10:00, do: pay, amount: "120000.00", reference: ICBC-001, on: 2025-10-10}
until: 2025-10-10T00:00
`,
		want: want{
			State: "awaiting-payment", Refused: []string{"2025-10-09 10:00 pay future_day §"}, Years: []string{},
			Duties: []string{firstPayment + "pending"},
		},
		receipts: []string{},
	}})
}

// A reference is recorded once: the same amount again is the same receipt, whatever the day; another amount is refused.
func TestPayment_AReferenceIsRecordedOnce_5_4(t *testing.T) {
	t.Parallel()
	live(t, []life{{
		name: "the same amount again",
		scenario: signed + `
  - {at: 2025-10-09T10:00, do: pay, amount: "60000.00", reference: ICBC-001}
  - {at: 2025-10-09T10:01, do: pay, amount: "60000.00", reference: ICBC-001}
  - {at: 2025-10-10T10:00, do: pay, amount: "60000", reference: ICBC-001, on: 2025-10-08}
until: 2025-10-11T00:00
`,
		want: want{
			State: "awaiting-payment", Refused: []string{}, Years: []string{},
			Duties: []string{firstPayment + "overdue"},
		},
		receipts: []string{"ICBC-001 60000.00 2025-10-09"},
	}, {
		name: "another amount",
		scenario: signed + `
  - {at: 2025-10-09T10:00, do: pay, amount: "60000.00", reference: ICBC-001}
  - {at: 2025-10-09T10:01, do: pay, amount: "60000.01", reference: ICBC-001}
  - {at: 2025-10-09T10:02, do: pay, amount: "60000.00", reference: ICBC-002}
until: 2025-10-10T00:00
`,
		want: want{
			State: "in-service", Left: whole, Years: []string{"1: 2025-10-09..2026-10-08 120000.00"},
			Refused: []string{"2025-10-09 10:01 pay reference_reused §5.4"},
			Duties: []string{
				firstPayment + "met 2025-10-09 10:02",
				"deployment §5.5 provider: opened 2025-10-09 10:02, due 2025-10-11, met 2025-10-09 10:47",
			},
		},
		receipts:  []string{"ICBC-001 60000.00 2025-10-09", "ICBC-002 60000.00 2025-10-09"},
		unapplied: "0.00",
	}})
}

// More than the fee is kept and applied to the next fee when that opens. The year 2025-10-09..2026-10-08 has its talks from
// 2026-09-10 on: 30, 29, 28, 24..21, Sunday 20, 18..14 are thirteen working days back from 10-08, 11 and 10 make fifteen.
func TestPayment_MoreThanTheFeeIsKeptForTheNext_5_4(t *testing.T) {
	t.Parallel()
	const head = signed + `
  - {at: 2025-10-09T10:00, do: pay, amount: %q, reference: ICBC-001}
  - {at: 2026-09-22T10:00, do: offer, fee: "120000.00"}
%suntil: 2026-10-09T12:00
`
	const accept = "  - {at: 2026-09-23T10:00, do: answer, accept: true}\n"
	met := []string{
		firstPayment + "met 2025-10-09 10:00",
		"deployment §5.5 provider: opened 2025-10-09 10:00, due 2025-10-11, met 2025-10-09 10:45",
	}
	one, two := "1: 2025-10-09..2026-10-08 120000.00", "2: 2026-10-09..2027-10-08 120000.00"
	agreed := slices.Concat(met, []string{"renewal-talks/1 §5.6 both: opened 2026-09-10 00:00, due 2026-10-08, met 2026-09-23 10:00"})
	live(t, []life{{
		name:     "and is kept beyond the end when there is no next",
		scenario: fmt.Sprintf(head, "150000.00", ""),
		want: want{
			State: "ended, ended 2026-10-08", Left: whole, Refused: []string{}, Years: []string{one},
			Duties: append(met[:2:2],
				"renewal-talks/1 §5.6 both: opened 2026-09-10 00:00, due 2026-10-08, void",
				"destruction §7.2 provider: opened 2026-10-09 00:00, due 2026-10-14, pending"),
		},
		unapplied: "30000.00",
	}, {
		name:     "less than the next fee",
		scenario: fmt.Sprintf(head, "150000.00", accept),
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{one, two},
			Duties: append(agreed[:3:3], "renewal-fee/2 §5.6 customer: opened 2026-09-23 10:00, due 2026-10-08, overdue"),
		},
		unapplied: "0.00",
	}, {
		name:     "and the rest",
		scenario: fmt.Sprintf(head, "150000.00", accept+"  - {at: 2026-09-28T10:00, do: pay, amount: \"90000.00\", reference: ICBC-002}\n"),
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{one, two},
			Duties: append(agreed[:3:3], "renewal-fee/2 §5.6 customer: opened 2026-09-23 10:00, due 2026-10-08, met 2026-09-28 10:00"),
		},
		unapplied: "0.00",
	}, {
		name:     "and the rest but one fen",
		scenario: fmt.Sprintf(head, "150000.00", accept+"  - {at: 2026-09-28T10:00, do: pay, amount: \"89999.99\", reference: ICBC-002}\n"),
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{one, two},
			Duties: append(agreed[:3:3], "renewal-fee/2 §5.6 customer: opened 2026-09-23 10:00, due 2026-10-08, overdue"),
		},
	}, {
		name:     "both fees and one fen at once",
		scenario: fmt.Sprintf(head, "240000.01", accept),
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{one, two},
			Duties: append(agreed[:3:3], "renewal-fee/2 §5.6 customer: opened 2026-09-23 10:00, due 2026-10-08, met 2026-09-23 10:00"),
		},
		unapplied: "0.01",
	}})
}

// Receipts after both signatures are always recorded, also when nothing is owed or the contract has ended.
func TestPayment_AReceiptIsRecordedAfterTheEndAndAfterDestruction_5_4(t *testing.T) {
	t.Parallel()
	live(t, []life{{
		name: "paid",
		scenario: signed + `
  - {at: 2025-10-09T10:00, do: pay, amount: "120000.00", reference: ICBC-001}
  - {at: 2025-11-03T10:00, do: pay, amount: "1.00", reference: ICBC-002}
  - {at: 2025-11-12T10:00, do: terminate, ground: agreement, on: 2025-11-12, by: chen}
  - {at: 2025-11-12T11:00, do: pay, amount: "2.00", reference: ICBC-003}
  - {at: 2025-11-13T11:00, do: pay, amount: "4.00", reference: ICBC-004}
  - {at: 2025-11-14T10:00, do: confirm, what: destruction, by: chen}
  - {at: 2025-11-14T11:00, do: confirm, what: destruction, by: wang}
  - {at: 2025-11-17T10:00, do: pay, amount: "8.00", reference: ICBC-005}
  - {at: 2025-11-17T11:00, do: pay, amount: "8.00", reference: ICBC-005}
  - {at: 2025-11-17T12:00, do: pay, amount: "9.00", reference: ICBC-005}
until: 2025-12-01T00:00
`,
		want: want{
			State: "destroyed, ended 2025-11-12", Years: []string{"1: 2025-10-09..2026-10-08 120000.00"},
			Refused: []string{"2025-11-17 12:00 pay reference_reused §5.4"},
			Duties: []string{
				firstPayment + "met 2025-10-09 10:00",
				"deployment §5.5 provider: opened 2025-10-09 10:00, due 2025-10-11, met 2025-10-09 10:45",
				"destruction §7.2 provider: opened 2025-11-13 00:00, due 2025-11-19, met 2025-11-14 11:00",
			},
		},
		receipts: []string{
			"ICBC-001 120000.00 2025-10-09", "ICBC-002 1.00 2025-11-03", "ICBC-003 2.00 2025-11-12",
			"ICBC-004 4.00 2025-11-13", "ICBC-005 8.00 2025-11-17",
		},
		unapplied: "15.00",
	}, {
		name: "the whole fee after the end opens no deployment",
		scenario: signed + `
  - {at: 2025-10-15T10:00, do: terminate, ground: agreement, on: 2025-10-15, by: chen}
  - {at: 2025-10-16T10:00, do: pay, amount: "120000.00", reference: ICBC-001}
until: 2025-10-17T00:00
`,
		want: want{
			State: "ended, ended 2025-10-15", Years: []string{}, Refused: []string{},
			Duties: []string{
				firstPayment + "void",
				"destruction §7.2 provider: opened 2025-10-16 00:00, due 2025-10-22, pending",
			},
		},
		receipts:  []string{"ICBC-001 120000.00 2025-10-16"},
		unapplied: "120000.00",
	}})
}

// Duties are listed in the order in which they arose: a payment comes before the deployment that it opens.
func TestPayment_ThePaymentIsListedBeforeTheDeploymentItOpens_5_4(t *testing.T) {
	t.Parallel()
	r := play(t, "contract: acme.yaml\n"+signed+`
  - {at: 2025-09-26T17:00, do: pay, amount: "120000.00", reference: ICBC-001, on: 2025-09-25}
until: 2025-10-01T00:00
`)
	got := []string{r.Obligations[0].ID, r.Obligations[1].ID}
	compare(t, "order", got, []string{"first-payment", "deployment"})
}

// Money that a waived first payment has used is used up: the next year's fee is still owed.
func TestPayment_AReceiptIsUsedOnceAlsoAfterAWaiver_5_4_5_6(t *testing.T) {
	t.Parallel()
	r := play(t, `
contract: acme.yaml
cloud: {deploy_takes: 45m}
events:
  - {at: 2021-10-13T09:00, do: sign, by: customer}
  - {at: 2021-10-13T09:30, do: sign, by: provider}
  - {at: 2021-10-13T09:45, do: waive, obligation: first-payment, by: chen}
  - {at: 2021-10-13T10:00, do: pay, amount: "120000.00", reference: FIRST}
  - {at: 2022-09-20T11:00, do: offer, fee: "120000.00"}
  - {at: 2022-09-22T11:00, do: answer, accept: true}
until: 2022-11-01T00:00
`)
	compare(t, "the last duty", lines(r.Obligations, duty)[3:], []string{
		"renewal-fee/2 §5.6 customer: opened 2022-09-22 11:00, due 2022-10-12, overdue",
	})
}
