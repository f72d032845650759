package test

import "testing"

// missed has a person use the right of §1.4 at 13:00 of a day, an hour after the standard was missed.
func missed(day string) string {
	return day + `T12:00, do: shortfall, required: 120, measured: 80, evidence: "load test 7"}` +
		"\n  - {at: " + day + "T13:00, do: terminate, ground: load-shortfall, on: " + day + ", by: chen"
}

func asks(at, amount string) string {
	return at + `, do: request-refund, reason: overpayment, amount: "` + amount + `"`
}

func approves(at, refund, by string) string {
	return at + ", do: approve-refund, refund: " + refund + ", by: " + by
}

func paysOut(at, refund, reference string) string {
	return at + ", do: pay-refund, refund: " + refund + ", reference: " + reference
}

// The whole fee goes back when another person has approved it, by a credit note of the same amount; then it is paid, once.
func TestBooks_TheRefundOfTheLoadStandardTakesTwoPersons_1_4(t *testing.T) {
	t.Parallel()
	const (
		asked  = "refund/1 120000.00 load-shortfall pending, asked by chen"
		by     = ", approved by wang"
		opened = "refund/1 §1.4 provider: opened 2022-03-01 13:00, "
		wanted = destroy + "pending"
	)
	used, approved := []string{paysFirst, missed("2022-03-01")}, approves("2022-03-02T10:00", "refund/1", "wang")
	begun := []string{firstFee + "met 2021-10-13 10:00", deployed1}
	credited := []string{credited1, "CN-2022-000001 2022-03-02" + credit1}
	back := []string{"A 120000.00 2021-10-13 counts: refund/1 120000.00"}
	done := []string{"refund/1 120000.00 load-shortfall met, asked by chen" + by + ", paid 2022-03-04"}
	keepBooks(t, []bookLife{{
		name: "asked for", until: "2022-03-05T00:00", events: used, state: "ended, ended 2022-03-01",
		duties: append(begun[:2:2], opened+"pending", wanted), refunds: []string{asked}, invoices: []string{paid1},
		payments: []string{fullA}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "the same person does not approve it, however the name is written", until: "2022-03-05T00:00",
		events: append(used[:2:2], approves("2022-03-02T10:00", "refund/1", "chen"), approves("2022-03-02T11:00", "refund/1", "CHEN"),
			approves("2022-03-02T12:00", "refund/1", "Chen")),
		refused: []string{"2022-03-02 10:00 approve-refund same_person", "2022-03-02 11:00 approve-refund same_person", "2022-03-02 12:00 approve-refund same_person"},
		refunds: []string{asked}, invoices: []string{paid1}, payments: []string{fullA}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "it is not paid before it is approved", until: "2022-03-05T00:00",
		events:  append(used[:2:2], paysOut("2022-03-02T10:00", "refund/1", "OUT-1")),
		refused: []string{"2022-03-02 10:00 pay-refund not_approved"}, refunds: []string{asked}, invoices: []string{paid1},
		payments: []string{fullA}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "approved", until: "2022-03-05T00:00", events: append(used[:2:2], approved), refused: []string{},
		refunds: []string{asked + by}, invoices: credited, payments: back, balances: "1002 120000.00, 2241 -120000.00",
	}, {
		name: "paid", until: "2022-03-05T00:00",
		events:  append(used[:2:2], approved, paysOut("2022-03-04T10:00", "refund/1", "OUT-1")),
		refused: []string{}, duties: append(begun[:2:2], opened+"met 2022-03-04 10:00", wanted),
		refunds: done, invoices: credited, payments: back,
	}, {
		name: "approved and paid once more", until: "2022-03-08T00:00",
		events: append(used[:2:2], approved, approves("2022-03-03T10:00", "refund/1", "zhou"),
			paysOut("2022-03-04T10:00", "refund/1", "OUT-1"), paysOut("2022-03-07T10:00", "refund/1", "OUT-2")),
		refused: []string{"2022-03-03 10:00 approve-refund already_approved", "2022-03-07 10:00 pay-refund not_open"},
		refunds: done, invoices: credited, payments: back,
	}, {
		name: "entered later with an earlier day", until: "2022-03-09T00:00", refused: []string{}, refunds: done, invoices: credited, payments: back,
		events: append(used[:2:2], approved, paysOut("2022-03-08T10:00", "refund/1", "OUT-1, on: 2022-03-04")),
	}, {
		name: "after destruction", until: "2022-03-05T00:00", state: "destroyed, ended 2022-03-01", refused: []string{},
		events: append(used[:2:2], confirm("2022-03-02T00:00", "chen"), confirm("2022-03-02T00:01", "wang"), approved,
			paysOut("2022-03-04T10:00", "refund/1", "OUT-1")),
		refunds: done, invoices: credited, payments: back,
	}, { // only what is in dispute stops (§6.3)
		name: "not while it is in dispute", until: "2022-03-09T00:00",
		events: append(used[:2:2], "2022-03-01T14:00, do: dispute, obligations: [refund/1], by: customer",
			approves("2022-03-01T15:00", "refund/1", "wang"), "2022-03-01T16:00, do: settle-dispute, outcome: agreed, by: chen", approved,
			"2022-03-02T11:00, do: dispute, obligations: [refund/1], by: customer", paysOut("2022-03-02T12:00", "refund/1", "OUT-0"),
			"2022-03-03T10:00, do: settle-dispute, outcome: agreed, by: chen", paysOut("2022-03-04T10:00", "refund/1", "OUT-1")),
		refused: []string{"2022-03-01 15:00 approve-refund frozen", "2022-03-02 12:00 pay-refund frozen"},
		refunds: done, invoices: credited, payments: back,
	}, { // the fee was credited and nothing was received: neither owes anything
		name: "not when the bank has taken the receipt back after the approval", until: "2022-03-05T00:00",
		events:   append(used[:2:2], approved, reverses("2022-03-03T10:00", "A"), paysOut("2022-03-04T10:00", "refund/1", "OUT-1")),
		refused:  []string{"2022-03-04 10:00 pay-refund not_set_aside"},
		payments: []string{"A 120000.00 2021-10-13 reversed"},
	}, {
		name: "not asked for twice", until: "2022-03-03T00:00",
		events:  append(used[:2:2], "2022-03-02T10:00, do: request-refund, reason: load-shortfall"),
		refused: []string{"2022-03-02 10:00 request-refund refund_open"}, refunds: []string{asked}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "not without a miss of the standard", until: "2022-03-03T00:00", refunds: []string{},
		events:  []string{paysFirst, "2022-03-01T10:00, do: request-refund, reason: load-shortfall"},
		refused: []string{"2022-03-01 10:00 request-refund right_not_used"}, balances: "1002 120000.00, " + owed1,
	}, { // what was paid is not there any more: it is waived, and asked for again when it has been paid
		name: "not of a receipt that the bank has taken back", until: "2022-03-12T00:00",
		events: append(used[:2:2], reverses("2022-03-02T09:00", "A"), approved, "2022-03-03T10:00, do: waive, obligation: refund/1, by: chen",
			pays("2022-03-07T10:00", "120000.00", "B"), "2022-03-08T10:00, do: request-refund, reason: load-shortfall",
			approves("2022-03-09T10:00", "refund/2", "wang"), paysOut("2022-03-10T10:00", "refund/2", "OUT-1")),
		refused:  []string{"2022-03-02 10:00 approve-refund refund_changed"},
		payments: []string{"A 120000.00 2021-10-13 reversed", "B 120000.00 2022-03-07 counts: refund/2 120000.00"},
		invoices: []string{credited1, "CN-2022-000001 2022-03-09" + credit1},
	}})
}

// What goes back is the whole fee of the year that runs and what was paid ahead, never pro rata; what was paid too much is not
// part of it, and what was not paid of a year that has started is still owed.
func TestBooks_TheRefundIsTheWholeFeeAndWhatWasPaidAhead_1_4(t *testing.T) {
	t.Parallel()
	const second = "INV-2022-000001 renewal-fee/2 2022-09-22 due 2022-10-12: 110000.00 = 103773.58 + 6226.42"
	refund := func(amount, paid string) []string {
		return []string{"refund/1 " + amount + " load-shortfall met, asked by chen, approved by wang, paid " + paid}
	}
	after := func(day, approved, paid string, events ...string) []string {
		return append(events, missed(day), approves(approved+"T10:00", "refund/1", "wang"), paysOut(paid+"T10:00", "refund/1", "OUT-1"))
	}
	renewed, paidB := renews("2022-09-22", "110000.00"), pays("2022-09-28T10:00", "110000.00", "B")
	partB := pays("2022-09-28T10:00", "50000.00", "B")
	keepBooks(t, []bookLife{{
		name: "the first year on its last day", until: "2022-10-15T00:00", events: after("2022-10-12", "2022-10-13", "2022-10-14", paysFirst),
		refunds:  refund("120000.00", "2022-10-14"),
		invoices: []string{credited1, "CN-2022-000001 2022-10-13" + credit1},
	}, {
		name: "before the service begins", until: "2021-10-20T00:00", state: "ended, ended 2021-10-15", years: []string{},
		events:  after("2021-10-15", "2021-10-18", "2021-10-19", paysFirst, "2021-10-13T10:15, do: designate, deploy_on: 2021-11-01"),
		refunds: refund("120000.00", "2021-10-19"), payments: []string{"A 120000.00 2021-10-13 counts: refund/1 120000.00"},
		invoices: []string{credited1, "CN-2021-000001 2021-10-18" + credit1},
	}, {
		name: "the second year and the third paid ahead", until: "2023-10-12T00:00", state: "ended, ended 2023-10-09",
		events: after("2023-10-09", "2023-10-10", "2023-10-11", paysFirst, renewed, paidB, renews("2023-09-19", "105000.00"),
			pays("2023-09-20T10:00", "105000.00", "C")),
		refunds: refund("215000.00", "2023-10-11"),
		invoices: []string{
			paid1, second + ", credited 110000.00",
			"INV-2023-000001 renewal-fee/3 2023-09-19 due 2023-10-12: 105000.00 = 99056.60 + 5943.40, credited 105000.00",
			"CN-2023-000001 2023-10-10 of INV-2022-000001: -110000.00 = -103773.58 + -6226.42",
			"CN-2023-000002 2023-10-10 of INV-2023-000001: -105000.00 = -99056.60 + -5943.40",
		},
		payments: []string{
			fullA, "B 110000.00 2022-09-28 counts: refund/1 110000.00", "C 105000.00 2023-09-20 counts: refund/1 105000.00",
		},
		balances: "1002 120000.00, " + owed1,
	}, {
		name: "the second year, in which the first is over", until: "2022-10-16T00:00", events: after("2022-10-13", "2022-10-14", "2022-10-15", paysFirst, renewed, paidB),
		refunds: refund("110000.00", "2022-10-15"), payments: []string{fullA, "B 110000.00 2022-09-28 counts: refund/1 110000.00"},
		balances: "1002 120000.00, " + owed1,
	}, { // the contract ends on 10-20, in the second year
		name: "the right used in the first year, and approved in the second", until: "2022-10-16T00:00", state: "in-service",
		events: []string{
			paysFirst, renewed, paidB, `2022-10-10T12:00, do: shortfall, required: 120, measured: 80, evidence: "load test 7"`,
			"2022-10-10T13:00, do: terminate, ground: load-shortfall, on: 2022-10-20, by: chen",
			approves("2022-10-14T10:00", "refund/1", "wang"), paysOut("2022-10-15T10:00", "refund/1", "OUT-1"),
		},
		refused: []string{}, refunds: refund("230000.00", "2022-10-15"),
	}, { // the second year never begins: what was not paid of it is void
		name: "the first year and a part of the second paid ahead", until: "2022-10-13T00:00",
		events: after("2022-10-10", "2022-10-11", "2022-10-12", paysFirst, renewed, partB), refused: []string{},
		refunds: refund("170000.00", "2022-10-12"),
		payments: []string{
			"A 120000.00 2021-10-13 counts: refund/1 120000.00", "B 50000.00 2022-09-28 counts: refund/1 50000.00",
		},
	}, {
		name: "and approved before the end", until: "2022-10-13T00:00", refused: []string{},
		events: []string{
			paysFirst, renewed, partB, missed("2022-10-10"), approves("2022-10-10T14:00", "refund/1", "wang"),
			paysOut("2022-10-12T10:00", "refund/1", "OUT-1"),
		},
		refunds: refund("170000.00", "2022-10-12"),
	}, { // 50000.00 / 1.06 = 47169.811…; 3, 6, 7, 8 February
		name: "the second year, paid in part", until: "2023-02-04T00:00", events: after("2023-02-01", "2023-02-02", "2023-02-03", paysFirst, renewed, partB),
		duties: []string{
			firstFee + "met 2021-10-13 10:00", deployed1, talksOpened + "met 2022-09-22 11:00", fee("2022-09-22 11:00", "overdue"),
			"refund/1 §1.4 provider: opened 2023-02-01 13:00, met 2023-02-03 10:00",
			"destruction §7.2 provider: opened 2023-02-02 00:00, due 2023-02-08, pending",
		},
		refunds: refund("50000.00", "2023-02-03"),
		invoices: []string{
			paid1, second + ", credited 50000.00, open 60000.00",
			"CN-2023-000001 2023-02-02 of INV-2022-000001: -50000.00 = -47169.81 + -2830.19",
		},
		payments: []string{fullA, "B 50000.00 2022-09-28 counts: refund/1 50000.00"},
		balances: "1002 120000.00, 1122 60000.00, 2205 -169811.32, 2221 -10188.68",
	}, {
		name: "what was over stays, and goes back as an overpayment", until: "2022-03-09T00:00",
		events: append(after("2022-03-01", "2022-03-02", "2022-03-03", pays("2021-10-13T10:00", "125000.00", "A")),
			asks("2022-03-07T10:00", "5000.01"), asks("2022-03-07T11:00", "5000.00"),
			approves("2022-03-07T12:00", "refund/2", "wang"), paysOut("2022-03-08T10:00", "refund/2", "OUT-2")),
		refused: []string{"2022-03-07 10:00 request-refund over_refund"},
		refunds: append(refund("120000.00", "2022-03-03"),
			"refund/2 5000.00 overpayment met, asked by chen, approved by wang, paid 2022-03-08"),
		payments: []string{"A 125000.00 2021-10-13 counts: refund/1 120000.00, refund/2 5000.00"},
	}})
}

// What came too much goes back when two persons say so, to the fen and no more; no invoice changes for it.
func TestBooks_WhatCameTooMuchGoesBack_5_4(t *testing.T) {
	t.Parallel()
	const (
		kept   = "1002 150000.00, 2203 -30000.00, " + owed1
		aside  = "1002 150000.00, " + owed1 + ", 2241 -30000.00"
		over   = "A 150000.00 2021-10-13 counts: INV-2021-000001 120000.00, "
		refund = " overpayment pending, asked by chen"
		met    = " overpayment met, asked by chen, approved by wang, paid 2021-11-03"
	)
	paid, approved := []string{pays("2021-10-13T10:00", "150000.00", "A")}, approves("2021-11-02T10:00", "refund/1", "wang")
	out := paysOut("2021-11-03T10:00", "refund/1", "OUT-1")
	two := []string{paysFirst, pays("2021-10-13T11:00", "30000.00", "B")}
	keepBooks(t, []bookLife{{
		name: "one fen more than that is refused", until: "2021-11-04T00:00", events: append(paid[:1:1], asks("2021-11-01T10:00", "30000.01")),
		refused: []string{"2021-11-01 10:00 request-refund over_refund"}, refunds: []string{}, balances: kept,
	}, {
		name: "all of it", until: "2021-11-04T00:00", refused: []string{},
		events:  append(paid[:1:1], asks("2021-11-01T10:00", "30000.00"), approved, out),
		refunds: []string{"refund/1 30000.00" + met}, invoices: []string{paid1}, payments: []string{over + "refund/1 30000.00"},
		balances: "1002 120000.00, " + owed1,
	}, {
		name: "no amount is said", until: "2021-11-04T00:00", events: append(paid[:1:1], "2021-11-01T10:00, do: request-refund, reason: overpayment"),
		refused: []string{"2021-11-01 10:00 request-refund bad_amount"}, refunds: []string{}, balances: kept,
	}, {
		name: "approved and not yet paid", until: "2021-11-04T00:00", events: append(paid[:1:1], asks("2021-11-01T10:00", "30000.00"), approved),
		refunds: []string{"refund/1 30000.00" + refund + ", approved by wang"}, payments: []string{over + "refund/1 30000.00"},
		balances: aside,
	}, {
		name: "asked for in two parts: together no more than that", until: "2021-11-04T00:00",
		events: append(paid[:1:1], asks("2021-11-01T10:00", "20000.00"), asks("2021-11-01T11:00", "10000.01"),
			asks("2021-11-01T12:00", "10000.00"), asks("2021-11-01T13:00", "0.01")),
		refused:  []string{"2021-11-01 11:00 request-refund over_refund", "2021-11-01 13:00 request-refund over_refund"},
		refunds:  []string{"refund/1 20000.00" + refund, "refund/2 10000.00" + refund},
		balances: aside,
	}, {
		name: "set aside for a refund that is waived, it is for the next fee", until: "2022-09-23T00:00", refused: []string{},
		events: append(paid[:1:1], asks("2021-11-01T10:00", "30000.00"), "2021-11-02T10:00, do: waive, obligation: refund/1, by: chen",
			renews("2022-09-22", "120000.00")),
		invoices: []string{paid1, invoice2 + ", received 30000.00, open 90000.00"}, balances: "1002 150000.00, 1122 90000.00, " + owed12,
	}, {
		name: "a part, and the rest is for the next fee", until: "2022-09-23T00:00", refused: []string{},
		events:   append(paid[:1:1], asks("2021-11-01T10:00", "10000.00"), approved, out, renews("2022-09-22", "120000.00")),
		refunds:  []string{"refund/1 10000.00" + met},
		invoices: []string{paid1, invoice2 + ", received 20000.00, open 100000.00"},
		balances: "1002 140000.00, 1122 100000.00, " + owed12,
	}, {
		name: "asked for by another, approved by none of that name, and paid once", until: "2021-11-05T00:00",
		events: append(paid[:1:1], asks("2021-11-01T10:00", "30000.00")+", by: wang", approves("2021-11-01T11:00", "refund/1", "WANG"),
			approves("2021-11-02T10:00", "refund/1", "chen"), out, paysOut("2021-11-04T10:00", "refund/1", "OUT-2")),
		refused:  []string{"2021-11-01 11:00 approve-refund same_person", "2021-11-04 10:00 pay-refund not_open"},
		refunds:  []string{"refund/1 30000.00 overpayment met, asked by wang, approved by chen, paid 2021-11-03"},
		balances: "1002 120000.00, " + owed1,
	}, {
		name: "not while it is in dispute", until: "2021-11-04T00:00",
		events: append(paid[:1:1], asks("2021-11-01T10:00", "30000.00"), "2021-11-01T11:00, do: dispute, obligations: [refund/1], by: customer",
			approved, out),
		refused: []string{"2021-11-02 10:00 approve-refund frozen", "2021-11-03 10:00 pay-refund frozen"}, balances: aside,
	}, {
		name: "nothing came too much", until: "2021-11-04T00:00", events: []string{paysFirst, asks("2021-11-01T10:00", "0.01")},
		refused: []string{"2021-11-01 10:00 request-refund over_refund"}, refunds: []string{}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "what came after destruction", until: "2022-03-08T00:00", state: "destroyed, ended 2022-03-01", refused: []string{},
		events: []string{
			paysFirst, ended, confirm("2022-03-02T10:00", "chen"), confirm("2022-03-02T11:00", "wang"), pays("2022-03-03T10:00", "8.00", "B"),
			asks("2022-03-04T10:00", "8.00"), approves("2022-03-04T11:00", "refund/1", "wang"), paysOut("2022-03-07T10:00", "refund/1", "OUT-1"),
		},
		refunds:  []string{"refund/1 8.00 overpayment met, asked by chen, approved by wang, paid 2022-03-07"},
		payments: []string{fullA, "B 8.00 2022-03-03 counts: refund/1 8.00"}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "what came after an end that nothing was paid before", until: "2021-10-20T00:00", refused: []string{},
		events: []string{
			ends("2021-10-14"), pays("2021-10-15T10:00", "120000.00", "A"), asks("2021-10-18T10:00", "120000.00"),
			approves("2021-10-18T11:00", "refund/1", "wang"), paysOut("2021-10-19T10:00", "refund/1", "OUT-1"),
		},
		refunds:  []string{"refund/1 120000.00 overpayment met, asked by chen, approved by wang, paid 2021-10-19"},
		payments: []string{"A 120000.00 2021-10-15 counts: refund/1 120000.00"},
	}, { // the fee is paid; what went back without cause is owed by the customer
		name: "and then the bank takes it back from the provider", until: "2021-11-05T00:00", state: "in-service", refused: []string{},
		events:   append(two[:2:2], asks("2021-11-01T10:00", "30000.00"), approved, out, reverses("2021-11-04T10:00", "B")),
		invoices: []string{paid1}, balances: "1002 90000.00, " + owed1 + ", 2241 30000.00",
	}, {
		name: "not when the bank has taken it back before", until: "2021-11-04T00:00",
		events:  append(two[:2:2], asks("2021-11-01T10:00", "30000.00"), approved, reverses("2021-11-02T11:00", "B"), out),
		refused: []string{"2021-11-03 10:00 pay-refund not_set_aside"}, invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "not when it is needed for a fee whose receipt was taken back", until: "2021-11-04T00:00",
		events:   append(two[:2:2], asks("2021-11-01T10:00", "30000.00"), reverses("2021-11-01T11:00", "A"), approved, out),
		refused:  []string{"2021-11-02 10:00 approve-refund not_set_aside", "2021-11-03 10:00 pay-refund not_approved"},
		invoices: []string{invoice1 + ", received 30000.00, open 90000.00"}, balances: "1002 30000.00, 1122 90000.00, " + owed1,
	}})
}
