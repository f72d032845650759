package slack_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	api "github.com/slack-go/slack"
	"go.yaml.in/yaml/v3"

	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
)

// §4.1: the manifest asks for what the desk needs, and for no more than the simulator knows of.
func TestManifest_DescribesTheAppForBothTransports(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		mode slack.Mode
		base string
		want [3]string // where interactions, events and commands go
	}{
		{slack.ModeSocket, "https://ignored.example.com", [3]string{}},
		{slack.ModeHTTP, "https://desk.example.com/", [3]string{
			"https://desk.example.com/slack/interactions", "https://desk.example.com/slack/events", "https://desk.example.com/slack/commands",
		}},
	} {
		text, err := slack.Manifest(tt.mode, tt.base)
		if err != nil {
			t.Fatal(err)
		}
		var m api.Manifest
		if err := yaml.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		got := [3]string{m.Settings.Interactivity.RequestUrl, m.Settings.EventSubscriptions.RequestUrl, m.Features.SlashCommands[0].Url}
		if got != tt.want || m.Settings.SocketModeEnabled != (tt.mode == slack.ModeSocket) {
			t.Errorf("%s: %v, sockets %v", tt.mode, got, m.Settings.SocketModeEnabled)
		}
		if m.Features.Shortcuts[0].CallbackID != "fault_new" || !m.Settings.Interactivity.IsEnabled || !m.Features.AppHome.HomeTabEnabled {
			t.Errorf("%+v", m.Features)
		}
		for _, scope := range m.OAuthConfig.Scopes.Bot {
			if !slices.Contains(slacksim.AllScopes(), scope) {
				t.Errorf("the scope %s is needed by no method", scope)
			}
		}
		link, err := url.Parse(slack.InstallLink(text))
		if err != nil || link.Query().Get("manifest_yaml") != string(text) || link.Query().Get("new_app") != "1" {
			t.Errorf("the link is %s", link)
		}
	}
}

func TestManifest_RefusesWhatSlackCouldNotReach(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ mode, base, word string }{
		{"http", "", "url"},
		{"http", "http://desk.example.com", "url"},
		{"http", "https://", "url"},
		{"http", "https://x?y=1", "url"},
		{"http", "desk", "url"},
		{"pigeon", "", "mode"},
		{"", "", "mode"},
	} {
		if _, err := slack.Manifest(slack.Mode(tt.mode), tt.base); err == nil || !strings.Contains(err.Error(), tt.word) {
			t.Errorf("%s %q: %v", tt.mode, tt.base, err)
		}
	}
}
