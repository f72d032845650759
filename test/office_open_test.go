package test

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"lvyue/internal/oncall"
	"lvyue/internal/slacksim"
)

func usualRota(tb testing.TB) string {
	tb.Helper()
	text, err := os.ReadFile("testdata/rota.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// setRota lets a rota rule from now on.
func (o *office) setRota(text string) {
	o.t.Helper()
	rota, err := oncall.ParseRota([]byte(text))
	if err == nil {
		_, _, err = o.Store.SetRota(o.t.Context(), rota, "chen")
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) openSlack(options slacksim.Options) {
	o.t.Helper()
	var err error
	if options.Users == nil {
		if options.Users, options.Channels, err = slacksim.Team(nil); err != nil {
			o.t.Fatal(err)
		}
	}
	if o.slack, err = slacksim.Start(options); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() {
		if err := o.slack.Close(); err != nil {
			o.t.Error(err)
		}
	})
}

func (o *office) chatSettings() []string {
	settings := []string{
		"LVYUE_CHAT=slack", "LVYUE_SLACK_API_URL=" + o.slack.APIURL(), "LVYUE_SLACK_BOT_TOKEN=" + o.slack.BotToken(),
		"LVYUE_SLACK_APP=" + slacksim.AppID, "LVYUE_SLACK_TEAM=" + slacksim.TeamID, "LVYUE_SLACK_CHANNEL=" + slacksim.OncallChannel,
		"LVYUE_DESK_LISTEN=127.0.0.1:0", "LVYUE_DESK_URL=" + linksBegin, "LVYUE_LINK_SECRET=" + receiverSecret,
		"LVYUE_WEBHOOK_URL=" + o.receiver.URL, "LVYUE_WEBHOOK_SECRET=" + receiverSecret,
	}
	if o.transport == overHTTP {
		return append(settings, "LVYUE_SLACK_SIGNING_SECRET="+slacksim.DefaultSigningSecret)
	}
	return append(settings, "LVYUE_SLACK_APP_TOKEN="+o.slack.AppToken())
}

// openChat opens the desk, and beside Slack another way to people; settings are more of the desk's.
func (o *office) openChat(settings ...string) {
	o.t.Helper()
	o.receiver = openReceiver(o.t)
	o.chat = newService(o.t, "desk", slices.Concat(o.worker.environment, o.chatSettings(), settings))
	o.startDesk()
}

// startDesk starts the desk, the first or the next, and returns when Slack reaches it.
func (o *office) startDesk() {
	o.t.Helper()
	o.url = fmt.Sprint(o.chat.start(o.t)["url"])
	if o.transport == overHTTP {
		o.slack.SetRequestURL(frontOf(o.t, o.url))
		return
	}
	o.until("the desk's sockets are open", func() bool { return o.slack.Sockets() > 0 })
}
