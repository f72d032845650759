package workflows

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

func talksOf(year int) string      { return fmt.Sprintf("renewal-talks/%d", year) }
func renewalFeeOf(year int) string { return fmt.Sprintf("renewal-fee/%d", year) }

// talksOpen (§5.6): the window opens at 00:00 of the fifteenth working day before the year's last.
func (p *performance) talksOpen() []moment {
	year, running := p.year()
	if !running || !p.EndedOn.IsZero() || p.Talks.OpensOn.IsZero() || p.find(talksOf(year.Year)) != nil {
		return nil
	}
	at := p.Talks.OpensOn.Start()
	return []moment{{at: at, what: talksOf(year.Year), happen: func(workflow.Context) {
		p.openTalks(year, at)
		p.tell(talksOf(year.Year), "opened")
	}}}
}

func (p *performance) openTalks(year message.ServiceYear, at time.Time) *message.Obligation {
	return p.open(message.Obligation{
		ID: talksOf(year.Year), Clause: "5.6", OwedBy: message.Both, OpenedAt: at,
		DueOn: year.Last, DueAt: year.Last.End(),
	})
}

// talks gives the talks about what follows a service year, opened if need be: before the window by an early
// agreement, after the year's end by a late one.
func (p *performance) talks(year message.ServiceYear) *message.Obligation {
	talks := p.find(talksOf(year.Year))
	if talks == nil {
		return p.openTalks(year, p.cause.at)
	}
	if talks.Status == message.Void {
		talks.Status = message.Pending
	}
	return talks
}

func (p *performance) openWindow(d contract.Deadline) {
	p.Talks.OpensOn, p.Talks.Provisional = d.On, d.Provisional
}

// windowAgain counts the opening of the talks again by a new calendar, while they have not opened.
func (p *performance) windowAgain(ctx workflow.Context) {
	year, running := p.year()
	if running && p.EndedOn.IsZero() && p.find(talksOf(year.Year)) == nil {
		p.openWindow(p.count(ctx, contract.RenewalWindowRule, year.Last, workday.Date{}))
	}
}

// mayTalk: there is a next year to talk about. Until the first confirmation of destruction an expired contract
// may still be renewed; a terminated or lapsed one may not.
func mayTalk(p *performance) *refusal.Refusal {
	switch {
	case p.endsForGood():
		return refusal.Rule("terminated", "5.2",
			"合同已被解除或失效，不能续签。", "the contract was terminated or has lapsed; it cannot be renewed")
	case len(p.Confirmed) > 0:
		return refusal.Rule("destruction_begun", "7.2",
			"数据销毁已经确认，不能再续签。", "the destruction of the data has begun; it is too late to renew")
	case p.Talks.Agreed != nil:
		return refusal.Rule("already_agreed", "5.6",
			"下一服务年度已经续签。", "the next service year is agreed already")
	default:
		return nil
	}
}

// endsForGood: a termination ends the contract before a next year could begin, or it ended otherwise than with its
// year.
func (p *performance) endsForGood() bool {
	if !p.EndedOn.IsZero() && p.Ground != message.Expiry {
		return true
	}
	year, running := p.year()
	return p.Termination != nil && (!running || !p.Termination.On.After(year.Last))
}

// mayOffer (§5.6, §5.8): either side may offer; the provider may not ask for more without growth.
func mayOffer(p *performance, _ done, o message.Proposal) *refusal.Refusal {
	if o.By != message.Customer && o.By != message.Provider {
		return unknownSide()
	}
	if !o.Fee.IsPositive() {
		return refusal.BadInput("bad_amount", "年服务费须大于零。", "the annual fee must be more than zero",
			refusal.Wrong("fee", "须大于零", "must be more than zero"))
	}
	if no := mayTalk(p); no != nil || o.By == message.Customer {
		return no
	}
	return contract.RefuseRise(p.Terms.Fee, p.AgreedFor, o.Fee, p.asked(o))
}

// asked is what an offer is about: its own terms, else what was asked for last, else what there is now, with all that
// was bought in mid-year (§5.8).
func (p *performance) asked(o message.Proposal) contract.Configuration {
	switch {
	case o.Terms != nil:
		return *o.Terms
	case p.Talks.Asked != nil:
		return contract.Configuration{Products: p.Talks.Asked.Products, Load: p.withBought(p.Talks.Asked.Load)}
	default:
		return p.Terms.Configuration()
	}
}

// offer puts an offer on the table in place of the one before. Talks that were broken off open again; before
// the window an offer is kept and changes nothing.
func offer(_ workflow.Context, p *performance, _ done, o message.Proposal) refusal.Text {
	terms := p.asked(o)
	o.Terms, p.Talks.Bought = &terms, nil
	p.Talks.Asked, p.Talks.Offered = &terms, &o
	if year, running := p.year(); running && p.EndedOn.IsZero() {
		if talks := p.find(talksOf(year.Year)); talks != nil && talks.Status == message.Void {
			p.openTalks(year, talks.OpenedAt).RemindedAt = p.cause.at
		}
	}
	return refusal.Text{ZH: "报价 " + o.Fee.String() + " 元/年已记录。", EN: "offer of " + o.Fee.String() + " CNY a year recorded"}
}

// mayAnswer (§5.6): an answer needs an offer and a service year that runs.
func mayAnswer(p *performance, _ done, d message.Decision) *refusal.Refusal {
	if p.Talks.Offered == nil && p.Talks.Agreed == nil {
		return refusal.Rule("no_open_offer", "5.6", "目前没有待答复的报价。", "there is no open offer to answer")
	}
	if no := mayTalk(p); no != nil {
		return no
	}
	if _, running := p.year(); !running && d.Accept {
		return refusal.Rule("no_service_year", "5.6",
			"首个服务年度尚未开始，不能续签。", "no service year has begun; there is nothing to renew yet")
	}
	return nil
}

func answer(ctx workflow.Context, p *performance, d done, reply message.Decision) refusal.Text {
	if reply.Accept {
		return p.accept(ctx, d)
	}
	p.Talks.Offered = nil
	if talks := p.find(talksOf(p.Talks.Year)); talks != nil && talks.Open() {
		p.drop(talks, message.Void)
	}
	return refusal.Text{ZH: "已拒绝报价。", EN: "the offer is declined"}
}

// accept (§5.6): the next year is agreed and its fee is due before it starts. An acceptance after the year's
// end takes the end back: the years tile, nothing is destroyed.
func (p *performance) accept(ctx workflow.Context, d done) refusal.Text {
	year, _ := p.year()
	p.Talks.Agreed, p.Talks.Offered = p.Talks.Offered, nil
	p.settle(p.talks(year), d.ReceivedAt)
	p.takeBackEnd()
	next := year.Year + 1
	p.open(message.Obligation{
		ID: renewalFeeOf(next), Clause: "5.6", OwedBy: message.Customer, OpenedAt: d.ReceivedAt,
		DueOn: year.Last, DueAt: year.Last.End(),
	})
	p.owe(message.Fee{Obligation: renewalFeeOf(next), Year: next, Amount: p.Talks.Agreed.Fee, Since: d.ReceivedAt})
	p.settleFees(ctx)
	return refusal.Text{
		ZH: fmt.Sprintf("第 %d 服务年度已续签，年服务费 %s 元。", next, p.Talks.Agreed.Fee),
		EN: fmt.Sprintf("service year %d is agreed for %s CNY", next, p.Talks.Agreed.Fee),
	}
}

// takeBackEnd revives a contract that had expired.
func (p *performance) takeBackEnd() {
	if p.EndedOn.IsZero() {
		return
	}
	p.EndedOn, p.Ground = workday.Date{}, ""
	p.Phase = message.InService
	if o := p.find(destruction); o != nil {
		p.drop(o, message.Void)
	}
	p.reopenExpansions()
	p.reopenMigrations()
}
