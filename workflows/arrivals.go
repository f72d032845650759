package workflows

import (
	"fmt"
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/message"
)

// arrivals is what has come in and is not yet applied: acts of people in the order of the inbox, and what
// machines signal.
type arrivals struct {
	acts    []*arrivedAct
	signals []arrival

	reports, calendars workflow.ReceiveChannel
}

// arrival is one thing that came in, at the instant that counts.
type arrival struct {
	at     time.Time
	act    *arrivedAct
	key    string
	happen func(workflow.Context, *performance)
}

// arrivedAct is an act with its answer, once it has one. Led: the inbox was asked for the acts before it.
type arrivedAct struct {
	message.Act

	answer *message.Answer
	led    bool
}

func (a *arrivals) listen(ctx workflow.Context) {
	a.reports = workflow.GetSignalChannel(ctx, message.ReportSignal)
	a.calendars = workflow.GetSignalChannel(ctx, message.CalendarSignal)
}

// drain takes what the signal channels hold. A signal counts at its own instant, but never in the future: only the
// clock moves time.
func (a *arrivals) drain(present time.Time) {
	var r message.Report
	for a.reports.ReceiveAsync(&r) {
		a.signals = append(a.signals, reported(r))
		r = message.Report{}
	}
	var c message.Published
	for a.calendars.ReceiveAsync(&c) {
		a.signals = append(a.signals, published(c))
		c = message.Published{}
	}
	for i := range a.signals {
		if a.signals[i].at.After(present) {
			a.signals[i].at = present
		}
	}
	slices.SortStableFunc(a.signals, func(x, y arrival) int { return x.at.Compare(y.at) })
}

func reported(r message.Report) arrival {
	if r.Stock {
		return arrival{at: r.At, key: "stock of " + reportKey(r.Duty, r.N), happen: func(_ workflow.Context, p *performance) { p.stocked(r) }}
	}
	return arrival{at: r.At, key: reportKey(r.Duty, r.N), happen: func(ctx workflow.Context, p *performance) { p.hear(ctx, r) }}
}

func reportKey(duty string, n int) string { return fmt.Sprintf("report %s/%d", duty, n) }

func published(c message.Published) arrival {
	key := fmt.Sprintf("calendar %s %s %s", c.Notice, c.Number, c.At.Format(time.RFC3339Nano))
	return arrival{at: c.At, key: key, happen: func(ctx workflow.Context, p *performance) { p.countAgain(ctx, c) }}
}

// put queues an act in the order of the inbox; an act that is queued already is shared.
func (a *arrivals) put(act message.Act) *arrivedAct {
	for _, queued := range a.acts {
		if queued.Seq == act.Seq {
			return queued
		}
	}
	arrived := &arrivedAct{Act: act}
	a.acts = append(a.acts, arrived)
	slices.SortFunc(a.acts, func(x, y *arrivedAct) int { return int(x.Seq - y.Seq) })
	return arrived
}

// first is the earliest arrival; of an act and a signal at one instant, the signal.
func (a *arrivals) first() (arrival, bool) {
	switch {
	case len(a.acts) == 0 && len(a.signals) == 0:
		return arrival{}, false
	case len(a.acts) == 0 || (len(a.signals) > 0 && !a.signals[0].at.After(a.acts[0].ReceivedAt)):
		return a.signals[0], true
	default:
		return arrival{at: a.acts[0].ReceivedAt, act: a.acts[0]}, true
	}
}

func (a *arrivals) waiting() bool {
	return len(a.acts) > 0 || len(a.signals) > 0 || a.reports.Len() > 0 || a.calendars.Len() > 0
}

// readInbox fetches the acts received before the instant that no update has brought yet.
func (p *performance) readInbox(ctx workflow.Context, before time.Time) {
	if whole := p.fetch(ctx, before); whole {
		p.read = before
	}
}

// fetch queues the next acts of the inbox; whole tells whether there are no more of them.
func (p *performance) fetch(ctx workflow.Context, before time.Time) (whole bool) {
	var inbox *activities.Inbox
	found := ask[[]message.Act](ctx, inbox.Unapplied, activities.InboxQuestion{
		Contract: p.Terms.Number, After: p.Heard, Before: before,
	})
	for _, act := range found {
		p.arrivals.put(act)
	}
	return len(found) < activities.Page
}

// apply takes the step that an arrival asks for. An act waits for those received before it.
func (p *performance) apply(ctx workflow.Context, a arrival) {
	if a.act == nil {
		p.arrivals.signals = p.arrivals.signals[1:]
		p.take(ctx, cause{key: a.key, at: later(a.at, p.At)}, func(ctx workflow.Context) { a.happen(ctx, p) })
		return
	}
	if !a.act.led && p.ahead(a.act.Act) {
		a.act.led = p.fetch(ctx, time.Time{})
		return
	}
	p.arrivals.acts = p.arrivals.acts[1:]
	p.do(ctx, a.act)
}

// ahead tells whether acts received before this one may still lie in the inbox.
func (p *performance) ahead(a message.Act) bool {
	return p.Heard < a.Seq-1
}
