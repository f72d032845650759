package ledger

import (
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// A Document is one thing that the books write down, under its business key, with its posting. It is written once.
type Document interface{ Entries() []Entry }

// Entry is one line of a posting: a debit above zero, a credit below. Own entries are the contract's, the others of no
// contract.
type Entry struct {
	Account string
	Own     bool
	Amount  money.CNY
}

// Accounts of the chart.
const (
	Bank             = "1002"
	Receivable       = "1122"
	Unexplained      = "1221" // paid out, and not known for what
	Unapplied        = "2203"
	ContractDebt     = "2205" // 合同负债: service owed for what was invoiced
	OutputVAT        = "2221"
	Payable          = "2241" // refunds and compensation
	Revenue          = "6001"
	WaivedReceivable = "6702"
	Loss             = "6711" // compensation
)

// Issue is an invoice (§5.3, §5.6, §5.7): its amount is receivable, and the service and the tax are owed for it.
type Issue struct {
	Key      string
	Charge   message.Charge
	Revision int
	On       workday.Date
	Rate     Rate
	Net, Tax money.CNY
}

// Entries is the posting.
func (d Issue) Entries() []Entry {
	return []Entry{{Receivable, true, d.Charge.Amount}, {ContractDebt, true, d.Net.Neg()}, {OutputVAT, true, d.Tax.Neg()}}
}

// Why a credit note was written.
const (
	Repriced = "repriced" // §6.4: another invoice takes its place
	Voided   = "void"     // the service year never began
	GaveBack = "refund"   // §1.4
)

// CreditNote takes an invoice, or a part of it, back. Earned is the part of Net that was revenue already, and is taken
// from it; the rest was still owed. Amounts are above zero here.
type CreditNote struct {
	Key             string
	Of              string
	Reason          string
	On              workday.Date
	Gross, Net, Tax money.CNY
	Earned          money.CNY
}

// Entries is the posting.
func (d CreditNote) Entries() []Entry {
	return []Entry{
		{ContractDebt, true, d.Net.Sub(d.Earned)},
		{Revenue, true, d.Earned},
		{OutputVAT, true, d.Tax},
		{Receivable, true, d.Gross.Neg()},
	}
}

// Plan is the schedule by which the net amount of an invoice is earned, or by which a credit note takes it away. At
// once: the credit note has posted it itself. It posts nothing. First and Last are the service that is charged for; no
// days on a credit note.
type Plan struct {
	Invoice     string
	Cause       string
	First, Last workday.Date
	Rows        []Earned
	AtOnce      bool
	Right       RefundRight // by which the rows of a new invoice were planned
}

// Entries is nothing: the close of a month posts what is earned in it.
func (Plan) Entries() []Entry { return nil }

// MoveDue is another last day for an invoice.
type MoveDue struct {
	Invoice string
	On      workday.Date
}

// Entries is nothing.
func (MoveDue) Entries() []Entry { return nil }

// Receive makes money of a bank line the contract's (§5.4).
type Receive struct {
	Key     string
	Receipt message.Receipt
	On      workday.Date // on which it is booked
}

// Entries is the posting.
func (d Receive) Entries() []Entry {
	return []Entry{{Unapplied, false, d.Receipt.Amount}, {Unapplied, true, d.Receipt.Amount.Neg()}}
}

// LetGo ends a payment: the bank took it back, or it was another contract's.
type LetGo struct {
	Payment   string
	Reference string
	Account   string
	Amount    money.CNY
	Gone      message.Gone
	On        workday.Date
}

// Entries is the posting.
func (d LetGo) Entries() []Entry {
	back := Entry{Unapplied, false, d.Amount.Neg()}
	if d.Gone.Why == message.Reversed {
		back.Account = Unexplained
	}
	return []Entry{{Unapplied, true, d.Amount}, back}
}

// Apply gives money of a payment to an invoice or to a refund; below zero it takes it off again.
type Apply struct {
	Key string
	Application
	On workday.Date
}

// Entries is the posting.
func (d Apply) Entries() []Entry {
	to := Receivable
	if d.Refund != "" {
		to = Payable
	}
	return []Entry{{Unapplied, true, d.Amount}, {to, true, d.Amount.Neg()}}
}

// WriteOff is what a waiver lets go of an invoice; below zero, what it let go and came after all.
type WriteOff struct {
	Key     string
	Invoice string
	Amount  money.CNY
	On      workday.Date
}

// Entries is the posting.
func (d WriteOff) Entries() []Entry {
	return []Entry{{WaivedReceivable, true, d.Amount}, {Receivable, true, d.Amount.Neg()}}
}

// Ask, Approve and Confirm are the steps of a refund before money goes out.
type (
	// Ask is a refund that was requested (§1.4, §5.4).
	Ask struct{ message.Refund }
	// Approve is the word of the second person.
	Approve struct{ message.Refund }
	// Confirm is the confirmation of a red 数电票.
	Confirm struct{ message.Refund }
)

// Entries is nothing: the money is set aside by Apply.
func (Ask) Entries() []Entry { return nil }

// Entries is nothing.
func (Approve) Entries() []Entry { return nil }

// Entries is nothing.
func (Confirm) Entries() []Entry { return nil }

// PayOut is a refund that was paid.
type PayOut struct {
	message.Refund

	On workday.Date // on which it is booked
}

// Entries is the posting.
func (d PayOut) Entries() []Entry {
	return []Entry{{Payable, true, d.Amount}, {Unexplained, false, d.Amount.Neg()}}
}
