package workflows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/message"
)

// before is what a step may change, as it was.
type before struct {
	row         message.ContractRow
	obligations []message.Obligation
	years       []message.ServiceYear
	receipts    int
	money       message.Money
	outlook     *message.Outlook
}

func (p *performance) snapshot() before {
	return before{
		row: p.row(), obligations: slices.Clone(p.Obligations),
		years: slices.Clone(p.Years), receipts: len(p.Receipts), money: p.picture(), outlook: p.outlook(),
	}
}

// record stores what a step did: the act itself, then every row that differs, so that no change can escape the
// evidence. The keys say what caused them and what they are: stored twice, they stand once.
func (p *performance) record(ctx workflow.Context, was before) {
	events := slices.Concat(
		p.cause.evidence(p.Terms.Number), p.noted, p.moneyCame(was), p.receiptsChanged(was), p.rowsChanged(was), dutiesChanged(was.obligations, p.Obligations),
		p.yearsChanged(was), p.told(),
	)
	events = append(events, p.moneyChanged(was, len(events) > 0)...)
	if len(events) == 0 && p.cause.answer == nil {
		return
	}
	for i := range events {
		e := &events[i]
		e.Key, e.At = fmt.Sprintf("%s: %s %s %s", p.cause.key, e.What, e.Subject, e.New), p.cause.at
	}
	p.Events += len(events)
	r := message.Record{Events: events, Answer: p.cause.answer}
	if p.cause.act != nil {
		r.ActID = p.cause.act.ID
	}
	p.store(ctx, r)
	p.showPhase(ctx, was.row.Phase)
}

func (p *performance) store(ctx workflow.Context, r message.Record) {
	r.Contract = p.Terms.Number
	var evidence *activities.Evidence
	if ask[message.Recorded](ctx, evidence.Record, r).Booked {
		p.Booked = true
	}
}

// evidence is the act that is the cause, if one is: who, what, when received, by which clause.
func (c cause) evidence(subject string) []message.Event {
	a := c.act
	if a == nil {
		return nil
	}
	return []message.Event{{
		What: string(a.Name), Clause: c.clause, Subject: subject,
		Actor: a.Actor, ActID: a.ID, ReceivedAt: a.ReceivedAt, Detail: a.Body,
	}}
}

func (p *performance) rowsChanged(was before) []message.Event {
	row := p.row()
	if sameRow(row, was.row) {
		return nil
	}
	e := message.Event{What: "contract", Subject: row.Number, Changed: message.Changed{Contract: &row}}
	if row.Phase != was.row.Phase {
		e.What, e.Old, e.New = "phase", string(was.row.Phase), string(row.Phase)
	}
	return []message.Event{e}
}

func dutiesChanged(was, now []message.Obligation) []message.Event {
	var events []message.Event
	for i, o := range now {
		var old message.Obligation
		if i < len(was) {
			old = was[i]
		}
		if what := transition(old, o); what != "" {
			events = append(events, message.Event{
				What: what, Clause: o.Clause, Subject: o.ID, Old: string(old.Status), New: string(o.Status),
				Changed: message.Changed{Obligation: &o},
			})
		}
	}
	return events
}

// transition names what happened to a duty; empty if nothing that anyone reads.
func transition(old, now message.Obligation) string {
	switch {
	case old.ID == "" || !old.OpenedAt.Equal(now.OpenedAt):
		return "opened"
	case old.Status != now.Status, !old.SettledAt.Equal(now.SettledAt):
		return string(now.Status)
	case len(old.Moved) != len(now.Moved):
		return "moved"
	case old.DueOn != now.DueOn, !old.DueAt.Equal(now.DueAt), old.Provisional != now.Provisional, old.Calendar != now.Calendar:
		return "counted"
	case old.Attention != now.Attention:
		return "attention"
	default:
		return ""
	}
}

func (p *performance) yearsChanged(was before) []message.Event {
	var events []message.Event
	for i, y := range p.Years {
		if i < len(was.years) && y.Fee.Equal(was.years[i].Fee) {
			continue
		}
		events = append(events, message.Event{
			What: "service-year", Clause: "5.1", Subject: strconv.Itoa(y.Year), New: y.First.String() + "/" + y.Last.String(),
			Changed: message.Changed{Year: &y},
		})
	}
	return events
}

func (p *performance) moneyCame(was before) []message.Event {
	var events []message.Event
	for _, r := range p.Receipts[was.receipts:] {
		events = append(events, message.Event{
			What: "receipt", Clause: "5.4", Subject: r.Reference, New: r.Amount.String(), Changed: message.Changed{Receipt: &r},
		})
	}
	return events
}

func (p *performance) told() []message.Event {
	var events []message.Event
	for _, n := range p.notices {
		events = append(events, message.Event{What: "message", Subject: n.About, New: n.Kind, Changed: message.Changed{Notice: &n}})
	}
	return events
}

// row is the contract at a glance.
func (p *performance) row() message.ContractRow {
	received, unapplied := p.money()
	endsOn, ground := p.EndedOn, p.Ground
	if p.EndedOn.IsZero() && p.Termination != nil {
		endsOn, ground = p.Termination.On, p.Termination.Ground
	}
	var quote message.Quote
	if q := p.quoted(); q != nil {
		quote = *q
	}
	return message.ContractRow{
		Number: p.Terms.Number, Customer: p.Terms.Customer.Name, Provider: p.Terms.Provider.Name,
		AccountManager: p.Terms.AccountManager, Language: p.Terms.Language, FormHash: p.FormHash,
		Phase: p.Phase, Effective: p.Effective, Start: p.Start, EndsOn: endsOn, EndedOn: p.EndedOn, Ground: ground,
		Fee: p.Terms.Fee, Received: received, Unapplied: unapplied,
		Named: p.Named, HeldBy: p.HeldBy, Disputed: strings.Join(p.inDispute(), ","), Shortfalls: len(p.Shortfalls),
		Quoted: quote.Amount, QuotedUntil: quote.ValidUntil,
	}
}

// sameRow compares rows; amounts are compared as amounts.
func sameRow(a, b message.ContractRow) bool {
	equal := a.Fee.Equal(b.Fee) && a.Received.Equal(b.Received) && a.Unapplied.Equal(b.Unapplied) && a.Quoted.Equal(b.Quoted)
	equal = equal && a.QuotedUntil.Equal(b.QuotedUntil)
	b.Fee, b.Received, b.Unapplied, b.Quoted, b.QuotedUntil = a.Fee, a.Received, a.Unapplied, a.Quoted, a.QuotedUntil
	return equal && a == b
}

// showPhase lets operators list contracts by phase on any Temporal server.
func (p *performance) showPhase(ctx workflow.Context, was message.Phase) {
	if p.Phase == was {
		return
	}
	phase := temporal.NewSearchAttributeKeyKeyword(message.PhaseAttribute).ValueSet(string(p.Phase))
	if err := workflow.UpsertTypedSearchAttributes(ctx, phase); err != nil {
		workflow.GetLogger(ctx).Warn("the phase is not shown in the list of workflows", "error", err)
	}
}
