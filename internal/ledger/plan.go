package ledger

import (
	"fmt"
	"slices"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// Bring gives the documents, in the order in which they are written, that bring the books of a contract from where
// they stand to what its workflow says. At is the place of the evidence that says it, On its day. What stands already
// is left alone: brought there twice, the books do not change.
//
// Money is taken off before it is put on, and the receivable is right before money is applied to it, so that no
// account passes through an amount that it never had.
func Bring(s Standing, m message.Money, contract string, at int64, on workday.Date) []Document {
	b := &bringing{Standing: s, money: m, contract: contract, at: at, on: s.Policy.Bookable(on), fresh: map[string]workday.Date{}}
	b.askForRefunds()
	b.bill()
	b.receive()
	b.apply()
	b.writeOff()
	b.letGo()
	b.approveAndPay()
	return b.documents()
}

// bringing is the work of one Bring. The lists are written one after the other.
type bringing struct {
	Standing

	money    message.Money
	contract string
	at       int64
	on       workday.Date
	fresh    map[string]workday.Date // payments and invoices made by this step, and their days

	asked, takenOff, unwaived, credited, issued, received, putOn, waived, gone, paid []Document
	steps                                                                            int
}

func (b *bringing) documents() []Document {
	return slices.Concat(b.asked, b.takenOff, b.unwaived, b.credited, b.issued, b.received, b.putOn, b.waived, b.gone, b.paid)
}

// stepKey is the key of a document that has no better one than the step that it belongs to.
func (b *bringing) stepKey(what string) string {
	b.steps++
	return fmt.Sprintf("%s/step/%d/%s/%d", b.contract, b.at, what, b.steps)
}

// bill issues an invoice for each charge, and credits what is owed no more.
func (b *bringing) bill() {
	for _, c := range b.money.Charges {
		i := b.invoiced(c)
		switch {
		case i == nil:
			continue
		case c.Void:
			b.credit(i, i.Gross, Voided)
		case i.Credited.Less(c.Credited):
			b.credit(i, c.Credited, GaveBack)
		}
		b.schedule(c, i)
		if c.DueOn != i.DueOn && !c.DueOn.IsZero() {
			i.DueOn = c.DueOn
			b.issued = append(b.issued, MoveDue{Invoice: i.Key, On: c.DueOn})
		}
	}
}

// invoiced is the invoice for a charge at its amount: one at another amount is credited and replaced (§6.4). A charge that
// is void gets none.
func (b *bringing) invoiced(c message.Charge) *Invoice {
	i := b.invoiceOf(c.Obligation)
	if c.Void || (i != nil && i.Gross.Equal(c.Amount)) {
		return i
	}
	if i != nil {
		b.credit(i, i.Gross, Repriced)
	}
	return b.issue(c, i)
}

// invoiceOf is the invoice for an obligation that was issued last.
func (b *bringing) invoiceOf(obligation string) *Invoice {
	for n := len(b.Invoices) - 1; n >= 0; n-- {
		if b.Invoices[n].Obligation == obligation {
			return &b.Invoices[n]
		}
	}
	return nil
}

func (b *bringing) issue(c message.Charge, before *Invoice) *Invoice {
	revision := 1
	if before != nil {
		revision = before.Revision + 1
	}
	net, tax := SplitVAT(c.Amount, b.Policy.Rate)
	key := fmt.Sprintf("%s/invoice/%s/%d", b.contract, c.Obligation, revision)
	on := b.on
	if b.money.Late && !c.Since.IsZero() {
		on = b.Policy.Bookable(c.Since)
	}
	b.issued = append(b.issued, Issue{Key: key, Charge: c, Revision: revision, On: on, Rate: b.Policy.Rate, Net: net, Tax: tax})
	b.fresh[key] = on
	b.Invoices = append(b.Invoices, Invoice{
		Key: key, Obligation: c.Obligation, Revision: revision, IssuedOn: on, Rate: b.Policy.Rate, Gross: c.Amount, Net: net,
	})
	return &b.Invoices[len(b.Invoices)-1]
}

// credit takes an invoice back up to the amount. What nobody has earned yet goes first (§1.4 gives all back).
func (b *bringing) credit(i *Invoice, upTo money.CNY, reason string) {
	gross := upTo.Sub(i.Credited)
	if !gross.IsPositive() {
		return
	}
	net := i.Net.Sub(i.CreditedNet)
	if upTo.Less(i.Gross) {
		part, _ := SplitVAT(gross, i.Rate)
		net = money.Min(part, net)
	}
	i.Credits++
	key := fmt.Sprintf("%s/credit/%d", i.Key, i.Credits)
	taken, earned := b.unplan(i, key, net)
	notes := &b.credited
	if _, issuedNow := b.fresh[i.Key]; issuedNow { // the part that §1.4 gave back of the price before
		notes = &b.issued
	}
	*notes = append(*notes, CreditNote{
		Key: key, Of: i.Key, Reason: reason, On: b.on, Gross: gross, Net: net, Tax: gross.Sub(net), Earned: earned,
	})
	*notes = append(*notes, taken...)
	i.Credited, i.CreditedNet = upTo, i.CreditedNet.Add(net)
}

// unplan takes the net amount out of the schedule of an invoice. Earned is what was revenue already.
func (b *bringing) unplan(i *Invoice, key string, net money.CNY) (plans []Document, earned money.CNY) {
	if len(i.Schedule) == 0 {
		return nil, money.CNY{}
	}
	var unearned money.CNY
	for _, row := range i.Schedule {
		if row.Month.After(b.Policy.ClosedThrough()) {
			unearned = unearned.Add(row.Net)
		}
	}
	later := money.Min(net, unearned)
	earned = net.Sub(later)
	plan := Plan{Invoice: i.Key, Cause: key}
	if later.IsPositive() {
		plan.Rows = Credit(i.Schedule, later, b.Policy.ClosedThrough(), b.on)
		plans = append(plans, plan)
	}
	if earned.IsPositive() {
		plan.Cause, plan.AtOnce, plan.Rows = key+"/earned", true, []Earned{{Month: firstOfMonth(b.on), Net: earned.Neg()}}
		plans = append(plans, plan)
	}
	for _, d := range plans {
		p, _ := d.(Plan)
		i.Schedule = append(i.Schedule, p.Rows...)
	}
	return plans, earned
}

// schedule plans when the net amount of an invoice is earned, once its service has its days. What belongs to closed
// months is earned in the first open one.
func (b *bringing) schedule(c message.Charge, i *Invoice) {
	net := i.Net.Sub(i.CreditedNet)
	if c.First.IsZero() || len(i.Schedule) > 0 || !net.IsPositive() {
		return
	}
	var late money.CNY
	var rows []Earned
	right := b.Policy.RefundRight
	if c.Kind == message.ExpansionCharge { // §1.4 does not give it back
		right = IgnoreRefund
	}
	for _, row := range Schedule(net, c.First, c.Last, b.Policy.Grain, right) {
		if row.Month.After(b.Policy.ClosedThrough()) {
			rows = append(rows, row)
		} else {
			late = late.Add(row.Net)
		}
	}
	rows = joined(b.Policy.OpenFrom, late, rows)
	i.Schedule = rows
	b.issued = append(b.issued, Plan{Invoice: i.Key, Cause: i.Key, First: c.First, Last: c.Last, Rows: rows, Right: right})
}

// joined adds an amount to the month, in front of the others if it has no row yet.
func joined(month workday.Date, amount money.CNY, rows []Earned) []Earned {
	switch {
	case amount.IsZero():
		return rows
	case len(rows) > 0 && rows[0].Month == month:
		rows[0].Net = rows[0].Net.Add(amount)
		return rows
	default:
		return append([]Earned{{Month: month, Net: amount}}, rows...)
	}
}
