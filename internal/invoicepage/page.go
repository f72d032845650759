// Package invoicepage draws one invoice or credit note as a Chinese business document: an HTML page that needs
// nothing from anywhere, to be read on a screen and printed on A4.
//
// It computes nothing: every amount, the capital one too, comes from the caller and is shown as it is. The page
// is no tax document, and says so; it knows no database and no clock.
package invoicepage

import (
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// Party is one side of the invoice. Empty fields are shown as —.
type Party struct {
	Name      string
	TaxNumber string // 纳税人识别号
	Account   string // 开户行及账号
	Address   string // 地址、电话
}

// Line is one item. Amounts are yuan, negative on a credit note.
type Line struct {
	What   string
	Period string // the time it covers, in words of the caller
	Net    money.CNY
	Tax    money.CNY
	Gross  money.CNY
	Rate   string // of the tax, such as 6%
}

// Page is what the document says. Any text may be empty and any day may be no day; both are shown as —, unless
// said otherwise.
type Page struct {
	// Number is the document's own number. It stands in the footer of every printed page too.
	Number string
	// CreditNote makes the page a 贷项通知单 instead of a 账单.
	CreditNote bool
	// Credits is the number of the credited invoice; only a credit note shows it.
	Credits  string
	Contract string
	IssuedOn workday.Date
	// DueOn is the last day for payment. A credit note without one does not mention it.
	DueOn         workday.Date
	Buyer, Seller Party
	Lines         []Line
	// Net, Tax and Gross are the sums of the lines, negative on a credit note.
	Net, Tax, Gross money.CNY
	// Capital is Gross in capital numerals, on a credit note with 负 before it.
	Capital string
	// Received is what is settled of Gross and Open what is not. As long as Open is positive, an invoice asks
	// for it.
	Received, Open money.CNY
	// Fapiao are the numbers of the tax invoices that belong to it.
	Fapiao []string
	// Remark keeps its line ends. Without one there is no such row.
	Remark string
}
