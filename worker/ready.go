package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"go.temporal.io/sdk/client"

	"lvyue/internal/engine"
	"lvyue/internal/program"
)

// readiness is what the file named by LVYUE_READY_FILE says while a worker serves.
type readiness struct {
	PID       int       `json:"pid"`
	TaskQueue string    `json:"task_queue"`
	Since     time.Time `json:"since"`
}

// tellReady writes the file, if one is named, and a line on standard output as soon as the worker asks for
// work; the file goes when ctx ends.
func tellReady(ctx context.Context, path string, c client.Client, queue string) error {
	if err := engine.AwaitPolling(ctx, c, queue); err != nil {
		if ctx.Err() != nil {
			return nil //nolint:nilerr // told to stop before it began
		}
		return err
	}
	fmt.Fprintln(os.Stdout, "worker ready on task queue "+queue)
	return program.TellReady(ctx, "worker", path, readiness{PID: os.Getpid(), TaskQueue: queue, Since: time.Now()})
}
