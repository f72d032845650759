package workflows

import (
	"fmt"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// serviceBegins (§5.5): the first service year starts on its day, or as soon as the system is usable on it.
func (p *performance) serviceBegins() []moment {
	if p.Start.IsZero() || len(p.Years) > 0 || !p.EndedOn.IsZero() {
		return nil
	}
	at := later(p.Start.Start(), p.UsableAt)
	return []moment{{at: at, what: "service year 1", happen: func(ctx workflow.Context) {
		p.Phase = message.InService
		p.begin(ctx, 1, p.feeOf(firstPayment).Amount)
	}}}
}

// yearEnds (§5.1, §5.2, §5.6): with its last day a service year gives way to the next one if that was agreed,
// paid or not; else the contract ends with it.
func (p *performance) yearEnds() []moment {
	year, running := p.year()
	if !running || !p.EndedOn.IsZero() {
		return nil
	}
	return []moment{{at: year.Last.End(), what: fmt.Sprintf("service year %d ends", year.Year), happen: func(ctx workflow.Context) {
		if p.Talks.Agreed == nil {
			p.end(ctx, year.Last, message.Expiry)
			return
		}
		p.Terms.Fee, p.AgreedFor = p.Talks.Agreed.Fee, *p.Talks.Agreed.Terms
		p.Terms.Products, p.Terms.Load = p.AgreedFor.Products, p.withBought(p.AgreedFor.Load)
		p.Talks = message.Talks{}
		p.begin(ctx, year.Year+1, p.Terms.Fee)
		p.afresh = true
	}}}
}

// begin starts service year k. Its days are always counted from the first day of the first year (§5.1).
func (p *performance) begin(ctx workflow.Context, k int, fee money.CNY) {
	days := workday.ServiceYear(p.Start, k)
	p.Years = append(p.Years, message.ServiceYear{Year: k, First: days.First, Last: days.Last, Fee: fee})
	p.Talks.Year = k
	p.openWindow(p.count(ctx, contract.RenewalWindowRule, days.Last, workday.Date{}))
}

// lapses (§5.1): a contract whose service never started lasts one year from its effective day.
func (p *performance) lapses() []moment {
	if p.Effective.IsZero() || !p.Start.IsZero() || !p.EndedOn.IsZero() {
		return nil
	}
	last := contract.LapseDay(p.Effective)
	return []moment{{at: last.End(), what: "lapse", happen: func(ctx workflow.Context) {
		p.end(ctx, last, message.Lapse)
	}}}
}

// year is the service year that started last.
func (p *performance) year() (message.ServiceYear, bool) {
	if len(p.Years) == 0 {
		return message.ServiceYear{}, false
	}
	return p.Years[len(p.Years)-1], true
}
