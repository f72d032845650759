package rehearsal

import (
	"context"
	"fmt"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
)

// addBooks reads what the books say of the contract, and audits them.
func (p *play) addBooks(ctx context.Context, r *Report) error {
	account, err := p.store.Account(ctx, p.Scenario.Form.Number)
	if err != nil {
		return fmt.Errorf("read the books: %w", err)
	}
	checked, failed, err := p.store.Audit(ctx)
	if err != nil {
		return fmt.Errorf("audit the books: %w", err)
	}
	r.Books = Books{TrialBalance: []Balance{}, Audit: Audit{Checked: checked, Failed: append([]ledger.Finding{}, failed...)}}
	for _, b := range account.Balances {
		r.Books.TrialBalance = append(r.Books.TrialBalance, Balance(b))
	}
	for _, i := range account.Invoices {
		r.Invoices = append(r.Invoices, invoiceOf(i))
	}
	apply(r.Payments, account.Applied)
	for _, l := range account.Refunds {
		r.Refunds = append(r.Refunds, refundOf(l, r.Obligations))
	}
	return nil
}

// paymentOf is a receipt to which nothing was applied yet.
func paymentOf(m message.Receipt) Payment {
	p := Payment{Reference: m.Reference, Amount: m.Amount, On: Day{m.On}, Status: "counts", Applied: []Applied{}}
	switch {
	case m.Gone != nil:
		p.Status = m.Gone.Why
	case m.Held:
		p.Status = "held"
	}
	if m.Gone == nil {
		p.Unapplied = m.Amount
	}
	return p
}

func invoiceOf(i postgres.InvoiceLine) Invoice {
	return Invoice{
		Number: i.Number, Kind: i.Kind, Obligation: i.Obligation, ServiceYear: i.ServiceYear, IssuedOn: Day{i.IssuedOn},
		DueOn: Day{i.DueOn}, Gross: i.Gross, Net: i.Net, Tax: i.Tax, VATRate: i.VatRate, Capital: i.Capital,
		Credits: i.Credits, Reason: i.Reason, Received: i.Received, Credited: i.Credited, WrittenOff: i.WrittenOff,
		Open: i.Open,
	}
}

// apply shows what each payment was applied to.
func apply(payments []Payment, lines []postgres.AppliedLine) {
	for i := range payments {
		p := &payments[i]
		for _, a := range lines {
			if a.Reference == p.Reference {
				p.Applied = append(p.Applied, Applied{To: a.To, Invoice: a.Invoice, Amount: a.Amount})
				p.Unapplied = p.Unapplied.Sub(a.Amount)
			}
		}
	}
}

// refundOf is a refund with the state of its duty. One of nothing is in no books.
func refundOf(l postgres.RefundLine, duties []Obligation) Refund {
	shown := Refund{
		ID: l.ID, Amount: l.Amount, Reason: l.Reason, RequestedBy: l.RequestedBy, ApprovedBy: l.ApprovedBy,
		RedWanted: l.RedWanted, Red: l.Red, PaidOn: Day{l.PaidOn},
	}
	for _, o := range duties {
		if o.ID == l.ID {
			shown.Status = o.Status
		}
	}
	return shown
}
