package money

import "github.com/shopspring/decimal"

// Neg is −c.
func (c CNY) Neg() CNY { return CNY{}.Sub(c) }

// Part is c × numerator ÷ denominator, rounded once to the fen, half a fen away from zero (四舍五入), so that
// the part of −c is −Part of c. Parts rounded one by one need not add up to c: round what has accrued so far and
// take the difference, or let the last part be the rest. A denominator of 0 panics, as any division by it does.
func Part(c CNY, numerator, denominator int64) CNY {
	return canonical(c.amount.Mul(decimal.NewFromInt(numerator)).DivRound(decimal.NewFromInt(denominator), decimals))
}
