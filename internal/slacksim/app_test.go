package slacksim_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"lvyue/internal/slacksim"
)

const (
	zhang   = "U0ZHANG"
	li      = "U0LIJL"
	guest   = "U0GUEST"
	strange = "U0STRANGE"
	gone    = "U0GONE"
	oncall  = "C0ONCALL"
	secret  = "C0SECRET"
	lobby   = "C0LOBBY"
)

func people() []slacksim.User {
	return []slacksim.User{
		{ID: zhang, Name: "zhang", RealName: "张工", Email: "zhang@example.com"},
		{ID: li, Name: "li", RealName: "李经理", Email: "li@example.com"},
		{ID: guest, Name: "guest", RealName: "访客", Email: "guest@example.com", IsRestricted: true},
		{ID: strange, Name: "stranger", RealName: "外人", TeamID: slacksim.OtherTeam, IsStranger: true},
		{ID: gone, Name: "gone", RealName: "离职", Email: "gone@example.com", Deleted: true},
	}
}

func channels() []slacksim.Channel {
	return []slacksim.Channel{
		{ID: oncall, Name: "oncall", Members: []string{slacksim.BotUser, zhang, li}},
		{ID: secret, Name: "board", Private: true, Members: []string{li}},
		{ID: lobby, Name: "lobby", Members: []string{zhang}},
	}
}

// start serves a workspace until the test ends.
func start(t *testing.T, options slacksim.Options) *slacksim.Server {
	t.Helper()
	if options.Users == nil {
		options.Users, options.Channels = people(), channels()
	}
	s, err := slacksim.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// client is the vendor's own.
func client(s *slacksim.Server) *slack.Client {
	return slack.New(s.BotToken(), slack.OptionAPIURL(s.APIURL()), slack.OptionAppLevelToken(s.AppToken()), slack.OptionHTTPClient(&http.Client{Timeout: 10 * time.Second}))
}

// post says something in a channel, and gives its stamp.
func post(t *testing.T, s *slacksim.Server, words string) string {
	t.Helper()
	_, ts, err := client(s).PostMessage(oncall, slack.MsgOptionText(words, false))
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

// seen is one thing that the app was handed.
type seen struct {
	interaction *slack.InteractionCallback
	command     *slack.SlashCommand
	event       *slackevents.EventsAPIEvent
	retry       int
	reason      string
}

// handle answers what the app was handed: with a payload, nil for none, and a status that only HTTP knows.
type handle func(seen) (any, int)

// app is an app of the workspace behind either transport, made of the vendor's own parts.
type app struct {
	*slack.Client
	s *slacksim.Server
}

// transports runs a test over both.
func transports(t *testing.T, options slacksim.Options, h handle, test func(*testing.T, app)) {
	t.Helper()
	for name, serve := range map[string]func(*testing.T, *slacksim.Server, handle){"http": serveHTTP, "socket": serveSocket} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, options)
			serve(t, s, h)
			test(t, app{client(s), s})
		})
	}
}

// serveHTTP checks the signature of every request, as an app has to.
func serveHTTP(t *testing.T, s *slacksim.Server, h handle) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		verifier, err := slack.NewSecretsVerifier(r.Header, s.SigningSecret())
		if err == nil {
			_, _ = verifier.Write(body)
			err = verifier.Ensure()
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		got, bad := parse(r, body)
		if err != nil || bad != nil {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		answer(w, got, h)
	}))
	t.Cleanup(server.Close)
	s.SetRequestURL(server.URL)
}

func answer(w http.ResponseWriter, got seen, h handle) {
	payload, status := h(got)
	if got.event != nil && got.event.Type == slackevents.URLVerification {
		payload = map[string]string{"challenge": got.event.Data.(*slackevents.EventsAPIURLVerificationEvent).Challenge}
	}
	if payload == nil {
		w.WriteHeader(max(status, http.StatusOK))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(payload) //nolint:errchkjson // it is the test's own
}

func parse(r *http.Request, body []byte) (seen, error) {
	switch {
	case strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
		event, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
		retry := 0
		if r.Header.Get("X-Slack-Retry-Num") != "" {
			retry = int(r.Header.Get("X-Slack-Retry-Num")[0] - '0')
		}
		return seen{event: &event, retry: retry, reason: r.Header.Get("X-Slack-Retry-Reason")}, err
	case bytes.HasPrefix(body, []byte("payload=")):
		callback, err := slack.InteractionCallbackParse(r)
		return seen{interaction: &callback}, err
	default:
		command, err := slack.SlashCommandParse(r)
		if command.Command == "" {
			err = errors.New("no command")
		}
		return seen{command: &command}, err
	}
}

// serveSocket connects and waits until the workspace sees the socket.
func serveSocket(t *testing.T, s *slacksim.Server, h handle) {
	t.Helper()
	connect(t, s, h)
	until(t, s, func() bool { return s.Sockets() == 1 })
}

// connect runs the vendor's socket client until the test ends.
func connect(t *testing.T, s *slacksim.Server, h handle, options ...socketmode.Option) {
	t.Helper()
	c := socketmode.New(client(s), options...)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	t.Cleanup(func() { stop(); <-done })
	go func() {
		defer close(done)
		_ = c.RunContext(ctx)
	}()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-c.Events:
				go take(ctx, c, e, h)
			}
		}
	}()
}

func take(ctx context.Context, c *socketmode.Client, e socketmode.Event, h handle) {
	if e.Request == nil || e.Type == socketmode.EventTypeHello {
		return
	}
	got := seen{retry: e.Request.RetryAttempt, reason: e.Request.RetryReason}
	switch data := e.Data.(type) {
	case slack.InteractionCallback:
		got.interaction = &data
	case slack.SlashCommand:
		got.command = &data
	case slackevents.EventsAPIEvent:
		got.event = &data
	}
	payload, status := h(got)
	if status == silent {
		return
	}
	_ = c.AckCtx(ctx, e.Request.EnvelopeID, payload)
}

// silent is the status of an app that does not acknowledge.
const silent = 500

// ok acknowledges everything.
func ok(seen) (any, int) { return nil, 0 }

// until waits for something about the workspace.
func until(t *testing.T, s *slacksim.Server, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := s.WaitFor(ctx, holds); err != nil {
		t.Fatal(err)
	}
}

// code is Slack's word for an error.
func code(err error) string {
	if said, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return said.Err
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// clock is one that tests move.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func noon() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.FixedZone("", 8*60*60)) }

// button is a card with one.
func button(actionID, text string) slack.MsgOption {
	return slack.MsgOptionBlocks(slack.NewActionBlock("act", slack.NewButtonBlockElement(actionID, "F-0012|3", slack.NewTextBlockObject("plain_text", text, false, false))))
}
