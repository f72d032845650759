package engine

import (
	"io"
	"log/slog"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
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
