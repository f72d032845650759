package message

import (
	"time"

	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// Money is all money of one contract as it stands after a step: what is owed, what came, what was applied to what,
// and what goes back. The books are brought to it in the transaction that records the step.
//
// Late: the contract is older than its books, so that charges are invoiced as of the days on which they opened.
type Money struct {
	Buyer    string    `json:"buyer"`
	Seller   string    `json:"seller"`
	Late     bool      `json:"late,omitempty"`
	Charges  []Charge  `json:"charges,omitempty"`
	Receipts []Receipt `json:"receipts,omitempty"`
	Applied  []Applied `json:"applied,omitempty"`
	Refunds  []Refund  `json:"refunds,omitempty"`
}

// Balance is all that was received and is still the contract's, and what of it nothing has used.
func (m Money) Balance() (received, unapplied money.CNY) {
	for _, r := range m.Receipts {
		if r.Counts() {
			received = received.Add(r.Amount)
		}
	}
	unapplied = received
	for _, a := range m.Applied {
		unapplied = unapplied.Sub(a.Amount)
	}
	return received, unapplied
}

// ChargeKind is what an amount is owed for.
type ChargeKind string

// The kinds of charges.
const (
	AnnualFee       ChargeKind = "annual-fee" // §5.3
	ExpansionCharge ChargeKind = "expansion"  // §5.7
)

// Charge is an amount owed by the obligation of that id, since that day. Credited is what a credit note has taken back of it (§1.4).
// First and Last are the service that it pays for, zero while the first service year has no day yet. Quote is the
// SHA-256, in hex, of the vendor's answer that an expansion rests on (§5.7).
type Charge struct {
	Obligation string       `json:"obligation"`
	Kind       ChargeKind   `json:"kind"`
	Year       int          `json:"year"`
	Amount     money.CNY    `json:"amount"`
	Credited   money.CNY    `json:"credited,omitzero"`
	Void       bool         `json:"void,omitempty"`
	Waived     bool         `json:"waived,omitempty"`
	Since      workday.Date `json:"since,omitzero"`
	DueOn      workday.Date `json:"due_on,omitzero"`
	First      workday.Date `json:"first,omitzero"`
	Last       workday.Date `json:"last,omitzero"`
	Quote      string       `json:"quote,omitempty"`
}

// Applied is money of a receipt that a charge or a refund has got. To is the obligation of either.
type Applied struct {
	Reference string    `json:"reference"`
	To        string    `json:"to"`
	Amount    money.CNY `json:"amount"`
}

// Why money of a receipt is the contract's no more.
const (
	Reversed = "reversed" // the bank took it back
	Moved    = "moved"    // it was another contract's
)

// Gone says why and when a receipt ceased to count. Reference and Line name the bank's own line by which it took the
// money back, if they are known; To is the contract to which the money was moved.
type Gone struct {
	Why       string       `json:"why"`
	On        workday.Date `json:"on"`
	By        string       `json:"by"`
	Reference string       `json:"reference,omitempty"`
	Line      int64        `json:"line,omitempty"`
	To        string       `json:"to,omitempty"`
}

// Why a refund is owed.
const (
	RefundShortfall   = "load-shortfall" // §1.4
	RefundOverpayment = "overpayment"    // §5.4: more came than is owed
)

// Refund is what the provider owes back, by the obligation of that id: all that was paid as annual fee (§1.4), or what
// came too much. After is how many fees it takes money behind: for an overpayment all that had opened when it was asked
// for, for §1.4 those of the years before. FromYear is the first service year of which §1.4 gives the fee back.
//
// It is approved by another person than the one who asked. RedWanted: a blue 数电票 stands, so that the confirmation of
// a red one, Red, must be there before it is paid.
type Refund struct {
	Obligation   string       `json:"obligation"`
	Amount       money.CNY    `json:"amount"`
	Reason       string       `json:"reason,omitempty"`
	FromYear     int          `json:"from_year,omitempty"`
	After        int          `json:"after,omitempty"`
	RequestedBy  string       `json:"requested_by,omitempty"`
	RequestedOn  workday.Date `json:"requested_on,omitzero"`
	Since        time.Time    `json:"since,omitzero"`
	ApprovedBy   string       `json:"approved_by,omitempty"`
	ApprovedOn   workday.Date `json:"approved_on,omitzero"`
	RedWanted    bool         `json:"red_wanted,omitempty"`
	Red          string       `json:"red,omitempty"`
	RedBy        string       `json:"red_by,omitempty"`
	PaidOn       workday.Date `json:"paid_on,omitzero"`
	PaidBy       string       `json:"paid_by,omitempty"`
	PaidFrom     string       `json:"paid_from,omitempty"`
	PayReference string       `json:"pay_reference,omitempty"`
	PayLine      int64        `json:"pay_line,omitempty"`
	Dropped      bool         `json:"dropped,omitempty"`
}

// Approved tells whether a second person has approved the refund.
func (r Refund) Approved() bool { return r.ApprovedBy != "" }

// Paid tells whether the money has gone out.
func (r Refund) Paid() bool { return !r.PaidOn.IsZero() }

// Outlook is where the talks about the year after the running one stand (§5.6). Fee is that of the running year; Growth
// names what was asked for beyond what it was agreed for, by its path in the form: without any, the provider may not
// ask for more (§5.8). Offered and Agreed are zero while there is no offer, or no agreement.
type Outlook struct {
	Year      int          `json:"year"`
	Last      workday.Date `json:"last"`
	Fee       money.CNY    `json:"fee"`
	Offered   money.CNY    `json:"offered,omitzero"`
	OfferedBy Side         `json:"offered_by,omitempty"`
	Agreed    money.CNY    `json:"agreed,omitzero"`
	Growth    string       `json:"growth,omitempty"`
}
