package workflows

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/contract"
	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

const (
	expansions    = "expansion/"
	expansionFees = "expansion-fee/"
)

// mayExpand (§5.7): at any time of a service year the customer may ask for more, at the price that Aliyun publishes for
// the rest of it.
func mayExpand(p *performance, d done, g message.Growth) *refusal.Refusal {
	if _, running := p.year(); !running {
		return notInService()
	}
	return firstOf(
		p.refuseUnbought(), p.refuseGrowth(g), ledger.RefusePrice(p.Quotes, d.ReceivedAt, g.Price),
	)
}

func notInService() *refusal.Refusal {
	return refusal.Rule("not_in_service", "5.7",
		"服务年度尚未开始，配置以合同为准。", "no service year runs yet: until then the form says what is deployed")
}

// grown is the load standard that is asked for.
func (p *performance) grown(g message.Growth) contract.Load {
	load := p.Terms.Load
	if g.Load != nil {
		load = *g.Load
	}
	load.Nodes = max(load.Nodes, p.Terms.Load.Nodes)
	if g.Nodes > 1 {
		load.Nodes = g.Nodes
	}
	load.DiskGB = cmp.Or(g.DiskGB, load.DiskGB)
	load.DatabaseGB = cmp.Or(g.DatabaseGB, load.DatabaseGB)
	return load
}

// expand (§5.7) puts the price before the customer, in place of one that was not accepted. The vendor's answer is kept as
// evidence.
func expand(_ workflow.Context, p *performance, d done, g message.Growth) refusal.Text {
	q := p.putQuote(d.ReceivedAt, g.Price, p.grown(g), nil)
	number := strconv.Itoa(q.Year)
	return refusal.Text{
		ZH: "扩容报价 " + q.Amount.String() + " 元（云厂商公布价，至第 " + number + " 服务年度末），待甲方接受。",
		EN: "quote of " + q.Amount.String() + " CNY, as the vendor publishes it, to the end of service year " + number +
			"; the customer may accept it",
	}
}

// putQuote puts a price on the table, with what it was found in.
func (p *performance) putQuote(at time.Time, price message.Price, load contract.Load, detail any) *message.Quote {
	year, _ := p.year()
	q := ledger.NewQuote(at, price, load, year.Year)
	p.Quotes = append(p.Quotes, q)
	price.FetchedAt, price.ValidUntil = q.FetchedAt, q.ValidUntil
	p.noted = append(p.noted, message.Event{
		What: "quoted", Clause: "5.7", Subject: p.Terms.Number, New: q.Amount.String(), Changed: message.Changed{Quote: &price}, Detail: detail,
	})
	return &p.Quotes[len(p.Quotes)-1]
}

// quoted is the quote on the table: the last one, while the year runs for which it holds and nobody has accepted it.
func (p *performance) quoted() *message.Quote {
	year, _ := p.year()
	if len(p.Quotes) == 0 || !p.EndedOn.IsZero() {
		return nil
	}
	last := &p.Quotes[len(p.Quotes)-1]
	if last.Expansion != "" || last.Withdrawn || last.Year != year.Year {
		return nil
	}
	return last
}

func mayAcceptQuote(p *performance, d done, a message.Acceptance) *refusal.Refusal {
	return firstOf(p.refuseUnbought(), ledger.RefuseAcceptance(p.quoted(), d.ReceivedAt, a.Amount))
}

// acceptQuote (§5.7): the provider owes the capacity, the customer the price. The contract names no day for either. What the
// engine carries out is bought, and owed for, when the vendor has said the same price again.
func acceptQuote(ctx workflow.Context, p *performance, d done, _ message.Acceptance) refusal.Text {
	q := p.quoted()
	q.Expansion = expansions + strconv.Itoa(p.expanded()+1)
	p.open(message.Obligation{ID: q.Expansion, Clause: "5.7", OwedBy: message.Provider, OpenedAt: d.ReceivedAt})
	if q.Asked {
		p.want(requotation + q.Expansion)
		return refusal.Text{
			ZH: q.Expansion + "：报价 " + q.Amount.String() + " 元已接受，购买前再次向云厂商核价。",
			EN: q.Expansion + ": the quote of " + q.Amount.String() + " CNY is accepted; the vendor is asked once more before the purchase",
		}
	}
	p.buy(ctx, q, d.ReceivedAt)
	return refusal.Text{
		ZH: q.Expansion + "：报价 " + q.Amount.String() + " 元已接受，账单已开。",
		EN: q.Expansion + ": the quote of " + q.Amount.String() + " CNY is accepted and invoiced",
	}
}

// expanded counts the quotes that were accepted.
func (p *performance) expanded() int {
	n := 0
	for _, q := range p.Quotes {
		if q.Expansion != "" {
			n++
		}
	}
	return n
}

// withBought raises a load standard that was asked for, or agreed, to what was bought since (§5.7).
func (p *performance) withBought(load contract.Load) contract.Load {
	for _, bought := range p.Talks.Bought {
		load = load.AtLeast(bought)
	}
	return load
}

// withdrawQuote takes a quote off the table that was made for another load standard than is agreed now, accepted or not,
// unless it is bought (§5.7, §6.4).
func (p *performance) withdrawQuote() {
	p.Asking = nil
	if q := p.quoted(); q != nil {
		q.Withdrawn = true
	}
	if q := p.unbought(); q != nil {
		q.Withdrawn = true
		p.drop(p.find(q.Expansion), message.Void)
		p.tell(q.Expansion, "quote-moved")
	}
}

// unbought is the accepted quote whose price is being asked again, nil if there is none.
func (p *performance) unbought() *message.Quote {
	i := slices.IndexFunc(p.Quotes, func(q message.Quote) bool { return p.awaitsPrice(q.Expansion) })
	if i < 0 {
		return nil
	}
	return &p.Quotes[i]
}

// awaitsPrice tells whether an expansion was accepted whose price is being asked again.
func (p *performance) awaitsPrice(expansion string) bool {
	q, o := p.quoteOf(expansion), p.find(expansion)
	return q != nil && q.Asked && o != nil && o.Open() && !p.bought(expansion)
}

// refuseUnbought: one purchase at a time, so that nothing is bought and charged twice.
func (p *performance) refuseUnbought() *refusal.Refusal {
	q := p.unbought()
	if q == nil {
		return nil
	}
	return refusal.Rule("expansion_pending", "5.7", q.Expansion+" 已接受、尚未购买，请先等其完成。",
		q.Expansion+" is accepted and not bought yet; wait for it first")
}

// reopenExpansions owes again what only the end had made void, when the end is taken back.
func (p *performance) reopenExpansions() {
	for _, q := range p.Quotes {
		if o := p.find(q.Expansion); o != nil && o.Status == message.Void && !q.Withdrawn {
			o.Status, o.ClosedAt = message.Pending, time.Time{}
			if q.Asked {
				o.Attention = "the end of the contract interrupted it"
			}
		}
	}
}

// mayFinishExpansion: an expansion that is owed is carried out on a day that has come.
func mayFinishExpansion(p *performance, d done, c message.CarriedOut) *refusal.Refusal {
	o := p.find(c.Expansion)
	switch {
	case o == nil || !strings.HasPrefix(c.Expansion, expansions):
		return refusal.Rule("unknown_expansion", "5.7", "没有扩容 "+c.Expansion+"。", "there is no expansion "+c.Expansion)
	case !o.Open():
		return refusal.Rule("not_open", "5.7", c.Expansion+" 已了结。", c.Expansion+" is closed already")
	case p.awaitsPrice(c.Expansion):
		return refusal.Rule("not_bought", "5.7", c.Expansion+" 尚未购买：正在向云厂商核价。",
			c.Expansion+" is not bought yet: the vendor is being asked for the price again")
	case c.Evidence == "":
		return refusal.BadInput("bad_evidence", "缺少证明材料。", "the evidence is missing",
			refusal.Wrong("evidence", "缺少证明材料", "the evidence is missing"))
	case !c.On.IsZero() && c.On.Before(workday.Of(o.OpenedAt)):
		return refusal.BadInput("past_day", "完成日不得早于接受报价之日。", "it cannot have been there before the quote was accepted",
			refusal.Wrong("on", "早于接受报价之日", "lies before the acceptance"))
	default:
		return contract.RefuseFutureDay(d.ReceivedAt, c.On)
	}
}

// finishExpansion (§5.7): the capacity is there.
func finishExpansion(_ workflow.Context, p *performance, d done, c message.CarriedOut) refusal.Text {
	_, at := contract.CountedOn(d.ReceivedAt, c.On)
	o := p.find(c.Expansion)
	p.settle(o, later(at, o.OpenedAt))
	return refusal.Text{ZH: c.Expansion + " 已完成。", EN: c.Expansion + " is carried out"}
}
