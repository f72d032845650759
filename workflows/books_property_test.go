package workflows_test

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/contract"
	"lvyue/internal/intake"
	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/statement"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// Two contracts share their books. People do to both whatever comes to their minds, at any time, and finance closes
// months, reads statements, records fapiao and claims and changes its mind between. Much is refused. After every so many
// steps, and after each of their runs, every invariant of the books holds, and the workflows' own figures are those of
// the books.
//
// LVYUE_SEED repeats a life; LVYUE_SOAK (a duration) goes on with new seeds for so long.
//
//nolint:tparallel // one round after another
func TestBooks_HoldWhateverPeopleDo(t *testing.T) { // §1.4 §5.3 §5.4 §5.6 §6.4 §7.3
	t.Parallel()
	lives, deeds := 3, 400
	if os.Getenv("LVYUE_SEED") != "" {
		lives = 1
	}
	for seed, until := testkit.Seed(t), time.Now().Add(testkit.Soak(t)); ; seed += uint64(lives) {
		t.Run("round", func(t *testing.T) {
			for i := range uint64(lives) {
				t.Run(fmt.Sprintf("LVYUE_SEED=%d", seed+i), func(t *testing.T) {
					t.Parallel()
					lead(t, seed+i, deeds)
				})
			}
		})
		if t.Failed() || time.Now().After(until) {
			return
		}
	}
}

// life is two contracts in the same books, and what chance does to them.
type life struct {
	*audited

	random *rand.Rand
	both   []*story
	done   int // what was tried
	taken  map[string]int
	told   int // references, fapiao and files, to name the next
	lines  []bankLine
	blues  []ledger.Fapiao
	claims map[string]int
	quotes map[string]money.CNY // of the last quote, by contract
	acts   []string             // what was said, and when
}

// bankLine is a movement that a statement told of.
type bankLine struct {
	id     int64
	amount money.CNY
}

// lead leads a life of so many deeds.
func lead(t *testing.T, seed uint64, deeds int) {
	t.Helper()
	first := begin(t, "2025-09-26 09:00", soon)
	l := &life{
		audited: &audited{story: first, every: 12}, random: rand.New(rand.NewPCG(seed, 0)),
		both: []*story{first, beside(first)}, taken: map[string]int{}, claims: map[string]int{},
		quotes: map[string]money.CNY{},
	}
	first.evidence, l.both[1].evidence = l, l
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(strings.Join(l.acts[max(0, len(l.acts)-40):], "\n"))
		}
	})
	now := first.from
	for _, s := range l.both {
		l.sign(s)
	}
	for l.done < deeds && (!first.over || !l.both[1].over) {
		end := now.Add(l.while())
		for _, s := range l.both {
			l.live(s, now, end)
			if !l.sound("the run until " + moment(end)) {
				return
			}
			for _, off := range s.disagreements() {
				t.Errorf("%s until %s: %s", s.form.Number, moment(end), off)
			}
			if t.Failed() {
				return
			}
		}
		now = end
	}
	t.Logf("%d deeds until %s, %d steps, %d audits: %v", l.done, moment(now), l.steps, l.audits, l.taken)
}

// beside is a second contract in the books of the first.
func beside(first *story) *story {
	s := &story{
		t: first.t, store: first.store, form: first.form, server: &server{},
		acts: map[string]message.Act{}, answers: map[string][]message.Answer{},
	}
	s.form.Number, s.form.Customer.Name, s.form.Fee = "HT-2025-002", "近水餐饮有限公司", money.MustParse("33333.33")
	s.stand(first.from)
	var err error
	s.account, err = aliyunsim.Start(aliyunsim.Options{Clock: s.now, DeployTakes: time.Hour, AccessKeyID: "story", AccessKeySecret: "untold"})
	must(s.t, err)
	s.t.Cleanup(func() { must(s.t, s.account.Close()) })
	s.cloud, s.vault = s.client("untold"), s.outside()
	must(s.t, s.store.RegisterForm(s.t.Context(), s.form))
	s.state = message.State{Version: message.StateVersion, Terms: s.form.Public(), FormHash: s.form.Hash()}
	return s
}

// while is how long the next run takes.
func (l *life) while() time.Duration {
	spans := []time.Duration{10 * time.Minute, aDay, 20 * aDay, 60 * aDay, 90 * aDay, 120 * aDay}
	longest := spans[l.random.IntN(len(spans))]
	return time.Minute + time.Duration(l.random.Int64N(int64(longest))).Truncate(time.Second)
}

const aDay = 24 * time.Hour

// live lets a contract run from one instant to the other, with a few deeds between.
func (l *life) live(s *story, from, to time.Time) {
	for range 1 + l.random.IntN(12) {
		at := from.Add(time.Duration(l.random.Int64N(int64(to.Sub(from)))).Truncate(time.Second))
		if l.random.IntN(8) == 0 { // at midnight, when days pass
			if midnight := workday.Of(at).Start(); midnight.After(from) {
				at = midnight
			}
		}
		if s.over {
			l.afterwards(s, at)
			continue
		}
		s.coming = append(s.coming, scene{at: at, deeds: []deed{happens(func(s *story) { l.happen(s) })}})
	}
	for !s.over && s.from.Before(to) {
		s.run(to)
	}
}

// sign puts the contract into force, whoever signs first.
func (l *life) sign(s *story) {
	sides := []message.Side{message.Customer, message.Provider}
	if l.chance(2) {
		slices.Reverse(sides)
	}
	for n, side := range sides {
		d := s.signs(side)
		d.id = s.form.Number + "/sign/" + string(side)
		s.coming = append(s.coming, scene{at: s.from.Add(time.Duration(1+n+l.random.IntN(3)) * time.Minute), deeds: []deed{d}})
	}
}

// sight is what a person sees who looks at a contract.
type sight struct {
	*story

	view  postgres.View
	books postgres.Account
	today workday.Date
}

func (l *life) look(s *story) *sight {
	l.t.Helper()
	view, err := s.store.View(l.t.Context(), s.form.Number)
	must(l.t, err)
	books, err := s.store.Account(l.t.Context(), s.form.Number)
	must(l.t, err)
	return &sight{story: s, view: view, books: books, today: workday.Of(s.now())}
}

// idea is what may come to somebody's mind, so often.
type idea struct {
	name   string
	weight func(*sight) int
	follow func(*sight)
}

func always(weight int) func(*sight) int { return func(*sight) int { return weight } }

// stronger is one weight, and another one under a condition.
func stronger(weight, than int, when func(*sight) bool) func(*sight) int {
	return func(s *sight) int {
		if when(s) {
			return than
		}
		return weight
	}
}

// only is a weight under a condition; otherwise the mind strays there seldom.
func only(weight int, when func(*sight) bool) func(*sight) int { return stronger(1, weight, when) }

func (l *life) ideas() []idea {
	ended := func(s *sight) bool { return !s.view.Contract.EndedOn.IsZero() }
	talking := func(s *sight) bool {
		return slices.ContainsFunc(s.view.Obligations, func(o message.Obligation) bool {
			return strings.HasPrefix(o.ID, "renewal-talks/") && o.Open()
		})
	}
	refunds := func(s *sight) bool {
		return slices.ContainsFunc(s.view.Obligations, func(o message.Obligation) bool { return isRefund(o.ID) && o.Open() })
	}
	parked := func(s *sight) bool {
		return slices.ContainsFunc(s.view.Obligations, func(o message.Obligation) bool { return o.Attention != "" && o.Open() })
	}
	disputed := func(s *sight) bool { return s.view.Contract.Disputed != "" }
	blues := func(*sight) bool { return len(l.blues) > 0 }
	lines := func(*sight) bool { return len(l.lines) > 0 }
	return []idea{
		{"pay", always(40), l.pay},
		{"reverse", always(9), l.reverse},
		{"move", always(5), l.move},
		{"unapply", always(6), l.keep(message.Unapply)},
		{"apply", always(8), l.keep(message.Apply)},
		{"offer", stronger(8, 35, talking), l.offer},
		{"answer", stronger(8, 35, talking), l.answer},
		{"expand", always(5), l.expand},
		{"accept a quote", always(8), l.acceptQuote},
		{"carry out", always(3), l.carryOut},
		{"amend", always(7), l.amend},
		{"waive", always(6), l.waive},
		{"designate", always(1), l.designate},
		{"shortfall", always(1), l.shortfall},
		{"terminate", always(1), l.terminate},
		{"request refund", always(9), l.requestRefund},
		{"approve refund", only(12, refunds), l.approve},
		{"confirm red", only(8, refunds), l.confirmRed},
		{"pay refund", only(14, refunds), l.payBack},
		{"dispute", always(3), l.dispute},
		{"settle", only(12, disputed), l.settle},
		{"confirm destruction", only(9, ended), l.destroy},
		{"hold", always(1), l.hold},
		{"retry", only(50, parked), l.retry},
		{"close a month", always(5), l.closeMonth},
		{"blue fapiao", always(5), l.blue},
		{"red fapiao", only(4, blues), l.red},
		{"claim", always(3), l.claim},
		{"compensate", always(4), l.compensate},
		{"pay compensation", always(4), l.payCompensation},
		{"policy", always(2), l.decide},
		{"statement", always(6), l.read},
		{"match", only(16, lines), l.match},
	}
}

// happen is one thing that comes to somebody's mind.
func (l *life) happen(s *story) {
	l.t.Helper()
	if l.broken != "" || l.t.Failed() {
		return
	}
	l.done++
	seen := l.look(s)
	ideas := l.ideas()
	sum := 0
	for _, i := range ideas {
		sum += i.weight(seen)
	}
	n := l.random.IntN(sum)
	for _, i := range ideas {
		if n -= i.weight(seen); n < 0 {
			l.taken[i.name]++
			i.follow(seen)
			return
		}
	}
}

func (l *life) chance(oneIn int) bool { return l.random.IntN(oneIn) == 0 }

// one of the items, or the zero value of none.
func one[T any](l *life, items []T) T {
	var none T
	if len(items) == 0 {
		return none
	}
	return items[l.random.IntN(len(items))]
}

func (l *life) who() string { return one(l, []string{"chen", "lin", "wang", "Lin "}) }

func (l *life) next(what string) string {
	l.told++
	return fmt.Sprintf("%s-%d", what, l.told)
}

// does sends an act to the contract.
func (l *life) does(s *sight, name message.ActName, body any) {
	l.t.Helper()
	d := deed{id: l.next(s.form.Number + "/" + string(name)), name: name, who: l.who(), body: body}
	l.acts = append(l.acts, fmt.Sprintf("%s %s %s %+v", s.now().In(workday.Shanghai).Format(time.DateTime), d.id, d.who, body))
	d.happen(s.story)
}

// fen is a number of fen as an amount.
func fen(n int64) money.CNY {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return money.MustParse(fmt.Sprintf("%s%d.%02d", sign, n/100, n%100))
}

// about is an amount near the one given: mostly just it, else a fen or much beside it, or anything.
func (l *life) about(c money.CNY) money.CNY {
	switch l.random.IntN(8) {
	case 0:
		return c.Add(fen(1))
	case 1:
		return c.Sub(fen(1))
	case 2:
		return money.Part(c, l.random.Int64N(100), 100)
	case 3:
		return money.Part(c, 100+l.random.Int64N(100), 100)
	case 4:
		return fen(l.random.Int64N(20_000_000))
	default:
		return c
	}
}

// open is what the invoices of the contract still ask for: of the first that does, or of all.
func (l *life) open(s *sight) money.CNY {
	var sum money.CNY
	first := l.chance(2)
	for _, i := range s.books.Invoices {
		if sum = sum.Add(i.Open); first && sum.IsPositive() {
			break
		}
	}
	if !sum.IsPositive() {
		return s.view.Contract.Fee
	}
	return sum
}

// lately is a day that has come; none for today.
func (l *life) lately(s *sight) workday.Date {
	switch l.random.IntN(6) {
	case 0:
		return s.today.AddDays(-l.random.IntN(60))
	case 1:
		return s.today.AddDays(2 - l.random.IntN(5)) // or has not
	default:
		return workday.Date{}
	}
}

func (l *life) bankAccount() string { return one(l, []string{"", "6222", "6222", "6333"}) }

func (l *life) pay(s *sight) {
	p := message.Payment{Amount: l.about(l.open(s)), On: l.lately(s), Reference: l.next("R"), Account: l.bankAccount()}
	if l.chance(4) { // a reference that somebody has told before, of either contract
		if known := one(l, l.look(one(l, l.both)).view.Receipts); known.Reference != "" {
			p.Reference = known.Reference
			if !l.chance(4) {
				p.Amount = known.Amount
			}
		}
	}
	l.does(s, message.Pay, p)
}

// reference is one that the contract knows, mostly.
func (l *life) reference(s *sight) string {
	if l.chance(30) {
		return "R0"
	}
	return one(l, s.view.Receipts).Reference
}

func (l *life) reverse(s *sight) {
	r := message.Return{Reference: l.reference(s), On: l.lately(s)}
	if l.chance(2) {
		r.BankReference = l.next("BACK")
	}
	l.does(s, message.Reverse, r)
}

func (l *life) move(s *sight) {
	l.does(s, message.MoveReceipt, message.Return{Reference: l.reference(s), On: l.lately(s), To: one(l, l.both).form.Number})
}

func (l *life) keep(name message.ActName) func(*sight) {
	return func(s *sight) {
		reference := l.reference(s)
		for _, r := range s.view.Receipts {
			if r.Held == (name == message.Apply) && r.Counts() && !l.chance(3) {
				reference = r.Reference
			}
		}
		l.does(s, name, message.Keeping{Reference: reference})
	}
}

// changed is the form with the present fee, and perhaps with more disk.
func (l *life) changed(s *sight) contract.Form {
	form := s.form
	form.Fee = s.view.Contract.Fee
	if l.chance(2) {
		form.Load.DiskGB += 1 + l.random.IntN(500)
	}
	return form
}

// price is near the present fee.
func (l *life) price(s *sight) money.CNY {
	price := money.Part(s.view.Contract.Fee, 70+l.random.Int64N(50), 100)
	if l.chance(3) || !price.IsPositive() {
		return s.view.Contract.Fee
	}
	return price
}

func (l *life) offer(s *sight) {
	p := message.Proposal{By: one(l, []message.Side{message.Customer, message.Provider}), Fee: l.price(s)}
	if l.chance(2) {
		asked := l.changed(s).Configuration()
		p.Terms = &asked
	}
	l.does(s, message.Offer, p)
}

func (l *life) answer(s *sight) {
	l.does(s, message.Reply, message.Decision{Accept: !l.chance(6)})
}

func (l *life) expand(s *sight) {
	g := message.Growth{DiskGB: 400 + l.random.IntN(600), Price: message.Price{
		Amount: l.about(fen(1 + l.random.Int64N(500_000))), Answer: []byte(l.next("answer")),
		ValidUntil: s.now().Add(time.Duration(l.random.IntN(60)) * aDay),
	}}
	if l.chance(3) {
		g.DatabaseGB = 90 + l.random.IntN(100)
	}
	l.quotes[s.form.Number] = g.Price.Amount
	l.does(s, message.Expand, g)
}

func (l *life) acceptQuote(s *sight) {
	l.does(s, message.AcceptQuote, message.Acceptance{Amount: l.quotes[s.form.Number]})
}

func (l *life) carryOut(s *sight) {
	l.does(s, message.Expanded, message.CarriedOut{
		Expansion: fmt.Sprintf("expansion/%d", 1+l.random.IntN(4)), On: l.lately(s), Evidence: "f00d",
	})
}

func (l *life) amend(s *sight) {
	form := l.changed(s)
	form.Fee = l.price(s)
	for _, side := range []message.Side{message.Customer, message.Provider} {
		l.does(s, message.Amend, message.Amendment{By: side, FormHash: form.Hash(), Terms: form.Public()})
		if l.chance(8) {
			return
		}
	}
}

func isRefund(id string) bool { return strings.HasPrefix(id, "refund/") }

func isMoney(id string) bool {
	return isRefund(id) || strings.Contains(id, "fee") || id == "first-payment"
}

// duty is an obligation of the contract, rather one that is open and about money.
func (l *life) duty(s *sight) string {
	for range 4 {
		if o := one(l, s.view.Obligations); o.Open() && isMoney(o.ID) {
			return o.ID
		}
	}
	return one(l, s.view.Obligations).ID
}

func (l *life) waive(s *sight) { l.does(s, message.Waive, message.Waiver{Obligation: l.duty(s)}) }

func (l *life) designate(s *sight) {
	l.does(s, message.Designate, message.Designation{DeployOn: s.today.AddDays(l.random.IntN(40))})
}

func (l *life) shortfall(s *sight) {
	l.does(s, message.Shortfall, message.Measurement{Required: 100, Measured: 60 + l.random.Int64N(50)})
}

// terminate is rare while the contract is young.
func (l *life) terminate(s *sight) {
	if !l.chance(3) && len(s.view.Years) < 2 {
		return
	}
	ground := one(l, []message.Ground{message.Agreement, message.LoadShortfall, message.LoadShortfall, message.LoadShortfall})
	if ground == message.LoadShortfall {
		l.does(s, message.Shortfall, message.Measurement{Required: 100, Measured: 80})
	}
	l.does(s, message.Terminate, message.Termination{Ground: ground, On: s.today.AddDays(l.random.IntN(60))})
}

func (l *life) requestRefund(s *sight) {
	r := message.RefundRequest{Reason: message.RefundShortfall}
	if !l.chance(3) {
		r = message.RefundRequest{Reason: message.RefundOverpayment, Amount: l.about(s.view.Contract.Unapplied)}
	}
	l.does(s, message.RequestRefund, r)
}

// refund is one of the contract, rather one that is open.
func (l *life) refund(s *sight) postgres.RefundLine {
	for range 4 {
		if r := one(l, s.books.Refunds); r.PaidOn.IsZero() {
			return r
		}
	}
	return one(l, s.books.Refunds)
}

func (l *life) approve(s *sight) {
	opensBooks().happen(s.story)
	l.does(s, message.ApproveRefund, message.RefundStep{Refund: l.refund(s).ID})
}

func (l *life) confirmRed(s *sight) {
	l.does(s, message.ConfirmRed, message.RefundStep{Refund: l.refund(s).ID, Confirmation: l.next("RED")})
}

func (l *life) payBack(s *sight) {
	l.does(s, message.PayRefund, message.RefundStep{
		Refund: l.refund(s).ID, On: l.lately(s), Reference: l.next("OUT"), Account: l.bankAccount(),
	})
}

func (l *life) dispute(s *sight) {
	l.does(s, message.Dispute, message.Complaint{By: message.Customer, Obligations: []string{cmp.Or(l.duty(s), "refund/1")}})
}

func (l *life) settle(s *sight) {
	l.does(s, message.SettleDispute, message.Settlement{Outcome: "agreed"})
}

func (l *life) destroy(s *sight) {
	l.does(s, message.Confirm, message.Confirmation{What: "destruction"})
}

func (l *life) hold(s *sight) {
	name := one(l, []message.ActName{message.Hold, message.ReleaseHold})
	l.does(s, name, message.Confirmation{What: "destruction"})
}

func (l *life) retry(s *sight) {
	l.does(s, message.Retry, message.Again{Duty: one(l, []string{"deployment", "destruction"})})
}

// answered tells whether the books have said yes. A refusal is an answer, an error is none.
func (l *life) answered(what string, err error) bool {
	l.t.Helper()
	if err == nil {
		return true
	}
	if no, refused := refusal.As(err); !refused || no.Code == "audit_failed" {
		l.fail(what, err.Error())
	}
	return false
}

func (l *life) closeMonth(s *sight) {
	l.answered("closing a month", s.store.CloseMonth(l.t.Context(), s.today.AddDays(-l.random.IntN(75)), s.today, "zhao"))
}

func (l *life) decide(s *sight) {
	rate, err := ledger.ParseRate(one(l, []string{"0.06", "0.06", "0.13", "0.03", "0.00"}))
	must(l.t, err)
	l.answered("a decision", s.store.SetPolicy(l.t.Context(), ledger.Policy{
		Rate: rate, Grain: one(l, []ledger.Grain{ledger.ByDay, ledger.ByMonth}),
		RefundRight: one(l, []ledger.RefundRight{ledger.IgnoreRefund, ledger.HoldForRefund}),
	}, "zhao"))
}

func (l *life) blue(s *sight) {
	i := one(l, s.books.Invoices)
	rate, err := ledger.ParseRate(cmp.Or(i.VatRate, "0"))
	must(l.t, err)
	gross := l.about(i.Gross)
	net, tax := ledger.SplitVAT(gross, rate)
	l.told++
	f := fapiao(fmt.Sprintf("%020d", l.told), cmp.Or(i.Number, "INV-2025-000099"), net, tax, s.now())
	f.Rate = rate
	l.record(s, f)
}

func (l *life) red(s *sight) {
	f := one(l, l.blues)
	f.RedOf, f.Confirmation, f.IssuedOn = f.Number, l.next("RED"), s.today
	f.Number = fmt.Sprintf("%020d", l.told)
	f.Gross = l.about(f.Gross).Neg()
	f.Net, f.Tax = ledger.SplitVAT(f.Gross, f.Rate)
	l.record(s, f)
}

func (l *life) record(s *sight, f ledger.Fapiao) {
	if ledger.RefuseFapiao(f, s.today) != nil {
		return
	}
	_, _, err := s.store.RecordFapiao(l.t.Context(), f, l.who())
	if l.answered("a fapiao", err) && f.RedOf == "" {
		l.blues = append(l.blues, f)
	}
}

func (l *life) claim(s *sight) {
	c := postgres.Claim{
		ID: l.next("claim"), Contract: s.form.Number, Clause: one(l, []string{"3.1", "7.1", "7.2"}),
		Amount: l.about(money.Part(s.view.Contract.Fee, 1, 3)), On: s.today.AddDays(-l.random.IntN(40)), Matter: "loss", By: l.who(),
	}
	if !c.Amount.IsPositive() {
		return
	}
	n, err := s.store.RecordClaim(l.t.Context(), c)
	if l.answered("a claim", err) {
		l.claims[s.form.Number] = n
	}
}

func (l *life) compensate(s *sight) {
	c := postgres.Compensation{
		ID: l.next("compensation"), Contract: s.form.Number, Claim: 1 + l.random.IntN(l.claims[s.form.Number]+1),
		Amount: l.about(money.Part(s.view.Contract.Fee, 1, 6)), On: s.today.AddDays(-l.random.IntN(40)), By: l.who(),
	}
	if !c.Amount.IsPositive() {
		return
	}
	_, err := s.store.Compensate(l.t.Context(), c)
	l.answered("compensation", err)
}

func (l *life) payCompensation(s *sight) {
	err := s.store.PayCompensation(l.t.Context(), postgres.Payout{
		Contract: s.form.Number, Claim: 1 + l.random.IntN(l.claims[s.form.Number]+1), N: 1 + l.random.IntN(2),
		On: s.today.AddDays(-l.random.IntN(40)), Reference: l.next("OUT"), Account: l.bankAccount(), By: l.who(),
	})
	l.answered("the payment of compensation", err)
}

// read imports a statement: money that came, that the bank took back, or that was paid back, some of it entered before.
func (l *life) read(s *sight) {
	l.told++
	name := fmt.Sprintf("statement %d", l.told)
	file := statement.Statement{Name: name, SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(name)))}
	for n := range 1 + l.random.IntN(4) {
		line := statement.Line{Number: n + 2, On: s.today.AddDays(-l.random.IntN(45)), Reference: l.next("B"), Payer: s.form.Customer.Name}
		switch known := one(l, s.view.Receipts); {
		case known.Reference != "" && l.chance(5): // entered by hand
			line.Reference, line.Amount = known.Reference, known.Amount
		case known.Reference != "" && l.chance(4):
			line.Amount = known.Amount.Neg()
		case len(s.books.Refunds) > 0 && l.chance(2):
			line.Amount = l.refund(s).Amount.Neg()
		default:
			line.Amount = l.about(l.open(s))
		}
		repeated := slices.ContainsFunc(file.Lines, func(other statement.Line) bool { return other.Reference == line.Reference })
		if !line.Amount.IsZero() && !repeated {
			file.Lines = append(file.Lines, line)
		}
	}
	done, err := s.store.ImportStatement(l.t.Context(), one(l, []string{"6222", "6333"}), file, "zhao", true)
	if !l.answered("a statement", err) {
		return
	}
	for _, i := range done.New {
		l.lines = append(l.lines, bankLine{id: i.IDs[0], amount: i.Amount})
	}
}

// match explains a movement of the bank by an act.
func (l *life) match(s *sight) {
	line := one(l, l.lines)
	act := message.Act{Contract: s.form.Number, Actor: message.Actor{Who: l.who(), Way: "story"}, ReceivedAt: s.now()}
	var body any
	switch {
	case line.amount.IsPositive():
		act.Name = message.Pay
		p := message.Payment{}
		if l.chance(2) {
			p.Amount = l.about(line.amount)
		}
		body = p
	case l.chance(2):
		act.Name, body = message.Reverse, message.Return{Reference: l.receiptOf(s, line.amount.Neg())}
	default:
		act.Name, body = message.PayRefund, message.RefundStep{Refund: l.refund(s).ID}
	}
	var err error
	act.Body, err = json.Marshal(body)
	must(l.t, err)
	stored, answer, err := s.store.Match(l.t.Context(), line.id, act)
	if l.answered("a match", err) && answer == nil {
		s.acts[stored.ID] = stored
		s.deliver(stored)
	}
}

// receiptOf is a receipt of that amount, if there is one.
func (l *life) receiptOf(s *sight, amount money.CNY) string {
	for _, r := range s.view.Receipts {
		if r.Counts() && r.Amount.Equal(amount) {
			return r.Reference
		}
	}
	return l.reference(s)
}

// afterwards is what people do to the money of a contract whose workflow is over.
func (l *life) afterwards(s *story, at time.Time) {
	l.done++
	s.stand(at)
	seen := l.look(s)
	act := message.Act{ID: l.next(s.form.Number + "/late"), Contract: s.form.Number, Actor: message.Actor{Who: l.who(), Way: "story"}, ReceivedAt: at}
	refund := message.RefundStep{Refund: l.refund(seen).ID, Reference: l.next("OUT"), On: l.lately(seen)}
	var body any
	switch act.Name = one(l, []message.ActName{
		message.Pay, message.Reverse, message.MoveReceipt, message.RequestRefund, message.ApproveRefund, message.PayRefund, message.Waive,
	}); act.Name {
	case message.Pay:
		body = message.Payment{Amount: l.about(seen.view.Contract.Fee), On: l.lately(seen), Reference: l.next("R")}
	case message.Reverse, message.MoveReceipt:
		body = message.Return{Reference: l.reference(seen), On: l.lately(seen), To: one(l, l.both).form.Number}
	case message.RequestRefund:
		body = message.RefundRequest{Reason: message.RefundOverpayment, Amount: l.about(seen.view.Contract.Unapplied)}
	default:
		body = refund
	}
	l.taken["late "+string(act.Name)]++
	var err error
	act.Body, err = json.Marshal(body)
	must(l.t, err)
	ctx := context.WithoutCancel(l.t.Context())
	stored, answer, err := s.store.Submit(ctx, act)
	must(l.t, err)
	if answer == nil {
		_, err = intake.Intake{Store: s.store}.Late(ctx, stored, seen.view)
		must(l.t, err)
	}
}
