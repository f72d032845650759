package ledger

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// receive makes payments of the receipts that have none.
func (b *bringing) receive() {
	for _, r := range b.money.Receipts {
		p := b.paymentOf(r.Reference)
		if p != nil && (!p.Ended || r.Gone != nil) {
			continue
		}
		n := 1
		if p != nil {
			n = p.N + 1
		}
		key := fmt.Sprintf("%s/payment/%s/%d", b.contract, r.Reference, n)
		day := b.Policy.Bookable(r.On)
		b.received = append(b.received, Receive{Key: key, Receipt: r, On: day})
		b.Payments = append(b.Payments, Payment{Key: key, Reference: r.Reference, N: n, Amount: r.Amount})
		b.fresh[key] = day
	}
}

// paymentOf is the payment under a reference that came last.
func (b *bringing) paymentOf(reference string) *Payment {
	for n := len(b.Payments) - 1; n >= 0; n-- {
		if b.Payments[n].Reference == reference {
			return &b.Payments[n]
		}
	}
	return nil
}

// apply brings what is applied to what the workflow says. What is taken off is taken off on the day of the step. Money
// that came in this step and finds its charge there counts from the day on which it came; but not while other money
// must make room for it, nor while a waiver must be taken back for it, or both would be there on the days between.
func (b *bringing) apply() {
	wanted := b.wanted()
	standing := map[Application]money.CNY{}
	for _, a := range b.Applied {
		standing[a.place()] = a.Amount
	}
	for _, a := range wanted {
		place := a.place()
		if _, there := standing[place]; !there {
			standing[place] = money.CNY{}
		}
	}
	target := map[Application]money.CNY{}
	for _, a := range wanted {
		target[a.place()] = target[a.place()].Add(a.Amount)
	}
	places := slices.SortedFunc(maps.Keys(standing), byPlace)
	for _, place := range places {
		if off := target[place].Sub(standing[place]); off.IsNegative() {
			place.Amount = off
			b.takenOff = append(b.takenOff, Apply{Key: b.stepKey("apply"), Application: place, On: b.on})
		}
	}
	for _, place := range places {
		if more := target[place].Sub(standing[place]); more.IsPositive() {
			day := b.appliedOn(place)
			place.Amount = more
			b.putOn = append(b.putOn, Apply{Key: b.stepKey("apply"), Application: place, On: day})
		}
	}
}

// wanted is what the workflow says is applied, by the keys of the books.
func (b *bringing) wanted() []Application {
	var all []Application
	for _, a := range b.money.Applied {
		application := Application{Payment: b.paymentOf(a.Reference).Key, Amount: a.Amount}
		if i := b.invoiceOf(a.To); i != nil {
			application.Invoice = i.Key
		} else {
			application.Refund = a.To
		}
		all = append(all, application)
	}
	return all
}

func (a Application) place() Application {
	a.Amount = money.CNY{}
	return a
}

func byPlace(x, y Application) int {
	return cmp.Or(cmp.Compare(x.Payment, y.Payment), cmp.Compare(x.Invoice, y.Invoice), cmp.Compare(x.Refund, y.Refund))
}

// appliedOn is the day from which applied money counts. Money that came late and is dated back counts on no day on which
// other money, gone since, was there.
func (b *bringing) appliedOn(place Application) workday.Date {
	came, fresh := b.fresh[place.Payment]
	if !fresh || len(b.takenOff) > 0 || place.Invoice == "" {
		return b.on
	}
	for _, i := range b.Invoices {
		if i.Key == place.Invoice && i.WrittenOff.IsZero() {
			return workday.Later(workday.Later(came, i.IssuedOn), i.FreedOn)
		}
	}
	return b.on
}

// writeOff lets go what is open of a waived charge, and takes it back as far as money comes after all.
func (b *bringing) writeOff() {
	paid := map[string]money.CNY{}
	for _, a := range b.money.Applied {
		paid[a.To] = paid[a.To].Add(a.Amount)
	}
	for _, c := range b.money.Charges {
		i := b.invoiceOf(c.Obligation)
		if i == nil {
			continue
		}
		var open money.CNY
		if c.Waived {
			open = i.Gross.Sub(i.Credited).Sub(paid[c.Obligation])
		}
		more := open.Sub(i.WrittenOff)
		d := WriteOff{Key: b.stepKey("write-off"), Invoice: i.Key, Amount: more, On: b.on}
		switch {
		case more.IsNegative():
			b.unwaived = append(b.unwaived, d)
		case more.IsPositive():
			b.waived = append(b.waived, d)
		}
	}
	b.unwaiveReplaced()
}

// unwaiveReplaced takes back what was let go of invoices that others have replaced.
func (b *bringing) unwaiveReplaced() {
	for n := range b.Invoices {
		i := &b.Invoices[n]
		if i.WrittenOff.IsPositive() && b.invoiceOf(i.Obligation) != i {
			b.unwaived = append(b.unwaived, WriteOff{Key: b.stepKey("write-off"), Invoice: i.Key, Amount: i.WrittenOff.Neg(), On: b.on})
		}
	}
}

// letGo ends the payments whose receipts are gone.
func (b *bringing) letGo() {
	for _, r := range b.money.Receipts {
		p := b.paymentOf(r.Reference)
		if r.Gone == nil || p.Ended {
			continue
		}
		p.Ended = true
		b.gone = append(b.gone, LetGo{
			Payment: p.Key, Reference: cmp.Or(r.Gone.Reference, r.Reference+"/reversed"), Account: r.Account,
			Amount: r.Amount, Gone: *r.Gone, On: b.on,
		})
	}
}

// askForRefunds writes down what was asked for.
func (b *bringing) askForRefunds() {
	for _, r := range b.money.Refunds {
		if r.Amount.IsPositive() && b.refund(r.Obligation) == nil {
			b.Refunds = append(b.Refunds, RefundStanding{ID: r.Obligation})
			b.asked = append(b.asked, Ask{r})
		}
	}
}

// approveAndPay writes down how far each refund has come.
func (b *bringing) approveAndPay() {
	for _, r := range b.money.Refunds {
		stand := b.refund(r.Obligation)
		if stand == nil {
			continue
		}
		if r.Approved() && !stand.Approved {
			b.asked = append(b.asked, Approve{r})
		}
		if r.Red != "" && !stand.Red {
			b.paid = append(b.paid, Confirm{r})
		}
		if r.Paid() && !stand.Paid {
			b.paid = append(b.paid, PayOut{Refund: r, On: b.Policy.Bookable(r.PaidOn)})
		}
	}
}

func (b *bringing) refund(id string) *RefundStanding {
	i := slices.IndexFunc(b.Refunds, func(r RefundStanding) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return &b.Refunds[i]
}
