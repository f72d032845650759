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
	// News rings when it begins to listen and whenever pages are written, until ctx ends or it hears no more; nil if nobody tells.
	News func(ctx context.Context, ring func()) error
	// Web answers links and Slack over HTTP, on Listener.
	Web      http.Handler
	Listener net.Listener
	// Beside are what else must be done all the time, such as Slack's sockets; Often what is looked at every second.
	Beside []func(context.Context) error
	Often  []func(context.Context) error
	// Away tells that Slack was away, once it is back; nil where there is no Slack.
	Away func(context.Context) error
	// Wall is this machine's clock, which must not be far from Clock; nil for time.Now.
	Wall func() time.Time
	Log  *slog.Logger
}

// The rhythm of the desk. Pages are sent when news of them comes, and when the sender says; a look now and then finds those whose
// news was lost.
const (
	sendAtLeast = 5 * time.Second
	often       = time.Second
	watchEvery  = 15 * time.Second
	awayEvery   = 5 * time.Second
	headers     = 10 * time.Second
	goodbye     = 5 * time.Second
	tellAgain   = time.Minute
)

// Serve does all of it. It ends when ctx does, or when the web cannot be served; what fails otherwise is logged and tried again.
func (r Run) Serve(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	r.sendPages(ctx, group)
	group.Go(func() error { return r.repeat(ctx, nil, "the watchdog does not look", r.watch) })
	for _, look := range r.Often {
		group.Go(func() error {
			return r.repeat(ctx, nil, "the desk's view of Slack is old", func(ctx context.Context) (time.Duration, error) { return often, look(ctx) })
		})
	}
	if r.Away != nil {
		group.Go(func() error {
			return r.repeat(ctx, nil, "that Slack was away is not told", func(ctx context.Context) (time.Duration, error) { return awayEvery, r.Away(ctx) })
		})
	}
	for _, work := range r.Beside {
		group.Go(func() error { return work(ctx) })
	}
	group.Go(func() error { return r.serveWeb(ctx) })
	return group.Wait() //nolint:wrapcheck // each part wraps its own
}

// sendPages sends pages until ctx ends, and then waits for what is under way.
func (r Run) sendPages(ctx context.Context, group *errgroup.Group) {
	bell := make(chan struct{}, 1)
	ring := func() {
		select {
		case bell <- struct{}{}:
		default: // it rings already
		}
	}
	if r.News != nil {
		group.Go(func() error {
			return r.repeat(ctx, nil, "news of pages comes late", func(ctx context.Context) (time.Duration, error) { return often, r.News(ctx, ring) })
		})
	}
	group.Go(func() error {
		defer r.Sender.Wait()
		return r.repeat(ctx, bell, "pages are not sent", r.send)
	})
}

// repeat does something again and again, when it says or the bell rings. What fails in the same way is told once a minute.
func (r Run) repeat(ctx context.Context, bell <-chan struct{}, trouble string, look func(context.Context) (time.Duration, error)) error {
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
		case <-bell:
		case <-time.After(pause):
		}
	}
}

func (r Run) send(ctx context.Context) (time.Duration, error) {
	now, err := r.Clock.Now(ctx)
	if err != nil {
		return often, err
	}
	began := time.Now()
	next, err := r.Sender.Deliver(ctx, now)
	pause := sendAtLeast
	if !next.IsZero() {
		pause = min(pause, next.Sub(now)-time.Since(began))
	}
	return pause, err
}

func (r Run) watch(ctx context.Context) (time.Duration, error) {
	now, off, err := r.askTime(ctx)
	if err != nil {
		return watchEvery, err
	}
	return watchEvery, errors.Join(off, r.Watchdog.Look(ctx, now))
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
