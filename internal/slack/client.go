// Package slack is the fault desk in Slack (§4): cards, pages, buttons, modals, by the vendor's own client, over both of its
// transports. It is the only importer of slack-go. It decides nothing: what may be done, the engine says.
package slack

import (
	"net/http"
	"strings"
	"time"

	api "github.com/slack-go/slack"
)

// Config is the app at Slack. Tokens and secrets are never told in an error or a log.
type Config struct {
	// BotToken begins with xoxb-; AppToken, for Socket Mode alone, with xapp-.
	BotToken, AppToken string
	// SigningSecrets prove requests over HTTP: the present one, and during a rotation that of before.
	SigningSecrets []string
	// Team is the id of the workspace; what comes from another is refused.
	Team string
	// App is the id of the app; what is meant for another is refused. Empty: any.
	App string
	// Channel is the id of the channel in which the desk's cards stand.
	Channel string
	// URL is the Web API's; empty for Slack's own.
	URL string
}

// patience is how long one call may take: the vendor's client has no limit of its own.
const patience = 5 * time.Second

// client is the vendor's client. Nothing is tried again by it: a message could be taken twice.
func (c Config) client() *api.Client {
	options := []api.Option{api.OptionHTTPClient(&http.Client{Timeout: patience})}
	if c.URL != "" {
		options = append(options, api.OptionAPIURL(strings.TrimRight(c.URL, "/")+"/"))
	}
	if c.AppToken != "" {
		options = append(options, api.OptionAppLevelToken(c.AppToken))
	}
	return api.New(c.BotToken, options...)
}
