package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/workday"
)

// CalendarWatch runs once a day: from 1 October it warns while the State Council's notice for the next year is
// not imported, since until then next year's due days are provisional.
func CalendarWatch(ctx workflow.Context) error {
	var calendar *activities.Calendar
	today := workday.Of(workflow.Now(ctx))
	return workflow.ExecuteActivity(untilDone(ctx), calendar.Watch, today).Get(ctx, nil)
}
