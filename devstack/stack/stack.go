// Package stack runs everything that Lvyue stands on, in one process: a Temporal server, its Web UI and a
// private PostgreSQL. It is for demonstrations, development and tests; production brings its own.
//
// It knows nothing of contracts: search attributes, schedules and tables are set up by the product itself.
package stack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"lvyue/internal/privatepg"
)

// Namespace is the Temporal namespace that exists from the start.
const Namespace = "default"

// retention keeps closed workflows readable for a month; a private store dies with its folder anyway.
const retention = 30 * 24 * time.Hour

// Options say what to run and where. The zero value is what tests want: everything in memory or thrown away,
// on free ports, without a UI.
type Options struct {
	// Dir keeps the data: `postgres` and, with StoreFile, `temporal.db`. Empty means nothing is kept.
	Dir string

	// Store is where Temporal keeps its workflows; default StoreMemory. StoreFile needs Dir.
	Store Store

	// DatabaseURL is a PostgreSQL to use instead of a private one.
	DatabaseURL string

	// NoPostgres runs Temporal alone; DatabaseURL is then passed through as it is.
	NoPostgres bool

	// Ephemeral deletes a private PostgreSQL's data at Stop and never flushes them; without Dir always so.
	Ephemeral bool

	// TemporalPort and UIPort are taken as they are; 0 means any free port or, with UsualPorts, 7233 and 8233
	// if they are free.
	TemporalPort, UIPort int
	UsualPorts           bool

	// UI serves Temporal's Web UI.
	UI bool

	// Log receives what the parts report; default: nothing. Neither passwords nor payloads are logged.
	Log *slog.Logger
}

// Stack is a running set. It ends with Stop, or with the process: a private PostgreSQL does not outlive it.
type Stack struct {
	options  Options
	log      *slog.Logger
	postgres *privatepg.Server
	database string
	temporal *temporalServer
	ui       *webUI
}

// Start returns when Temporal answers and, if asked for, PostgreSQL and the UI do: about 0.4 s without and
// 1.2 s with a new PostgreSQL. On an error everything that was started is stopped again.
func Start(ctx context.Context, o Options) (*Stack, error) {
	s := &Stack{options: o, log: o.Log, database: o.DatabaseURL}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

func (s *Stack) start(ctx context.Context) error {
	for _, part := range []func(context.Context) error{s.startPostgres, s.startTemporal, s.startUI} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (s *Stack) startPostgres(ctx context.Context) error {
	if s.options.NoPostgres || s.database != "" {
		return nil
	}
	o := privatepg.Options{Ephemeral: s.options.Ephemeral || s.options.Dir == ""}
	if s.options.Dir != "" {
		o.Dir = filepath.Join(s.options.Dir, "postgres")
	}
	var err error
	if s.postgres, err = privatepg.Start(ctx, o); err != nil {
		return err
	}
	s.database = s.postgres.URL()
	return nil
}

func (s *Stack) startTemporal(ctx context.Context) error {
	if s.options.Dir != "" {
		if err := os.MkdirAll(s.options.Dir, 0o755); err != nil { //nolint:gosec // PostgreSQL's user must pass
			return fmt.Errorf("make the stack's folder: %w", err)
		}
	}
	store, err := openStore(s.options, s.database)
	if err != nil {
		return fmt.Errorf("the store of Temporal (%s): %w", s.options.Store, err)
	}
	s.temporal, err = startTemporal(ctx, store, s.options.temporalPorts(ctx), s.log)
	return err
}

func (s *Stack) startUI(ctx context.Context) error {
	if !s.options.UI {
		return nil
	}
	var err error
	s.ui, err = startUI(ctx, s.Address(), s.options.uiPort(ctx))
	return err
}

// Address is Temporal's frontend, host:port.
func (s *Stack) Address() string { return s.temporal.address }

// DatabaseURL is the application's PostgreSQL, password included: the private one's or the one given. Empty
// when there is none.
func (s *Stack) DatabaseURL() string { return s.database }

// UIURL is the Web UI's address in a browser, empty without one.
func (s *Stack) UIURL() string {
	if s.ui == nil {
		return ""
	}
	return s.ui.url
}

// Lost is closed when the private PostgreSQL ended without being asked to; it never is without one.
func (s *Stack) Lost() <-chan struct{} {
	if s.postgres == nil {
		return nil
	}
	return s.postgres.Done()
}

// Stop ends the parts in reverse order and waits for them, a few seconds at most. A second call does
// nothing more.
func (s *Stack) Stop() error {
	var failed []error
	if s.ui != nil {
		s.ui.stop()
	}
	if s.temporal != nil {
		failed = append(failed, s.temporal.stop())
	}
	if s.postgres != nil {
		failed = append(failed, s.postgres.Stop())
	}
	return errors.Join(failed...)
}
