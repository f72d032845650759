package workflows

import (
	"reflect"
	"slices"
	"strings"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// picture is all money of the contract as it stands: the books are brought to it when a step is recorded.
func (p *performance) picture() message.Money {
	m := message.Money{
		Buyer: p.Terms.Customer.Name, Seller: p.Terms.Provider.Name,
		Receipts: slices.Clone(p.Receipts), Refunds: slices.Clone(p.Refunds),
	}
	for _, f := range p.Fees {
		o, service := p.find(f.Obligation), p.serviceOf(f)
		m.Charges = append(m.Charges, message.Charge{
			Obligation: f.Obligation, Kind: f.Kind(), Year: f.Year, Amount: f.Amount, Credited: f.Credited, Void: f.Void, Quote: f.Quote,
			Since: workday.Of(f.Since), Waived: o.Status == message.Waived && f.CompleteAt.IsZero(), DueOn: o.DueOn, First: service.First, Last: service.Last,
		})
	}
	var to []string
	var claims []ledger.Claim
	for _, c := range p.claimants() {
		to, claims = append(to, c.to), append(claims, c.Claim)
	}
	m.Applied = ledger.Spread(to, claims, ledger.Counting(p.Receipts))
	return m
}

// outlook is where the talks about the year after the running one stand (§5.6, §5.8); nil while no year runs.
func (p *performance) outlook() *message.Outlook {
	year, running := p.year()
	if !running || !p.EndedOn.IsZero() {
		return nil
	}
	o := message.Outlook{Year: year.Year, Last: year.Last, Fee: p.Terms.Fee}
	wanted := p.asked(message.Proposal{})
	asked := &wanted
	if offered := p.Talks.Offered; offered != nil {
		o.Offered, o.OfferedBy, asked = offered.Fee, offered.By, offered.Terms
	}
	if agreed := p.Talks.Agreed; agreed != nil {
		o.Agreed, o.OfferedBy, asked = agreed.Fee, agreed.By, agreed.Terms
	}
	_, grown := asked.Exceeds(p.AgreedFor)
	o.Growth = strings.Join(grown, ",")
	return &o
}

// moneyChanged tells the books what a step has changed. A contract that they do not know tells them all with the next
// step that leaves evidence anyway: steps of older histories must leave no more than they did.
func (p *performance) moneyChanged(was before, evidenced bool) []message.Event {
	var events []message.Event
	now := p.picture()
	if !same(now, was.money) || (evidenced && !p.Booked && told(now)) {
		now.Late = !p.Booked && told(was.money) // by a release that had no books
		events = append(events, message.Event{What: "money", Subject: p.Terms.Number, Changed: message.Changed{Money: &now}})
	}
	if now := p.outlook(); now != nil && !same(now, was.outlook) {
		events = append(events, message.Event{What: "outlook", Clause: "5.6", Subject: p.Terms.Number, Changed: message.Changed{Outlook: now}})
	}
	for i := range events {
		if p.cause.act != nil {
			events[i].Actor = p.cause.act.Actor
		}
	}
	return events
}

// told tells whether a picture says anything.
func told(m message.Money) bool { return len(m.Charges)+len(m.Receipts) > 0 }

// mayBook: a contract that began before there were books, and of whose money they have not been told.
func mayBook(p *performance, _ done, _ struct{}) *refusal.Refusal {
	if p.Booked {
		return refusal.Rule("nothing_to_do", "5.4", "该合同已入账。", "this contract is in the books already")
	}
	return nil
}

// book tells the books of the contract's money; the step that records the act does so by itself.
func book(workflow.Context, *performance, done, struct{}) refusal.Text {
	return refusal.Text{ZH: "该合同已补记入账。", EN: "the contract is booked"}
}

// same compares two pictures, or load standards. Equal amounts are deeply equal, and instants that nothing has touched are
// too.
func same(a, b any) bool {
	return reflect.DeepEqual(a, b) //workflowcheck:ignore whether maps are equal depends on no order
}

// receiptsChanged tells what people have said of receipts since they were told.
func (p *performance) receiptsChanged(was before) []message.Event {
	var events []message.Event
	for i, old := range was.money.Receipts {
		now := p.Receipts[i]
		if same(now, old) {
			continue
		}
		events = append(events, message.Event{
			What: "receipt-changed", Clause: "5.4", Subject: now.Reference, Old: standing(old), New: standing(now),
			Changed: message.Changed{ReceiptChange: &now},
		})
	}
	return events
}

// standing names what a receipt is to its contract.
func standing(r message.Receipt) string {
	switch {
	case r.Gone != nil:
		return r.Gone.Why
	case r.Held:
		return "held"
	default:
		return "counts"
	}
}
