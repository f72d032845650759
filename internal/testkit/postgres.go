// Package testkit gives tests the real things to run against.
package testkit

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"lvyue/internal/postgres"
	"lvyue/internal/privatepg"
)

// server is the private PostgreSQL of a test binary, started when first asked for.
//
//nolint:gochecknoglobals // one server serves every test of a binary; Main stops it
var server struct {
	sync.Mutex

	running *privatepg.Server
}

// Main runs the tests of a package, stops what they started and ends the process. Call it from TestMain.
func Main(m *testing.M) {
	code := m.Run()
	if err := stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the tests' PostgreSQL:", err)
		code = 1
	}
	os.Exit(code)
}

func stop() error {
	server.Lock()
	defer server.Unlock()
	if server.running == nil {
		return nil
	}
	return server.running.Stop()
}

// DatabaseURL is a PostgreSQL for tests, reached as a superuser: DATABASE_URL if it is set, else a private server,
// the same for all tests of the binary.
func DatabaseURL(tb testing.TB) string {
	tb.Helper()
	if url := os.Getenv("DATABASE_URL"); url != "" {
		return url
	}
	server.Lock()
	defer server.Unlock()
	if server.running == nil {
		// The server outlives the test that happens to be first.
		started, err := privatepg.Start(context.WithoutCancel(tb.Context()), privatepg.Options{Ephemeral: true})
		if err != nil {
			tb.Fatal(err)
		}
		server.running = started
	}
	return server.running.URL()
}

// Postgres is a store in a fresh schema, which is dropped when the test ends. The books in it must hold then.
func Postgres(tb testing.TB) *postgres.Store {
	tb.Helper()
	store := Spoiled(tb)
	tb.Cleanup(func() { audit(tb, store) })
	return store
}

func audit(tb testing.TB, store *postgres.Store) {
	tb.Helper()
	_, found, err := store.Audit(context.WithoutCancel(tb.Context()))
	if err != nil {
		tb.Errorf("audit the books: %v", err)
	}
	for _, f := range found {
		tb.Errorf("the books do not hold: %s %s: %d rows, such as %v", f.Invariant, f.Sentence.EN, f.Count, f.Rows[0])
	}
}

// Spoiled is Postgres for a test that spoils its data on purpose: nothing is asked of the books.
func Spoiled(tb testing.TB) *postgres.Store {
	tb.Helper()
	store := Open(tb, "test_"+strings.ReplaceAll(uuid.NewString(), "-", "_"))
	tb.Cleanup(func() {
		if err := store.Drop(context.WithoutCancel(tb.Context())); err != nil {
			tb.Error(err)
		}
	})
	if err := store.Migrate(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return store
}

// Open is a store in that schema, as it is.
func Open(tb testing.TB, schema string) *postgres.Store {
	tb.Helper()
	store, err := postgres.Open(tb.Context(), DatabaseURL(tb), schema)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(store.Close)
	return store
}
