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

// chat is Slack, as far as there is one: the way of pages, what answers its calls, and what must be done all the time.
type chat struct {
	lines         []paging.Line
	public        []paging.Address
	web           http.Handler
	beside, often []func(context.Context) error
	page          string // where a person looks at the simulator
	close         func()
}

// openChat reaches the chat that the settings name.
func openChat(settings config.Config, store *postgres.Store, door intake.Intake, logger *slog.Logger) (chat, error) {
	d := settings.Desk
	switch d.Chat {
	case config.NoChat:
		return chat{close: func() {}}, nil
	case config.SlackSim:
		return openSimulator(settings, store, door, logger)
	default:
		return open(slack.Config{
			BotToken: d.BotToken.Reveal(), AppToken: d.AppToken.Reveal(), App: d.App, Team: d.Team, Channel: d.Channel, URL: d.APIURL,
			SigningSecrets: present(d.SigningSecret.Reveal(), d.SigningSecretOld.Reveal()),
		}, store, door, logger), nil
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

// open connects the desk to an app: by Socket Mode if it has the token for that, else over HTTP.
func open(app slack.Config, store *postgres.Store, door intake.Intake, logger *slog.Logger) chat {
	handler := slack.NewHandler(app, slack.Behind{Books: store, Inbox: door, Engine: door, Log: logger, Alarm: alarm(store, logger)})
	board := slack.NewBoard(app, store, nil)
	c := chat{
		lines:  []paging.Line{{Channel: slack.NewChannel(app), Edits: true}},
		public: []paging.Address{{Way: paging.Slack, Room: app.Channel}},
		often:  []func(context.Context) error{board.Refresh}, close: handler.Close,
	}
	if app.AppToken != "" {
		c.beside = append(c.beside, handler.Sockets)
	} else {
		c.web = handler
	}
	return c
}

// anywhere is a free port, where the usual one is taken: two local stacks may run on one machine.
const anywhere = "127.0.0.1:0"

// alarm tells the leads that Slack itself is lost to us, once a day for each way in which it is.
func alarm(store *postgres.Store, logger *slog.Logger) func(context.Context, string) {
	rota := desk.Rota{Store: store}
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

// openSimulator starts a local Slack in this process. It forgets everything when the desk ends.
func openSimulator(settings config.Config, store *postgres.Store, door intake.Intake, logger *slog.Logger) (chat, error) {
	users, channels, err := slacksim.Team(nil)
	if err != nil {
		return chat{}, err
	}
	server, err := slacksim.Start(slacksim.Options{Listen: settings.Desk.SimulatorListen, Users: users, Channels: channels})
	if errors.Is(err, syscall.EADDRINUSE) {
		server, err = slacksim.Start(slacksim.Options{Listen: anywhere, Users: users, Channels: channels})
	}
	if err != nil {
		return chat{}, fmt.Errorf("start the simulated Slack: %w", err)
	}
	c := open(slack.Config{
		BotToken: server.BotToken(), AppToken: server.AppToken(), App: slacksim.AppID, Team: slacksim.TeamID, Channel: slacksim.OncallChannel,
		URL: server.APIURL(),
	}, store, door, logger)
	end := c.close
	c.page = server.URL()
	c.close = func() {
		end()
		_ = server.Close() // nothing of it is kept
	}
	return c, nil
}
