package stack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/config"
	sqliteschema "go.temporal.io/server/schema/sqlite"
	"go.temporal.io/server/temporal"
	"google.golang.org/protobuf/types/known/durationpb"
)

// patience is how long the server may take to answer first, and to stop.
const patience = 20 * time.Second

type temporalServer struct {
	address string
	stop    func() error
}

// startTemporal starts the four services on 127.0.0.1, the frontend on the first of frontends that works,
// and returns when it answers.
func startTemporal(ctx context.Context, st store, frontends []int, log *slog.Logger) (*temporalServer, error) {
	if err := createNamespace(st.workflows); err != nil {
		return nil, err
	}
	var failed []error
	for _, port := range frontends {
		t, err := startOn(ctx, st, port, log)
		if err == nil {
			return t, nil
		}
		failed = append(failed, err)
	}
	return nil, fmt.Errorf("start Temporal: %w", errors.Join(failed...))
}

func startOn(ctx context.Context, st store, port int, log *slog.Logger) (*temporalServer, error) {
	p, err := choosePorts(ctx, port)
	if err != nil {
		return nil, err
	}
	server, err := launch(temporalConfig(st, p), p, log)
	if err != nil {
		return nil, err
	}
	t := &temporalServer{address: address(p.frontend), stop: sync.OnceValue(func() error { return stopWithin(patience, server) })}
	if err := answers(ctx, t.address); err != nil {
		return nil, errors.Join(err, t.stop())
	}
	return t, nil
}

// launch turns what the server reports as fatal while starting, such as a port taken a moment ago, into an
// error.
func launch(c *config.Config, p ports, log *slog.Logger) (server temporal.Server, err error) {
	defer func() {
		if r := recover(); r != nil {
			server, err = nil, fmt.Errorf("%v", r) //nolint:err113 // a fatal report is text
		}
	}()
	server, err = temporal.NewServer(
		temporal.WithConfig(c),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(p.hosts()),
		temporal.WithLogger(serverLog{log}),
		temporal.WithAuthorizer(authorization.NewNoopAuthorizer()),
		temporal.WithDynamicConfigClient(knobs()),
	)
	if err != nil {
		return nil, fmt.Errorf("assemble: %w", err)
	}
	return server, server.Start() //nolint:wrapcheck // the caller says what was attempted
}

// createNamespace makes the namespace before the server runs; one that exists stays as it is.
func createNamespace(c *config.SQL) error {
	ns, err := sqliteschema.NewNamespaceConfig(clusterName, Namespace, false, nil)
	if err != nil {
		return fmt.Errorf("describe namespace %s: %w", Namespace, err)
	}
	ns.Detail.Config.Retention = durationpb.New(retention)
	if err := sqliteschema.CreateNamespaces(c, ns); err != nil {
		return fmt.Errorf("create namespace %s: %w", Namespace, err)
	}
	return nil
}

// answers waits for the frontend; the SDK's dial asks the server for its abilities, so it proves that
// requests are served.
func answers(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for {
		c, err := client.DialContext(ctx, client.Options{HostPort: address, Namespace: Namespace, Logger: quiet{}})
		if err == nil {
			_, err = c.WorkflowService().DescribeNamespace(ctx, describeNamespace())
			c.Close()
		}
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no answer from Temporal on %s: %w", address, err)
		case <-ticker.C:
		}
	}
}

func stopWithin(limit time.Duration, server temporal.Server) error {
	stopped := make(chan error, 1)
	go func() { stopped <- server.Stop() }()
	select {
	case err := <-stopped:
		if err != nil {
			return fmt.Errorf("stop Temporal: %w", err)
		}
		return nil
	case <-time.After(limit):
		return fmt.Errorf("stop Temporal: still running after %v", limit)
	}
}
