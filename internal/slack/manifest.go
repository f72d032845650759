package slack

import (
	"fmt"
	"net/url"
	"strings"

	api "github.com/slack-go/slack"
	"go.yaml.in/yaml/v3"

	"lvyue/internal/refusal"
)

// Mode is the transport of the app.
type Mode string

// The transports: sockets that the app opens itself, or requests to an address that Slack reaches.
const (
	ModeSocket Mode = "socket"
	ModeHTTP   Mode = "http"
)

// Manifest is the app as Slack wants it described, in YAML: its scopes and no others. Over HTTP, base is where Slack reaches the desk,
// such as https://desk.example.com; in Socket Mode there is none. Refusals: the bad input "bad_mode" and "bad_url".
func Manifest(mode Mode, base string) ([]byte, error) {
	base = strings.TrimRight(base, "/")
	switch mode {
	case ModeSocket:
		base = ""
	case ModeHTTP:
		at, err := url.Parse(base)
		if err != nil || at.Scheme != "https" || at.Host == "" || at.RawQuery != "" || at.Fragment != "" {
			return nil, refusal.BadInput("bad_url", "须给出 https 地址", "an https address must be given",
				refusal.Wrong("url", "须为 https:// 开头、无参数的地址，例如 https://desk.example.com",
					"must begin with https:// and have no query, such as https://desk.example.com"))
		}
	default:
		return nil, refusal.BadInput("bad_mode", "方式有误", "there is no such mode",
			refusal.Wrong("mode", "须为 socket 或 http", "must be socket or http"))
	}
	text, err := yaml.Marshal(manifest(mode, base))
	if err != nil {
		return nil, fmt.Errorf("write the manifest: %w", err)
	}
	return text, nil
}

// manifest is the app. Its scopes are what the desk needs: to write, to open direct messages, to know guests, and to find its own
// messages again.
func manifest(mode Mode, base string) api.Manifest {
	at := func(path string) string {
		if base == "" {
			return ""
		}
		return base + path
	}
	return api.Manifest{
		Metadata: api.ManifestMetadata{MajorVersion: 1, MinorVersion: 1},
		Display:  api.Display{Name: "Lvyue 履约", Description: "合同履约与故障响应 Service contracts and fault response"},
		Features: api.Features{
			AppHome: api.AppHome{HomeTabEnabled: true, MessagesTabEnabled: true, MessagesTabReadOnlyEnabled: true},
			BotUser: api.BotUser{DisplayName: "lvyue", AlwaysOnline: true},
			SlashCommands: []api.ManifestSlashCommand{{
				Command: "/fault", Description: "报障与查询 report or list faults", UsageHint: "new | list | show N | oncall | link | help",
				Url: at("/slack/commands"),
			}},
			Shortcuts: []api.Shortcut{{
				Name: "报告故障 Report fault", Type: api.GlobalShortcut, CallbackID: faultForm, Description: "打开报障表单 open the fault form",
			}},
		},
		OAuthConfig: api.OAuthConfig{Scopes: api.OAuthScopes{Bot: []string{
			"chat:write", "commands", "users:read", "im:write", "channels:read", "groups:read", "channels:history", "groups:history", "im:history",
		}}},
		Settings: api.Settings{
			Interactivity: &api.Interactivity{IsEnabled: true, RequestUrl: at("/slack/interactions")},
			EventSubscriptions: &api.EventSubscriptions{
				RequestUrl: at("/slack/events"),
				BotEvents:  []string{"app_home_opened", "app_uninstalled", "channel_archive", "tokens_revoked"},
			},
			SocketModeEnabled: mode == ModeSocket,
		},
	}
}

// InstallLink is where an administrator of the workspace makes the app of a manifest with one click.
func InstallLink(manifest []byte) string {
	return "https://api.slack.com/apps?new_app=1&manifest_yaml=" + url.PathEscape(string(manifest))
}
