package slack

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	api "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
	"golang.org/x/sync/errgroup"
)

// abreast is how many sockets are open side by side: the vendor's client closes one before it opens the next, and what happens then
// goes to the other.
const abreast = 2

// Pauses before a socket that could not be opened is tried again. The vendor's client would come to wait for five minutes, which Slack
// may have been back for; what Slack itself asks for is kept to.
const (
	firstPause = time.Second
	mostPause  = 5 * time.Second
)

// errPatient is that a client would wait too long before it tries again.
var errPatient = errors.New("the client would wait too long")

// Sockets takes what Slack hands over in Socket Mode, until ctx ends or the desk is closed. A client that gives up, even for a token that does not hold, is
// begun anew, and the operators are told. It returns nil in the end.
func (h *Handler) Sockets(ctx context.Context) error {
	ctx, stop := h.untilClosed(ctx)
	defer stop()
	var clients errgroup.Group
	for range abreast {
		clients.Go(func() error {
			h.supervise(ctx)
			return nil
		})
	}
	return clients.Wait() //nolint:wrapcheck // none of them returns an error
}

// supervise keeps one client running.
func (h *Handler) supervise(ctx context.Context) {
	for pause := firstPause; ctx.Err() == nil; pause = min(2*pause, mostPause) {
		began := time.Now()
		err := h.socket(ctx)
		if ctx.Err() != nil {
			return
		}
		h.warn(ctx, "a socket to Slack is begun anew", slog.Any("error", err))
		if !errors.Is(err, errPatient) {
			h.alarm(ctx, "socket")
		}
		if time.Since(began) > mostPause {
			pause = firstPause
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// socket runs one client until it gives up, or would wait too long.
func (h *Handler) socket(ctx context.Context) error {
	var ears sync.WaitGroup
	defer ears.Wait()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	c := socketmode.New(h.config.client(), socketmode.OptionReadLimit(largestBody), socketmode.OptionPingInterval(h.PingWithin))
	ears.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-c.Events:
				if pauses(e) > mostPause {
					stop(errPatient)
				}
				ears.Go(func() { h.hear(ctx, c, e) })
			}
		}
	})
	err := c.RunContext(ctx)
	if cause := context.Cause(ctx); errors.Is(cause, errPatient) {
		return cause //nolint:wrapcheck // it is ours
	}
	return err //nolint:wrapcheck // supervise says what it is
}

// pauses is how long the client will wait of itself before it tries again: 0 if it does not, or if Slack asks for the pause.
func pauses(e socketmode.Event) time.Duration {
	failed, ok := e.Data.(*api.ConnectionErrorEvent)
	if !ok {
		return 0
	}
	if _, limited := errors.AsType[*api.RateLimitedError](failed.ErrorObj); limited {
		return 0
	}
	return failed.Backoff
}

// hear takes one envelope and acknowledges it: after it was stored, so that what was not stored comes again or is seen to have failed.
func (h *Handler) hear(ctx context.Context, c *socketmode.Client, e socketmode.Event) {
	var d deed
	switch data := e.Data.(type) {
	case api.InteractionCallback:
		d = ofInteraction(data)
	case api.SlashCommand:
		d = ofCommand(data)
	case slackevents.EventsAPIEvent:
		d = ofEvent(data)
	default:
		if e.Type == socketmode.EventTypeErrorBadMessage || e.Type == socketmode.EventTypeErrorWriteFailed {
			h.warn(ctx, "a socket to Slack has trouble", slog.String("event", string(e.Type)))
		}
		return
	}
	payload := h.take(ctx, d)
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := c.AckCtx(ctx, e.Request.EnvelopeID, payload); err != nil {
		h.warn(ctx, "Slack has not heard an acknowledgement", slog.Any("error", err))
	}
}
