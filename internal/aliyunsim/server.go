// Package aliyunsim is a local server that speaks Aliyun's RPC protocol for the operations that a deployment
// and its destruction need, so that tests, rehearsals and the demo run the vendor's real client. It checks
// signatures, refuses what the vendor would refuse and what it would silently ignore, and keeps its own books,
// against which our records can be checked. It knows no prices, injects no faults, starts nothing by itself:
// what changes with time is computed from the given clock when someone looks.
package aliyunsim

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"lvyue/internal/hosting"
)

// Options say how the simulated account behaves.
type Options struct {
	// Clock tells the simulator's time; it may stand still, and may lie in any year. Default: the machine's.
	Clock func() time.Time
	// DeployTakes is the time from a database's creation until it runs. Everything else is usable at once.
	// Default 0: the database too.
	DeployTakes time.Duration
	// ReleasesEarly lets a database be released while it is still being made, which the vendor refuses.
	ReleasesEarly bool
	// AccessKeyID and AccessKeySecret are the only credentials that are let in.
	AccessKeyID, AccessKeySecret string
	// Listen is the address to serve on. Default "127.0.0.1:0", a free port.
	Listen string
	// StateFile keeps the account over restarts. Default: the account is forgotten on Close.
	StateFile string
}

// Server is one simulated account, safe for concurrent use.
type Server struct {
	options  Options
	listener net.Listener
	http     *http.Server
	done     chan error

	mu    sync.Mutex
	gate  gate
	state state
}

// Start serves the account until Close. It fails when the address is taken or the state file is unreadable.
func Start(options Options) (*Server, error) {
	if options.Clock == nil {
		options.Clock = time.Now
	}
	if options.Listen == "" {
		options.Listen = "127.0.0.1:0"
	}
	account, err := load(options.StateFile)
	if err != nil {
		return nil, err
	}
	var listening net.ListenConfig
	listener, err := listening.Listen(context.Background(), "tcp", options.Listen)
	if err != nil {
		return nil, fmt.Errorf("start the Aliyun simulator: %w", err)
	}
	s := &Server{
		options: options, listener: listener, done: make(chan error, 1), state: account,
		gate: gate{keyID: options.AccessKeyID, secret: options.AccessKeySecret, seen: map[string]time.Time{}},
	}
	s.http = &http.Server{Handler: s.handler(), ReadHeaderTimeout: time.Minute}
	go func() { s.done <- s.http.Serve(listener) }()
	return s, nil
}

// URL is the base address, "http://127.0.0.1:43210".
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// Close ends the service; requests in flight are cut off, as by a crash.
func (s *Server) Close() error {
	err := s.http.Close()
	if served := <-s.done; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	if err != nil {
		return fmt.Errorf("close the Aliyun simulator: %w", err)
	}
	return nil
}

// Created counts the resources that were ever ordered, a repeated order once.
func (s *Server) Created() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Ordered
}

// Left counts what exists now, kept backups of deleted databases included.
func (s *Server) Left() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.state.Things)
}

// NextChange is the next instant at which something changes by itself: a database that starts to run. False
// when nothing will.
func (s *Server) NextChange() (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, next := s.options.Clock(), time.Time{}
	for _, t := range s.state.Things {
		if t.Kind == hosting.Database && t.ReadyAt.After(now) && (next.IsZero() || t.ReadyAt.Before(next)) {
			next = t.ReadyAt
		}
	}
	return next, !next.IsZero()
}
