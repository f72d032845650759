package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"lvyue/internal/invoicepage"
	"lvyue/internal/ledger"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// invoiceCommand shows one invoice or credit note, and draws it as a page.
func invoiceCommand(s *session) *cobra.Command {
	a := asked{question: question{
		command: "invoice NUMBER", title: refusal.Text{ZH: "账单", EN: "Invoice"}, view: "books_invoice", about: "number",
		columns: invoiceColumns(),
	}}
	var page string
	c := &cobra.Command{
		Use: a.command, Args: wants(1, 1),
		Short:   s.say("一张账单或贷项单，可存为网页打印", "one invoice or credit note, also as a page to print"),
		Example: "  starter books invoice INV-2025-000001 --html invoice.html",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			a.argument = args[0]
			r, err := s.ask(ctx, a)
			if err != nil {
				return reply{}, err
			}
			if page == "" {
				return r, nil
			}
			return s.drawn(ctx, a, page, r)
		}),
	}
	s.moments(c, &a)
	c.Flags().StringVar(&page, "html", "", s.say("存为网页文件", "write it to an HTML file"))
	return c
}

// unknownInvoice is the refusal of a number under which there is nothing.
func unknownInvoice(number string) *refusal.Refusal {
	return refusal.Rule("unknown_invoice", "5.3", "没有账单 "+number+"。", "there is no invoice "+number)
}

// drawn adds the page to the answer.
func (s *session) drawn(ctx context.Context, a asked, file string, r reply) (reply, error) {
	page, err := s.invoicePage(ctx, a)
	if err != nil {
		return reply{}, err
	}
	err = saveWhole("html", file, func(w io.Writer) error { return invoicepage.Write(w, page) })
	if err != nil {
		return reply{}, err
	}
	shown := r.print
	r.print = func(p *paper) {
		shown(p)
		p.line("%s 已写入 %s", "%s %s is written", p.paint(good, "✓"), file)
	}
	return r, nil
}

// record is a row by the names of its columns.
type record map[string]any

func (r record) text(name string) string {
	text, _ := r[name].(string)
	return text
}

func (r record) day(name string) workday.Date {
	day, _ := r[name].(workday.Date)
	return day
}

func (r record) amount(name string) money.CNY {
	amount, _ := r[name].(money.CNY)
	return amount
}

// records asks one view about an invoice as it was asked for.
func (s *session) records(ctx context.Context, a asked, view, number string, columns ...string) ([]record, error) {
	var in input
	q := postgres.Question{
		View: view, Columns: columns, AsOf: in.optionalDate("as-of", a.asOf), KnownAt: in.known("known-at", a.knownAt),
		Where: []postgres.Condition{{Column: number, Is: postgres.Equal, Value: a.argument}},
	}
	var all []record
	err := s.store.Ask(ctx, q, func(rows *postgres.Answer) error {
		for row := range rows.Rows() {
			r := record{}
			for i, c := range rows.Columns {
				r[c.Name] = row[i]
			}
			all = append(all, r)
		}
		return nil
	})
	return all, err
}

// invoicePage is the document. What the books know of the parties beyond their names stands on the fapiao.
func (s *session) invoicePage(ctx context.Context, a asked) (invoicepage.Page, error) {
	heads, err := s.records(ctx, a, "books_invoice", "number", "kind", "credits", "contract", "issued_on", "due_on", "buyer", "seller",
		"net", "tax", "gross", "capital", "received", "credited", "written_off", "open", "vat_rate")
	if err != nil {
		return invoicepage.Page{}, err
	}
	if len(heads) == 0 {
		return invoicepage.Page{}, unknownInvoice(a.argument)
	}
	lines, err := s.records(ctx, a, "books_invoice_line", "number", "what", "first", "last", "net", "tax", "gross", "vat_rate")
	if err != nil {
		return invoicepage.Page{}, err
	}
	fapiao, err := s.records(ctx, a, "books_fapiao", "invoice", "number", "buyer_tax_no", "seller_tax_no")
	if err != nil {
		return invoicepage.Page{}, err
	}
	return pageOf(a.argument, heads[0], lines, fapiao), nil
}

func pageOf(number string, h record, lines, fapiao []record) invoicepage.Page {
	page := invoicepage.Page{
		Number: number, CreditNote: h.text("kind") == "credit-note", Credits: h.text("credits"), Contract: h.text("contract"),
		IssuedOn: h.day("issued_on"), DueOn: h.day("due_on"), Buyer: invoicepage.Party{Name: h.text("buyer")},
		Seller: invoicepage.Party{Name: h.text("seller")}, Net: h.amount("net"), Tax: h.amount("tax"), Gross: h.amount("gross"),
		Capital: h.text("capital"), Received: h.amount("received"), Open: h.amount("open"), Remark: settledOtherwise(h),
	}
	if page.CreditNote {
		page.Received = page.Gross // it takes its amount off the invoice at once
	}
	for _, l := range lines {
		line := invoicepage.Line{
			What: l.text("what"), Net: l.amount("net"), Tax: l.amount("tax"), Gross: l.amount("gross"), Rate: percent(l.text("vat_rate")),
		}
		if first := l.day("first"); !first.IsZero() {
			line.Period = fmt.Sprintf("%s 至 %s", first, l.day("last"))
		}
		page.Lines = append(page.Lines, line)
	}
	for _, f := range fapiao {
		page.Fapiao = append(page.Fapiao, f.text("number"))
		page.Buyer.TaxNumber, page.Seller.TaxNumber = f.text("buyer_tax_no"), f.text("seller_tax_no")
	}
	return page
}

// percent is a rate of VAT as an invoice prints it.
func percent(rate string) string {
	parsed, err := ledger.ParseRate(rate)
	if err != nil {
		return rate
	}
	return parsed.Percent()
}

// settledOtherwise says what became of the amount besides money.
func settledOtherwise(h record) string {
	remark := ""
	if credited := h.amount("credited"); credited.IsPositive() {
		remark = "已由贷项通知单冲减 " + credited.String() + " 元。"
	}
	if waived := h.amount("written_off"); waived.IsPositive() {
		remark += "已豁免 " + waived.String() + " 元。"
	}
	return remark
}
