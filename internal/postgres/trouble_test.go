package postgres_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"lvyue/internal/postgres"
	"lvyue/internal/testkit"
)

func TestADatabaseThatIsDownSaysSo_AndKeepsItsSecret(t *testing.T) {
	t.Parallel()
	store, err := postgres.Open(t.Context(), "postgres://lvyue:hush@127.0.0.1:1/none?connect_timeout=2", "")
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	_, _, submitted := store.Submit(t.Context(), payment("1", "HT", "R"))
	_, viewed := store.View(t.Context(), "HT")
	_, counted := store.Calendar(t.Context())
	for _, err := range []error{submitted, viewed, counted, store.Ping(t.Context()), store.Migrate(t.Context()), store.Record(t.Context(), signed("HT"))} {
		wantFailure(t, err, "database_unreachable")
		wantNoSecret(t, err)
	}
}

func TestAWrongPasswordIsNotRepeated(t *testing.T) {
	t.Parallel()
	before, after, _ := strings.Cut(testkit.DatabaseURL(t), "@")
	user := before[:strings.LastIndex(before, ":")]
	store, err := postgres.Open(t.Context(), user+":hush@"+after, "")
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	err = store.Ping(t.Context())
	wantFailure(t, err, "database_unreachable")
	wantNoSecret(t, err)
}

func TestAnAddressThatIsNoneIsNotRepeated(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"postgres://lvyue:hush@[::bad/none", "postgres://lvyue:hush@h:port/d", "postgres://lvyue:hush@h/d?sslmode=hush",
		"password=hush host", "user=lvyue password='hush", "postgres://lvyue:hu%sh@h/d",
	} {
		_, err := postgres.Open(t.Context(), url, "")
		wantFailure(t, err, "bad_database_url")
		wantNoSecret(t, err)
	}
}

// wantNoSecret looks through the whole chain of causes, as a log would print it.
func wantNoSecret(t *testing.T, err error) {
	t.Helper()
	for ; err != nil; err = errors.Unwrap(err) {
		if text := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(text, "hush") {
			t.Errorf("the secret is in %s", text)
		}
	}
}

func TestAConnectionThatBreaksHalfWayIsReported_AndTheNextOneWorks(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	tx, err := superuser(t, store).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "UPDATE contract_head SET acts = acts"); err != nil {
		t.Fatal(err)
	}
	broke := make(chan error)
	go func() {
		_, _, err := store.Submit(t.Context(), payment("1", number, "R"))
		broke <- err
	}()
	until(t, store, `SELECT count(pg_terminate_backend(pid)) > 0
		FROM pg_stat_activity
		WHERE $1 = ANY(pg_blocking_pids(pid))`, tx.Conn().PgConn().PID())
	wantFailure(t, <-broke, "database_interrupted")
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if act := submit(t, store, payment("1", number, "R")); act.Seq != 1 {
		t.Errorf("stored as %d", act.Seq)
	}
	if _, err := store.Unapplied(t.Context(), number, 0, 0, time.Time{}, 100); err != nil {
		t.Error(err)
	}
}
