package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"syscall"

	"lvyue/internal/config"
	"lvyue/internal/desk"
	"lvyue/internal/engine"
	"lvyue/internal/intake"
	"lvyue/internal/linkpage"
	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/postgres"
	"lvyue/internal/robot"
)

// serve connects everything and looks after faults until ctx ends. Temporal need not be there: what is done meanwhile is stored.
func serve(ctx context.Context, settings config.Config) error {
	logger := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	if err := errors.Join(settings.Desk.Check(), settings.Paging.Check()); err != nil {
		return err
	}
	store, err := postgres.OpenReady(ctx, settings.DatabaseURL.Reveal(), settings.Schema)
	if err != nil {
		return err
	}
	defer store.Close()
	c, err := engine.Lazy(settings, engine.Logger(io.Discard))
	if err != nil {
		return err
	}
	defer c.Close()
	door := intake.Intake{Store: store, Client: c, TaskQueue: engine.Queue(settings), Log: logger}
	place, err := findPlace(settings.Desk) //nolint:contextcheck // the simulator lives until it is closed
	if err != nil {
		return err
	}
	defer place.close()
	return work(ctx, settings, store, door, place, logger)
}

func work(
	ctx context.Context, settings config.Config, store *postgres.Store, door intake.Intake, place place, logger *slog.Logger,
) error {
	lines, ways, err := lines(settings.Paging)
	if err != nil {
		return err
	}
	rota := desk.Rota{Store: store.In(place.app.Team), Ways: ways, Public: place.public()}
	for _, way := range ways {
		rota.Public = append(rota.Public, paging.Address{Way: way})
	}
	chat := place.open(store, rota, door, logger)
	defer chat.close()
	keys := paging.Keys{New: settings.Paging.LinkSecret.Reveal(), Old: settings.Paging.LinkSecretOld.Reveal()}
	links := paging.Links{Keys: keys, Desk: settings.Paging.DeskURL}
	web := http.NewServeMux()
	web.Handle("/a/", linkpage.Handler{Keys: keys, Used: store, Act: desk.ByLink(taker{door}), Now: store.Now})
	if chat.web != nil {
		web.Handle("/slack/", chat.web)
	}
	listener, err := net.Listen("tcp", settings.Desk.Listen) //nolint:noctx // it listens for as long as the desk serves
	if errors.Is(err, syscall.EADDRINUSE) && settings.Desk.Chat == config.SlackSim {
		listener, err = net.Listen("tcp", anywhere) //nolint:noctx // as above
	}
	if err != nil {
		return fmt.Errorf("listen for links and Slack: %w", err)
	}
	run := desk.Run{
		Clock: store, News: store.HearPages,
		Sender:   &paging.Sender{Store: store, People: rota, Lines: append(chat.lines, lines...), Link: links.Of, Clock: wall},
		Watchdog: &paging.Watchdog{Overdue: desk.Overdue{Store: store, Rota: rota}, Store: store, People: rota, Beat: heartbeat(settings.Paging)},
		Web:      web, Listener: listener, Beside: chat.beside, Often: chat.often, Away: desk.TellAway(store), Log: logger,
	}
	run.Beside = append(run.Beside, func(ctx context.Context) error { return tellReady(ctx, settings, listener.Addr().String(), place.page) })
	return run.Serve(ctx)
}

// taker takes acts that carry no form.
type taker struct{ intake.Intake }

func (t taker) Take(ctx context.Context, act message.Act) (message.Answer, error) {
	_, answer, err := t.Intake.Take(ctx, act, nil)
	return answer, err
}

func heartbeat(p config.Paging) func(context.Context) error {
	if p.HeartbeatURL == "" {
		return nil
	}
	return robot.Heartbeat(p.HeartbeatURL.Reveal(), outward())
}
