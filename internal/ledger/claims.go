package ledger

import (
	"slices"

	"lvyue/internal/message"
	"lvyue/internal/money"
)

// Spread says which receipt each claim has got its money from, in the order of the receipts and, of one receipt, of the
// claims. To names the claims, in their order. It is Allocate, told by receipt.
func Spread(to []string, claims []Claim, receipts []message.Receipt) []message.Applied {
	var spread []message.Applied
	var came, owed money.CNY // what the receipts and claims before those in hand reach to
	claim := 0
	for _, r := range inOrder(receipts) {
		upTo := came.Add(r.Amount)
		for claim < len(claims) && came.Less(upTo) {
			end := owed.Add(claims[claim].Amount)
			if piece := money.Min(end, upTo).Sub(came); piece.IsPositive() {
				spread = append(spread, message.Applied{Reference: r.Reference, To: to[claim], Amount: piece})
				came = came.Add(piece)
			}
			if upTo.Less(end) {
				break
			}
			owed, claim = end, claim+1
		}
		came = upTo
	}
	return spread
}

// Counting are the receipts that may be applied: the bank has not taken them back, they were not moved to another
// contract, and nobody keeps them back.
func Counting(receipts []message.Receipt) []message.Receipt {
	return slices.DeleteFunc(slices.Clone(receipts), func(r message.Receipt) bool { return !r.Counts() || r.Held })
}

// Received is all money that came and is still the contract's, also what is kept back.
func Received(receipts []message.Receipt) money.CNY {
	return total(slices.DeleteFunc(slices.Clone(receipts), func(r message.Receipt) bool { return !r.Counts() }))
}
