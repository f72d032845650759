package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"syscall"

	"lvyue/internal/config"
	"lvyue/internal/desk"
	"lvyue/internal/intake"
	"lvyue/internal/paging"
	"lvyue/internal/postgres"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
)

// place is where people meet: an app at Slack, with the address of the simulator's page if it is that; no app if there is no chat.
type place struct {
	app   slack.Config
	page  string
	close func()
}

// findPlace is the one that the settings name. The simulator is started; it forgets everything when it is closed.
func findPlace(d config.Desk) (place, error) {
	switch d.Chat {
	case config.NoChat:
		return place{close: func() {}}, nil
	case config.SlackSim:
		return startSimulator(d)
	default:
		return place{app: slack.Config{
			BotToken: d.BotToken.Reveal(), AppToken: d.AppToken.Reveal(), App: d.App, Team: d.Team, Channel: d.Channel, URL: d.APIURL,
			SigningSecrets: present(d.SigningSecret.Reveal(), d.SigningSecretOld.Reveal()),
		}, close: func() {}}, nil
	}
}

func present(secrets ...string) []string {
	var all []string
	for _, s := range secrets {
		if s != "" {
			all = append(all, s)
		}
	}
	return all
}

// anywhere is a free port, where the usual one is taken: two local stacks may run on one machine.
const anywhere = "127.0.0.1:0"

func startSimulator(d config.Desk) (place, error) {
	users, channels, err := slacksim.Team(nil)
	if err != nil {
		return place{}, err
	}
	server, err := slacksim.Start(slacksim.Options{Listen: d.SimulatorListen, Users: users, Channels: channels})
	if errors.Is(err, syscall.EADDRINUSE) {
		server, err = slacksim.Start(slacksim.Options{Listen: anywhere, Users: users, Channels: channels})
	}
	if err != nil {
		return place{}, fmt.Errorf("start the simulated Slack: %w", err)
	}
	app := slack.Config{
		BotToken: server.BotToken(), AppToken: server.AppToken(), App: slacksim.AppID, Team: slacksim.TeamID, Channel: slacksim.OncallChannel,
		URL: server.APIURL(),
	}
	return place{app: app, page: server.URL(), close: func() { _ = server.Close() }}, nil // nothing of it is kept
}

// public is where a page is written for somebody to whom no way is known.
func (p place) public() []paging.Address {
	if p.app.Channel == "" {
		return nil
	}
	return []paging.Address{{Way: paging.Slack, Room: p.app.Channel}}
}

// chat is Slack, as far as there is one: the way of pages, what answers its calls, and what must be done all the time.
type chat struct {
	lines         []paging.Line
	web           http.Handler
	beside, often []func(context.Context) error
	close         func()
}

// open connects the desk to the app: by Socket Mode if it has the token for that, else over HTTP.
func (p place) open(store *postgres.Store, rota desk.Rota, door intake.Intake, logger *slog.Logger) chat {
	if p.app.BotToken == "" {
		return chat{close: func() {}}
	}
	books := store.In(p.app.Team)
	handler := slack.NewHandler(p.app, slack.Behind{Books: books, Inbox: door, Engine: door, Log: logger, Alarm: alarm(store, rota, logger)})
	board := slack.NewBoard(p.app, books, books.Now)
	c := chat{
		lines: []paging.Line{{Channel: slack.NewChannel(p.app), Edits: true}},
		often: []func(context.Context) error{board.Refresh}, close: handler.Close,
	}
	if p.app.AppToken != "" {
		c.beside = append(c.beside, handler.Sockets)
	} else {
		c.web = handler
	}
	return c
}

// alarm tells the leads that Slack itself is lost to us, once a day for each way in which it is.
func alarm(store *postgres.Store, rota desk.Rota, logger *slog.Logger) func(context.Context, string) {
	return func(ctx context.Context, what string) {
		now, err := store.Now(ctx)
		if err == nil {
			err = (&paging.Sender{Store: store, People: rota}).Tell(ctx, now, "slack/"+what, "slack: "+what)
		}
		if err != nil {
			logger.WarnContext(ctx, "nobody could be told that Slack is lost", "what", what, "error", err)
		}
	}
}
