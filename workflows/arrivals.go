package workflows

import (
	"fmt"
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/message"
)

// arrivals is what has come in and is not yet applied: acts of people in the order of the inbox, and what
// machines signal.
type arrivals struct {
	acts    []*arrivedAct
	signals []arrival
	sources []source
}

// arrival is one thing that came in, at the instant that counts.
type arrival struct {
	at     time.Time
	act    *arrivedAct
	key    string
	happen func(workflow.Context)
}

// arrivedAct is an act with its answer, once it has one. Led: the inbox was asked for the acts before it.
type arrivedAct struct {
	message.Act

	answer *message.Answer
	led    bool
}

// source is a channel of signals: how many it holds, and the next one, if there is one.
type source struct {
	waiting func() int
	next    func() (arrival, bool)
}

// signals is the source of the signals of a name; what each is, arrive says.
func signals[S any](ctx workflow.Context, name string, arrive func(S) arrival) source {
	channel := workflow.GetSignalChannel(ctx, name)
	return source{waiting: channel.Len, next: func() (arrival, bool) {
		var s S
		if !channel.ReceiveAsync(&s) {
			return arrival{}, false
		}
		return arrive(s), true
	}}
}

// drain takes what the signal channels hold. A signal counts at its own instant, but never in the future: only the
// clock moves time.
func (a *arrivals) drain(present time.Time) {
	for _, from := range a.sources {
		for s, found := from.next(); found; s, found = from.next() {
			a.signals = append(a.signals, s)
		}
	}
	for i := range a.signals {
		if a.signals[i].at.After(present) {
			a.signals[i].at = present
		}
	}
	slices.SortStableFunc(a.signals, func(x, y arrival) int { return x.at.Compare(y.at) })
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
	signalled := slices.ContainsFunc(a.sources, func(s source) bool { return s.waiting() > 0 })
	return len(a.acts) > 0 || len(a.signals) > 0 || signalled
}

// hears are the signals of machines to a contract.
func (p *performance) hears(ctx workflow.Context) []source {
	return []source{
		signals(ctx, message.ReportSignal, p.reported),
		signals(ctx, message.CalendarSignal, p.published),
		signals(ctx, message.FaultSignal, p.faultNews),
	}
}

func (p *performance) reported(r message.Report) arrival {
	if r.Stock {
		return arrival{at: r.At, key: "stock of " + reportKey(r.Duty, r.N), happen: func(workflow.Context) { p.stocked(r) }}
	}
	return arrival{at: r.At, key: reportKey(r.Duty, r.N), happen: func(ctx workflow.Context) { p.hear(ctx, r) }}
}

func reportKey(duty string, n int) string { return fmt.Sprintf("report %s/%d", duty, n) }

func (p *performance) published(c message.Published) arrival {
	key := fmt.Sprintf("calendar %s %s %s", c.Notice, c.Number, c.At.Format(time.RFC3339Nano))
	return arrival{at: c.At, key: key, happen: func(ctx workflow.Context) { p.countAgain(ctx, c) }}
}
