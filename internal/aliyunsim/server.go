// Package aliyunsim is a local server that speaks Aliyun's RPC protocol for the operations that a deployment
// and its destruction need, so that tests, rehearsals and the demo run the vendor's real client; to its servers it is the
// HTTP proxy by which their users come, and it serves the files of the databases' backups. It checks
// signatures, refuses what the vendor would refuse and what it would silently ignore, and keeps its own books,
// against which our records can be checked: also of what a careless destruction leaves behind. On request it
// records every call, and lets calls go wrong by rule. Its prices are invented. It rolls no dice and starts nothing by
// itself: what changes with time is computed from the given clock when someone looks, and a snapshot policy takes
// no snapshots.
package aliyunsim

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"lvyue/internal/money"
)

// Options say how the simulated account behaves.
type Options struct {
	// Clock tells the simulator's time; it may stand still, and may lie in any year. Default: the machine's.
	Clock func() time.Time
	// DeployTakes is the time from a database's creation until it runs. Everything else is usable at once.
	// Default 0: the database too.
	DeployTakes time.Duration
	// GrowTakes is the time that a snapshot, a backup or a database's change to another size takes. Default 0: none.
	GrowTakes time.Duration
	// Balance is what a new account has. Default: 1000000.00.
	Balance money.CNY
	// CommandTakes is the time until the result of a command on a server is known. Default 0.
	CommandTakes time.Duration
	// Lag is how long what was just made stays out of all lists. Default 0: it is seen at once.
	Lag time.Duration
	// ReleasesEarly lets a database be released while it is still being made, which the vendor refuses.
	ReleasesEarly bool
	// AccessKeyID and AccessKeySecret are the only credentials that are let in.
	AccessKeyID, AccessKeySecret string
	// Listen is the address to serve on. Default "127.0.0.1:0", a free port.
	Listen string
	// StateFile keeps the account over restarts. Default: the account is forgotten on Close.
	StateFile string
	// Log gets every request as one line of JSON, refused ones too, each in one Write and never two at once; secrets
	// are masked. Views of the status page and downloads of backups are no requests. Close reports the first error that
	// writing met. Default: none.
	Log io.Writer
	// Outside are servers that are not the vendor's, such as customers' own (§3.7), by host: "oa.old.example.com", with its port
	// if that is not 80. Clients whose HTTP proxy this is reach them too. Default: none.
	Outside map[string]http.Handler
	// Faults let requests go wrong from the start; see also SetFaults. Default: none.
	Faults []Fault
}

// Server is one simulated account, safe for concurrent use.
type Server struct {
	options  Options
	listener net.Listener
	http     *http.Server
	done     chan error

	// mu lets requests to the vendor in one at a time. contents guards what systems on servers read and change, as well: the
	// state changes under both, and may be read under either.
	mu     sync.Mutex
	gate   gate
	state  state
	faults faults
	record record

	contents sync.Mutex
	carries  int // see SetCapacity
}

// Start serves the account until Close. It fails when the address is taken, the state file is unreadable or a fault
// could never be felt.
func Start(options Options) (*Server, error) {
	if options.Clock == nil {
		options.Clock = time.Now
	}
	if options.Listen == "" {
		options.Listen = "127.0.0.1:0"
	}
	faults, err := newFaults(options.Faults)
	if err != nil {
		return nil, fmt.Errorf("start the Aliyun simulator: %w", err)
	}
	account, err := openAccount(options)
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
		faults: faults, record: record{to: options.Log, clock: options.Clock},
		gate: gate{keyID: options.AccessKeyID, secret: options.AccessKeySecret, seen: map[string]time.Time{}},
	}
	s.http = &http.Server{Handler: s.handler(), ReadHeaderTimeout: time.Minute}
	go func() { s.done <- s.http.Serve(listener) }()
	return s, nil
}

// URL is the base address, "http://127.0.0.1:43210".
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// Close ends the service; requests in flight are cut off, as by a crash. Requests that could not be recorded are
// an error.
func (s *Server) Close() error {
	err := s.http.Close()
	if served := <-s.done; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	err = errors.Join(err, s.record.err)
	if err != nil {
		return fmt.Errorf("close the Aliyun simulator: %w", err)
	}
	return nil
}

// Created counts the resources that were ever ordered for themselves, a repeated order once. What comes along is
// not counted: the disks of a new server, the snapshots of a new image, the backups of a database.
func (s *Server) Created() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Ordered
}

// Left counts what exists now, kept backups of deleted databases included. What will go along with something else
// is not counted: attached disks that are deleted with their server, backups of databases that are there.
func (s *Server) Left() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	left := 0
	for _, t := range s.state.Things {
		if !s.state.goesAlong(t) {
			left++
		}
	}
	return left
}

// NextChange is the next instant at which something changes by itself: a database that starts to run or has its new size, a
// snapshot or backup that is done, a command that ends, a new thing that comes to be listed. False when nothing will.
func (s *Server) NextChange() (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, next := s.options.Clock(), time.Time{}
	consider := func(at time.Time) {
		if at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	for _, t := range s.state.Things {
		consider(t.CreatedAt.Add(s.options.Lag))
		consider(t.ReadyAt)
		if t.Change != nil {
			consider(t.Change.Until)
		}
	}
	for _, r := range s.state.Runs {
		consider(r.EndsAt)
		consider(r.At.Add(s.options.Lag))
	}
	return next, !next.IsZero()
}

// openAccount reads the account, or opens a new one with its first balance.
func openAccount(options Options) (state, error) {
	account, err := load(options.StateFile)
	if err != nil {
		return account, err
	}
	if account.tariff, err = readTariff(syntheticTariff); err != nil {
		return account, err
	}
	if len(account.Purchases) == 0 && account.Balance.IsZero() { // also one that was kept before accounts had a balance
		account.Balance = decimal.RequireFromString(options.Balance.String())
		if options.Balance.IsZero() {
			account.Balance = decimal.NewFromInt(1_000_000)
		}
	}
	return account, nil
}
