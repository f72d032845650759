package ledger

import (
	"cmp"

	"lvyue/internal/message"
	"lvyue/internal/money"
)

// Before is the money of a contract that ended before there were books, as its row and its receipts tell: what its fees
// have used stays used, from the oldest receipt on, so that only what came too much can still go back (§5.4). What it
// was used for is one charge, since nobody kept the fees apart.
func Before(row message.ContractRow, receipts []message.Receipt) message.Money {
	m := message.Money{Buyer: cmp.Or(row.Customer, "?"), Seller: cmp.Or(row.Provider, "?"), Receipts: receipts}
	used := Received(receipts).Sub(row.Unapplied)
	if !used.IsPositive() {
		return m
	}
	const fees = "first-payment"
	m.Charges = []message.Charge{{Obligation: fees, Kind: message.AnnualFee, Year: 1, Amount: used, Since: row.Effective, DueOn: row.Effective}}
	m.Late = true
	for _, r := range inOrder(Counting(receipts)) {
		if piece := money.Min(used, r.Amount); piece.IsPositive() {
			m.Applied = append(m.Applied, message.Applied{Reference: r.Reference, To: fees, Amount: piece})
			used = used.Sub(piece)
		}
	}
	return m
}
