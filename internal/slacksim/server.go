// Package slacksim is a local server that speaks Slack's protocols as an app of one workspace meets them: the Web API, signed
// HTTP requests, Socket Mode, interactions, modals, slash commands and events, so that tests, rehearsals and the demo run the
// vendor's real client, and people can use the app in a browser without Slack. It refuses what Slack would refuse, keeps what
// was posted, gives tests the hands of the workspace's people, and lets things go wrong by rule. It rolls no dice. It
// knows one app and one workspace; it moves no files and calls nobody, and its page loads nothing from elsewhere.
package slacksim

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// The credentials that are in force where Options name no others.
const (
	DefaultBotToken      = "xoxb-slacksim-bot"            // #nosec G101 -- it opens nothing but a simulator
	DefaultAppToken      = "xapp-slacksim-app"            // #nosec G101 -- the same
	DefaultSigningSecret = "slacksim-signing-secret-0001" // #nosec G101 -- the same
)

// Options say how the simulated workspace behaves.
type Options struct {
	// Clock tells the simulator's time; see also Server.Advance. Signatures bear the machine's time all the same, since
	// the vendor's verifier compares them with that. Default: the machine's.
	Clock func() time.Time
	// Listen is the address to serve on. Default "127.0.0.1:0", a free port.
	Listen string
	// BotToken ("xoxb-…") and AppToken ("xapp-…") are the only tokens that are let in. Default: DefaultBotToken and so on.
	BotToken, AppToken string
	// SigningSecret signs requests to the app. Default: DefaultSigningSecret.
	SigningSecret string
	// RequestURL is where the app takes interactions, commands and events over HTTP. Default "": Socket Mode; see also
	// SetRequestURL.
	RequestURL string
	// Scopes are what the bot token may do. Default: all that any method here needs.
	Scopes []string
	// Events are the types of events that the app is subscribed to. Default: app_home_opened, app_uninstalled,
	// tokens_revoked and channel_archive.
	Events []string
	// Users and Channels are there from the start; the app's own bot user joins channels as their Members say (BotUser).
	Users    []User
	Channels []Channel
	// AckWithin is how long the app has, in the machine's time, to acknowledge what it is handed. 3 s of the simulator's time end
	// the wait too, so that a test on a busy machine stands the clock still and is patient here. Default 3 s.
	AckWithin time.Duration
	// PingEvery is the pause between pings on a socket, in the machine's time. Default 5 s.
	PingEvery time.Duration
	// Log gets every call of the Web API as one line of JSON, refused ones too, each in one Write and never two at once;
	// tokens are masked. Close reports the first error that writing met. Default: none.
	Log io.Writer
	// Faults let calls go wrong from the start; see also SetFaults. Default: none.
	Faults []Fault
}

func (o Options) withDefaults() Options {
	fill := func(value *string, usual string) {
		if *value == "" {
			*value = usual
		}
	}
	fill(&o.Listen, "127.0.0.1:0")
	fill(&o.BotToken, DefaultBotToken)
	fill(&o.AppToken, DefaultAppToken)
	fill(&o.SigningSecret, DefaultSigningSecret)
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Scopes == nil {
		o.Scopes = AllScopes()
	}
	if o.Events == nil {
		o.Events = []string{"app_home_opened", "app_uninstalled", "tokens_revoked", "channel_archive"}
	}
	if o.AckWithin == 0 {
		o.AckWithin = ackWithin
	}
	if o.PingEvery == 0 {
		o.PingEvery = 5 * time.Second
	}
	return o
}

// Server is one simulated workspace with one app in it, safe for concurrent use.
type Server struct {
	options  Options
	listener net.Listener
	http     *http.Server
	done     chan error
	// life ends with Close, and with it all that runs in the background.
	life context.Context //nolint:containedctx // it is the server's own life
	end  context.CancelFunc
	jobs sync.WaitGroup

	// mu guards everything below. changed is broadcast whenever version grows.
	mu         sync.Mutex
	changed    *sync.Cond
	version    int
	offset     time.Duration
	requestURL string
	work       *workspace
	faults     faults
	record     record
	link       link
	post       post
}

// Start serves the workspace until Close. It fails when the address is taken or a fault could never be felt.
func Start(options Options) (*Server, error) {
	options = options.withDefaults()
	faults, err := newFaults(options.Faults)
	if err != nil {
		return nil, fmt.Errorf("start the Slack simulator: %w", err)
	}
	var listening net.ListenConfig
	listener, err := listening.Listen(context.Background(), "tcp", options.Listen)
	if err != nil {
		return nil, fmt.Errorf("start the Slack simulator: %w", err)
	}
	s := &Server{
		options: options, listener: listener, done: make(chan error, 1), requestURL: options.RequestURL,
		work: newWorkspace(options), faults: faults, record: record{to: options.Log, secrets: []string{options.BotToken, options.AppToken}},
		link: newLink(),
	}
	s.work.now, s.work.base = s.now, s.URL()
	s.changed = sync.NewCond(&s.mu)
	s.life, s.end = context.WithCancel(context.Background())
	s.mu.Lock()
	s.await()
	s.mu.Unlock()
	s.http = &http.Server{Handler: s.handler(), ReadHeaderTimeout: time.Minute}
	go func() { s.done <- s.http.Serve(listener) }()
	return s, nil
}

// URL is the base address, "http://127.0.0.1:43210"; people find the workspace there.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// APIURL is the address for the vendor's client, with the slash that it wants at the end.
func (s *Server) APIURL() string { return s.URL() + "/api/" }

// BotToken is the bot's token in force.
func (s *Server) BotToken() string { return s.options.BotToken }

// AppToken opens sockets, and nothing else.
func (s *Server) AppToken() string { return s.options.AppToken }

// SigningSecret is what the app checks requests with.
func (s *Server) SigningSecret() string { return s.options.SigningSecret }

// SetRequestURL moves the app to another address, "" to Socket Mode.
func (s *Server) SetRequestURL(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requestURL = address
}

// Close ends the service; requests in flight and sockets are cut off, as by a crash. Calls that could not be recorded
// are an error.
func (s *Server) Close() error {
	s.end()
	s.KillSockets()
	err := s.http.Close()
	if served := <-s.done; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	s.mu.Lock()
	if s.post.later != nil {
		s.post.later.Stop()
	}
	s.touch()
	s.mu.Unlock()
	s.jobs.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	err = errors.Join(err, s.record.err)
	if err != nil {
		return fmt.Errorf("close the Slack simulator: %w", err)
	}
	return nil
}

// touch tells all who wait that something changed. The caller holds mu.
func (s *Server) touch() {
	s.version++
	s.changed.Broadcast()
}

// locked changes the workspace and tells all who wait.
func (s *Server) locked(change func(*workspace) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.touch()
	return change(s.work)
}
