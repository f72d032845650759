package activities

import (
	"context"
	"time"

	"go.temporal.io/sdk/activity"
)

// Heartbeat is how often a long activity says that it is alive.
const Heartbeat = 2 * time.Second

// beat tells the server at once and then again and again that the activity is alive, until stop is called. When
// the worker dies, another one takes over soon; when the workflow no longer wants the work, ctx ends.
func beat(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	activity.RecordHeartbeat(ctx)
	go func() {
		ticker := time.NewTicker(Heartbeat)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				activity.RecordHeartbeat(ctx)
			}
		}
	}()
	return cancel
}
