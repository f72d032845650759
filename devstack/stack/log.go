package stack

import (
	"context"
	"fmt"
	"log/slog"

	"go.temporal.io/server/common/log/tag"
)

// serverLog carries the server's reports into a slog.Logger.
type serverLog struct{ to *slog.Logger }

// Debug reports a detail.
func (l serverLog) Debug(msg string, tags ...tag.Tag) { l.report(slog.LevelDebug, msg, tags) }

// Info reports the ordinary.
func (l serverLog) Info(msg string, tags ...tag.Tag) { l.report(slog.LevelInfo, msg, tags) }

// Warn reports the unusual.
func (l serverLog) Warn(msg string, tags ...tag.Tag) { l.report(slog.LevelWarn, msg, tags) }

// Error reports a failure that the server lives with.
func (l serverLog) Error(msg string, tags ...tag.Tag) { l.report(slog.LevelError, msg, tags) }

// DPanic reports what a development build would stop at.
func (l serverLog) DPanic(msg string, tags ...tag.Tag) { l.report(slog.LevelError, msg, tags) }

// Panic reports, then panics, as the server counts on.
func (l serverLog) Panic(msg string, tags ...tag.Tag) {
	l.report(slog.LevelError, msg, tags)
	panic(msg)
}

// Fatal panics where the server's own logger would end the process, so that a failed start can still be
// cleaned up after; see launch.
func (l serverLog) Fatal(msg string, tags ...tag.Tag) {
	l.report(slog.LevelError, msg, tags)
	for _, t := range tags {
		if err, ok := t.Value().(error); ok {
			panic(fmt.Errorf("%s: %w", msg, err))
		}
	}
	panic(msg)
}

func (l serverLog) report(level slog.Level, msg string, tags []tag.Tag) {
	if !l.to.Enabled(context.Background(), level) {
		return
	}
	attrs := make([]slog.Attr, len(tags))
	for i, t := range tags {
		attrs[i] = slog.Any(t.Key(), t.Value())
	}
	l.to.LogAttrs(context.Background(), level, msg, attrs...)
}

// quiet keeps the SDK from the terminal while we wait for the server.
type quiet struct{}

// Debug says nothing.
func (quiet) Debug(string, ...any) {}

// Info says nothing.
func (quiet) Info(string, ...any) {}

// Warn says nothing.
func (quiet) Warn(string, ...any) {}

// Error says nothing.
func (quiet) Error(string, ...any) {}
