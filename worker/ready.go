package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"go.temporal.io/sdk/client"

	"lvyue/internal/engine"
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
	if path == "" {
		return nil
	}
	content, err := json.Marshal(readiness{PID: os.Getpid(), TaskQueue: queue, Since: time.Now()})
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	part := path + ".part"
	const private = 0o600
	if err := os.WriteFile(part, content, private); err != nil {
		return fmt.Errorf("tell that the worker is ready: %w", err)
	}
	if err := os.Rename(part, path); err != nil {
		return fmt.Errorf("tell that the worker is ready: %w", err)
	}
	<-ctx.Done()
	return os.Remove(path) //nolint:wrapcheck // it names the file
}
