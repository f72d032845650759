package workflows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

const faults = "fault/"

func isFault(duty string) bool { return strings.HasPrefix(duty, faults) }

// faultOf is the number of the fault whose duty, or work, it is; 0 for any other.
func faultOf(duty string) int {
	number, _, _ := strings.Cut(strings.TrimPrefix(duty, faults), "/")
	n, err := strconv.Atoi(number)
	if err != nil || !isFault(duty) {
		return 0
	}
	return n
}

// clocked tells whether an hour runs, or has run, for a fault in that state.
func clocked(s message.FaultState) bool {
	return s != message.FaultReported && s != message.FaultRequest
}

// unserved refuses what was said when the contract had ended. A call of before then is taken also when it is entered later, as long as
// there is a contract to which it is evidence: it counts by its own moment (§3.11, §4.1).
func (p *performance) unserved(r message.FaultReport, d done) *refusal.Refusal {
	if p.EndedOn.IsZero() || d.at(r.Called).Before(p.EndedOn.End()) {
		return nil
	}
	return p.over()
}

// mayReport (§2.1, §3.11): a system that is there can have a fault, at any hour of any day.
func mayReport(p *performance, d done, r message.FaultReport) *refusal.Refusal {
	if no := p.unserved(r, d); no != nil {
		return no
	}
	if p.UsableAt.IsZero() {
		return refusal.Rule("not_usable", "3.2", "系统尚未交付使用。", "the system is not usable yet")
	}
	return p.refuseReport(d, r)
}

func (p *performance) refuseReport(d done, r message.FaultReport) *refusal.Refusal {
	return firstOf(incident.RefuseReport(r, p.enabled(), d.ReceivedAt), incident.RefuseEarlyCall(r.Called, p.UsableAt))
}

func (p *performance) enabled() []string {
	var names []string
	for _, product := range p.Terms.Products {
		names = append(names, string(product))
	}
	return names
}

// report (§3.11): a report of the same system joins the fault that is looked after; any other is a fault of its own.
func report(ctx workflow.Context, p *performance, d done, r message.FaultReport) refusal.Text {
	at := incident.Counts(r.Called, d.ReceivedAt)
	if n := p.sameFault(r, at); n > 0 {
		id := message.FaultID(n)
		p.noted = append(p.noted, message.Event{What: "joined", Clause: "3.11", Subject: id, New: at.Format(time.RFC3339)})
		return refusal.Text{ZH: "已并入处理中的 " + id + "。", EN: "it joins " + id + ", which is looked after already"}
	}
	return p.beginFault(ctx, d, r)
}

// sameFault is the fault that a report joins. It joins none whose hour does not run, or began after the customer's word: that
// starts an hour of its own (§3.11, §4.1).
func (p *performance) sameFault(r message.FaultReport, at time.Time) int {
	if r.Separate || r.Request || !r.Administrator {
		return 0
	}
	for _, f := range slices.Backward(p.Faults) {
		standing := f.State != message.FaultResolved && f.State != message.FaultClosed && clocked(f.State)
		if standing && f.System == r.System && !at.Before(f.At) && at.Before(f.At.Add(incident.JoinsWithin)) {
			return f.N
		}
	}
	return 0
}

// beginFault opens a fault. Its first page is written with it: nobody waits for a workflow to be told.
func (p *performance) beginFault(ctx workflow.Context, d done, r message.FaultReport) refusal.Text {
	var desk *activities.Desk
	p.Faulted++
	f := message.Incident{
		Version: message.StateVersion, Contract: p.Terms.Number, N: p.Faulted, Terms: ask[message.DeskTerms](ctx, desk.Terms, p.Terms.Number),
		Journal: message.Journal{At: d.ReceivedAt, Heard: d.Seq}, AccountManager: p.Terms.AccountManager,
	}
	f.Fault = f.N
	incident.Begin(&f, r, d.ReceivedAt)
	c := &care{Incident: f, cause: p.cause}
	c.firstWord(ctx)
	p.noted = append(append(p.noted, c.noted...), c.changes(message.Incident{})...)
	p.begun = append(p.begun, c.Incident)
	p.Faults = append(p.Faults, message.FaultRef{N: f.N, System: f.System, State: f.State, At: f.ReportedAt})
	p.want(message.FaultID(f.N))
	return c.receipt()
}

// mayReopen: what was resolved, or ended not long ago, may be there again.
func mayReopen(p *performance, d done, r message.FaultReport) *refusal.Refusal {
	if no := p.unserved(r, d); no != nil {
		return no
	}
	i := slices.IndexFunc(p.Faults, func(f message.FaultRef) bool { return f.N == r.Reopens })
	id := message.FaultID(r.Reopens)
	switch {
	case i < 0 || p.Faults[i].State == message.FaultClosed && !d.at(r.Called).Before(p.Faults[i].At.Add(incident.ReopensWithin)):
		return refusal.Rule("unknown_fault", "3.11", "没有可重新打开的 "+id+"，请另行报障。", "there is no "+id+" to reopen; report it as a new fault")
	case p.Faults[i].State != message.FaultResolved && p.Faults[i].State != message.FaultClosed:
		return refusal.Rule("still_open", "3.11", id+" 仍在处理中。", id+" is looked after still")
	default:
		return p.refuseReport(d, r)
	}
}

// reopen (§3.11): what is there again is a fault with an hour of its own; the one that it was is closed, if an administrator says
// so (§3.13).
func reopen(ctx workflow.Context, p *performance, d done, r message.FaultReport) refusal.Text {
	i := slices.IndexFunc(p.Faults, func(f message.FaultRef) bool { return f.N == r.Reopens })
	r.System = p.Faults[i].System
	told := p.beginFault(ctx, d, r)
	if p.Faults[i].State == message.FaultResolved && r.Administrator {
		p.reopened = append(p.reopened, message.Reopening{Of: r.Reopens, As: p.Faulted, At: d.ReceivedAt})
	}
	return told
}

// tellReopened tells those that were resolved as what they live on.
func (p *performance) tellReopened(ctx workflow.Context) {
	for _, r := range p.reopened {
		id := message.IncidentID(p.prefix(workflow.GetInfo(ctx).WorkflowExecution.ID), p.Terms.Number, r.Of)
		if err := workflow.SignalExternalWorkflow(ctx, id, "", message.ReopenedSignal, r).Get(ctx, nil); err != nil {
			workflow.GetLogger(ctx).Warn("the fault is closed already", "workflow", id, "error", err)
		}
	}
	p.reopened = nil
}

// faultNews is what a fault tells its contract.
func (p *performance) faultNews(n message.FaultNews) arrival {
	key := fmt.Sprintf("%s%d is %s", faults, n.N, n.State)
	return arrival{at: n.At, key: key, happen: func(workflow.Context) { p.heed(n) }}
}

// heed keeps where the fault stands. What ended long ago is forgotten here; its evidence stays.
func (p *performance) heed(n message.FaultNews) {
	for i := range p.Faults {
		if f := &p.Faults[i]; f.N == n.N {
			f.State, f.At = n.State, n.At
		}
	}
	if n.State != message.FaultClosed {
		return
	}
	p.Works = slices.DeleteFunc(p.Works, func(w message.Work) bool { return w.Duty == message.FaultID(n.N) })
	p.Faults = slices.DeleteFunc(p.Faults, func(f message.FaultRef) bool {
		return f.State == message.FaultClosed && p.cause.at.After(f.At.Add(incident.ReopensWithin))
	})
}

// prefix is what stands before the ids of all workflows of this engine.
func (p *performance) prefix(id string) string {
	return strings.TrimSuffix(id, message.ContractID("", p.Terms.Number))
}

// workID is the id of a work: a fault's is known to all who act on it.
func (p *performance) workID(id string, w message.Work) string {
	if !isFault(w.Duty) {
		return message.ChildID(id, w.Duty, w.N)
	}
	return message.IncidentID(p.prefix(id), p.Terms.Number, faultOf(w.Duty))
}

// incidentOf is a fault as the step has begun it.
func (p *performance) incidentOf(id, duty string) message.Incident {
	i := slices.IndexFunc(p.begun, func(f message.Incident) bool { return message.FaultID(f.N) == duty })
	f := p.begun[i]
	f.ContractID, f.Rehearsal = id, p.clock.carried()
	return f
}
