package workflows

import (
	"fmt"
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/incident"
	"lvyue/internal/message"
)

// take is one step of a fault, stored as evidence in its contract's chain; then the contract hears what it must.
func (c *care) take(ctx workflow.Context, by cause, happen func(workflow.Context)) {
	was := c.Incident
	was.Obligations = slices.Clone(c.Obligations)
	c.cause, c.noted = by, nil
	c.At = later(c.At, by.at)
	if by.act != nil {
		c.missed(incident.Miss(&c.Incident, by.at))
	}
	happen(ctx)
	incident.Freeze(&c.Incident, c.cause.at)
	c.correct(ctx, was.SLA)
	c.record(ctx, was)
	c.tellContract(ctx, was.State)
}

func (c *care) record(ctx workflow.Context, was message.Incident) {
	events := slices.Concat(c.cause.evidence(message.FaultID(c.N)), c.noted, c.changes(was))
	if len(events) == 0 && c.cause.answer == nil {
		return
	}
	for i := range events {
		e := &events[i]
		e.Key, e.At = fmt.Sprintf("%s, %s: %s %s %s", message.FaultID(c.N), c.cause.key, e.What, e.Subject, e.New), c.cause.at
	}
	c.Events += len(events)
	r := message.Record{Events: events, Answer: c.cause.answer}
	if c.cause.act != nil {
		r.ActID = c.cause.act.ID
	}
	c.store(ctx, r)
}

func (c *care) store(ctx workflow.Context, r message.Record) {
	r.Contract = c.Contract
	var evidence *activities.Evidence
	ask[message.Recorded](ctx, evidence.Record, r)
}

// changes are the rows that differ from what was: the two promises, and the fault as it stands.
func (c *care) changes(was message.Incident) []message.Event {
	id := message.FaultID(c.N)
	events := dutiesChanged(was.Obligations, c.Obligations)
	c.DueAt = c.nextDue()
	if c.FaultRow == was.FaultRow {
		return events
	}
	c.Rev++
	row := message.Event{What: "fault", Clause: "3.11", Subject: id}
	if c.SLA != was.SLA {
		row.What, row.Old, row.New = "sla", string(was.SLA), string(c.SLA)
		if was.SLA == message.SLABreached && c.SLA != message.SLAWaived {
			row.What = "breach-corrected"
		}
	}
	if c.State != was.State {
		events = append(events, message.Event{What: string(c.State), Clause: "3.11", Subject: id, Old: string(was.State), New: string(c.State)})
	}
	now := c.FaultRow
	row.Changed.Fault = &now
	return append(events, row)
}

// nextDue is when the engine must do something next, for whoever watches it.
func (c *care) nextDue() time.Time {
	if all := c.timetable(); len(all) > 0 {
		return all[0].at
	}
	return time.Time{}
}

// tellContract tells the contract that the fault was resolved or closed, or that its hour runs now, or no more: a report of the
// same, or a reopening, is judged by it.
func (c *care) tellContract(ctx workflow.Context, was message.FaultState) {
	over := c.State == message.FaultResolved || c.State == message.FaultClosed
	if c.State == was || !over && clocked(c.State) == clocked(was) {
		return
	}
	news := message.FaultNews{N: c.N, State: c.State, At: c.cause.at}
	if !over && clocked(c.State) {
		news.At = c.ClockAt // what is said of the same trouble since then joins it
	}
	told := workflow.SignalExternalWorkflow(ctx, c.ContractID, "", message.FaultSignal, news)
	if err := told.Get(ctx, nil); err != nil {
		workflow.GetLogger(ctx).Warn("the contract is over and hears nothing of its fault", "contract", c.Contract, "error", err)
	}
}
