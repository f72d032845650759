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
var server struct { //nolint:gochecknoglobals // one server serves every test of a binary; Main stops it
	sync.Mutex

	running *privatepg.Server
}

// Main runs the tests of a package and then stops what they started. Call it from TestMain.
func Main(m *testing.M) {
	code := m.Run()
	server.Lock()
	defer server.Unlock()
	if server.running != nil {
		if err := server.running.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, "stop the tests' PostgreSQL:", err)
			code = 1
		}
	}
	os.Exit(code)
}

// DatabaseURL is a PostgreSQL for tests: DATABASE_URL if it is set, else a private server, the same for all
// tests of the binary.
func DatabaseURL(t testing.TB) string {
	t.Helper()
	if url := os.Getenv("DATABASE_URL"); url != "" {
		return url
	}
	server.Lock()
	defer server.Unlock()
	if server.running == nil {
		started, err := privatepg.Start(context.Background(), privatepg.Options{Ephemeral: true})
		if err != nil {
			t.Fatal(err)
		}
		server.running = started
	}
	return server.running.URL()
}

// Postgres is a store in a fresh schema, which is dropped when the test ends.
func Postgres(t testing.TB) *postgres.Store {
	t.Helper()
	store := Open(t, "test_"+strings.ReplaceAll(uuid.NewString(), "-", "_"))
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Drop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return store
}

// Open is a store in that schema, as it is.
func Open(t testing.TB, schema string) *postgres.Store {
	t.Helper()
	store, err := postgres.Open(t.Context(), DatabaseURL(t), schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store
}
