package workflows_test

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
)

// audited is the evidence of a life after which, every so many steps, each invariant of the books must hold. What the
// books will not take fails the life too, instead of being tried for ever.
type audited struct {
	*story

	every int

	mu     sync.Mutex
	steps  int
	audits int
	broken string // the step after which the books did not hold any more
}

// Record keeps a step. Nothing is kept once the books are broken: what follows from that says nothing.
func (a *audited) Record(ctx context.Context, r message.Record) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.broken != "" {
		return nil
	}
	if err := a.store.Record(ctx, r); err != nil {
		if ctx.Err() != nil { // it took too long, and is tried again
			return err
		}
		a.fail(stepOf(r), err.Error())
		return nil
	}
	if a.steps++; a.steps%a.every == 0 {
		a.audit(stepOf(r))
	}
	return nil
}

// sound wants every invariant to hold now.
func (a *audited) sound(after string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.broken == "" {
		a.audit(after)
	}
	return a.broken == ""
}

func (a *audited) audit(after string) {
	a.t.Helper()
	a.audits++
	_, found, err := a.store.Audit(context.WithoutCancel(a.t.Context()))
	if err != nil {
		a.fail(after, err.Error())
	}
	if len(found) > 0 {
		a.fail(after, findings(found))
	}
}

func (a *audited) fail(after, what string) {
	a.t.Helper()
	a.broken = after
	a.t.Errorf("after %s\n%s", after, what)
}

func stepOf(r message.Record) string {
	if len(r.Events) == 0 {
		return r.ActID
	}
	e := r.Events[0]
	return fmt.Sprintf("%s of %s at %s: %s %s", r.ActID, r.Contract, moment(e.At), e.Key, beginning(e.Detail))
}

// beginning is how the body of an act begins.
func beginning(detail any) string {
	said := fmt.Sprintf("%s", detail)
	return said[:min(len(said), 200)]
}

func findings(found []ledger.Finding) string {
	var all []string
	for _, f := range found {
		all = append(all, fmt.Sprintf("%s (%d): %s %v", f.Invariant, f.Count, f.Sentence.EN, f.Rows))
	}
	return strings.Join(all, "\n")
}

// sound wants every invariant of the books to hold, and the workflow to say of its money what they say.
func (s *story) sound() {
	s.t.Helper()
	_, found, err := s.store.Audit(s.t.Context())
	must(s.t, err)
	if len(found) > 0 {
		s.t.Errorf("the books do not hold:\n%s", findings(found))
	}
	for _, off := range s.disagreements() {
		s.t.Error(off)
	}
}

// disagreements are the figures of the workflow's own state that the read tables or the books do not bear out. Once it is
// over it says no more.
func (s *story) disagreements() []string {
	s.t.Helper()
	if s.over {
		return nil
	}
	view, err := s.store.View(s.t.Context(), s.form.Number)
	must(s.t, err)
	books, err := s.store.Account(s.t.Context(), s.form.Number)
	must(s.t, err)
	var off []string
	want := func(what string, got, want any) {
		if fmt.Sprint(got) != fmt.Sprint(want) {
			off = append(off, fmt.Sprintf("%s is %v, and the workflow says %v", what, got, want))
		}
	}
	received := ledger.Received(s.state.Receipts)
	unapplied, applied := received, map[string]money.CNY{}
	for _, a := range books.Applied {
		applied[a.To], unapplied = applied[a.To].Add(a.Amount), unapplied.Sub(a.Amount)
	}
	want("received", view.Contract.Received, received)
	want("unapplied", view.Contract.Unapplied, unapplied)
	for _, f := range s.state.Fees {
		i := lastInvoice(books, f.Obligation)
		left := i.Gross.Sub(i.Credited)
		if !f.Void {
			want(f.Obligation+" on its invoice", i.Gross, f.Amount)
			want("what is left of "+f.Obligation, left, f.Amount.Sub(f.Credited))
			want(f.Obligation+" complete", applied[f.Obligation].Equal(left), !f.CompleteAt.IsZero() || left.IsZero())
		} else {
			want("what is left of "+f.Obligation, left, money.CNY{})
			want("applied to "+f.Obligation, applied[f.Obligation], money.CNY{})
		}
	}
	for _, r := range s.state.Refunds {
		want(r.Obligation, refundOf(books, r.Obligation), refundLine(r))
	}
	var sum money.CNY
	for _, b := range books.Balances {
		sum = sum.Add(b.Balance)
	}
	want("the trial balance", sum, money.CNY{})
	return off
}

// lastInvoice is the last invoice for a fee.
func lastInvoice(books postgres.Account, obligation string) postgres.InvoiceLine {
	var last postgres.InvoiceLine
	for _, i := range books.Invoices {
		if i.Obligation == obligation && i.Kind == "invoice" {
			last = i
		}
	}
	return last
}

func refundOf(books postgres.Account, id string) string {
	for _, r := range books.Refunds {
		if r.ID == id {
			return fmt.Sprintf("%s by %s, approved by %q, red %v %q, paid %q", r.Amount, r.RequestedBy, r.ApprovedBy, r.RedWanted, r.Red, r.PaidOn)
		}
	}
	return "none"
}

// refundLine is a refund as the workflow knows it. One of nothing is in no book.
func refundLine(r message.Refund) string {
	if r.Amount.IsZero() {
		return "none"
	}
	return fmt.Sprintf("%s by %s, approved by %q, red %v %q, paid %q", r.Amount, r.RequestedBy, r.ApprovedBy, r.RedWanted, r.Red, r.PaidOn)
}
