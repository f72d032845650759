package workflows

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/contract"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/sizing"
	"lvyue/internal/workday"
)

// The duties of quotations: a price that is asked for, and the price of an accepted expansion that is asked again.
const (
	quotation   = "quote"
	requotation = "quote/"
)

// quoteWithin is how long a vendor may be out of reach before a price is given up: it can be asked for again.
const quoteWithin = 15 * time.Minute

// Quotation asks the vendor what it publishes (§5.7), and reports.
func Quotation(ctx workflow.Context, in message.QuotationInput) error {
	w := &work{clock: newClock(in.Rehearsal), report: message.Report{Duty: in.Duty, N: in.N}}
	var cloud *activities.Hosting
	return w.perform(ctx, in.ContractID, w.anew(ctx, message.QuotationWorkflow, &in, &in.Rehearsal), func(ctx workflow.Context) (bool, error) {
		ctx = workflow.WithScheduleToCloseTimeout(inTheCloud(ctx), quoteWithin)
		err := workflow.ExecuteActivity(ctx, cloud.Quote, in.Growth).Get(ctx, &w.report.Price)
		return err == nil, err
	})
}

// mayAskQuote (§5.7): at any time of a service year; one price at a time.
func mayAskQuote(p *performance, _ done, g message.Growth) *refusal.Refusal {
	if _, running := p.year(); !running {
		return notInService()
	}
	if p.Asking != nil {
		return refusal.Rule("already_asking", "5.7", "正在向云厂商询价，请稍候。", "the vendor is being asked already; wait for its answer")
	}
	return firstOf(p.refuseUnbought(), p.refuseGrowth(g))
}

// refuseGrowth: more capacity, or more servers (§3.5), and less of nothing; and a load that one server can carry, or several.
func (p *performance) refuseGrowth(g message.Growth) *refusal.Refusal {
	then := p.grown(g)
	switch {
	case g.Nodes != 0 && g.Nodes < p.Nodes:
		return refusal.BadInput("not_an_expansion", "扩容不能减少现有配置：", "an expansion takes nothing away:",
			refusal.Wrong("nodes", "少于现有配置", "is less than there is"))
	case g.Nodes > contract.MostNodes:
		return refusal.BadInput("bad_load", "负载标准有误：", "this is no load standard:",
			refusal.Wrong("nodes", "最多 "+strconv.Itoa(contract.MostNodes)+" 台", "has at most "+strconv.Itoa(contract.MostNodes)))
	case sizing.For(p.sized(then)).Short && max(p.Nodes, then.Nodes) < 2:
		return refusal.Rule("needs_cluster", "3.5", "单台服务器无法承载，请同时要求更多台服务器。",
			"no single server carries this; ask for more servers with it")
	}
	return contract.RefuseExpansion(p.Terms.Products, p.Terms.Load, then)
}

// askQuote has the vendor asked.
func askQuote(_ workflow.Context, p *performance, _ done, g message.Growth) refusal.Text {
	p.ask(p.grown(g))
	return refusal.Text{ZH: "正在向云厂商询价。", EN: "the vendor is being asked"}
}

func (p *performance) ask(load contract.Load) {
	year, _ := p.year()
	p.Asking = &message.Asking{Load: load, Year: year.Year}
	p.want(quotation)
}

// quotationOf is what a quotation asks for: the price of what was asked; or of what was accepted, from the same instant on.
func (p *performance) quotationOf(id string, w message.Work) message.QuotationInput {
	in := message.QuotationInput{ContractID: id, Duty: w.Duty, N: w.N, Rehearsal: p.clock.carried()}
	if q := p.quoteOf(strings.TrimPrefix(w.Duty, requotation)); q != nil {
		in.Growth = p.growth(*q.Before, q.Load, 0, q.From)
	} else {
		in.Growth = p.growth(p.Terms.Load, p.Asking.Load, 0, p.cause.at)
	}
	return in
}

// quoteOf is the quote whose acceptance opened the expansion, nil if there is none.
func (p *performance) quoteOf(expansion string) *message.Quote {
	i := slices.IndexFunc(p.Quotes, func(q message.Quote) bool { return q.Expansion == expansion })
	if i < 0 || expansion == "" {
		return nil
	}
	return &p.Quotes[i]
}

// priced puts the vendor's price before the customer, unless the contract has ended, another year has begun, or the terms
// have changed.
func (p *performance) priced(r message.Report) {
	asked := p.Asking
	p.Asking = nil
	year, running := p.year()
	switch {
	case asked == nil || !running || !p.EndedOn.IsZero() || asked.Year != year.Year:
		r.Failure, r.Price = "it is no longer asked for", nil
		p.unpriced(r)
	case r.Price == nil:
		p.unpriced(r)
	case !r.Price.Amount.IsPositive():
		r.Failure, r.Price = "the vendor's price is "+r.Price.Amount.String(), nil
		p.unpriced(r)
	default:
		p.putPrice(r, asked.Load)
	}
}

// unpriced tells that there is no price, and why. It can be asked for again.
func (p *performance) unpriced(r message.Report) {
	p.noted = append(p.noted, message.Event{What: "quote-failed", Clause: "5.7", Subject: p.Terms.Number, New: r.Failure, Detail: r})
	p.tell(quotation, "attention")
}

// putPrice puts the vendor's price before the customer. Its whole answer is kept as evidence.
func (p *performance) putPrice(r message.Report, load contract.Load) {
	before := p.Terms.Load
	price := message.Price{Amount: r.Price.Amount, Answer: r.Price.Answer, FetchedAt: r.At, ValidUntil: contract.QuoteHolds(r.At)}
	q := p.putQuote(r.At, price, load, withoutAnswer(r))
	q.Asked, q.Before, q.From = true, &before, r.Price.At
	p.tell(quotation, "quoted")
}

// withoutAnswer leaves out what the evidence keeps beside it.
func withoutAnswer(r message.Report) message.Report {
	price := *r.Price
	price.Answer = nil
	r.Price = &price
	return r
}

// pricedAgain (§5.7): right before the purchase the vendor was asked again. At the same price the expansion is bought. At
// another, or when the answer came too late, the acceptance has lapsed, and the vendor is asked for a price that the customer
// may accept. What is in dispute is not bought (§6.3).
func (p *performance) pricedAgain(ctx workflow.Context, r message.Report) {
	expansion := strings.TrimPrefix(r.Duty, requotation)
	q, o := p.quoteOf(expansion), p.find(expansion)
	year, _ := p.year()
	switch {
	case q == nil || !o.Open():
	case p.disputed(expansion):
		p.park(expansion, "it is in dispute")
	case r.Price == nil:
		p.park(expansion, r.Failure)
	case r.Price.Amount.Equal(q.Amount) && q.Year == year.Year && r.At.Before(contract.QuoteHolds(o.OpenedAt)):
		p.noted = append(p.noted, message.Event{What: "quoted-again", Clause: "5.7", Subject: expansion, New: q.Amount.String(), Detail: r})
		p.buy(ctx, q, o.OpenedAt)
		p.want(expansion)
	default:
		q.Withdrawn = true
		p.drop(o, message.Void)
		p.tell(expansion, "quote-moved")
		p.askAnew(q.Load)
	}
}

// askAnew asks for a price of the same, from now on, unless another is being asked for.
func (p *performance) askAnew(load contract.Load) {
	if _, running := p.year(); running && p.Asking == nil {
		p.ask(load)
	}
}

// buy raises the load standard to what was accepted, and the customer owes its price. What is bought is there for the next
// year too, whatever was asked for or agreed before.
func (p *performance) buy(ctx workflow.Context, q *message.Quote, at time.Time) {
	p.Talks.Bought = append(slices.Clip(p.Talks.Bought), q.Load.Above(p.Terms.Load))
	p.Terms.Load = p.Terms.Load.AtLeast(q.Load)
	fee := expansionFees + strings.TrimPrefix(q.Expansion, expansions)
	p.open(message.Obligation{ID: fee, Clause: "5.7", OwedBy: message.Customer, OpenedAt: at})
	p.owe(message.Fee{Obligation: fee, Year: q.Year, Amount: q.Amount, Since: at, Quote: q.Hash, First: workday.Of(at)})
	p.settleFees(ctx)
}

// bought tells whether an accepted expansion is owed for, so that nothing is left but to carry it out.
func (p *performance) bought(expansion string) bool {
	return p.find(expansionFees+strings.TrimPrefix(expansion, expansions)) != nil
}

// expansionOf is what an expansion is to become: as large, and tuned and measured, as the load standard asks for that was
// bought.
func (p *performance) expansionOf(id string, w message.Work) message.ExpansionInput {
	in := message.ExpansionInput{ContractID: id, Duty: w.Duty, N: w.N, Rehearsal: p.clock.carried()}
	q := p.quoteOf(w.Duty)
	number, _ := strconv.Atoi(strings.TrimPrefix(w.Duty, expansions))
	after := p.planFor(q.Load, 1)
	in.Growth = p.growth(*q.Before, q.Load, number, p.cause.at)
	in.Growth.Try = w.N
	in.Measure = after.Users > in.Growth.From.Users
	in.Growth.From.Users, in.Growth.From.Settings, in.Growth.From.Nodes = after.Users, after.Settings, p.Nodes
	return in
}

// grow (§5.7): what was bought was read back as there.
func (p *performance) grow(r message.Report) {
	p.noted = append(p.noted, message.Event{What: "grown", Clause: "5.7", Subject: r.Duty, Detail: r})
	if q := p.quoteOf(r.Duty); q != nil {
		p.Nodes = max(p.Nodes, q.Load.Nodes)
	}
	p.settle(p.find(r.Duty), r.At)
	if r.Step == hosting.StepPeople {
		p.tell(r.Duty, "new-address") // only people can lead the users there
	}
}
