package ledger_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

const number = "HT-2026-001"

// shadow is the books of one contract in memory. It takes documents one by one, as the clerk does, and fails on what the
// database would refuse or an audit would find.
type shadow struct {
	ledger.Standing

	taken     map[string]money.CNY // net that credit notes took from revenue at once, by invoice
	earned    map[string]money.CNY // net that closed months have recognised, by invoice
	keys      map[string]bool
	owed      map[string][]movement // receivable, by invoice
	unapplied map[string][]movement // by payment
	at        int64
}

// movement is what one document does to a balance on its day.
type movement struct {
	on     workday.Date
	amount money.CNY
}

func newShadow() *shadow {
	return &shadow{
		Standing: ledger.Standing{Policy: ledger.Policy{Rate: rateOf(6), Grain: ledger.ByDay, RefundRight: ledger.IgnoreRefund}},
		taken:    map[string]money.CNY{}, earned: map[string]money.CNY{},
		keys: map[string]bool{}, owed: map[string][]movement{}, unapplied: map[string][]movement{},
	}
}

// read is the standing as the database would give it: copies, and without what came to nothing.
func (b *shadow) read() ledger.Standing {
	s := b.Standing
	s.Invoices, s.Payments, s.Refunds = slices.Clone(s.Invoices), slices.Clone(s.Payments), slices.Clone(s.Refunds)
	for i := range s.Invoices {
		s.Invoices[i].Schedule = slices.Clone(s.Invoices[i].Schedule)
	}
	s.Applied = slices.DeleteFunc(slices.Clone(s.Applied), func(a ledger.Application) bool { return a.Amount.IsZero() })
	return s
}

// bring takes the documents of one step, and then wants the books to be there: a second time there is nothing to write.
func (b *shadow) bring(t failer, m message.Money, on workday.Date) []ledger.Document {
	t.Helper()
	b.at++
	documents := ledger.Bring(b.read(), m, number, b.at, on)
	for _, d := range documents {
		b.write(t, d)
	}
	if again := ledger.Bring(b.read(), m, number, b.at, on); len(again) > 0 {
		t.Fatalf("brought there twice, the books get %s", told(again))
	}
	return documents
}

// failer is a test of any kind.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func (b *shadow) write(t failer, d ledger.Document) {
	t.Helper()
	var off money.CNY
	for _, e := range d.Entries() {
		off = off.Add(e.Amount)
	}
	if !off.IsZero() {
		t.Fatalf("%s is off by %s", told([]ledger.Document{d}), off)
	}
	switch d := d.(type) {
	case ledger.Issue:
		b.issue(t, d)
	case ledger.CreditNote:
		b.credit(t, d)
	case ledger.Plan:
		b.plan(t, d)
	case ledger.MoveDue:
		b.invoice(t, d.Invoice).DueOn = d.On
	case ledger.Receive:
		b.fresh(t, d.Key)
		b.open(t, d.On)
		p := ledger.Payment{Key: d.Key, Reference: d.Receipt.Reference, N: numberOf(t, d.Key), Amount: d.Receipt.Amount}
		b.Payments = append(b.Payments, p)
		b.move(t, b.unapplied, d.Key, d.On, p.Amount)
	case ledger.LetGo:
		b.fresh(t, d.Payment+"/end")
		b.open(t, d.On)
		b.payment(t, d.Payment).Ended = true
		b.move(t, b.unapplied, d.Payment, d.On, d.Amount.Neg())
	case ledger.Apply:
		b.apply(t, d)
	case ledger.WriteOff:
		b.fresh(t, d.Key)
		b.open(t, d.On)
		i := b.invoice(t, d.Invoice)
		if i.WrittenOff = i.WrittenOff.Add(d.Amount); i.WrittenOff.IsNegative() {
			t.Fatalf("%s of %s are let go", i.WrittenOff, i.Key)
		}
		if d.Amount.IsNegative() {
			i.FreedOn = workday.Later(i.FreedOn, d.On)
		}
		b.move(t, b.owed, d.Invoice, d.On, d.Amount.Neg())
	default:
		b.refund(t, d)
	}
}

func (b *shadow) refund(t failer, d ledger.Document) {
	t.Helper()
	switch d := d.(type) {
	case ledger.Ask:
		b.fresh(t, d.Obligation)
		b.Refunds = append(b.Refunds, ledger.RefundStanding{ID: d.Obligation})
	case ledger.Approve:
		b.fresh(t, d.Obligation+"/approved")
		b.refundOf(t, d.Obligation).Approved = true
	case ledger.Confirm:
		b.fresh(t, d.Obligation+"/red")
		b.refundOf(t, d.Obligation).Red = true
	case ledger.PayOut:
		b.fresh(t, d.Obligation+"/payout")
		b.open(t, d.On)
		stand := b.refundOf(t, d.Obligation)
		if !stand.Approved || (d.RedWanted && !stand.Red) {
			t.Fatalf("%s is paid before its time", d.Obligation)
		}
		stand.Paid = true
	default:
		t.Fatalf("the books know no %T", d)
	}
}

func (b *shadow) issue(t failer, d ledger.Issue) {
	t.Helper()
	b.fresh(t, d.Key)
	b.open(t, d.On)
	net, tax := ledger.SplitVAT(d.Charge.Amount, d.Rate)
	if !net.Equal(d.Net) || !tax.Equal(d.Tax) || d.Rate != b.Policy.Rate {
		t.Fatalf("%s of %s is split into %s and %s at %s", d.Key, d.Charge.Amount, d.Net, d.Tax, d.Rate)
	}
	b.Invoices = append(b.Invoices, ledger.Invoice{
		Key: d.Key, Obligation: d.Charge.Obligation, Revision: d.Revision, IssuedOn: d.On, Rate: d.Rate,
		Gross: d.Charge.Amount, Net: d.Net,
	})
	b.move(t, b.owed, d.Key, d.On, d.Charge.Amount)
}

func (b *shadow) credit(t failer, d ledger.CreditNote) {
	t.Helper()
	b.fresh(t, d.Key)
	b.open(t, d.On)
	i := b.invoice(t, d.Of)
	before := i.Gross.Sub(i.Credited)
	i.Credited, i.CreditedNet, i.Credits = i.Credited.Add(d.Gross), i.CreditedNet.Add(d.Net), i.Credits+1
	tax, creditedTax := i.Gross.Sub(i.Net), i.Credited.Sub(i.CreditedNet)
	if i.Gross.Less(i.Credited) || i.Net.Less(i.CreditedNet) || tax.Less(creditedTax) || d.Net.IsNegative() || d.Tax.IsNegative() {
		t.Fatalf("%s takes back %s, %s and %s of %s, %s and %s", d.Key, i.Credited, i.CreditedNet, creditedTax, i.Gross, i.Net, tax)
	}
	whole := i.Credited.Equal(i.Gross)
	if net, _ := ledger.SplitVAT(d.Gross, i.Rate); whole && !i.Net.Equal(i.CreditedNet) || !whole && !d.Net.Equal(net) {
		t.Fatalf("%s of %s (of %s at %s) takes back %s net", d.Key, d.Gross, before, i.Rate, d.Net)
	}
	if b.taken[d.Of] = b.taken[d.Of].Add(d.Earned); b.earned[d.Of].Less(b.taken[d.Of]) {
		t.Fatalf("%s takes %s from the revenue of %s, which was %s", d.Key, b.taken[d.Of], d.Of, b.earned[d.Of])
	}
	b.move(t, b.owed, d.Of, d.On, d.Gross.Neg())
}

// plan takes the rows of a schedule. The at-once ones are not read back, as in the database.
func (b *shadow) plan(t failer, d ledger.Plan) {
	t.Helper()
	i := b.invoice(t, d.Invoice)
	for _, row := range d.Rows {
		b.fresh(t, d.Invoice+"|"+d.Cause+"|"+row.Month.String())
		b.open(t, row.Month)
		if d.AtOnce {
			continue
		}
		i.Schedule = append(i.Schedule, row)
	}
}

func (b *shadow) apply(t failer, d ledger.Apply) {
	t.Helper()
	b.fresh(t, d.Key)
	b.open(t, d.On)
	if p := b.payment(t, d.Payment); p.Ended {
		t.Fatalf("%s is applied after its end", d.Payment)
	}
	if (d.Invoice == "") == (d.Refund == "") {
		t.Fatalf("%s is applied to %q and %q", d.Payment, d.Invoice, d.Refund)
	}
	place := d.Application
	place.Amount = money.CNY{}
	n := slices.IndexFunc(b.Applied, func(a ledger.Application) bool {
		a.Amount = money.CNY{}
		return a == place
	})
	if n < 0 {
		n = len(b.Applied)
		b.Applied = append(b.Applied, place)
	}
	if b.Applied[n].Amount = b.Applied[n].Amount.Add(d.Amount); b.Applied[n].Amount.IsNegative() {
		t.Fatalf("%s of %s is applied to %s%s", b.Applied[n].Amount, d.Payment, d.Invoice, d.Refund)
	}
	b.move(t, b.unapplied, d.Payment, d.On, d.Amount.Neg())
	if d.Refund != "" {
		b.refundOf(t, d.Refund)
		return
	}
	if i := b.invoice(t, d.Invoice); d.Amount.IsNegative() {
		i.FreedOn = workday.Later(i.FreedOn, d.On)
	}
	b.move(t, b.owed, d.Invoice, d.On, d.Amount.Neg())
}

// fresh wants a key that was never used.
func (b *shadow) fresh(t failer, key string) {
	t.Helper()
	if b.keys[key] {
		t.Fatalf("%s is written twice", key)
	}
	b.keys[key] = true
}

// open wants a day in a month that is not closed.
func (b *shadow) open(t failer, on workday.Date) {
	t.Helper()
	if on.IsZero() || on.Before(b.Policy.OpenFrom) {
		t.Fatalf("%s is booked, and the books are open from %s", on, b.Policy.OpenFrom)
	}
}

// move changes a balance, which at no moment of the batch is below nothing.
func (b *shadow) move(t failer, of map[string][]movement, key string, on workday.Date, amount money.CNY) {
	t.Helper()
	of[key] = append(of[key], movement{on, amount})
	if balance := sumOf(of[key], workday.Date{}); balance.IsNegative() {
		t.Fatalf("%s passes through %s", key, balance)
	}
}

// sumOf is the balance at the end of a day, of all days if that is none.
func sumOf(all []movement, day workday.Date) money.CNY {
	var sum money.CNY
	for _, m := range all {
		if day.IsZero() || !m.on.After(day) {
			sum = sum.Add(m.amount)
		}
	}
	return sum
}

func (b *shadow) invoice(t failer, key string) *ledger.Invoice {
	t.Helper()
	return one(t, b.Invoices, key, func(i ledger.Invoice) string { return i.Key })
}

func (b *shadow) payment(t failer, key string) *ledger.Payment {
	t.Helper()
	return one(t, b.Payments, key, func(p ledger.Payment) string { return p.Key })
}

func (b *shadow) refundOf(t failer, id string) *ledger.RefundStanding {
	t.Helper()
	return one(t, b.Refunds, id, func(r ledger.RefundStanding) string { return r.ID })
}

// one finds what is there under a key; what is not there yet cannot be written about.
func one[T any](t failer, all []T, key string, keyOf func(T) string) *T {
	t.Helper()
	n := slices.IndexFunc(all, func(item T) bool { return keyOf(item) == key })
	if n < 0 {
		t.Fatalf("%s is not there", key)
	}
	return &all[n]
}

func numberOf(t failer, key string) int {
	t.Helper()
	n, err := strconv.Atoi(key[strings.LastIndex(key, "/")+1:])
	if err != nil {
		t.Fatalf("%s counts nothing", key)
	}
	return n
}

// closeBefore closes the months before that of the day, and recognises what was planned for them.
func (b *shadow) closeBefore(day workday.Date) {
	from := day.AddDays(1 - day.Day())
	for _, i := range b.Invoices {
		for _, row := range i.Schedule {
			if row.Month.Before(from) && !row.Month.Before(b.Policy.OpenFrom) {
				b.earned[i.Key] = b.earned[i.Key].Add(row.Net)
			}
		}
	}
	b.Policy.OpenFrom = workday.Later(b.Policy.OpenFrom, from)
}

// settled wants the books to say what the picture says.
func (b *shadow) settled(t failer, m message.Money) {
	t.Helper()
	applied := map[string]money.CNY{}
	for _, a := range m.Applied {
		applied[a.Reference+" to "+a.To] = applied[a.Reference+" to "+a.To].Add(a.Amount)
	}
	for _, a := range b.Applied {
		to := a.Refund
		if a.Invoice != "" {
			to = b.invoice(t, a.Invoice).Obligation
		}
		key := b.payment(t, a.Payment).Reference + " to " + to
		applied[key] = applied[key].Sub(a.Amount)
	}
	for key, off := range applied {
		if !off.IsZero() {
			t.Fatalf("%s: the books are off by %s", key, off)
		}
	}
	for _, c := range m.Charges {
		b.chargeSettled(t, c)
	}
	for _, r := range m.Receipts {
		live := slices.ContainsFunc(b.Payments, func(p ledger.Payment) bool { return p.Reference == r.Reference && !p.Ended })
		if live != r.Counts() {
			t.Fatalf("payment %s counts: %v", r.Reference, live)
		}
	}
	for key, all := range b.unapplied {
		b.neverNegative(t, "unapplied cash of "+key, all)
	}
	for key, all := range b.owed {
		b.neverNegative(t, "what is owed on "+key, all)
	}
}

// chargeSettled wants one open invoice at the price of the charge, what is let go of it only while it is waived, and a
// schedule of all that it is net.
func (b *shadow) chargeSettled(t failer, c message.Charge) {
	t.Helper()
	for n := range b.Invoices {
		i := &b.Invoices[n]
		if i.Obligation != c.Obligation {
			continue
		}
		last := !slices.ContainsFunc(b.Invoices[n+1:], func(j ledger.Invoice) bool { return j.Obligation == i.Obligation })
		open := i.Gross.Sub(i.Credited)
		want := c.Amount.Sub(c.Credited)
		if c.Void || !last {
			want = money.CNY{}
		}
		if !open.Equal(want) || last && !c.Void && !i.Gross.Equal(c.Amount) {
			t.Fatalf("%s of %s asks for %s, want %s", i.Key, i.Gross, open, want)
		}
		if left := sumOf(b.owed[i.Key], workday.Date{}); c.Waived && !left.IsZero() || !c.Waived && !i.WrittenOff.IsZero() {
			t.Fatalf("%s: waived %v, %s let go, %s left", i.Key, c.Waived, i.WrittenOff, left)
		}
		if last && !c.DueOn.IsZero() && i.DueOn != c.DueOn {
			t.Fatalf("%s is due on %s, want %s", i.Key, i.DueOn, c.DueOn)
		}
		b.scheduleSettled(t, c, i)
	}
}

func (b *shadow) scheduleSettled(t failer, c message.Charge, i *ledger.Invoice) {
	t.Helper()
	net := i.Net.Sub(i.CreditedNet)
	planned := b.taken[i.Key].Neg()
	for _, row := range i.Schedule {
		planned = planned.Add(row.Net)
	}
	if (len(i.Schedule) > 0 || (!c.First.IsZero() && net.IsPositive())) && !planned.Equal(net) {
		t.Fatalf("%s plans %s of %s: %s", i.Key, planned, net, written(i.Schedule))
	}
	if debt := net.Sub(b.earned[i.Key]).Add(b.taken[i.Key]); debt.IsNegative() {
		t.Fatalf("more is earned than %s asks for: the service owed is %s", i.Key, debt)
	}
}

// neverNegative wants a balance that is nothing or more at the end of every day.
func (b *shadow) neverNegative(t failer, what string, all []movement) {
	t.Helper()
	for _, m := range all {
		if balance := sumOf(all, m.on); balance.IsNegative() {
			t.Fatalf("on %s %s is %s", m.on, what, balance)
		}
	}
}

// told is documents as text, for a failure.
func told(documents []ledger.Document) string {
	var lines []string
	for _, d := range documents {
		lines = append(lines, fmt.Sprintf("%T%+v", d, d))
	}
	return strings.Join(lines, "\n")
}

// life is the money of a contract as its workflow would tell it.
type life struct {
	today    workday.Date
	charges  []message.Charge
	waived   map[string]bool
	receipts []message.Receipt
	refunds  []message.Refund
	clock    time.Duration // since the morning, so that no two receipts are of one instant
}

func newLife() *life {
	return &life{today: workday.MustDate("2026-01-15"), waived: map[string]bool{}}
}

// claims are what takes money, in its turn.
func (l *life) claims(waivedLast map[string]bool) (to []string, claims []ledger.Claim) {
	var last []message.Charge
	add := func(id string, amount money.CNY) {
		to, claims = append(to, id), append(claims, ledger.Claim{Amount: amount, Since: l.today.Start()})
	}
	refunds := func(after int) {
		for _, r := range l.refunds {
			takes := r.Approved() || r.Reason == message.RefundOverpayment
			if r.After == after && takes && !r.Dropped {
				add(r.Obligation, r.Amount)
			}
		}
	}
	for n, c := range l.charges {
		refunds(n)
		switch left := c.Amount.Sub(c.Credited); {
		case c.Void || left.IsZero():
		case waivedLast[c.Obligation]:
			last = append(last, c)
		default:
			add(c.Obligation, left)
		}
	}
	refunds(len(l.charges))
	for _, c := range last {
		add(c.Obligation, c.Amount.Sub(c.Credited))
	}
	return to, claims
}

// shares is what each claim has got, and whether that is all of it. A charge that was waived comes last until it is paid.
func (l *life) shares() (got map[string]money.CNY, whole map[string]bool, rest money.CNY) {
	waivedLast := map[string]bool{}
	for id := range l.waived {
		waivedLast[id] = true
	}
	for range 2 {
		to, claims := l.claims(waivedLast)
		shares, left := ledger.Allocate(claims, ledger.Counting(l.receipts))
		got, whole, rest = map[string]money.CNY{}, map[string]bool{}, left
		for n, s := range shares {
			got[to[n]], whole[to[n]] = s.Applied, !s.CompleteAt.IsZero()
		}
		for id := range waivedLast {
			waivedLast[id] = !whole[id]
		}
	}
	return got, whole, rest
}

// picture is what the workflow tells of the life.
func (l *life) picture() message.Money {
	_, whole, _ := l.shares()
	waivedLast := map[string]bool{}
	for id := range l.waived {
		waivedLast[id] = !whole[id]
	}
	m := message.Money{Receipts: slices.Clone(l.receipts), Refunds: slices.Clone(l.refunds), Charges: slices.Clone(l.charges)}
	for n := range m.Charges {
		m.Charges[n].Waived = waivedLast[m.Charges[n].Obligation]
	}
	to, claims := l.claims(waivedLast)
	m.Applied = ledger.Spread(to, claims, ledger.Counting(l.receipts))
	return m
}

// amounts draws whole amounts of up to a thousand, or to the fen.
func amounts() *rapid.Generator[money.CNY] {
	return rapid.Map(rapid.OneOf(rapid.Int64Range(1, 100_000), rapid.Just(int64(10_000))), ofFen)
}

// pick draws one of those that fit; the action is skipped if none does.
func pick[T any](t *rapid.T, all []T, fits func(T) bool) *T {
	var places []int
	for n := range all {
		if fits(all[n]) {
			places = append(places, n)
		}
	}
	if len(places) == 0 {
		t.Skip("nothing fits")
	}
	return &all[rapid.SampledFrom(places).Draw(t, "which")]
}

func (l *life) owe(t *rapid.T) {
	year := len(l.charges) + 1
	c := message.Charge{
		Obligation: fmt.Sprintf("fee/%d", year), Kind: message.AnnualFee, Year: year, Amount: amounts().Draw(t, "fee"),
		DueOn: l.today.AddDays(rapid.IntRange(0, 30).Draw(t, "due")),
	}
	if rapid.Bool().Draw(t, "service has its days") {
		days := workday.ServiceYear(l.today.AddDays(rapid.OneOf(rapid.IntRange(-60, 60), rapid.IntRange(-800, -300)).Draw(t, "first")), year)
		c.First, c.Last = days.First, days.Last
	}
	l.charges = append(l.charges, c)
}

func (l *life) receive(t *rapid.T) {
	amount := amounts().Draw(t, "amount")
	if got, _, _ := l.shares(); len(l.charges) > 0 && rapid.Bool().Draw(t, "just what is owed") {
		var open money.CNY
		for _, c := range l.charges {
			if !c.Void {
				open = open.Add(c.Amount.Sub(c.Credited).Sub(got[c.Obligation]))
			}
		}
		if open.IsPositive() {
			amount = open
		}
	}
	r := message.Receipt{Reference: fmt.Sprintf("R%d", len(l.receipts)+1), Amount: amount}
	l.receipts = append(l.receipts, l.dated(t, r))
}

// dated gives a receipt a day that has come.
func (l *life) dated(t *rapid.T, r message.Receipt) message.Receipt {
	l.clock += time.Second
	r.On = l.today.AddDays(-rapid.SampledFrom([]int{0, 0, 1, 10, 40}).Draw(t, "days ago"))
	r.At = r.On.Start().Add(l.clock)
	return r
}

func counts(r message.Receipt) bool { return r.Counts() }

func (l *life) letGo(why string) func(*rapid.T) {
	return func(t *rapid.T) {
		r := pick(t, l.receipts, counts)
		r.Gone, r.Held = &message.Gone{Why: why, On: l.today, By: "lin"}, false
	}
}

func (l *life) comeBack(t *rapid.T) {
	r := pick(t, l.receipts, func(r message.Receipt) bool { return !r.Counts() && r.Gone.Why == message.Moved })
	*r = l.dated(t, message.Receipt{Reference: r.Reference, Amount: r.Amount})
}

func (l *life) keep(t *rapid.T) {
	r := pick(t, l.receipts, counts)
	r.Held = !r.Held
}

func (l *life) reprice(t *rapid.T) {
	_, whole, _ := l.shares()
	c := pick(t, l.charges, func(c message.Charge) bool { return !c.Void && !whole[c.Obligation] })
	if price := amounts().Draw(t, "price"); c.Credited.Less(price) {
		c.Amount = price
	}
}

func (l *life) void(t *rapid.T) {
	got, _, _ := l.shares()
	c := pick(t, l.charges, func(c message.Charge) bool {
		return !c.Void && got[c.Obligation].Less(c.Amount.Sub(c.Credited))
	})
	c.Void = true
	delete(l.waived, c.Obligation)
}

func (l *life) waive(t *rapid.T) {
	_, whole, _ := l.shares()
	c := pick(t, l.charges, func(c message.Charge) bool { return !c.Void && !whole[c.Obligation] })
	l.waived[c.Obligation] = true
}

func (l *life) begin(t *rapid.T) {
	c := pick(t, l.charges, func(c message.Charge) bool { return c.First.IsZero() })
	days := workday.ServiceYear(l.today, c.Year)
	c.First, c.Last = days.First, days.Last
}

func (l *life) moveDue(t *rapid.T) {
	c := pick(t, l.charges, func(message.Charge) bool { return true })
	c.DueOn = c.DueOn.AddDays(rapid.IntRange(-3, 3).Draw(t, "days"))
}

func (l *life) ask(t *rapid.T) {
	r := message.Refund{
		Obligation: fmt.Sprintf("refund/%d", len(l.refunds)+1), Reason: message.RefundOverpayment, After: len(l.charges),
		RequestedBy: "lin", RequestedOn: l.today, Since: l.today.Start(),
	}
	got, _, rest := l.shares()
	if rapid.Bool().Draw(t, "§1.4") {
		r.Reason = message.RefundShortfall
		rest = money.CNY{}
		for _, c := range l.charges {
			rest = rest.Add(got[c.Obligation])
		}
	}
	if !rest.IsPositive() && r.Reason == message.RefundOverpayment {
		t.Skip("nothing to give back")
	}
	r.Amount = rest // §1.4: it may be nothing
	l.refunds = append(l.refunds, r)
}

func (l *life) approve(t *rapid.T) {
	got, _, _ := l.shares()
	var paid money.CNY
	for _, c := range l.charges {
		paid = paid.Add(got[c.Obligation])
	}
	r := pick(t, l.refunds, func(r message.Refund) bool {
		return !r.Approved() && !r.Dropped && r.Amount.IsPositive() && (r.Reason == message.RefundOverpayment || r.Amount.Equal(paid))
	})
	r.ApprovedBy, r.ApprovedOn, r.RedWanted = "wang", l.today, rapid.Bool().Draw(t, "red")
	for n := range l.charges {
		if c := &l.charges[n]; r.Reason == message.RefundShortfall {
			c.Credited = c.Credited.Add(got[c.Obligation])
		}
	}
}

func (l *life) drop(t *rapid.T) {
	pick(t, l.refunds, func(r message.Refund) bool { return !r.Paid() && !r.Dropped }).Dropped = true
}

func (l *life) confirm(t *rapid.T) {
	pick(t, l.refunds, func(r message.Refund) bool { return r.Approved() && r.RedWanted && r.Red == "" && !r.Dropped }).Red = "RED-1"
}

func (l *life) payBack(t *rapid.T) {
	got, _, _ := l.shares()
	r := pick(t, l.refunds, func(r message.Refund) bool {
		ready := r.Approved() && !r.Dropped && !r.Paid() && (!r.RedWanted || r.Red != "")
		return ready && got[r.Obligation].Equal(r.Amount)
	})
	r.PaidOn, r.PaidBy, r.PayReference = l.today, "lin", "OUT-"+r.Obligation
}

func (b *shadow) decide(t *rapid.T) {
	b.Policy.Rate = rateOf(rapid.SampledFrom(percents()).Draw(t, "percent"))
	b.Policy.Grain = rapid.SampledFrom([]ledger.Grain{ledger.ByDay, ledger.ByMonth}).Draw(t, "grain")
	b.Policy.RefundRight = rapid.SampledFrom([]ledger.RefundRight{ledger.IgnoreRefund, ledger.HoldForRefund}).Draw(t, "right")
}

// Whatever happens to the money of a contract, in whatever order: the documents of each step balance, no account passes
// through an amount that it never had, and in the end the books say what the workflow says.
func TestBring_TheBooksFollowWhateverHappens(t *testing.T) { // §1.4 §5.4 §5.6 §6.4
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		books, l := newShadow(), newLife()
		l.owe(t)
		happens := map[string]func(*rapid.T){
			"a fee opens": l.owe, "money comes": l.receive, "more money comes": l.receive,
			"the bank takes it back": l.letGo(message.Reversed), "it was another's": l.letGo(message.Moved),
			"it comes back": l.comeBack, "it is kept back, or not any more": l.keep, "a fee changes": l.reprice,
			"a fee is void": l.void, "a fee is waived": l.waive, "the service has its days": l.begin, "a due day moves": l.moveDue,
			"a refund is asked for": l.ask, "it is approved": l.approve, "it is dropped": l.drop, "red is confirmed": l.confirm,
			"it is paid": l.payBack, "finance decides": books.decide,
			"days pass": func(t *rapid.T) { l.today = l.today.AddDays(rapid.IntRange(1, 45).Draw(t, "days")) },
			"months close": func(t *rapid.T) { // perhaps while the contract lags behind
				books.closeBefore(l.today.AddDays(rapid.SampledFrom([]int{0, 0, 40}).Draw(t, "ahead")))
			},
		}
		names := slices.Sorted(maps.Keys(happens))
		happens["two at once"] = func(t *rapid.T) {
			for range 2 {
				happens[rapid.SampledFrom(names).Draw(t, "one")](t)
			}
		}
		happens[""] = func(t *rapid.T) {
			m := l.picture()
			books.bring(t, m, l.today)
			books.settled(t, m)
		}
		t.Repeat(happens)
	})
}
