package rehearsal

import (
	"testing"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	"go.temporal.io/api/update/v1"

	"lvyue/internal/message"
)

func TestCost_CountsAsTemporalBills(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		events []*history.HistoryEvent
		want   Cost
	}{
		{"a start and its first task", flat(started(), workflowTask()), Cost{Runs: 1, Events: 4, Actions: 1}},
		{"an activity", flat(started(), workflowTask(), activity(1)), Cost{Runs: 1, Events: 10, Actions: 2}},
		{"its two retries", flat(started(), workflowTask(), activity(3)), Cost{Runs: 1, Events: 10, Actions: 4}},
		{"markers of one task", flat(started(), workflowTask(), marker(), marker()), Cost{Runs: 1, Events: 6, Actions: 2}},
		{"an act", flat(started(), workflowTask(), updated("sign")), Cost{Runs: 1, Events: 9, Actions: 2}},
		{"an idle advance", flat(started(), workflowTask(), updated(message.AdvanceUpdate)), Cost{Runs: 1, Events: 4, Actions: 1}},
		{
			"an advance on which a duty falls due",
			flat(started(), workflowTask(), updated(message.AdvanceUpdate), marker()),
			Cost{Runs: 1, Events: 8, Actions: 2},
		},
		{
			"a signal that an advance rides on",
			flat(started(), workflowTask(), signal(), updated(message.AdvanceUpdate)),
			Cost{Runs: 1, Events: 8, Actions: 2},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := costOf(tt.events); got != tt.want {
				t.Errorf("cost = %+v, want %+v", got, tt.want)
			}
		})
	}
}

type events []*history.HistoryEvent

func flat(parts ...events) events {
	var all events
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

func of(kinds ...enums.EventType) events {
	var all events
	for _, k := range kinds {
		all = append(all, &history.HistoryEvent{EventType: k})
	}
	return all
}

func started() events { return of(enums.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED) }
func marker() events  { return of(enums.EVENT_TYPE_MARKER_RECORDED) }
func signal() events  { return of(enums.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED) }

func workflowTask() events {
	return of(enums.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, enums.EVENT_TYPE_WORKFLOW_TASK_STARTED,
		enums.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
}

func activity(attempt int32) events {
	return flat(of(enums.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED), events{{
		EventType: enums.EVENT_TYPE_ACTIVITY_TASK_STARTED,
		Attributes: &history.HistoryEvent_ActivityTaskStartedEventAttributes{
			ActivityTaskStartedEventAttributes: &history.ActivityTaskStartedEventAttributes{Attempt: attempt},
		},
	}}, of(enums.EVENT_TYPE_ACTIVITY_TASK_COMPLETED), workflowTask())
}

func updated(name string) events {
	meta := &update.Meta{UpdateId: "u"}
	input := &update.Input{Name: name, Args: &common.Payloads{}}
	return flat(workflowTask(), events{{
		EventType: enums.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
		Attributes: &history.HistoryEvent_WorkflowExecutionUpdateAcceptedEventAttributes{
			WorkflowExecutionUpdateAcceptedEventAttributes: &history.WorkflowExecutionUpdateAcceptedEventAttributes{
				AcceptedRequest: &update.Request{Meta: meta, Input: input},
			},
		},
	}, {
		EventType: enums.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
		Attributes: &history.HistoryEvent_WorkflowExecutionUpdateCompletedEventAttributes{
			WorkflowExecutionUpdateCompletedEventAttributes: &history.WorkflowExecutionUpdateCompletedEventAttributes{Meta: meta},
		},
	}})
}
