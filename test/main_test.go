// Package test rehearses whole contract lives on a real Temporal server and a real PostgreSQL, and compares the
// report with what the contract says.
package test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"go.temporal.io/sdk/client"

	"lvyue/devstack/stack"
	"lvyue/internal/engine"
	"lvyue/internal/rehearsal"
)

// world is the stack that all tests of this binary share.
var world struct {
	*stack.Stack

	client client.Client
}

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	ctx := context.Background()
	if programs.folder, err = os.MkdirTemp("", "lvyue-programs-"); err != nil {
		return 1, err
	}
	defer func() { err = orElse(err, os.RemoveAll(programs.folder)) }()
	if world.Stack, err = stack.Start(ctx, stack.Options{}); err != nil {
		return 1, err
	}
	defer func() { err = orElse(err, world.Stop()) }()
	if world.client, err = client.Dial(client.Options{HostPort: world.Address(), Logger: quiet()}); err != nil {
		return 1, err
	}
	defer world.client.Close()
	if err := engine.Prepare(ctx, world.client, stack.Namespace, engine.TaskQueue); err != nil {
		return 1, err
	}
	return m.Run(), nil
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

type silent struct{}

func (silent) Debug(string, ...any)             {}
func (silent) Info(string, ...any)              {}
func (silent) Warn(string, ...any)              {}
func (silent) Error(msg string, keyvals ...any) { slog.Error(msg, keyvals...) }

func quiet() silent { return silent{} }

// play rehearses a scenario, written with the form acme.yaml beside it.
func play(t *testing.T, scenario string) rehearsal.Report {
	t.Helper()
	file := filepath.Join(t.TempDir(), "scenario.yaml")
	form, err := os.ReadFile("testdata/acme.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"scenario.yaml": []byte(scenario), "acme.yaml": form} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(file), name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return playFile(t, file)
}

func playFile(t *testing.T, file string) rehearsal.Report {
	t.Helper()
	s, err := rehearsal.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	report, err := rehearsal.Run(t.Context(), rehearsal.Options{
		Scenario: s, Client: world.client, DatabaseURL: world.DatabaseURL(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Books.Audit.Failed) > 0 {
		t.Errorf("the books do not hold: %+v", report.Books.Audit.Failed)
	}
	if testing.Verbose() {
		t.Log(report.Text("en", 160))
	}
	return report
}
