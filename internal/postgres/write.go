package postgres

import (
	"cmp"
	_ "embed" // the statements
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

//go:embed query/post.sql
var post string

//go:embed query/insert_invoice.sql
var insertInvoice string

//go:embed query/insert_credit_note.sql
var insertCreditNote string

//go:embed query/insert_invoice_due.sql
var insertInvoiceDue string

//go:embed query/insert_invoice_service.sql
var insertInvoiceService string

//go:embed query/insert_schedule.sql
var insertSchedule string

//go:embed query/insert_payment.sql
var insertPayment string

//go:embed query/insert_payment_end.sql
var insertPaymentEnd string

//go:embed query/insert_allocation.sql
var insertAllocation string

//go:embed query/insert_write_off.sql
var insertWriteOff string

//go:embed query/insert_refund.sql
var insertRefund string

//go:embed query/insert_refund_approval.sql
var insertRefundApproval string

//go:embed query/insert_refund_red.sql
var insertRefundRed string

//go:embed query/insert_refund_payout.sql
var insertRefundPayout string

// clerk writes down the documents that an event asks for, in one batch.
type clerk struct {
	pgx.Batch

	contract string
	event    told
	money    message.Money
	policy   ledger.Policy
}

// write queues a document with its posting.
func (c *clerk) write(d ledger.Document) {
	switch d := d.(type) {
	case ledger.Issue:
		c.issue(d)
	case ledger.CreditNote:
		c.credit(d)
	case ledger.Plan:
		c.plan(d)
	case ledger.MoveDue:
		c.Queue(insertInvoiceDue, pgx.StrictNamedArgs{"invoice": d.Invoice, "event_seq": c.event.seq, "due_on": d.On})
	case ledger.Receive:
		c.receive(d)
	case ledger.LetGo:
		c.letGo(d)
	case ledger.Apply:
		c.apply(d)
	case ledger.WriteOff:
		c.writeOff(d)
	case ledger.Ask, ledger.Approve, ledger.Confirm, ledger.PayOut:
		c.refund(d)
	default:
		panic(fmt.Sprintf("the books know no document %T", d))
	}
}

// post queues the posting of a document under its key.
func (c *clerk) post(key, document string, on workday.Date, d ledger.Document) {
	queuePosting(&c.Batch, key, document, c.contract, on, c.event.actor(), d.Entries())
}

// queuePosting queues one posting. Lines of nothing are left out.
func queuePosting(
	batch *pgx.Batch, key, document, contract string, on workday.Date, actor string, entries []ledger.Entry,
) {
	var accounts []string
	var own []bool
	var amounts []string
	for _, e := range entries {
		if !e.Amount.IsZero() {
			accounts, own, amounts = append(accounts, e.Account), append(own, e.Own), append(amounts, e.Amount.String())
		}
	}
	batch.Queue(post, pgx.StrictNamedArgs{
		"key": key, "document": document, "contract": contract, "effective_on": on, "actor": actor,
		"accounts": accounts, "own": own, "amounts": amounts,
	})
}

func (c *clerk) issue(d ledger.Issue) {
	if d.Charge.Quote != "" {
		keepQuote(&c.Batch, c.contract, d.Charge.Quote)
	}
	c.Queue(insertInvoice, pgx.StrictNamedArgs{
		"key": d.Key, "contract": c.contract, "charge": d.Charge.Kind, "obligation": d.Charge.Obligation,
		"revision": d.Revision, "service_year": d.Charge.Year, "issued_on": d.On, "buyer": c.money.Buyer,
		"seller": c.money.Seller, "gross": d.Charge.Amount, "net": d.Net, "tax": d.Tax, "vat_rate": d.Rate.String(),
		"capital": d.Charge.Amount.Capital(), "quote": d.Charge.Quote, "actor": c.event.actor(), "what": what(d.Charge),
	})
	c.post(d.Key, "invoice", d.On, d)
}

// what is what a charge is for, as it stands on the invoice.
func what(charge message.Charge) string {
	if charge.Kind == message.ExpansionCharge {
		return fmt.Sprintf("第 %d 服务年度扩容费", charge.Year)
	}
	return fmt.Sprintf("第 %d 服务年度服务费", charge.Year)
}

func (c *clerk) credit(d ledger.CreditNote) {
	c.Queue(insertCreditNote, pgx.StrictNamedArgs{
		"key": d.Key, "of": d.Of, "reason": d.Reason, "issued_on": d.On, "gross": d.Gross.Neg(), "net": d.Net.Neg(),
		"tax": d.Tax.Neg(), "capital": negativeCapital(d.Gross), "actor": c.event.actor(),
	})
	c.post(d.Key, "credit-note", d.On, d)
}

// negativeCapital is an amount that is taken back, in capital numerals.
func negativeCapital(amount money.CNY) string { return "负" + amount.Capital() }

func (c *clerk) plan(d ledger.Plan) {
	if !d.First.IsZero() {
		c.Queue(insertInvoiceService, pgx.StrictNamedArgs{
			"invoice": d.Invoice, "first": d.First, "last": d.Last, "grain": string(c.policy.Grain),
			"refund_right": string(d.Right),
		})
	}
	for _, row := range d.Rows {
		c.Queue(insertSchedule, pgx.StrictNamedArgs{
			"invoice": d.Invoice, "month": row.Month, "cause": d.Cause, "net": row.Net, "at_once": d.AtOnce,
		})
	}
}

func (c *clerk) receive(d ledger.Receive) {
	r := d.Receipt
	c.Queue(insertPayment, pgx.StrictNamedArgs{
		"key": d.Key, "contract": c.contract, "reference": r.Reference, "line": r.Line, "account": r.Account,
		"amount": r.Amount, "received_on": r.On, "effective_on": d.On, "actor": c.event.actor(),
	})
	c.post(d.Key, "payment", d.On, d)
}

func (c *clerk) letGo(d ledger.LetGo) {
	c.Queue(insertPaymentEnd, pgx.StrictNamedArgs{
		"payment": d.Payment, "why": d.Gone.Why, "line": d.Gone.Line, "account": d.Account, "reference": d.Reference,
		"contract": c.contract, "amount": d.Amount, "gone_on": d.Gone.On, "ended_on": d.On, "actor": d.Gone.By,
	})
	c.post(d.Payment+"/end", "payment-end", d.On, d)
}

func (c *clerk) apply(d ledger.Apply) {
	c.Queue(insertAllocation, pgx.StrictNamedArgs{
		"key": d.Key, "contract": c.contract, "payment": d.Payment, "invoice": d.Invoice, "refund": d.Refund,
		"amount": d.Amount, "effective_on": d.On, "actor": c.event.actor(),
	})
	c.post(d.Key, "allocation", d.On, d)
}

func (c *clerk) writeOff(d ledger.WriteOff) {
	c.Queue(insertWriteOff, pgx.StrictNamedArgs{
		"key": d.Key, "contract": c.contract, "invoice": d.Invoice, "amount": d.Amount, "effective_on": d.On,
		"actor": c.event.actor(),
	})
	c.post(d.Key, "write-off", d.On, d)
}

// refund queues one step of a refund.
func (c *clerk) refund(d ledger.Document) {
	switch d := d.(type) {
	case ledger.Ask:
		c.Queue(insertRefund, pgx.StrictNamedArgs{
			"contract": c.contract, "id": d.Obligation, "reason": cmp.Or(d.Reason, message.RefundShortfall), "amount": d.Amount,
			"requested_by": cmp.Or(d.RequestedBy, engine), "requested_on": workday.Later(workday.Of(d.Since), d.RequestedOn),
		})
	case ledger.Approve:
		c.Queue(insertRefundApproval, pgx.StrictNamedArgs{
			"contract": c.contract, "id": d.Obligation, "requested_by": cmp.Or(d.RequestedBy, engine), "approved_by": d.ApprovedBy,
			"approved_on": d.ApprovedOn, "red_wanted": d.RedWanted,
		})
	case ledger.Confirm:
		c.Queue(insertRefundRed, pgx.StrictNamedArgs{
			"contract": c.contract, "id": d.Obligation, "confirmation": d.Red, "actor": d.RedBy,
		})
	case ledger.PayOut:
		c.Queue(insertRefundPayout, pgx.StrictNamedArgs{
			"contract": c.contract, "id": d.Obligation, "amount": d.Amount, "paid_on": d.PaidOn, "line": d.PayLine,
			"account": d.PaidFrom, "reference": d.PayReference, "effective_on": d.On, "actor": d.PaidBy,
		})
		c.post(c.contract+"/"+d.Obligation+"/payout", "refund-payout", d.On, d)
	}
}
