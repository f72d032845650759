package rehearsal

import (
	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
)

// Payment is a receipt. Status is counts, held (a person keeps it from being applied), reversed (the bank took it back) or
// moved (it was another contract's). Unapplied is what nothing has used.
type Payment struct {
	Reference string    `json:"reference"`
	Amount    money.CNY `json:"amount"`
	On        Day       `json:"on"`
	Status    string    `json:"status"`
	Applied   []Applied `json:"applied"`
	Unapplied money.CNY `json:"unapplied"`
}

// Applied is money of a payment that an invoice has got, by its number, or a refund. To is the obligation.
type Applied struct {
	To      string    `json:"to"`
	Invoice string    `json:"invoice,omitempty"`
	Amount  money.CNY `json:"amount"`
}

// Invoice is an invoice or a credit note, whose amounts are below zero. Open is what is still asked for.
type Invoice struct {
	Number      string    `json:"number"`
	Kind        string    `json:"kind"`
	Obligation  string    `json:"obligation"`
	ServiceYear int       `json:"service_year"`
	IssuedOn    Day       `json:"issued_on"`
	DueOn       Day       `json:"due_on"`
	Gross       money.CNY `json:"gross"`
	Net         money.CNY `json:"net"`
	Tax         money.CNY `json:"tax"`
	VATRate     string    `json:"vat_rate"`
	Capital     string    `json:"capital"`
	Credits     string    `json:"credits,omitempty"`
	Reason      string    `json:"reason,omitempty"`
	Received    money.CNY `json:"received"`
	Credited    money.CNY `json:"credited"`
	WrittenOff  money.CNY `json:"written_off"`
	Open        money.CNY `json:"open"`
}

// Refund is money that the provider owes back: under §1.4, or what came too much.
type Refund struct {
	ID          string         `json:"id"`
	Amount      money.CNY      `json:"amount"`
	Status      message.Status `json:"status"`
	Reason      string         `json:"reason"`
	RequestedBy string         `json:"requested_by"`
	ApprovedBy  string         `json:"approved_by"`
	RedWanted   bool           `json:"red_wanted"`
	Red         string         `json:"red"`
	PaidOn      Day            `json:"paid_on"`
}

// Books are what the books say at the end.
type Books struct {
	TrialBalance []Balance `json:"trial_balance"`
	Audit        Audit     `json:"audit"`
}

// Balance is an account of the trial balance: its debits, its credits, and debits less credits.
type Balance struct {
	Account string    `json:"account"`
	NameZH  string    `json:"name_zh"`
	NameEN  string    `json:"name_en"`
	Debit   money.CNY `json:"debit"`
	Credit  money.CNY `json:"credit"`
	Balance money.CNY `json:"balance"`
}

// Audit is how many invariants were checked, and those that do not hold.
type Audit struct {
	Checked int              `json:"checked"`
	Failed  []ledger.Finding `json:"failed"`
}
