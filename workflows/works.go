package workflows

import (
	"slices"
	"strings"

	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// want asks for work at a duty; it begins when the step is stored.
func (p *performance) want(duty string) {
	p.wanted = append(p.wanted, duty)
}

// startWorks begins the work that the step asked for, each try in a workflow of its own that outlives this run.
func (p *performance) startWorks(ctx workflow.Context) {
	for _, duty := range p.wanted {
		w := message.Work{Duty: duty, N: p.tries(duty) + 1}
		w.ID = p.workID(workflow.GetInfo(ctx).WorkflowExecution.ID, w)
		p.Works, p.LookedAt = append(p.Works, w), p.cause.at
		child := workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{
			WorkflowID: w.ID, ParentClosePolicy: enums.PARENT_CLOSE_POLICY_ABANDON,
			WorkflowTaskTimeout: workflow.GetInfo(ctx).WorkflowTaskTimeout,
		})
		started := p.start(child, w)
		if err := started.Get(ctx, nil); err != nil {
			workflow.GetLogger(ctx).Warn("work was begun before", "workflow", w.ID, "error", err)
		}
	}
	p.wanted = nil
}

func (p *performance) start(ctx workflow.Context, w message.Work) workflow.Future {
	id := workflow.GetInfo(ctx).WorkflowExecution.ID
	name, in := p.task(id, w)
	return workflow.ExecuteChildWorkflow(ctx, name, in).GetChildWorkflowExecution()
}

// task is the workflow that does a work, and what it is told.
func (p *performance) task(id string, w message.Work) (name string, in any) {
	switch {
	case isFault(w.Duty):
		return message.IncidentWorkflow, p.incidentOf(id, w.Duty)
	case w.Duty == deployment:
		return message.DeploymentWorkflow, message.DeploymentInput{
			ContractID: id, N: w.N, Plan: p.plan(w.N), Rehearsal: p.clock.carried(),
		}
	case w.Duty == destruction:
		return message.DestructionWorkflow, message.DestructionInput{
			ContractID: id, N: w.N, Contract: p.Terms.Number, Region: p.Terms.Hosting.Region,
			Known: p.Resources, After: p.creators(), Rehearsal: p.clock.carried(),
		}
	case isMigration(w.Duty):
		return message.MigrationWorkflow, p.migrationOf(id, w)
	case strings.HasPrefix(w.Duty, quotation):
		return message.QuotationWorkflow, p.quotationOf(id, w)
	default:
		return message.ExpansionWorkflow, p.expansionOf(id, w)
	}
}

// hear takes the report of a work: the duty is done, or it needs a person. What it saw it has not seen in the future.
func (p *performance) hear(ctx workflow.Context, r message.Report) {
	if r.At.After(p.cause.at) {
		r.At = p.cause.at
	}
	for i := range p.Works {
		if w := &p.Works[i]; w.Duty == r.Duty && w.N == r.N {
			w.Answered = true
		}
	}
	p.remember(r)
	if r.Cancelled {
		r.Failure = "the work was cancelled by hand"
	}
	switch {
	case r.N < p.tries(r.Duty): // a try that another one has replaced
	case r.Duty == quotation:
		p.priced(r)
	case strings.HasPrefix(r.Duty, requotation):
		p.pricedAgain(ctx, r)
	case isMigration(r.Duty):
		p.carried(r)
	case r.Failure != "":
		p.fallShort(r)
		p.park(r.Duty, r.Failure)
	case r.Duty == deployment:
		p.usable(r)
	case r.Duty == destruction:
		p.gone(r)
	default:
		p.grow(r)
	}
}

// stocked keeps, as evidence too, what a destruction found before it deleted anything (§7.2).
func (p *performance) stocked(r message.Report) {
	p.remember(r)
	p.noted = append(p.noted, message.Event{What: "inventory", Clause: "7.2", Subject: destruction, Detail: r})
}

// remember keeps what exists in the cloud, so that the destruction knows it by id as well as by tag; and what a try at the
// destruction has seen, so that the next one knows it too.
func (p *performance) remember(r message.Report) {
	seen := r.Resources
	if r.Duty == destruction {
		seen = r.Before
	}
	p.Resources = hosting.Both(p.Resources, hosting.InCloud(seen))
}

// park leaves a duty that failed for good to a person; the contract goes on.
func (p *performance) park(duty, why string) {
	if o := p.find(duty); o != nil && o.Open() {
		o.Attention = why
		p.tell(duty, "attention")
	}
}

// looks comes once a day while a work has not reported.
func (p *performance) looks() []moment {
	if len(p.openWorks()) == 0 {
		return nil
	}
	return []moment{{at: p.LookedAt.Add(aDay), what: "look", happen: func(ctx workflow.Context) {
		p.LookedAt = p.cause.at
		p.missAllLost(ctx)
	}}}
}

// lookAfterWorks looks, at the start of a run, at the works that have not reported.
func (p *performance) lookAfterWorks(ctx workflow.Context) {
	if len(p.openWorks()) == 0 {
		return
	}
	run := workflow.GetInfo(ctx).WorkflowExecution.RunID
	p.take(ctx, cause{key: "look " + run, at: p.At}, p.missAllLost)
}

// missAllLost looks at every duty that is worked at, each once, those first that every contract has.
func (p *performance) missAllLost(ctx workflow.Context) {
	duties := []string{deployment, destruction}
	for _, w := range p.Works {
		if !slices.Contains(duties, w.Duty) {
			duties = append(duties, w.Duty)
		}
	}
	for _, duty := range duties {
		p.missLost(ctx, duty)
	}
}

// missLost parks a duty whose work was ended by hand and can never report.
func (p *performance) missLost(ctx workflow.Context, duty string) {
	var engine *activities.Engine
	for i := range p.Works {
		w := &p.Works[i]
		if w.Duty != duty || w.Answered || !ask[bool](ctx, engine.Closed, w.ID) {
			continue
		}
		if !p.reportsYet(ctx, *w) {
			w.Answered = true
			p.lose(duty)
		}
	}
}

// lose parks a duty whose work will never report. A price that was being asked can be asked for again.
func (p *performance) lose(duty string) {
	const why = "the work ended without a report"
	switch {
	case duty == quotation:
		p.priced(message.Report{Duty: duty, Failure: why})
		return
	case isFault(duty):
		p.tell(duty, "attention")
		return
	}
	p.park(strings.TrimPrefix(duty, requotation), why)
}

// reportsYet lets a report that was sent before the work closed come in.
func (p *performance) reportsYet(ctx workflow.Context, w message.Work) bool {
	await(ctx, workflow.NewTimer(ctx, breath).IsReady)
	p.arrivals.drain(p.clock.instant(ctx))
	return slices.ContainsFunc(p.arrivals.signals, func(a arrival) bool { return a.key == reportKey(w.Duty, w.N) })
}

// creates tells whether a work makes things that nobody needs any more when the contract ends. A customer that leaves still
// needs its package (§3.8).
func creates(duty string) bool {
	return duty != destruction && !isFault(duty) && !strings.HasPrefix(duty, migrationsOff)
}

// stopWorks ends the works at such duties.
func (p *performance) stopWorks(ctx workflow.Context, such func(duty string) bool) {
	for _, w := range p.Works {
		if !w.Answered && such(w.Duty) {
			stopped := workflow.RequestCancelExternalWorkflow(ctx, w.ID, "")
			if err := stopped.Get(ctx, nil); err != nil {
				workflow.GetLogger(ctx).Warn("the work is over already", "workflow", w.ID, "error", err)
			}
		}
	}
}

// mayRetry: a duty that was left to a person may be tried again.
func mayRetry(p *performance, _ done, a message.Again) *refusal.Refusal {
	o := p.find(a.Duty)
	if o != nil && p.disputed(a.Duty) {
		return refusal.Rule("in_dispute", "6.3", a.Duty+" 有未决争议，暂不履行。", a.Duty+" is in dispute; it is not performed until that is settled")
	}
	if o == nil || o.Attention == "" || !o.Open() {
		return refusal.Rule("not_parked", "3.2", a.Duty+" 没有等待处理的故障。", a.Duty+" is not waiting for a person")
	}
	return nil
}

func retry(_ workflow.Context, p *performance, _ done, a message.Again) refusal.Text {
	p.find(a.Duty).Attention = ""
	p.want(p.nextWork(a.Duty))
	return refusal.Text{ZH: a.Duty + " 重新开始。", EN: a.Duty + " is tried again"}
}

// nextWork is what a duty needs next: an accepted expansion, its price again, until it is bought.
func (p *performance) nextWork(duty string) string {
	if strings.HasPrefix(duty, expansions) && !p.bought(duty) {
		return requotation + duty
	}
	return duty
}

// creators are the works that may create something in the cloud.
func (p *performance) creators() []string {
	var ids []string
	for _, w := range p.Works {
		if w.Duty != destruction && !isFault(w.Duty) && !strings.HasPrefix(w.Duty, quotation) {
			ids = append(ids, w.ID)
		}
	}
	return ids
}

func (p *performance) tries(duty string) int { return len(p.idsOf(duty)) }

func (p *performance) idsOf(duty string) []string {
	var ids []string
	for _, w := range p.Works {
		if w.Duty == duty {
			ids = append(ids, w.ID)
		}
	}
	return ids
}

// openWorks are the works that have not reported.
func (p *performance) openWorks() []string {
	var ids []string
	for _, w := range p.Works {
		if !w.Answered {
			ids = append(ids, w.ID)
		}
	}
	return ids
}
