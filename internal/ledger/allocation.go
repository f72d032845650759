// Package ledger is the arithmetic of the books.
package ledger

import (
	"slices"
	"time"

	"lvyue/internal/money"
)

// Claim is an amount owed from the instant Since on.
type Claim struct {
	Amount money.CNY
	Since  time.Time
}

// Receipt is money that counts from the instant At on.
type Receipt struct {
	Amount money.CNY
	At     time.Time
}

// Allocate applies receipts to claims, the oldest receipt to the first claim first. For each claim it gives the
// instant at which it is complete: that of the receipt that reaches its amount, or Since if the money was there
// before; zero while something is missing. Rest is what no claim has used: an overpayment is kept for the next
// claim, never lost (§5.4, §5.6).
func Allocate(claims []Claim, receipts []Receipt) (complete []time.Time, rest money.CNY) {
	inOrder := slices.SortedStableFunc(slices.Values(receipts), func(a, b Receipt) int { return a.At.Compare(b.At) })
	var owed money.CNY
	for _, c := range claims {
		owed = owed.Add(c.Amount)
		complete = append(complete, later(c.Since, reached(inOrder, owed)))
	}
	var paid money.CNY
	for _, r := range receipts {
		paid = paid.Add(r.Amount)
	}
	if owed.Less(paid) {
		rest = paid.Sub(owed)
	}
	return complete, rest
}

// reached is the instant at which the receipts sum up to the amount, zero if they do not.
func reached(receipts []Receipt, amount money.CNY) time.Time {
	var sum money.CNY
	for _, r := range receipts {
		if sum = sum.Add(r.Amount); !sum.Less(amount) {
			return r.At
		}
	}
	return time.Time{}
}

func later(since, at time.Time) time.Time {
	if !at.IsZero() && since.After(at) {
		return since
	}
	return at
}
