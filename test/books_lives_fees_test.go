package test

import (
	"fmt"
	"testing"
)

// What every life of the books begins with. Of 120000.00 at 6 % the net is 113207.547…, so 113207.55, and the rest is the tax.
const (
	firstFee  = "first-payment §5.4 customer: opened 2021-10-13 09:30, due 2021-10-20, "
	deployed1 = "deployment §5.5 provider: opened 2021-10-13 10:00, due 2021-10-15, met 2021-10-13 10:45"
	invoice1  = "INV-2021-000001 first-payment 2021-10-13 due 2021-10-20: 120000.00 = 113207.55 + 6792.45"
	paid1     = invoice1 + ", received 120000.00"
	open1     = invoice1 + ", open 120000.00"
	credited1 = invoice1 + ", credited 120000.00"
	credit1   = " of INV-2021-000001: -120000.00 = -113207.55 + -6792.45"
	invoice2  = "INV-2022-000001 renewal-fee/2 2022-09-22 due 2022-10-12: 120000.00 = 113207.55 + 6792.45"
	owed1     = "2205 -113207.55, 2221 -6792.45"
	owed12    = "2205 -226415.10, 2221 -13584.90"
	fullA     = "A 120000.00 2021-10-13 counts: INV-2021-000001 120000.00"
)

// pays the first fee, at 10:00 of the day of the signatures.
const paysFirst = `2021-10-13T10:00, do: pay, amount: "120000.00", reference: A`

func pays(at, amount, reference string) string {
	return fmt.Sprintf(`%s, do: pay, amount: "%s", reference: %s`, at, amount, reference)
}

// renews offers a fee on a day, and accepts it an hour later, at 11:00.
func renews(day, fee string) string {
	return fmt.Sprintf("%[1]sT10:00, do: offer, fee: %[2]q}\n  - {at: %[1]sT11:00, do: answer, accept: true", day, fee)
}

// amends has both sides sign another form on a day, the later one at 11:00.
func amends(day, form string) string {
	return fmt.Sprintf("%[1]sT10:00, do: amend, form: %[2]s.yaml, by: customer}\n  - {at: %[1]sT11:00, do: amend, form: %[2]s.yaml, by: provider", day, form)
}

func ends(day string) string {
	return day + "T10:00, do: terminate, ground: agreement, on: " + day + ", by: chen"
}

// An invoice is issued on the day on which its fee is agreed, and numbered without a gap within the year of that day. The tax
// is in the fee: net is the fee divided by 1.06, half up to the fen, and the tax is the rest.
func TestBooks_AnInvoiceIsIssuedWhenItsFeeIsAgreed_5_3_5_6(t *testing.T) {
	t.Parallel()
	keepBooks(t, []bookLife{{
		name: "when both have signed", until: "2021-10-14T00:00", state: "awaiting-payment",
		invoices: []string{open1}, payments: []string{}, balances: "1122 120000.00, " + owed1,
	}, {
		name: "not when it is offered", until: "2022-09-21T00:00",
		events:   []string{paysFirst, `2022-09-20T10:00, do: offer, fee: "120000.00"`},
		invoices: []string{paid1}, payments: []string{fullA}, balances: "1002 120000.00, " + owed1,
	}, { // 107000.53 / 1.06 = 100943.896…
		name: "when it is accepted", until: "2022-09-23T00:00", events: []string{paysFirst, renews("2022-09-22", "107000.53")},
		invoices: []string{
			paid1, "INV-2022-000001 renewal-fee/2 2022-09-22 due 2022-10-12: 107000.53 = 100943.90 + 6056.63, open 107000.53",
		},
		balances: "1002 120000.00, 1122 107000.53, 2205 -214151.45, 2221 -12849.08",
	}, {
		name: "not when it is declined", until: "2022-09-23T00:00",
		events:   []string{paysFirst, `2022-09-20T10:00, do: offer, fee: "120000.00"`, "2022-09-22T10:00, do: answer, accept: false"},
		invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}, { // 113207.08 490… and 113206.92 509…: below and above the half
		name: "three years", until: "2023-10-13T00:00", state: "in-service",
		events: []string{
			paysFirst, renews("2022-09-22", "119999.51"), pays("2022-09-23T10:00", "119999.51", "B"),
			renews("2023-09-19", "119999.33"), pays("2023-09-20T10:00", "119999.33", "C"),
		},
		invoices: []string{
			paid1,
			"INV-2022-000001 renewal-fee/2 2022-09-22 due 2022-10-12: 119999.51 = 113207.08 + 6792.43, received 119999.51",
			"INV-2023-000001 renewal-fee/3 2023-09-19 due 2023-10-12: 119999.33 = 113206.92 + 6792.41, received 119999.33",
		},
		balances: "1002 359998.84, 2205 -339621.55, 2221 -20377.29",
	}, { // 0.0849… and 0.0754…
		name: "fees of some fen", until: "2023-10-13T00:00", state: "in-service",
		events: []string{
			paysFirst, renews("2022-09-22", "0.09"), pays("2022-09-23T10:00", "0.09", "B"),
			renews("2023-09-19", "0.08"), pays("2023-09-20T10:00", "0.08", "C"),
		},
		invoices: []string{
			paid1, "INV-2022-000001 renewal-fee/2 2022-09-22 due 2022-10-12: 0.09 = 0.08 + 0.01, received 0.09",
			"INV-2023-000001 renewal-fee/3 2023-09-19 due 2023-10-12: 0.08 = 0.08 + 0.00, received 0.08",
		},
		balances: "1002 120000.17, 2205 -113207.71, 2221 -6792.46",
	}, { // 4, 5, 6, 9, 10 January
		name: "two fees agreed in one calendar year", first: "2023-01-03", until: "2023-12-21T00:00",
		events: []string{pays("2023-01-03T10:00", "120000.00", "A"), renews("2023-12-20", "120000.00")},
		invoices: []string{
			"INV-2023-000001 first-payment 2023-01-03 due 2023-01-10: 120000.00 = 113207.55 + 6792.45, received 120000.00",
			"INV-2023-000002 renewal-fee/2 2023-12-20 due 2024-01-02: 120000.00 = 113207.55 + 6792.45, open 120000.00",
		},
		balances: "1002 120000.00, 1122 120000.00, " + owed12,
	}, {
		name: "accepted after the year's end: due before it was issued", until: "2022-10-15T00:00", state: "in-service",
		events: []string{
			paysFirst, `2022-09-20T10:00, do: offer, fee: "120000.00"`, "2022-10-14T11:00, do: answer, accept: true",
		},
		invoices: []string{
			paid1, "INV-2022-000001 renewal-fee/2 2022-10-14 due 2022-10-12: 120000.00 = 113207.55 + 6792.45, open 120000.00",
		},
		balances: "1002 120000.00, 1122 120000.00, " + owed12,
	}})
}

// Before both have signed nothing is owed; then the invoice says its amount in words as the form does.
func TestBooks_AnInvoiceSaysItsAmountInWords_5_3(t *testing.T) {
	t.Parallel()
	const one = "contract: acme.yaml\nevents:\n  - {at: 2021-10-13T09:00, do: sign, by: customer}\n"
	r := play(t, one+"until: 2021-10-14T00:00\n")
	if len(r.Invoices) > 0 || balances(r) != "" {
		t.Errorf("one side has signed: invoices %v, balances %s", r.Invoices, balances(r))
	}
	r = play(t, one+"  - {at: 2021-10-13T09:30, do: sign, by: provider}\nuntil: 2021-10-14T00:00\n")
	if len(r.Invoices) != 1 || r.Invoices[0].Capital != "壹拾贰万元整" || r.Invoices[0].ServiceYear != 1 {
		t.Errorf("invoices %+v", r.Invoices)
	}
}

// A fee that is not complete when both sign another one is credited and asked for anew, by its old due day.
func TestBooks_AnAmendedFeeIsCreditedAndInvoicedAnew_6_4(t *testing.T) {
	t.Parallel()
	const (
		credit  = "CN-2021-000001 2021-10-14" + credit1
		cheaper = "INV-2021-000002 first-payment 2021-10-14 due 2021-10-20: 100000.00 = 94339.62 + 5660.38"
		dearer  = "INV-2021-000002 first-payment 2021-10-14 due 2021-10-20: 150000.00 = 141509.43 + 8490.57"
	)
	keepBooks(t, []bookLife{{
		name: "a lower fee", until: "2021-10-15T00:00", events: []string{amends("2021-10-14", "cheaper")},
		duties: []string{firstFee + "pending"}, invoices: []string{credited1, credit, cheaper + ", open 100000.00"},
		balances: "1122 100000.00, 2205 -94339.62, 2221 -5660.38",
	}, {
		name: "a higher fee", until: "2021-10-15T00:00", events: []string{amends("2021-10-14", "dearer")},
		duties: []string{firstFee + "pending"}, invoices: []string{credited1, credit, dearer + ", open 150000.00"},
		balances: "1122 150000.00, 2205 -141509.43, 2221 -8490.57",
	}, {
		name: "a higher fee, paid in part", until: "2021-10-15T00:00",
		events: []string{pays("2021-10-13T10:00", "50000.00", "A"), amends("2021-10-14", "dearer")},
		duties: []string{firstFee + "pending"}, invoices: []string{credited1, credit, dearer + ", received 50000.00, open 100000.00"},
		payments: []string{"A 50000.00 2021-10-13 counts: INV-2021-000002 50000.00"},
		balances: "1002 50000.00, 1122 100000.00, 2205 -141509.43, 2221 -8490.57",
	}, { // complete with the later signature: 15, 18
		name: "a fee lower than what was paid", until: "2021-10-15T00:00", years: []string{"1: 2021-10-14..2022-10-13 100000.00"},
		events: []string{pays("2021-10-13T10:00", "110000.00", "A"), amends("2021-10-14", "cheaper")},
		duties: []string{
			firstFee + "met 2021-10-14 11:00",
			"deployment §5.5 provider: opened 2021-10-14 11:00, due 2021-10-18, met 2021-10-14 11:45",
		},
		invoices: []string{credited1, credit, cheaper + ", received 100000.00"},
		payments: []string{"A 110000.00 2021-10-13 counts: INV-2021-000002 100000.00, unapplied 10000.00"},
		balances: "1002 110000.00, 2203 -10000.00, 2205 -94339.62, 2221 -5660.38",
	}, {
		name: "the same fee: nothing is credited", until: "2021-10-15T00:00", events: []string{amends("2021-10-14", "larger")},
		invoices: []string{open1}, balances: "1122 120000.00, " + owed1,
	}, {
		name: "a fee that is paid stays", until: "2022-03-02T00:00", events: []string{paysFirst, amends("2022-03-01", "cheaper")},
		invoices: []string{paid1}, payments: []string{fullA}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "a renewal fee", until: "2022-10-14T00:00", state: "in-service",
		events: []string{
			paysFirst, renews("2022-09-22", "120000.00"), amends("2022-09-23", "cheaper"), pays("2022-10-10T10:00", "100000.00", "B"),
		},
		invoices: []string{
			paid1, invoice2 + ", credited 120000.00",
			"CN-2022-000001 2022-09-23 of INV-2022-000001: -120000.00 = -113207.55 + -6792.45",
			"INV-2022-000002 renewal-fee/2 2022-09-23 due 2022-10-12: 100000.00 = 94339.62 + 5660.38, received 100000.00",
		},
		balances: "1002 220000.00, 2205 -207547.17, 2221 -12452.83",
	}})
}

// The fee of a year that never begins is owed no more and credited when the contract ends; what came for it is kept.
func TestBooks_TheFeeOfAYearThatNeverBeginsIsCredited_5_1_5_6(t *testing.T) {
	t.Parallel()
	ahead := []string{
		paid1, invoice2 + ", credited 120000.00",
		"CN-2022-000001 2022-09-29 of INV-2022-000001: -120000.00 = -113207.55 + -6792.45",
	}
	keepBooks(t, []bookLife{{
		name: "the second year's", until: "2022-10-05T00:00", state: "ended, ended 2022-09-28",
		events: []string{paysFirst, renews("2022-09-22", "120000.00"), ends("2022-09-28")}, invoices: ahead,
		balances: "1002 120000.00, " + owed1,
	}, {
		name: "the second year's, paid in part", until: "2022-10-05T00:00",
		events:   []string{paysFirst, renews("2022-09-22", "120000.00"), pays("2022-09-23T10:00", "50000.00", "B"), ends("2022-09-28")},
		invoices: ahead, payments: []string{fullA, "B 50000.00 2022-09-23 counts, unapplied 50000.00"},
		balances: "1002 170000.00, 2203 -50000.00, " + owed1,
	}, { // 13, 14, 17, 18, 19
		name: "the first, never paid for one year", until: "2022-10-14T00:00", state: "ended, ended 2022-10-12",
		duties:   []string{firstFee + "void", "destruction §7.2 provider: opened 2022-10-13 00:00, due 2022-10-19, pending"},
		invoices: []string{credited1, "CN-2022-000001 2022-10-13" + credit1},
	}, {
		name: "the first, paid in part", until: "2021-10-16T00:00", state: "ended, ended 2021-10-14",
		events:   []string{pays("2021-10-13T10:00", "50000.00", "A"), ends("2021-10-14")},
		invoices: []string{credited1, "CN-2021-000001 2021-10-15" + credit1},
		payments: []string{"A 50000.00 2021-10-13 counts, unapplied 50000.00"}, balances: "1002 50000.00, 2203 -50000.00",
	}})
}

// A waived fee is written off; what comes for it all the same is taken, and opens the deployment if it completes the fee.
func TestBooks_AWaivedFeeIsWrittenOff_5_4(t *testing.T) {
	t.Parallel()
	const waive = "2021-10-14T10:00, do: waive, obligation: first-payment, by: chen"
	waived := []string{firstFee + "waived"}
	keepBooks(t, []bookLife{{
		name: "unpaid", until: "2021-10-22T00:00", events: []string{waive}, duties: waived,
		invoices: []string{invoice1 + ", written off 120000.00"}, balances: owed1 + ", 6702 120000.00",
	}, {
		name: "paid in part", until: "2021-10-22T00:00", events: []string{pays("2021-10-13T10:00", "50000.00", "A"), waive}, duties: waived,
		invoices: []string{invoice1 + ", received 50000.00, written off 70000.00"}, balances: "1002 50000.00, " + owed1 + ", 6702 70000.00",
	}, {
		name: "and paid in part later", until: "2021-10-22T00:00", events: []string{waive, pays("2021-10-18T10:00", "50000.00", "A")},
		duties: waived, payments: []string{"A 50000.00 2021-10-18 counts: INV-2021-000001 50000.00"},
		invoices: []string{invoice1 + ", received 50000.00, written off 70000.00"}, balances: "1002 50000.00, " + owed1 + ", 6702 70000.00",
	}, {
		name: "and paid after all", until: "2021-10-22T00:00", state: "in-service",
		events: []string{waive, pays("2021-10-18T10:00", "120000.00", "A")},
		duties: []string{
			firstFee + "waived", "deployment §5.5 provider: opened 2021-10-18 10:00, due 2021-10-20, met 2021-10-18 10:45",
		},
		invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}})
}

// Money is kept whole: in parts, too little by a fen, too much by a fen; what is over is applied to the next fee (§5.4).
func TestBooks_MoneyThatComesIsKept_5_4_5_6(t *testing.T) {
	t.Parallel()
	keepBooks(t, []bookLife{{
		name: "one fen short", until: "2021-10-21T00:00", events: []string{pays("2021-10-13T10:00", "119999.99", "A")},
		duties: []string{firstFee + "overdue"}, invoices: []string{invoice1 + ", received 119999.99, open 0.01"},
		balances: "1002 119999.99, 1122 0.01, " + owed1,
	}, {
		name: "in parts", until: "2021-10-14T00:00", invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
		events: []string{
			pays("2021-10-13T10:00", "60000.00", "A"), pays("2021-10-13T11:00", "59999.99", "B"), pays("2021-10-13T12:00", "0.01", "C"),
		},
		payments: []string{
			"A 60000.00 2021-10-13 counts: INV-2021-000001 60000.00", "B 59999.99 2021-10-13 counts: INV-2021-000001 59999.99",
			"C 0.01 2021-10-13 counts: INV-2021-000001 0.01",
		},
	}, {
		name: "one fen over", until: "2021-10-14T00:00", events: []string{pays("2021-10-13T10:00", "120000.01", "A")},
		invoices: []string{paid1}, payments: []string{"A 120000.01 2021-10-13 counts: INV-2021-000001 120000.00, unapplied 0.01"},
		balances: "1002 120000.01, 2203 -0.01, " + owed1,
	}, {
		name: "over, and applied to the next fee", until: "2022-09-23T00:00",
		events:   []string{pays("2021-10-13T10:00", "150000.00", "A"), renews("2022-09-22", "120000.00")},
		invoices: []string{paid1, invoice2 + ", received 30000.00, open 90000.00"},
		payments: []string{"A 150000.00 2021-10-13 counts: INV-2021-000001 120000.00, INV-2022-000001 30000.00"},
		balances: "1002 150000.00, 1122 90000.00, " + owed12,
	}, {
		name: "over by the next fee and one fen", until: "2022-09-23T00:00",
		events:   []string{pays("2021-10-13T10:00", "240000.01", "A"), renews("2022-09-22", "120000.00")},
		invoices: []string{paid1, invoice2 + ", received 120000.00"},
		payments: []string{"A 240000.01 2021-10-13 counts: INV-2021-000001 120000.00, INV-2022-000001 120000.00, unapplied 0.01"},
		balances: "1002 240000.01, 2203 -0.01, " + owed12,
	}})
}

// The two working days of §5.5 run from the day on which the fee is complete, not from the day on which that is entered.
func TestBooks_TheDeploymentIsDueFromTheDayTheFeeIsComplete_5_5(t *testing.T) {
	t.Parallel()
	const half = "60000.00"
	keepBooks(t, []bookLife{{ // 15, 18
		name: "the completing part is entered later", until: "2021-10-20T00:00", years: []string{"1: 2021-10-19..2022-10-18 120000.00"},
		events: []string{pays("2021-10-13T10:00", half, "A"), pays("2021-10-19T10:00", half, "B, on: 2021-10-14")},
		duties: []string{
			firstFee + "met 2021-10-14 23:59:59",
			"deployment §5.5 provider: opened 2021-10-14 23:59:59, due 2021-10-18, met-late 2021-10-19 10:45",
		},
		payments: []string{"A 60000.00 2021-10-13 counts: INV-2021-000001 60000.00", "B 60000.00 2021-10-14 counts: INV-2021-000001 60000.00"},
		invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}, { // on the 14th the fee was not complete: 19, 20
		name: "an earlier part is entered last", until: "2021-10-20T00:00", years: []string{"1: 2021-10-19..2022-10-18 120000.00"},
		events: []string{pays("2021-10-18T10:00", half, "A"), pays("2021-10-19T10:00", half, "B, on: 2021-10-14")},
		duties: []string{
			firstFee + "met 2021-10-18 10:00",
			"deployment §5.5 provider: opened 2021-10-18 10:00, due 2021-10-20, met 2021-10-19 10:45",
		},
		invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}, { // 21, 22
		name: "entered when the fee is overdue, paid on its due day", until: "2021-10-23T00:00",
		events: []string{pays("2021-10-13T10:00", half, "A"), pays("2021-10-22T10:00", half, "B, on: 2021-10-20")},
		duties: []string{
			firstFee + "met 2021-10-20 23:59:59",
			"deployment §5.5 provider: opened 2021-10-20 23:59:59, due 2021-10-22, met 2021-10-22 10:45",
		},
		invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}, { // 22, 25
		name: "entered when the fee is overdue, paid a day late", until: "2021-10-23T00:00",
		events: []string{pays("2021-10-13T10:00", half, "A"), pays("2021-10-22T10:00", half, "B, on: 2021-10-21")},
		duties: []string{
			firstFee + "met-late 2021-10-21 23:59:59",
			"deployment §5.5 provider: opened 2021-10-21 23:59:59, due 2021-10-25, met 2021-10-22 10:45",
		},
		invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}})
}
