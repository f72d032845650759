package ledger

import (
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// Standing is what the books hold of one contract.
type Standing struct {
	Policy   Policy
	Invoices []Invoice // in the order in which they were issued
	Payments []Payment // those that are the contract's, and those that were
	Applied  []Application
	Refunds  []RefundStanding
}

// Policy is what finance has decided. OpenFrom is the first day of the first month that is not closed; no day if none
// is.
type Policy struct {
	Rate        Rate
	Grain       Grain
	RefundRight RefundRight
	OpenFrom    workday.Date
}

// Bookable is the day itself if its month is open, else the first day that is: a fact that comes to light late is
// booked as soon as it can be.
func (p Policy) Bookable(day workday.Date) workday.Date { return workday.Later(day, p.OpenFrom) }

// ClosedThrough is the first day of the last closed month; no day if none is.
func (p Policy) ClosedThrough() workday.Date {
	if p.OpenFrom.IsZero() {
		return workday.Date{}
	}
	return firstOfMonth(p.OpenFrom.AddDays(-1))
}

// Invoice is an invoice with what became of it: what credit notes took back, what was paid, and what a waiver let go.
// Rate is that of its issue, by which it is credited too. FreedOn is the last day on which money was taken off it, or a
// waiver back; no day if that never was.
type Invoice struct {
	Key         string
	Obligation  string
	Revision    int
	IssuedOn    workday.Date
	DueOn       workday.Date
	Rate        Rate
	Gross, Net  money.CNY
	Credited    money.CNY
	CreditedNet money.CNY
	Credits     int
	WrittenOff  money.CNY
	FreedOn     workday.Date
	Schedule    []Earned
}

// Payment is money of a bank line that is, or was, the contract's. N counts how often the reference came to it.
type Payment struct {
	Key       string
	Reference string
	N         int
	Amount    money.CNY
	Ended     bool
}

// Application is what a payment has given to an invoice, by its key, or to a refund, by its id; the other is empty.
type Application struct {
	Payment string
	Invoice string
	Refund  string
	Amount  money.CNY
}

// RefundStanding is how far a refund has come.
type RefundStanding struct {
	ID                  string
	Approved, Red, Paid bool
}

func firstOfMonth(d workday.Date) workday.Date { return d.AddDays(1 - d.Day()) }
