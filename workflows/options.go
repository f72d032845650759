package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
)

// Machines' times. None of them follows the clock of a rehearsal, and none is a time of the contract.
const (
	// grace is how long a due moment waits for acts that were received before it and are still on their way
	// into the inbox.
	grace = 3 * time.Second
	// breath lets a workflow task end, so that what it answered is delivered.
	breath = time.Millisecond
	// lookAgain is the shortest pause between two looks at the cloud, and lookRarely the longest. Between them a pause lasts
	// one lateness-th of the time for which nothing has moved: what took the vendor an hour is noticed some minutes late at
	// most, and what took it minutes, seconds.
	lookAgain  = 2 * time.Second
	lookRarely = 5 * time.Minute
	lateness   = 8
	// aDay passes between two looks at a work that has not reported. It follows the clock of a rehearsal.
	aDay = 24 * time.Hour
)

// quickly is for one query or one insert: tried at once inside the workflow task, where it costs no history.
func quickly(ctx workflow.Context) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		StartToCloseTimeout:    3 * time.Second,
		ScheduleToCloseTimeout: 4 * time.Second,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: 50 * time.Millisecond, MaximumAttempts: 3},
	})
}

// untilDone is for what must happen however long it takes: it is tried for ever.
func untilDone(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 10 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: 200 * time.Millisecond, MaximumInterval: 20 * time.Second},
	})
}

// patiently is for what looks through everything that there is: it may take minutes, and is tried again.
func patiently(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 10 * time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: time.Second, MaximumInterval: time.Minute, MaximumAttempts: 10},
	})
}

// inTheCloud is for one look at the vendor: a few calls, or some thousands where a year of daily snapshots is left to be
// destroyed. What the vendor refuses for good comes back at once; everything else is tried again, also when the worker
// died: its heart stops long before the look has had its time.
func inTheCloud(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Hour,
		HeartbeatTimeout:    3 * activities.Heartbeat,
		WaitForCancellation: true,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: time.Second, MaximumInterval: time.Minute},
	})
}

// betweenSystems is for moving data from one system to another, which may take a day. A system that does not answer is tried
// again for some minutes; then people are told, since somebody may be waiting before a frozen one.
func betweenSystems(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: aDay,
		HeartbeatTimeout:    3 * activities.Heartbeat,
		WaitForCancellation: true,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: time.Second, MaximumInterval: time.Minute, MaximumAttempts: 10},
	})
}

// ask runs a quick activity: inside the task if that works, else, when the database is away, as an activity
// that is tried until it does. An answer that can never come is a defect of this program: it stops the workflow
// task, not the contract, until a mended worker takes over.
func ask[T any](ctx workflow.Context, activity, question any) T {
	var out T
	err := workflow.ExecuteLocalActivity(quickly(ctx), activity, question).Get(ctx, &out)
	if err == nil {
		return out
	}
	if err = workflow.ExecuteActivity(untilDone(ctx), activity, question).Get(ctx, &out); err != nil {
		panic(err)
	}
	return out
}

// since tells whether the run was begun by a release that has the change; a history of an older one is replayed as it was.
func since(ctx workflow.Context, change string) bool {
	return workflow.GetVersion(ctx, change, workflow.DefaultVersion, 1) > workflow.DefaultVersion
}
