// Package money holds amounts of yuan (CNY) that are exact to the fen, in figures and in the capital
// numerals of Chinese contracts and invoices.
//
// It never rounds on its own: what has no exact place in fen is refused. Only Part rounds, because its caller
// asks for a fraction, and it says how. It knows no exchange rate, no tax and no other currency, and no float
// goes in or out.
package money

import "github.com/shopspring/decimal"

// decimals is how many digits of a yuan exist: one fen is 0.01 CNY.
const decimals = 2

// CNY is an amount of yuan with at most two decimals. The zero value is 0.00. Compare with Equal or Cmp;
// == compares the inner representation and is not meaningful.
type CNY struct { //nolint:recvcheck // reading text needs a pointer, everything else is a value
	// amount is either the zero Decimal or has the exponent −2, so that equal amounts are also deeply equal.
	amount decimal.Decimal
}

// Add is c + d.
func (c CNY) Add(d CNY) CNY { return canonical(c.amount.Add(d.amount)) }

// Sub is c − d; it may be negative.
func (c CNY) Sub(d CNY) CNY { return canonical(c.amount.Sub(d.amount)) }

// Cmp is −1, 0 or +1 as c is less than, equal to or more than d.
func (c CNY) Cmp(d CNY) int { return c.amount.Cmp(d.amount) }

// Equal reports whether c and d are the same amount.
func (c CNY) Equal(d CNY) bool { return c.Cmp(d) == 0 }

// Less reports whether c is less than d.
func (c CNY) Less(d CNY) bool { return c.Cmp(d) < 0 }

// IsZero reports whether c is 0.00.
func (c CNY) IsZero() bool { return c.amount.IsZero() }

// IsPositive reports whether c is at least one fen.
func (c CNY) IsPositive() bool { return c.amount.IsPositive() }

// IsNegative reports whether c is below 0.00.
func (c CNY) IsNegative() bool { return c.amount.IsNegative() }

// Min is the smaller of two amounts.
func Min(a, b CNY) CNY {
	if b.Less(a) {
		return b
	}
	return a
}

// exactly turns d into an amount, or reports that d has a part of a fen.
func exactly(d decimal.Decimal) (CNY, bool) {
	whole := d.Truncate(decimals)
	return canonical(whole), whole.Equal(d)
}

// canonical gives d, which has no part of a fen, the one representation of its amount.
func canonical(d decimal.Decimal) CNY {
	if d.IsZero() {
		return CNY{}
	}
	return CNY{amount: d.Add(decimal.New(0, -decimals))}
}
