package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"lvyue/internal/failure"
	"lvyue/internal/message"
	"lvyue/internal/warning"
)

// The ids of the schedules: a CalendarWatch every morning; every night, an hour apart, a Backup, a BooksAudit and a Drift; an
// EarlyWarning every six hours.
const (
	CalendarWatchSchedule = "calendar-watch"
	BooksAuditSchedule    = "books-audit"
	DriftSchedule         = "drift"
	EarlyWarningSchedule  = "early-warning"
	BackupSchedule        = "backup"
)

// Prepare tells the server what the engine needs: the search attribute for a contract's phase, and the daily
// schedules, which a rehearsal does without. It may be repeated, also by several workers at once; what is there
// already is left as it is.
func Prepare(ctx context.Context, c client.Client, namespace, taskQueue string) error {
	if err := registerPhase(ctx, c, namespace); err != nil || Rehearsing(taskQueue) {
		return err
	}
	for _, d := range []daily{
		{id: CalendarWatchSchedule, workflow: message.CalendarWatchWorkflow, hourUTC: 1},
		{id: BackupSchedule, workflow: message.BackupWorkflow, hourUTC: 17},
		{id: BooksAuditSchedule, workflow: message.BooksAuditWorkflow, hourUTC: 18},
		{id: DriftSchedule, workflow: message.DriftWorkflow, hourUTC: 19},
		{id: EarlyWarningSchedule, workflow: message.EarlyWarningWorkflow, hourUTC: 2, step: 6, input: []any{warning.Watching{}}},
	} {
		if err := d.schedule(ctx, c, taskQueue); err != nil {
			return err
		}
	}
	return nil
}

// registerPhase adds the attribute unless it is there, and returns when the server knows it. A server that
// lets nobody add attributes by this way (Temporal Cloud) is the failure "no_search_attribute", with the
// command that an operator runs once.
func registerPhase(ctx context.Context, c client.Client, namespace string) error {
	known, err := knowsPhase(ctx, c, namespace)
	if isUnreachable(err) {
		return Unreachable(err)
	}
	if known {
		return nil
	}
	_, err = c.OperatorService().AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
		Namespace:        namespace,
		SearchAttributes: map[string]enumspb.IndexedValueType{message.PhaseAttribute: enumspb.INDEXED_VALUE_TYPE_KEYWORD},
	})
	var exists *serviceerror.AlreadyExists
	if err != nil && !errors.As(err, &exists) {
		return noSearchAttribute(err, namespace)
	}
	return awaitPhase(ctx, c, namespace)
}

// awaitPhase waits until the server tells of the attribute: it reads its own list with a delay.
func awaitPhase(ctx context.Context, c client.Client, namespace string) error {
	const between, longest = 100 * time.Millisecond, 90 * time.Second
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	look := time.NewTicker(between)
	defer look.Stop()
	for {
		if known, _ := knowsPhase(ctx, c, namespace); known { // asked again below, until ctx ends
			return nil
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return noSearchAttribute(ctx.Err(), namespace)
		}
	}
}

func knowsPhase(ctx context.Context, c client.Client, namespace string) (bool, error) {
	listed, err := c.OperatorService().ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{
		Namespace: namespace,
	})
	if err != nil {
		return false, fmt.Errorf("list search attributes: %w", err)
	}
	return listed.GetCustomAttributes()[message.PhaseAttribute] == enumspb.INDEXED_VALUE_TYPE_KEYWORD, nil
}

func isUnreachable(err error) bool {
	var unavailable *serviceerror.Unavailable
	return errors.As(err, &unavailable)
}

func noSearchAttribute(cause error, namespace string) error {
	command := fmt.Sprintf("temporal operator search-attribute create --namespace %s --name %s --type Keyword",
		namespace, message.PhaseAttribute)
	return failure.New("no_search_attribute", cause,
		"服务器没有检索属性 "+message.PhaseAttribute+"，也无法自动添加；请管理员执行一次："+command,
		"the server lacks the search attribute "+message.PhaseAttribute+
			" and it could not be added; an operator must run once: "+command)
}

// daily is a workflow that starts once a day at an hour of UTC, which is eight hours behind Shanghai all year; so the
// server needs no zone database. With a step it starts again every so many hours, until midnight.
type daily struct {
	id, workflow string
	hourUTC      int
	step         int
	input        []any
}

// schedule starts it up to ten minutes after its hour, so that many engines do not start at once. A start that was missed
// by more than ten minutes is not made good, and one run never overlaps another.
func (d daily) schedule(ctx context.Context, c client.Client, taskQueue string) error {
	const slack = 10 * time.Minute
	hours := client.ScheduleRange{Start: d.hourUTC}
	if d.step > 0 {
		hours.End, hours.Step = 23, d.step
	}
	hour := client.ScheduleCalendarSpec{Hour: []client.ScheduleRange{hours}}
	_, err := c.ScheduleClient().Create(ctx, client.ScheduleOptions{
		ID:            d.id,
		Spec:          client.ScheduleSpec{Calendars: []client.ScheduleCalendarSpec{hour}, Jitter: slack},
		Action:        &client.ScheduleWorkflowAction{ID: d.id, Workflow: d.workflow, Args: d.input, TaskQueue: taskQueue},
		Overlap:       enumspb.SCHEDULE_OVERLAP_POLICY_SKIP,
		CatchupWindow: slack,
	})
	if errors.Is(err, temporal.ErrScheduleAlreadyRunning) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("create the schedule %s: %w", d.id, err)
	}
	return nil
}
