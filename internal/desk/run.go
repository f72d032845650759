package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"lvyue/internal/paging"
)

// Clock is the database's: what is evidence has one clock.
type Clock interface {
	Now(ctx context.Context) (time.Time, error)
}

// Run is the desk at work, until ctx ends.
type Run struct {
	Clock    Clock
	Sender   *paging.Sender
	Watchdog *paging.Watchdog
	// Web answers links and Slack over HTTP, on Listener.
	Web      http.Handler
	Listener net.Listener
	// Beside are what else must be done all the time, such as Slack's sockets; Often what is looked at every second.
	Beside []func(context.Context) error
	Often  []func(context.Context) error
	Log    *slog.Logger
}

// The rhythm of the desk. Two senders run side by side, since a vendor that hangs holds one up.
const (
	senders    = 2
	sendSoon   = 200 * time.Millisecond
	often      = time.Second
	watchEvery = 15 * time.Second
	headers    = 10 * time.Second
	goodbye    = 5 * time.Second
	tellAgain  = time.Minute
)

// Serve does all of it. It ends when ctx does, or when the web cannot be served; what fails otherwise is logged and tried again.
func (r Run) Serve(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for range senders {
		group.Go(func() error { return r.repeat(ctx, "pages are not sent", r.send) })
	}
	group.Go(func() error { return r.repeat(ctx, "the watchdog does not look", r.watch) })
	for _, look := range r.Often {
		group.Go(func() error {
			return r.repeat(ctx, "the desk's view of Slack is old", func(ctx context.Context) (time.Duration, error) { return often, look(ctx) })
		})
	}
	for _, work := range r.Beside {
		group.Go(func() error { return work(ctx) })
	}
	group.Go(func() error { return r.serveWeb(ctx) })
	return group.Wait() //nolint:wrapcheck // each part wraps its own
}

// repeat does something again and again, when it says. What fails in the same way is told once a minute.
func (r Run) repeat(ctx context.Context, trouble string, look func(context.Context) (time.Duration, error)) error {
	told := map[string]time.Time{}
	for {
		pause, err := look(ctx)
		if err != nil && ctx.Err() == nil && time.Since(told[err.Error()]) > tellAgain {
			clear(told)
			told[err.Error()] = time.Now()
			r.Log.WarnContext(ctx, trouble, "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

func (r Run) send(ctx context.Context) (time.Duration, error) {
	now, err := r.Clock.Now(ctx)
	if err != nil {
		return often, err
	}
	_, err = r.Sender.Deliver(ctx, now)
	return sendSoon, err
}

func (r Run) watch(ctx context.Context) (time.Duration, error) {
	now, err := r.Clock.Now(ctx)
	if err != nil {
		return watchEvery, err
	}
	return watchEvery, r.Watchdog.Look(ctx, now)
}

func (r Run) serveWeb(ctx context.Context) error {
	server := &http.Server{Handler: r.Web, ReadHeaderTimeout: headers}
	stop := context.AfterFunc(ctx, func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodbye)
		defer cancel()
		_ = server.Shutdown(last) // whoever is still being answered is cut off
	})
	defer stop()
	if err := server.Serve(r.Listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the desk's pages: %w", err)
	}
	return nil
}
