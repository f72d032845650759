package rehearsal

import (
	"context"
	"fmt"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"

	"lvyue/internal/message"
)

// Cost is what a contract cost on the server, read from the histories of its workflow and of its children.
//
// Runs counts every run of them. Events leaves out the advances of the rehearsal's clock and the workflow tasks
// that did nothing else. Actions are what Temporal Cloud bills: 1 for each run started, child initiated, timer
// started, activity and each retry of it, signal received, update accepted, search attribute or memo changed,
// and for all markers of one workflow task together. Advances are none, but nor is the one timer that stands
// for each of them in production (2 events, 1 action). An act that a validator refuses costs 1 action and
// leaves no trace, so it is not counted.
type Cost struct {
	Runs    int `json:"runs"`
	Events  int `json:"events"`
	Actions int `json:"actions"`
}

func (c *Cost) add(other Cost) {
	c.Runs += other.Runs
	c.Events += other.Events
	c.Actions += other.Actions
}

// measure adds up the runs of a workflow, from runID to the last one, and of its children.
func measure(ctx context.Context, c client.Client, id, runID string) (Cost, error) {
	var total Cost
	for runID != "" {
		events, err := readHistory(ctx, c, id, runID)
		if err != nil {
			return Cost{}, err
		}
		total.add(costOf(events))
		for _, event := range events {
			child := event.GetChildWorkflowExecutionStartedEventAttributes().GetWorkflowExecution()
			cost, err := measure(ctx, c, child.GetWorkflowId(), child.GetRunId())
			if err != nil {
				return Cost{}, err
			}
			total.add(cost)
		}
		runID = events[len(events)-1].GetWorkflowExecutionContinuedAsNewEventAttributes().GetNewExecutionRunId()
	}
	return total, nil
}

func readHistory(ctx context.Context, c client.Client, id, runID string) ([]*history.HistoryEvent, error) {
	var events []*history.HistoryEvent
	pages := c.GetWorkflowHistory(ctx, id, runID, false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for pages.HasNext() {
		event, err := pages.Next()
		if err != nil {
			return nil, fmt.Errorf("read the history of %s: %w", id, err)
		}
		events = append(events, event)
	}
	if len(events) == 0 {
		return nil, fmt.Errorf("read the history of %s: it is empty", id)
	}
	return events, nil
}

// costOf counts one run.
func costOf(events []*history.HistoryEvent) Cost {
	cost := Cost{Runs: 1}
	advances := map[string]bool{}
	woken := false
	for _, t := range tasks(events, advances) {
		cost.Actions += t.actions
		cost.Events += t.commands + t.arrivals
		if woken || t.commands > 0 || !t.advanced {
			cost.Events += t.own
		}
		woken = t.arrivals > 0
	}
	return cost
}

// task is a workflow task with what it commanded and what arrived after it.
type task struct {
	own, commands, arrivals int
	actions                 int
	advanced, marked        bool
}

// tasks cuts a history before each workflow task that was scheduled; the first piece is what came before any.
func tasks(events []*history.HistoryEvent, advances map[string]bool) []task {
	all := []task{{}}
	for _, event := range events {
		if event.GetEventType() == enums.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED {
			all = append(all, task{})
		}
		all[len(all)-1].count(event, advances)
	}
	return all
}

// count adds one event to the task. Advances collects the ids of the updates that move the clock.
func (t *task) count(event *history.HistoryEvent, advances map[string]bool) {
	accepted := event.GetWorkflowExecutionUpdateAcceptedEventAttributes()
	if accepted.GetAcceptedRequest().GetInput().GetName() == message.AdvanceUpdate {
		advances[accepted.GetAcceptedRequest().GetMeta().GetUpdateId()] = true
		t.advanced = true
		return
	}
	completed := event.GetWorkflowExecutionUpdateCompletedEventAttributes()
	if advances[completed.GetMeta().GetUpdateId()] {
		t.advanced = true
		return
	}
	switch kindOf(event.GetEventType()) {
	case ownEvent:
		t.own++
	case command:
		t.commands++
	case arrival:
		t.arrivals++
	}
	t.actions += t.bill(event)
}

// bill is what one event costs; the markers of a task cost 1 together.
func (t *task) bill(event *history.HistoryEvent) int {
	switch event.GetEventType() { //nolint:exhaustive // everything else is free
	case enums.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
		enums.EVENT_TYPE_TIMER_STARTED,
		enums.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
		enums.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
		enums.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
		enums.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
		enums.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
		enums.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED:
		return 1
	case enums.EVENT_TYPE_ACTIVITY_TASK_STARTED:
		return int(event.GetActivityTaskStartedEventAttributes().GetAttempt()) - 1
	case enums.EVENT_TYPE_MARKER_RECORDED:
		if !t.marked {
			t.marked = true
			return 1
		}
	}
	return 0
}

// kind tells what an event is to a workflow task.
type kind int

const (
	arrival  kind = iota // it wakes the workflow
	ownEvent             // the task itself
	command              // what the workflow asked for in the task
)

func kindOf(event enums.EventType) kind {
	switch event {
	case enums.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
		enums.EVENT_TYPE_WORKFLOW_TASK_STARTED,
		enums.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
		enums.EVENT_TYPE_WORKFLOW_TASK_FAILED,
		enums.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT:
		return ownEvent
	case enums.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
		enums.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED,
		enums.EVENT_TYPE_TIMER_STARTED,
		enums.EVENT_TYPE_TIMER_CANCELED,
		enums.EVENT_TYPE_MARKER_RECORDED,
		enums.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
		enums.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
		enums.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
		enums.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
		enums.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED,
		enums.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
		enums.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
		enums.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
		enums.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
		enums.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
		enums.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED:
		return command
	default:
		return arrival
	}
}
