package engine

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"lvyue/internal/config"
)

// stopTimeout is how long a worker that was told to stop lets its activities finish.
const stopTimeout = 30 * time.Second

// NewWorker serves taskQueue; the caller registers what it serves. onFatal is told of an error that ends the
// worker from within, such as a namespace that is gone.
func NewWorker(c client.Client, taskQueue string, onFatal func(error)) worker.Worker {
	return worker.New(c, taskQueue, worker.Options{
		WorkerStopTimeout: stopTimeout,
		OnFatalError:      onFatal,
	})
}

// Logger writes one JSON line for each warning and error: a quiet engine is a healthy one.
func Logger(w io.Writer) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// AwaitPolling returns when the server has seen a worker ask for work on taskQueue, so that who waits for the
// worker is not told too early.
func AwaitPolling(ctx context.Context, c client.Client, taskQueue string) error {
	const between = 50 * time.Millisecond
	look := time.NewTicker(between)
	defer look.Stop()
	for {
		queue, err := c.DescribeTaskQueue(ctx, taskQueue, enumspb.TASK_QUEUE_TYPE_WORKFLOW)
		if err == nil && len(queue.GetPollers()) > 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for the worker of %s: %w", taskQueue, ctx.Err())
		case <-look.C:
		}
	}
}

// Queue is the task queue of the settings.
func Queue(settings config.Config) string { return cmp.Or(settings.TaskQueue, TaskQueue) }

// rehearsalQueue begins the names of the task queues of rehearsals.
const rehearsalQueue = "rehearsal-"

// Rehearsing tells whether a task queue serves a rehearsal: its worker must touch neither real vendors nor
// what belongs to the real contracts.
func Rehearsing(taskQueue string) bool { return strings.HasPrefix(taskQueue, rehearsalQueue) }
