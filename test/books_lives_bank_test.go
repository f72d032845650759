package test

import "testing"

// deployedAnew is the deployment that a receipt of 2021-10-18 opens: 19, 20. What was begun for an earlier receipt was built to
// its end meanwhile, so the system is usable at once.
const deployedAnew = "deployment §5.5 provider: opened 2021-10-18 10:00, due 2021-10-20, met 2021-10-18 10:00"

func reverses(at, reference string) string { return at + ", do: reverse, reference: " + reference }

// What the bank takes back was not received. Before the system is usable the deployment is owed no more, and the fee is owed
// as before, by its old day (§5.4 §5.5).
func TestBooks_TakenBackBeforeTheSystemIsUsable_5_4_5_5(t *testing.T) {
	t.Parallel()
	const (
		back   = "A 120000.00 2021-10-13 reversed"
		owed   = "1122 120000.00, " + owed1
		before = "deployment §5.5 provider: opened 2021-10-13 10:00, due 2021-10-15, void"
	)
	taken := []string{paysFirst, reverses("2021-10-13T10:30", "A")}
	unpaid := []string{open1}
	keepBooks(t, []bookLife{{
		name: "until 24:00 of the old due day the fee is pending", until: "2021-10-20T23:59:59", state: "awaiting-payment",
		events: taken, duties: []string{firstFee + "pending", before}, years: []string{}, refused: []string{},
		invoices: unpaid, payments: []string{back}, balances: owed,
	}, {
		name: "and then overdue", until: "2021-10-21T00:00", state: "awaiting-payment", events: taken,
		duties: []string{firstFee + "overdue", before}, invoices: unpaid, payments: []string{back}, balances: owed,
	}, {
		name: "taken back when the old due day has passed", until: "2021-10-22T00:00", state: "awaiting-payment", takes: "240h",
		events: []string{paysFirst, reverses("2021-10-21T10:00", "A")}, duties: []string{firstFee + "overdue", before},
		years: []string{}, invoices: unpaid, payments: []string{back}, balances: owed,
	}, {
		name: "in the last second before the system is usable", until: "2021-10-14T00:00", state: "awaiting-payment",
		events: []string{paysFirst, reverses("2021-10-13T10:44:59", "A")}, duties: []string{firstFee + "pending", before},
		years: []string{}, invoices: unpaid, balances: owed,
	}, { // at one instant, due moments come before events
		name: "at the instant it is usable: the service goes on", until: "2021-10-14T00:00", state: "in-service",
		events: []string{paysFirst, reverses("2021-10-13T10:45", "A")}, duties: []string{firstFee + "pending", deployed1},
		years: []string{yearOne}, invoices: unpaid, balances: owed,
	}, {
		name: "paid again in time: the deployment is counted from that day", until: "2021-10-19T00:00", state: "in-service",
		events: append(taken[:2:2], pays("2021-10-18T10:00", "120000.00", "B")), years: []string{"1: 2021-10-18..2022-10-17 120000.00"},
		duties:   []string{firstFee + "met 2021-10-18 10:00", deployedAnew},
		payments: []string{back, "B 120000.00 2021-10-18 counts: INV-2021-000001 120000.00"},
		refused:  []string{}, invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}, { // 25, 26
		name: "paid again late", until: "2021-10-23T00:00", state: "in-service", years: []string{"1: 2021-10-22..2022-10-21 120000.00"},
		events: append(taken[:2:2], pays("2021-10-22T10:00", "120000.00", "B")),
		duties: []string{
			firstFee + "met-late 2021-10-22 10:00",
			"deployment §5.5 provider: opened 2021-10-22 10:00, due 2021-10-26, met 2021-10-22 10:00",
		},
		invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}, { // the work of the first deployment goes on until 10-18; receipt on the 15th: 18, 19
		name: "paid again while it is being built", until: "2021-10-19T00:00", state: "in-service", takes: "120h",
		events: []string{paysFirst, reverses("2021-10-14T10:00", "A"), pays("2021-10-15T10:00", "120000.00", "B")},
		duties: []string{
			firstFee + "met 2021-10-15 10:00", "deployment §5.5 provider: opened 2021-10-15 10:00, due 2021-10-19, met 2021-10-18 10:00",
		},
		years: []string{"1: 2021-10-18..2022-10-17 120000.00"}, invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "the reference that was taken back is not paid again", until: "2021-10-19T00:00", state: "awaiting-payment",
		events: append(taken[:2:2], pays("2021-10-18T10:00", "120000.00", "A")), refused: []string{"2021-10-18 10:00 pay receipt_reversed"},
		duties: []string{firstFee + "pending", before}, invoices: unpaid, payments: []string{back}, balances: owed,
	}, {
		name: "nor taken back again, nor what never came", until: "2021-10-19T00:00", invoices: unpaid, payments: []string{back}, balances: owed,
		events:  append(taken[:2:2], reverses("2021-10-14T10:00", "A"), reverses("2021-10-14T11:00", "B")),
		refused: []string{"2021-10-14 10:00 reverse receipt_gone", "2021-10-14 11:00 reverse unknown_receipt"},
	}})
}

// Of several receipts only the one that was taken back is missing, and the others go as far as they reach.
func TestBooks_TakenBackOfSeveral_5_4_5_5(t *testing.T) {
	t.Parallel()
	keepBooks(t, []bookLife{{
		name: "the part that completed the fee", until: "2021-10-14T00:00", state: "awaiting-payment",
		events: []string{
			pays("2021-10-13T10:00", "60000.00", "A"), pays("2021-10-13T10:10", "60000.00", "B"), reverses("2021-10-13T10:30", "B"),
		},
		duties:   []string{firstFee + "pending", "deployment §5.5 provider: opened 2021-10-13 10:10, due 2021-10-15, void"},
		invoices: []string{invoice1 + ", received 60000.00, open 60000.00"},
		payments: []string{"A 60000.00 2021-10-13 counts: INV-2021-000001 60000.00", "B 60000.00 2021-10-13 reversed"},
		balances: "1002 60000.00, 1122 60000.00, " + owed1,
	}, {
		name: "the fee, and what was over is applied to it", until: "2021-10-14T00:00", state: "awaiting-payment",
		events:   []string{paysFirst, pays("2021-10-13T10:10", "30000.00", "B"), reverses("2021-10-13T10:30", "A")},
		duties:   []string{firstFee + "pending", "deployment §5.5 provider: opened 2021-10-13 10:00, due 2021-10-15, void"},
		invoices: []string{invoice1 + ", received 30000.00, open 90000.00"},
		payments: []string{"A 120000.00 2021-10-13 reversed", "B 30000.00 2021-10-13 counts: INV-2021-000001 30000.00"},
		balances: "1002 30000.00, 1122 90000.00, " + owed1,
	}, { // the other one came on the 14th: 15, 18
		name: "the fee, which another receipt still completes", until: "2021-10-15T00:00", state: "deploying", takes: "72h",
		events: []string{paysFirst, pays("2021-10-14T10:00", "120000.00", "B"), reverses("2021-10-14T11:00", "A")},
		duties: []string{
			firstFee + "met 2021-10-14 10:00", "deployment §5.5 provider: opened 2021-10-14 10:00, due 2021-10-18, pending",
		},
		invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
		payments: []string{"A 120000.00 2021-10-13 reversed", "B 120000.00 2021-10-14 counts: INV-2021-000001 120000.00"},
	}, {
		name: "what was over only", until: "2021-10-15T00:00", state: "in-service",
		events: []string{paysFirst, pays("2021-10-13T10:10", "30000.00", "B"), reverses("2021-10-14T10:00", "B")},
		duties: []string{firstFee + "met 2021-10-13 10:00", deployed1}, invoices: []string{paid1},
		payments: []string{fullA, "B 30000.00 2021-10-13 reversed"}, balances: "1002 120000.00, " + owed1,
	}})
}

// Once the system is usable the service goes on, and the fee is owed by its old day: the contract gives no right to suspend.
func TestBooks_TakenBackInService_5_4_5_6(t *testing.T) {
	t.Parallel()
	const (
		renewed = talksOpened + "met 2022-09-22 11:00"
		due2    = "renewal-fee/2 §5.6 customer: opened 2022-09-22 11:00, due 2022-10-12, "
		paidB   = "B 120000.00 2022-09-28 "
	)
	second := []string{paysFirst, renews("2022-09-22", "120000.00"), pays("2022-09-28T10:00", "120000.00", "B")}
	years := []string{yearOne, yearTwo + "120000.00"}
	gone := []string{
		paysFirst, ended, confirm("2022-03-02T10:00", "chen"), confirm("2022-03-02T11:00", "wang"), reverses("2022-03-03T10:00", "A"),
	}
	keepBooks(t, []bookLife{{
		name: "before the due day is over", until: "2021-10-20T23:59:59", state: "in-service", years: []string{yearOne},
		events: []string{paysFirst, reverses("2021-10-18T10:00", "A")}, duties: []string{firstFee + "pending", deployed1},
		invoices: []string{open1}, balances: "1122 120000.00, " + owed1,
	}, {
		name: "after it", until: "2021-10-26T00:00", state: "in-service", years: []string{yearOne},
		events: []string{paysFirst, reverses("2021-10-25T10:00", "A")}, duties: []string{firstFee + "overdue", deployed1},
		invoices: []string{open1}, balances: "1122 120000.00, " + owed1,
	}, {
		name: "and paid again: the first year stays where it is", until: "2021-10-28T00:00", state: "in-service", years: []string{yearOne},
		events:   []string{paysFirst, reverses("2021-10-25T10:00", "A"), pays("2021-10-27T10:00", "120000.00", "B")},
		duties:   []string{firstFee + "met-late 2021-10-27 10:00", deployed1},
		invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "usable, and not yet in service: it begins on the named day", until: "2021-11-01T00:00", state: "in-service",
		events: []string{"2021-10-13T09:45, do: designate, deploy_on: 2021-11-01", paysFirst, reverses("2021-10-18T10:00", "A")},
		duties: []string{
			firstFee + "overdue", "deployment §5.5 provider: opened 2021-10-13 10:00, due 2021-11-01, met 2021-10-13 10:45",
		},
		years: []string{"1: 2021-11-01..2022-10-31 120000.00"}, invoices: []string{open1}, balances: "1122 120000.00, " + owed1,
	}, { // §6.3
		name: "while the fee is in dispute it is not overdue", until: "2021-10-26T00:00", state: "in-service",
		events: []string{
			paysFirst, "2021-10-18T10:00, do: dispute, obligations: [first-payment], by: customer", reverses("2021-10-25T10:00", "A"),
		},
		duties: []string{firstFee + "frozen", deployed1}, invoices: []string{open1}, balances: "1122 120000.00, " + owed1,
	}, {
		name: "on a day that is yet to come is refused", until: "2021-10-26T00:00", state: "in-service",
		events: []string{paysFirst, reverses("2021-10-25T10:00", "A, on: 2021-10-26")}, refused: []string{"2021-10-25 10:00 reverse future_day"},
		duties: []string{firstFee + "met 2021-10-13 10:00", deployed1}, invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "the renewal fee, before its year begins", until: "2022-10-13T00:00", state: "in-service", years: years,
		events:   append(second[:3:3], reverses("2022-10-10T10:00", "B")),
		duties:   []string{firstFee + "met 2021-10-13 10:00", deployed1, renewed, due2 + "overdue"},
		invoices: []string{paid1, invoice2 + ", open 120000.00"}, payments: []string{fullA, paidB + "reversed"},
		balances: "1002 120000.00, 1122 120000.00, " + owed12,
	}, {
		name: "the renewal fee, entered in the second year and paid again", until: "2022-10-22T00:00", state: "in-service", years: years,
		events: append(second[:3:3], reverses("2022-10-20T10:00", "B, on: 2022-10-10, bank_reference: B-BACK"),
			pays("2022-10-21T10:00", "120000.00", "C")),
		duties:   []string{firstFee + "met 2021-10-13 10:00", deployed1, renewed, due2 + "met-late 2022-10-21 10:00"},
		invoices: []string{paid1, invoice2 + ", received 120000.00"},
		payments: []string{fullA, paidB + "reversed", "C 120000.00 2022-10-21 counts: INV-2022-000001 120000.00"},
		balances: "1002 240000.00, " + owed12,
	}, {
		name: "both fees, which one receipt had paid", until: "2022-09-29T00:00", state: "in-service",
		events: []string{
			pays("2021-10-13T10:00", "240000.00", "A"), renews("2022-09-22", "120000.00"), reverses("2022-09-28T10:00", "A"),
		},
		duties:   []string{firstFee + "overdue", deployed1, renewed, due2 + "pending"},
		invoices: []string{open1, invoice2 + ", open 120000.00"}, balances: "1122 240000.00, " + owed12,
	}, {
		name: "after the end the fee of the year that ran is still owed", until: "2022-03-03T00:00", state: "ended, ended 2022-03-01",
		events: []string{paysFirst, ended, reverses("2022-03-02T10:00", "A")},
		duties: []string{firstFee + "overdue", deployed1, destroy + "pending"}, invoices: []string{open1}, balances: "1122 120000.00, " + owed1,
	}, {
		name: "and after destruction", until: "2022-03-04T00:00", state: "destroyed, ended 2022-03-01", events: gone,
		duties:   []string{firstFee + "overdue", deployed1, destroy + "met 2022-03-02 11:00"},
		invoices: []string{open1}, balances: "1122 120000.00, " + owed1,
	}, {
		name: "until it is paid again", until: "2022-03-05T00:00", state: "destroyed, ended 2022-03-01",
		events:   append(gone[:5:5], pays("2022-03-04T10:00", "120000.00", "B")),
		duties:   []string{firstFee + "met-late 2022-03-04 10:00", deployed1, destroy + "met 2022-03-02 11:00"},
		invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}})
}

// A person may keep a receipt from being applied, and let it be applied again: it came when it came.
func TestBooks_AReceiptIsTakenOffAndAppliedAgain_5_4(t *testing.T) {
	t.Parallel()
	const off, on = ", do: unapply, reference: ", ", do: apply, reference: "
	over := []string{paysFirst, pays("2021-11-01T10:00", "30000.00", "B"), "2021-11-02T10:00" + off + "B", renews("2022-09-22", "120000.00")}
	keepBooks(t, []bookLife{{
		name: "the first fee's, in service", until: "2021-11-02T00:00", state: "in-service", years: []string{yearOne},
		events: []string{paysFirst, "2021-11-01T10:00" + off + "A"}, duties: []string{firstFee + "overdue", deployed1},
		invoices: []string{open1}, payments: []string{"A 120000.00 2021-10-13 held, unapplied 120000.00"},
		balances: "1002 120000.00, 1122 120000.00, 2203 -120000.00, " + owed1,
	}, {
		name: "and again applied", until: "2021-11-03T00:00", state: "in-service", years: []string{yearOne},
		events: []string{paysFirst, "2021-11-01T10:00" + off + "A", "2021-11-02T10:00" + on + "A"},
		duties: []string{firstFee + "met 2021-10-13 10:00", deployed1}, refused: []string{},
		invoices: []string{paid1}, payments: []string{fullA}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "what is over is kept from the next fee", until: "2022-09-23T00:00", events: over,
		invoices: []string{paid1, invoice2 + ", open 120000.00"},
		payments: []string{fullA, "B 30000.00 2021-11-01 held, unapplied 30000.00"},
		balances: "1002 150000.00, 1122 120000.00, 2203 -30000.00, " + owed12,
	}, {
		name: "until it is let go", until: "2022-09-25T00:00", events: append(over[:4:4], "2022-09-24T10:00"+on+"B"),
		invoices: []string{paid1, invoice2 + ", received 30000.00, open 90000.00"},
		payments: []string{fullA, "B 30000.00 2021-11-01 counts: INV-2022-000001 30000.00"},
		balances: "1002 150000.00, 1122 90000.00, " + owed12,
	}})
}

// A receipt of another contract is moved to it; its money stays in the bank, and may be moved back by paying it again.
func TestBooks_AReceiptIsMovedToAnotherContractAndBack_5_4_5_5(t *testing.T) {
	t.Parallel()
	const (
		moves = ", do: move, reference: A, to: HT-2025-002"
		gone  = "1002 120000.00, 1122 120000.00, 2203 -120000.00, " + owed1
	)
	away := []string{paysFirst, "2021-10-13T10:30" + moves}
	keepBooks(t, []bookLife{{
		name: "before the system is usable", until: "2021-10-14T00:00", state: "awaiting-payment", events: away, years: []string{},
		duties:   []string{firstFee + "pending", "deployment §5.5 provider: opened 2021-10-13 10:00, due 2021-10-15, void"},
		invoices: []string{open1}, payments: []string{"A 120000.00 2021-10-13 moved"}, balances: gone,
	}, {
		name: "and paid back", until: "2021-10-19T00:00", state: "in-service", refused: []string{},
		events: append(away[:2:2], pays("2021-10-18T10:00", "120000.00", "A")), years: []string{"1: 2021-10-18..2022-10-17 120000.00"},
		duties: []string{firstFee + "met 2021-10-18 10:00", deployedAnew}, invoices: []string{paid1},
		payments: []string{"A 120000.00 2021-10-18 counts: INV-2021-000001 120000.00"}, balances: "1002 120000.00, " + owed1,
	}, { // 14, 15
		name: "and paid back on its day", until: "2021-10-19T00:00", state: "in-service", refused: []string{},
		events: append(away[:2:2], pays("2021-10-18T10:00", "120000.00", "A, on: 2021-10-13")),
		years:  []string{"1: 2021-10-18..2022-10-17 120000.00"},
		duties: []string{
			firstFee + "met 2021-10-13 23:59:59",
			"deployment §5.5 provider: opened 2021-10-13 23:59:59, due 2021-10-15, met-late 2021-10-18 10:00",
		},
		invoices: []string{paid1}, payments: []string{fullA}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "in service", until: "2021-11-02T00:00", state: "in-service", events: []string{paysFirst, "2021-11-01T10:00" + moves},
		duties: []string{firstFee + "overdue", deployed1}, years: []string{yearOne}, invoices: []string{open1}, balances: gone,
	}, {
		name: "after destruction", until: "2022-03-04T00:00", state: "destroyed, ended 2022-03-01",
		events: []string{
			paysFirst, ended, confirm("2022-03-02T10:00", "chen"), confirm("2022-03-02T11:00", "wang"), "2022-03-03T10:00" + moves,
		},
		duties: []string{firstFee + "overdue", deployed1, destroy + "met 2022-03-02 11:00"}, invoices: []string{open1}, balances: gone,
	}})
}
