package test

import (
	"slices"
	"strings"
	"testing"

	"lvyue/internal/money"
	"lvyue/internal/rehearsal"
)

// bookLife is a life that both sides have signed on 2021-10-13 at 09:30, and what it must leave in the books. A nil list is
// not compared; the balances always are.
type bookLife struct {
	name, until string
	first       string // the day of the signatures, when another
	takes       string // the deployment, 45m when empty
	events      []string
	state       string
	duties      []string
	years       []string
	refused     []string // "2021-10-18 10:00 pay receipt_reversed"
	invoices    []string // "INV-2021-000001 first-payment 2021-10-13 due 2021-10-20: 120000.00 = 113207.55 + 6792.45, open 120000.00"
	payments    []string // "A 120000.00 2021-10-13 counts: INV-2021-000001 120000.00"
	refunds     []string // "refund/1 120000.00 load-shortfall met, asked by chen, approved by wang, paid 2022-03-04"
	balances    string   // of all accounts that are not zero: "1002 120000.00, 2205 -113207.55, 2221 -6792.45"
}

// keepBooks rehearses every life, side by side.
func keepBooks(t *testing.T, lives []bookLife) {
	t.Helper()
	for _, l := range lives {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			r := playFile(t, written(t, l.scenario(), amendments(t)))
			expect(t, r, want{State: l.state, Duties: l.duties, Years: l.years, Left: r.Resources.Left})
			compare(t, "refused", lines(r.Refused, turnedDown), l.refused)
			compare(t, "invoices", sorted(lines(r.Invoices, invoiced)), sorted(l.invoices))
			compare(t, "payments", sorted(lines(r.Payments, used)), l.payments)
			compare(t, "refunds", lines(r.Refunds, givenBack), l.refunds)
			if got := balances(r); got != l.balances {
				t.Errorf("balances are\n\t%s\nwant\n\t%s", got, l.balances)
			}
			addsUp(t, r)
		})
	}
}

func (l bookLife) scenario() string {
	if l.first == "" {
		l.first = "2021-10-13"
	}
	if l.takes == "" {
		l.takes = "45m"
	}
	events := slices.Concat([]string{l.first + "T09:00, do: sign, by: customer", l.first + "T09:30, do: sign, by: provider"}, l.events)
	return "contract: acme.yaml\ncloud: {deploy_takes: " + l.takes + "}\nuntil: " + l.until +
		"\nevents:\n  - {at: " + strings.Join(events, "}\n  - {at: ") + "}\n"
}

// addsUp fails unless the report agrees with itself: the balances with each other, the bank with the receipts, and every
// document with what it is made of.
func addsUp(t *testing.T, r rehearsal.Report) {
	t.Helper()
	of, sum := map[string]money.CNY{}, money.CNY{}
	for _, b := range r.Books.TrialBalance {
		of[b.Account], sum = b.Balance, sum.Add(b.Balance)
		equal(t, "debit less credit of "+b.Account, b.Debit.Sub(b.Credit), b.Balance)
	}
	equal(t, "the sum of all balances", sum, money.CNY{})
	bank, unapplied, to := receivedBy(t, r)
	payable := money.CNY{}
	for _, back := range r.Refunds {
		payable = payable.Sub(to[back.ID])
		if !back.PaidOn.IsZero() {
			bank, payable = bank.Sub(back.Amount), payable.Add(back.Amount)
		}
	}
	equal(t, "1002", of["1002"], bank)
	equal(t, "2203", of["2203"], unapplied.Neg())
	equal(t, "2241", of["2241"], payable)
	open, credited := money.CNY{}, map[string]money.CNY{}
	for _, i := range r.Invoices {
		credited[i.Credits] = credited[i.Credits].Sub(i.Gross)
	}
	for _, i := range r.Invoices {
		equal(t, "net and tax of "+i.Number, i.Net.Add(i.Tax), i.Gross)
		if i.Credits == "" {
			open = open.Add(i.Open)
			equal(t, "received on "+i.Number, i.Received, to[i.Number])
			equal(t, "credited on "+i.Number, i.Credited, credited[i.Number])
			equal(t, "open on "+i.Number, i.Open, i.Gross.Sub(i.Received).Sub(i.Credited).Sub(i.WrittenOff))
		}
	}
	equal(t, "1122", of["1122"], open)
	if r.Books.Audit.Checked == 0 {
		t.Error("the books were not audited")
	}
}

// receivedBy says what the bank has got and not taken back, how much of it nothing has used, and what got the rest. What was
// moved to another contract has stayed in the bank, for nothing that this contract knows of.
func receivedBy(t *testing.T, r rehearsal.Report) (bank, unapplied money.CNY, to map[string]money.CNY) {
	t.Helper()
	to = map[string]money.CNY{}
	for _, p := range r.Payments {
		if p.Status == "reversed" {
			continue
		}
		rest := p.Amount
		for _, a := range p.Applied {
			rest = rest.Sub(a.Amount)
			to[target(a)] = to[target(a)].Add(a.Amount)
		}
		if p.Status != "moved" {
			equal(t, "unapplied of "+p.Reference, p.Unapplied, rest)
		}
		bank, unapplied = bank.Add(p.Amount), unapplied.Add(rest)
	}
	return bank, unapplied, to
}

func equal(t *testing.T, what string, got, want money.CNY) {
	t.Helper()
	if !got.Equal(want) {
		t.Errorf("%s is %s, want %s", what, got, want)
	}
}

func turnedDown(r rehearsal.Refused) string { return moment(r.At.Time) + " " + r.Do + " " + r.Code }

func invoiced(i rehearsal.Invoice) string {
	line := i.Number + " " + i.Obligation + " " + i.IssuedOn.String()
	if !i.DueOn.IsZero() {
		line += " due " + i.DueOn.String()
	}
	if i.Credits != "" {
		line = i.Number + " " + i.IssuedOn.String() + " of " + i.Credits
	}
	line += ": " + i.Gross.String() + " = " + i.Net.String() + " + " + i.Tax.String()
	if i.Credits != "" {
		return line
	}
	return line + unlessZero("received", i.Received) + unlessZero("credited", i.Credited) +
		unlessZero("written off", i.WrittenOff) + unlessZero("open", i.Open)
}

func used(p rehearsal.Payment) string {
	line := p.Reference + " " + p.Amount.String() + " " + p.On.String() + " " + p.Status
	if len(p.Applied) > 0 {
		line += ": " + strings.Join(lines(p.Applied, func(a rehearsal.Applied) string { return target(a) + " " + a.Amount.String() }), ", ")
	}
	return line + unlessZero("unapplied", p.Unapplied)
}

func target(a rehearsal.Applied) string {
	if a.Invoice != "" {
		return a.Invoice
	}
	return a.To
}

func givenBack(r rehearsal.Refund) string {
	line := r.ID + " " + r.Amount.String() + " " + r.Reason + " " + string(r.Status) + ", asked by " + r.RequestedBy
	if r.ApprovedBy != "" {
		line += ", approved by " + r.ApprovedBy
	}
	if !r.PaidOn.IsZero() {
		line += ", paid " + r.PaidOn.String()
	}
	return line
}

func unlessZero(what string, amount money.CNY) string {
	if amount.IsZero() {
		return ""
	}
	return ", " + what + " " + amount.String()
}

func balances(r rehearsal.Report) string {
	var all []string
	for _, b := range r.Books.TrialBalance {
		if !b.Balance.IsZero() {
			all = append(all, b.Account+" "+b.Balance.String())
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}
