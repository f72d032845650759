package ledger

import (
	"slices"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/money"
)

// Settle gives money that nothing uses to charges that are still open, in their order, and says which duties stand
// otherwise now: a fee that is no longer paid is owed again by its old day, one that is paid at last is settled when the
// money came (§5.4). Duties are those of the contract, at the instant of the act.
func (a Afterwards) Settle(duties []message.Obligation, at time.Time) Afterwards {
	a.Money = applyFree(a.Money)
	for _, c := range a.Money.Charges {
		i := slices.IndexFunc(duties, func(o message.Obligation) bool { return o.ID == c.Obligation })
		if i < 0 || c.Void {
			continue
		}
		o, full := duties[i], !appliedTo(a.Money, c.Obligation).Less(c.Amount.Sub(c.Credited))
		switch {
		case full && o.Open():
			o.SettledAt, o.ClosedAt = completedAt(a.Money, c.Obligation), at
			o.Status = message.Met
			if !o.DueAt.IsZero() && !o.SettledAt.Before(o.DueAt) {
				o.Status = message.MetLate
			}
			a.Duties = append(a.Duties, o)
		case !full && o.Done():
			o.SettledAt, o.ClosedAt, o.Status = time.Time{}, time.Time{}, message.Overdue
			if o.Provisional || o.DueAt.IsZero() || o.DueAt.After(at) {
				o.Status = message.Pending
			}
			a.Duties = append(a.Duties, o)
		}
	}
	return a
}

// applyFree applies what is free of the receipts, the oldest first, to the charges that are open.
func applyFree(m message.Money) message.Money {
	m.Applied = slices.Clone(m.Applied)
	for _, c := range m.Charges {
		if c.Void || c.Waived {
			continue
		}
		wanted := c.Amount.Sub(c.Credited).Sub(appliedTo(m, c.Obligation))
		for _, r := range inOrder(Counting(m.Receipts)) {
			if piece := money.Min(left(m, r), wanted); piece.IsPositive() {
				m = put(m, message.Applied{Reference: r.Reference, To: c.Obligation, Amount: piece})
				wanted = wanted.Sub(piece)
			}
		}
	}
	return m
}

// put adds to what a receipt has given to a charge or a refund.
func put(m message.Money, more message.Applied) message.Money {
	for i, a := range m.Applied {
		if a.Reference == more.Reference && a.To == more.To {
			m.Applied[i].Amount = a.Amount.Add(more.Amount)
			return m
		}
	}
	m.Applied = append(m.Applied, more)
	return m
}

func appliedTo(m message.Money, to string) money.CNY {
	var sum money.CNY
	for _, a := range m.Applied {
		if a.To == to {
			sum = sum.Add(a.Amount)
		}
	}
	return sum
}

// completedAt is the instant of the last receipt that a charge has money of.
func completedAt(m message.Money, to string) time.Time {
	var at time.Time
	for _, r := range m.Receipts {
		has := slices.ContainsFunc(m.Applied, func(a message.Applied) bool { return a.To == to && a.Reference == r.Reference })
		if has && r.At.After(at) {
			at = r.At
		}
	}
	return at
}
