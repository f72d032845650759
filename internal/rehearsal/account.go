package rehearsal

import (
	"context"
	"fmt"

	"lvyue/internal/message"
	"lvyue/internal/postgres"
)

// report reads what came of the play: from the read tables, the evidence, the vendor's books and the histories.
func (p *play) report(ctx context.Context) (Report, error) {
	view, err := p.view(ctx)
	if err != nil {
		return Report{}, err
	}
	chain, err := p.store.Verify(ctx, p.Scenario.Form.Number)
	if err != nil {
		return Report{}, fmt.Errorf("verify the evidence: %w", err)
	}
	cost, err := measure(ctx, p.Client, p.contract, p.firstRun)
	if err != nil {
		return Report{}, err
	}
	r := tell(view)
	r.Refused = append(r.Refused, p.refused...)
	r.Resources = Resources{Created: p.cloud.Created(), Left: p.cloud.Left()}
	r.Evidence = Evidence{Events: chain.Events, Head: chain.Head, Verified: chain.Verified}
	r.Cost = cost
	r.NotPlayed = len(p.Scenario.Events) - p.played
	if p.Keep {
		r.Schema = p.store.Schema()
	}
	pages, err := p.store.PagesOf(ctx, p.Scenario.Form.Number)
	if err != nil {
		return Report{}, fmt.Errorf("read the pages: %w", err)
	}
	r.Incidents = incidents(view.Faults, pages)
	return r, p.addBooks(ctx, &r)
}

// view reads the tables.
func (p *play) view(ctx context.Context) (postgres.View, error) {
	view, err := p.store.View(ctx, p.Scenario.Form.Number)
	if err != nil {
		return postgres.View{}, fmt.Errorf("read the contract: %w", err)
	}
	return view, nil
}

// tell writes the read tables in the form of the report.
func tell(view postgres.View) Report {
	c := view.Contract
	r := Report{
		Contract: c.Number, Phase: c.Phase, Effective: Day{c.Effective}, Start: Day{c.Start}, EndsOn: Day{c.EndsOn},
		EndedOn: Day{c.EndedOn}, Ground: c.Ground, Unapplied: c.Unapplied,
		Obligations: []Obligation{}, ServiceYears: []ServiceYear{}, Payments: []Payment{}, Refused: []Refused{},
		Incidents: []Incident{}, Invoices: []Invoice{}, Refunds: []Refund{}, Messages: []Message{},
	}
	for _, o := range view.Obligations {
		r.Obligations = append(r.Obligations, obligation(o))
	}
	for _, y := range view.Years {
		r.ServiceYears = append(r.ServiceYears, ServiceYear{Year: y.Year, First: Day{y.First}, Last: Day{y.Last}, Fee: y.Fee})
	}
	for _, m := range view.Receipts {
		r.Payments = append(r.Payments, paymentOf(m))
	}
	for _, n := range view.Notices {
		r.Messages = append(r.Messages, Message{At: Instant{n.At}, To: n.To, About: n.About, Kind: n.Kind})
	}
	return r
}

func obligation(o message.Obligation) Obligation {
	reported := Obligation{
		ID: o.ID, Clause: o.Clause, OwedBy: o.OwedBy, OpenedAt: Instant{o.OpenedAt}, DueOn: Day{o.DueOn},
		DueAt: Instant{o.DueAt}, Provisional: o.Provisional, Status: o.Status, SettledAt: Instant{o.SettledAt},
		Moved: append([]message.Move{}, o.Moved...), Attention: o.Attention,
	}
	return reported
}
