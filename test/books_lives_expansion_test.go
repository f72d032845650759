package test

import "testing"

// Asks for a disk of 700 G at a price that holds for the month, and accepts it an hour later.
const (
	wantsMore = `2022-03-01T10:00, do: expand, disk_gb: 700, price: "1060.00", answer: x, valid_until: 2022-03-31`
	takesMore = `2022-03-01T11:00, do: accept-quote, price: "1060.00"`
)

// An expansion is invoiced when its quote is accepted, at just that price; it is another thing than the annual fee. 1060.00 is
// 1000.00 and 60.00.
func TestBooks_AnExpansionIsInvoicedWhenItIsAccepted_5_7(t *testing.T) {
	t.Parallel()
	const (
		bought  = "INV-2022-000001 expansion-fee/1 2022-03-01: 1060.00 = 1000.00 + 60.00"
		granted = "expansion/1 §5.7 provider: opened 2022-03-01 11:00, "
		asked   = "expansion-fee/1 §5.7 customer: opened 2022-03-01 11:00, "
		paid    = "first-payment §5.4 customer: opened 2021-10-13 09:30, due 2021-10-20, met 2021-10-13 10:00"
	)
	keepBooks(t, []bookLife{{
		name: "not when it is asked for", until: "2022-03-02T00:00",
		events:   []string{paysFirst, wantsMore},
		invoices: []string{paid1}, duties: []string{paid, deployed1}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "when it is accepted", until: "2022-03-02T00:00", events: []string{paysFirst, wantsMore, takesMore},
		invoices: []string{paid1, bought + ", open 1060.00"}, duties: []string{paid, deployed1, granted + "pending", asked + "pending"},
		balances: "1002 120000.00, 1122 1060.00, 2205 -114207.55, 2221 -6852.45",
	}, {
		name: "paid in two parts and carried out", until: "2022-03-05T00:00",
		events: []string{
			paysFirst, wantsMore, takesMore, pays("2022-03-02T10:00", "1059.99", "B"),
			"2022-03-03T10:00, do: expanded, expansion: expansion/1, evidence: a picture", pays("2022-03-04T10:00", "0.01", "C"),
		},
		invoices: []string{paid1, bought + ", received 1060.00"},
		duties:   []string{paid, deployed1, granted + "met 2022-03-03 10:00", asked + "met 2022-03-04 10:00"},
		balances: "1002 121060.00, 2205 -114207.55, 2221 -6852.45",
	}, {
		name: "taken from what was paid too much", until: "2022-03-02T00:00",
		events:   []string{pays("2021-10-13T10:00", "121000.00", "A"), wantsMore, takesMore},
		invoices: []string{paid1, bought + ", received 1000.00, open 60.00"}, balances: "1002 121000.00, 1122 60.00, 2205 -114207.55, 2221 -6852.45",
	}, {
		name: "at another price than was shown", until: "2022-03-02T00:00",
		events: []string{
			paysFirst, wantsMore, `2022-03-01T11:00, do: accept-quote, price: "1059.99"`,
		},
		refused: []string{"2022-03-01 11:00 accept-quote quote_moved"}, invoices: []string{paid1}, balances: "1002 120000.00, " + owed1,
	}, {
		name: "growth for the next fee", until: "2022-09-23T00:00",
		events: []string{
			paysFirst, wantsMore, takesMore, pays("2022-03-02T10:00", "1060.00", "B"), renews("2022-09-22", "150000.00"),
		},
		invoices: []string{
			paid1, bought + ", received 1060.00",
			"INV-2022-000002 renewal-fee/2 2022-09-22 due 2022-10-12: 150000.00 = 141509.43 + 8490.57, open 150000.00",
		},
		balances: "1002 121060.00, 1122 150000.00, 2205 -255716.98, 2221 -15343.02",
	}})
}
