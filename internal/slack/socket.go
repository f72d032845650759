package slack

import (
	"context"
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

// Pauses before a socket that could not be opened is tried again.
const (
	firstPause = time.Second
	mostPause  = time.Minute
)

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
		h.warn(ctx, "a socket to Slack has given up", slog.Any("error", err))
		h.alarm(ctx, "socket")
		if time.Since(began) > mostPause {
			pause = firstPause
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// socket runs one client until it gives up.
func (h *Handler) socket(ctx context.Context) error {
	var ears sync.WaitGroup
	defer ears.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	c := socketmode.New(h.config.client(), socketmode.OptionReadLimit(largestBody), socketmode.OptionPingInterval(h.PingWithin))
	ears.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-c.Events:
				ears.Go(func() { h.hear(ctx, c, e) })
			}
		}
	})
	return c.RunContext(ctx) //nolint:wrapcheck // supervise says what it is
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
