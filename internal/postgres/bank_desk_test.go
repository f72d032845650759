package postgres_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// desk stands for the workflows: it answers acts about money as they do, and records the steps.
type desk struct {
	t         *testing.T
	store     *postgres.Store
	contracts map[string]*deskContract
}

// deskContract is a contract that owes one fee.
type deskContract struct {
	sync.Mutex

	number, customer string
	phase            message.Phase
	money            message.Money
	steps            int
}

func openDesk(t *testing.T, store *postgres.Store) *desk {
	t.Helper()
	return &desk{t: t, store: store, contracts: map[string]*deskContract{}}
}

// open registers a contract whose customer owes a fee.
func (d *desk) open(number, customer, fee string) {
	d.t.Helper()
	form := example(d.t)
	form.Number, form.Customer.Name = number, customer
	if err := d.store.RegisterForm(d.t.Context(), form); err != nil {
		d.t.Fatal(err)
	}
	c := &deskContract{number: number, customer: customer, phase: message.AwaitingPayment}
	c.money = message.Money{Buyer: customer, Seller: "乙方", Charges: []message.Charge{{
		Obligation: "first-payment", Kind: message.AnnualFee, Year: 1, Amount: money.MustParse(fee), DueOn: workday.MustDate("2025-10-10"),
	}}}
	d.contracts[number] = c
	d.record(c, message.Act{}, nil, nil)
}

// end destroys a contract's data.
func (d *desk) end(number string) {
	d.t.Helper()
	c := d.contracts[number]
	c.phase = message.Destroyed
	d.record(c, message.Act{}, nil, nil)
}

// act submits an act and answers it.
func (d *desk) act(a message.Act) message.Answer {
	d.t.Helper()
	stored, answer, err := d.store.Submit(d.t.Context(), a)
	if err != nil || answer != nil {
		d.t.Errorf("answer %v, %v", answer, err)
		return message.Answer{}
	}
	return d.answer(stored)
}

// pay is money that a person has typed in.
func (d *desk) pay(number, reference, amount, account string) message.Answer {
	d.t.Helper()
	return d.act(d.by("typed "+number+" "+reference, number, message.Pay,
		message.Payment{Amount: money.MustParse(amount), Reference: reference, Account: account}))
}

func (d *desk) by(id, number string, name message.ActName, body any) message.Act {
	d.t.Helper()
	return message.Act{
		ID: id, Name: name, Contract: number, Actor: message.Actor{Who: "lin", Role: "person", Way: "test"},
		Body: json.RawMessage(text(d.t, body)),
	}
}

// line is the bank line under a reference that a statement told of, else the first that a person entered.
func (d *desk) line(reference string) int64 {
	d.t.Helper()
	return ask[int64](d.t, d.store, "SELECT id FROM bank_line WHERE reference = $1 ORDER BY statement IS NULL, id LIMIT 1", reference)
}

// match matches money of a line, all that is left of it for no amount, and leaves the act unanswered.
func (d *desk) match(reference, number, amount string) message.Act {
	d.t.Helper()
	stored, answer, err := d.store.Match(d.t.Context(), d.line(reference), d.matching(number, amount))
	if err != nil || answer != nil {
		d.t.Fatalf("match %s to %s: answer %v, %v", reference, number, answer, err)
	}
	return stored
}

func (d *desk) matching(number, amount string) message.Act {
	d.t.Helper()
	var p message.Payment
	if amount != "" {
		p.Amount = money.MustParse(amount)
	}
	return d.by("", number, message.Pay, p)
}

// matched matches money of the line R1 and answers the act.
func (d *desk) matched(number, amount string) message.Answer {
	d.t.Helper()
	return d.answer(d.match("R1", number, amount))
}

// refuse answers an act with a refusal, as the intake does for a validator.
func (d *desk) refuse(id string) {
	d.t.Helper()
	no := refusal.Rule("no", "5.4", "不可", "no")
	if _, err := d.store.Answer(d.t.Context(), id, message.Answer{Text: no.Text, Refusal: no}); err != nil {
		d.t.Fatal(err)
	}
}

// answer judges a stored act and records the step, or the refusal.
func (d *desk) answer(a message.Act) message.Answer {
	d.t.Helper()
	c := d.contracts[a.Contract]
	c.Lock()
	defer c.Unlock()
	receipts := slices.Clone(c.money.Receipts)
	no, changed := c.judge(d.t, a)
	answer := message.Answer{Text: refusal.Text{ZH: "好", EN: "done"}, Refusal: no}
	if no != nil {
		answer.Text = no.Text
		if _, err := d.store.Answer(d.t.Context(), a.ID, answer); err != nil {
			d.t.Error(err)
		}
		return answer
	}
	var events []message.Event
	if changed != nil {
		e := message.Event{What: "receipt-changed", Subject: changed.Reference, Changed: message.Changed{ReceiptChange: changed}}
		if len(receipts) < len(c.money.Receipts) {
			e = message.Event{What: "receipt", Subject: changed.Reference, Changed: message.Changed{Receipt: changed}}
		}
		events = append(events, e)
	}
	d.record(c, a, &answer, events)
	return answer
}

// judge changes the contract's money by an act, or says why not. changed is the receipt that is new or other than it was.
func (c *deskContract) judge(t *testing.T, a message.Act) (*refusal.Refusal, *message.Receipt) {
	t.Helper()
	switch a.Name {
	case message.Pay:
		p := read[message.Payment](t, a)
		if no := ledger.RefuseReceipt(c.money.Receipts, a.ReceivedAt, p); no != nil {
			return no, nil
		}
		if _, recorded := ledger.Recorded(c.money.Receipts, p.Reference); recorded {
			return nil, nil
		}
		r := ledger.NewReceipt(a.ReceivedAt, p)
		i := slices.IndexFunc(c.money.Receipts, func(r message.Receipt) bool { return r.Reference == p.Reference })
		if i < 0 {
			c.money.Receipts = append(c.money.Receipts, r)
		} else {
			c.money.Receipts[i] = r
		}
		return nil, &r
	case message.Reverse, message.MoveReceipt:
		r, why := read[message.Return](t, a), message.Reversed
		no := ledger.RefuseReturn(c.money.Receipts, a.ReceivedAt, r)
		if a.Name == message.MoveReceipt {
			why, no = message.Moved, ledger.RefuseMove(c.number, c.money.Receipts, a.ReceivedAt, r)
		}
		if no != nil {
			return no, nil
		}
		gone := ledger.NewGone(a.ReceivedAt, a.Actor.Who, r, why)
		return nil, c.change(r.Reference, func(r *message.Receipt) { r.Gone, r.Held = &gone, false })
	case message.Unapply, message.Apply:
		k := read[message.Keeping](t, a)
		if no := ledger.RefuseKeeping(c.money.Receipts, k.Reference, a.Name == message.Apply); no != nil {
			return no, nil
		}
		return nil, c.change(k.Reference, func(r *message.Receipt) { r.Held = a.Name == message.Unapply })
	case message.RequestRefund:
		r := read[message.RefundRequest](t, a)
		c.money.Refunds = append(c.money.Refunds, message.Refund{
			Obligation: fmt.Sprint("refund/", len(c.money.Refunds)+1), Amount: r.Amount, Reason: r.Reason, After: 1,
			RequestedBy: a.Actor.Who, RequestedOn: workday.Of(a.ReceivedAt), Since: a.ReceivedAt,
			ApprovedBy: "zhou", ApprovedOn: workday.Of(a.ReceivedAt),
		})
		return nil, nil
	case message.PayRefund:
		s := read[message.RefundStep](t, a)
		i := slices.IndexFunc(c.money.Refunds, func(r message.Refund) bool { return r.Obligation == s.Refund })
		r := &c.money.Refunds[i]
		if no := ledger.RefusePayout(*r, a.ReceivedAt, s); no != nil {
			return no, nil
		}
		r.PaidOn, r.PaidBy, r.PaidFrom, r.PayReference, r.PayLine = s.On, a.Actor.Who, s.Account, s.Reference, s.Line
		return nil, nil
	default:
		t.Fatalf("the desk knows no %s", a.Name)
		return nil, nil
	}
}

func (c *deskContract) change(reference string, change func(*message.Receipt)) *message.Receipt {
	i := slices.IndexFunc(c.money.Receipts, func(r message.Receipt) bool { return r.Reference == reference })
	c.money.Receipts = slices.Clone(c.money.Receipts)
	change(&c.money.Receipts[i])
	r := c.money.Receipts[i]
	return &r
}

// record stores a step: the money as it stands, applied to the fee and then to refunds.
func (d *desk) record(c *deskContract, a message.Act, answer *message.Answer, events []message.Event) {
	d.t.Helper()
	to, claims := []string{"first-payment"}, []ledger.Claim{{Amount: c.money.Charges[0].Amount}}
	for _, r := range c.money.Refunds {
		to, claims = append(to, r.Obligation), append(claims, ledger.Claim{Amount: r.Amount})
	}
	counting := ledger.Counting(c.money.Receipts)
	c.money.Applied = ledger.Spread(to, claims, counting)
	received, unapplied := ledger.Received(c.money.Receipts), ledger.Received(c.money.Receipts)
	for _, applied := range c.money.Applied {
		unapplied = unapplied.Sub(applied.Amount)
	}
	row := message.ContractRow{
		Number: c.number, Customer: c.customer, Provider: "乙方", AccountManager: "chen", Language: "zh", Phase: c.phase,
		Fee: c.money.Charges[0].Amount, Received: received, Unapplied: unapplied,
	}
	now := c.money
	if len(events) == 0 && a.Name == message.Pay { // known already: only the answer
		now = message.Money{}
	}
	events = append(events, message.Event{What: "contract", Subject: c.number, Changed: message.Changed{Contract: &row}})
	if now.Buyer != "" {
		events = append(events, message.Event{What: "money", Subject: c.number, Changed: message.Changed{Money: &now}})
	}
	c.steps++
	at := a.ReceivedAt
	if at.IsZero() {
		at = workday.MustDate("2025-09-26").Start().Add(12 * time.Hour)
	}
	for i := range events {
		events[i].Key, events[i].At, events[i].Actor = fmt.Sprintf("step %d: %s", c.steps, events[i].What), at, a.Actor
	}
	r := message.Record{Contract: c.number, ActID: a.ID, Answer: answer, Events: events}
	if err := d.store.Record(d.t.Context(), r); err != nil {
		d.t.Error(err)
	}
}

func read[T any](t *testing.T, a message.Act) T {
	t.Helper()
	var body T
	if err := json.Unmarshal(a.Body, &body); err != nil {
		t.Fatal(err)
	}
	return body
}

// today is the day in Shanghai by the server's clock.
func today(t *testing.T, store *postgres.Store) string {
	t.Helper()
	day, err := store.Today(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return day.String()
}
