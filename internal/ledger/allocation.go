// Package ledger is the arithmetic of the books.
package ledger

import (
	"slices"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/money"
)

// Claim is an amount owed from the instant Since on.
type Claim struct {
	Amount money.CNY
	Since  time.Time
}

// Share is what a claim has got. CompleteAt is the instant of the receipt that reached its amount, or the
// claim's Since if the money was there before; zero while something is missing.
type Share struct {
	Applied    money.CNY
	CompleteAt time.Time
}

// Allocate applies receipts to claims, the oldest receipt to the first claim first, and gives each claim its
// share. Rest is what no claim has used: an overpayment is kept for the next claim, never lost (§5.4, §5.6).
func Allocate(claims []Claim, receipts []message.Receipt) (shares []Share, rest money.CNY) {
	oldestFirst := inOrder(receipts)
	rest = total(receipts)
	var owed money.CNY
	for _, c := range claims {
		owed = owed.Add(c.Amount)
		share := Share{Applied: money.Min(c.Amount, rest)}
		rest = rest.Sub(share.Applied)
		if at, reached := reachedAt(oldestFirst, owed); reached {
			share.CompleteAt = later(c.Since, at)
		}
		shares = append(shares, share)
	}
	return shares, rest
}

// inOrder are the receipts by the instants at which they count.
func inOrder(receipts []message.Receipt) []message.Receipt {
	return slices.SortedStableFunc(slices.Values(receipts), func(a, b message.Receipt) int { return a.At.Compare(b.At) })
}

func total(receipts []message.Receipt) money.CNY {
	var sum money.CNY
	for _, r := range receipts {
		sum = sum.Add(r.Amount)
	}
	return sum
}

// reachedAt is the instant of the receipt with which the sum reaches the amount.
func reachedAt(receipts []message.Receipt, amount money.CNY) (time.Time, bool) {
	var sum money.CNY
	for _, r := range receipts {
		if sum = sum.Add(r.Amount); !sum.Less(amount) {
			return r.At, true
		}
	}
	return time.Time{}, false
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
