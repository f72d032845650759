package config

import (
	"net/netip"
	"net/url"

	"lvyue/internal/failure"
)

// Chat is where people meet the fault desk.
type Chat string

// The chats (LVYUE_CHAT). There is no default: nobody should believe that engineers are called who are not. NoChat is for a desk
// that reaches people by mail and robots alone.
const (
	Slack    Chat = "slack"
	SlackSim Chat = "slacksim"
	NoChat   Chat = "none"
)

// Desk is the process that calls people and takes in what they do in Slack (§4).
type Desk struct {
	Chat Chat
	// BotToken, AppToken and SigningSecret are the app at Slack (LVYUE_SLACK_BOT_TOKEN, LVYUE_SLACK_APP_TOKEN,
	// LVYUE_SLACK_SIGNING_SECRET; each also with _FILE). With an app token the desk connects by Socket Mode, else Slack calls it
	// over HTTP. SigningSecretOld still holds during a rotation.
	BotToken, AppToken              Secret
	SigningSecret, SigningSecretOld Secret
	// Team and Channel are the ids of the workspace and of the channel in which the cards stand (LVYUE_SLACK_TEAM,
	// LVYUE_SLACK_CHANNEL).
	Team, Channel string
	// App is the app's id (LVYUE_SLACK_APP); what is meant for another is refused. Empty: any of that workspace.
	App string
	// APIURL is where Slack's Web API is called (LVYUE_SLACK_API_URL), such as a relay of one's own; empty is Slack's. The bot's
	// token goes there, so it is https, or on this machine.
	APIURL string
	// SimulatorListen is where the simulator of Slack listens that the desk starts (LVYUE_SLACKSIM_LISTEN; default
	// 127.0.0.1:8700).
	SimulatorListen string
	// Listen is where the desk answers links and Slack (LVYUE_DESK_LISTEN; default 127.0.0.1:8710).
	Listen string
}

func readDesk(r *reader) Desk {
	return Desk{
		Chat:     Chat(r.text("LVYUE_CHAT")),
		BotToken: r.secret("LVYUE_SLACK_BOT_TOKEN"), AppToken: r.secret("LVYUE_SLACK_APP_TOKEN"),
		SigningSecret: r.secret("LVYUE_SLACK_SIGNING_SECRET"), SigningSecretOld: r.secret("LVYUE_SLACK_SIGNING_SECRET_OLD"),
		Team: r.text("LVYUE_SLACK_TEAM"), Channel: r.text("LVYUE_SLACK_CHANNEL"),
		App: r.text("LVYUE_SLACK_APP"), APIURL: r.text("LVYUE_SLACK_API_URL"),
		SimulatorListen: r.textOr("LVYUE_SLACKSIM_LISTEN", "127.0.0.1:8700"),
		Listen:          r.textOr("LVYUE_DESK_LISTEN", "127.0.0.1:8710"),
	}
}

// Check tells whether a desk may start so. The failure is "no_chat" when none or an unknown one is named, and "no_slack_app" when
// the real one is named without what it needs, or its Web API at an address that would tell others the token.
func (d Desk) Check() error {
	switch d.Chat {
	case SlackSim, NoChat:
		return nil
	case Slack:
		if d.APIURL != "" && !private(d.APIURL) {
			return failure.New("no_slack_app", nil, "LVYUE_SLACK_API_URL 须为 https 网址，或本机地址",
				"LVYUE_SLACK_API_URL must be an https address, or one on this machine")
		}
		if d.BotToken != "" && d.Team != "" && d.Channel != "" && (d.AppToken != "" || d.SigningSecret != "") {
			return nil
		}
		return failure.New("no_slack_app", nil,
			"LVYUE_CHAT=slack 需要 LVYUE_SLACK_BOT_TOKEN、LVYUE_SLACK_TEAM、LVYUE_SLACK_CHANNEL，以及 LVYUE_SLACK_APP_TOKEN（Socket Mode）或 LVYUE_SLACK_SIGNING_SECRET（HTTP）",
			"LVYUE_CHAT=slack needs LVYUE_SLACK_BOT_TOKEN, LVYUE_SLACK_TEAM, LVYUE_SLACK_CHANNEL, and LVYUE_SLACK_APP_TOKEN (Socket Mode) "+
				"or LVYUE_SLACK_SIGNING_SECRET (HTTP)")
	default:
		return failure.New("no_chat", nil,
			"没有选定聊天工具：请设置 LVYUE_CHAT=slack、slacksim（本地模拟）或 none；故障台不会替您选择",
			"no chat is chosen: set LVYUE_CHAT=slack, slacksim (the local simulator) or none; the desk does not choose for you")
	}
}

// private tells whether nobody on the way can read what is sent to an address.
func private(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	here, err := netip.ParseAddr(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || err == nil && here.IsLoopback())
}
