package postgres_test

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"lvyue/internal/failure"
	"lvyue/internal/postgres"
	"lvyue/internal/testkit"
)

func wantFailure(t *testing.T, err error, code string) {
	t.Helper()
	if f, ok := failure.As(err); !ok || f.Code != code || f.ZH == "" || f.EN == "" {
		t.Errorf("got %v, want the failure %s in two languages", err, code)
	}
}

func TestManyMigrateAtOnce_OneSchemaAndSeveral(t *testing.T) {
	t.Parallel()
	var everyone sync.WaitGroup
	for range 3 {
		schema := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "_")
		for range 4 {
			store := testkit.Open(t, schema)
			everyone.Go(func() {
				if err := store.Migrate(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		last := testkit.Open(t, schema)
		t.Cleanup(func() {
			if err := last.Drop(context.WithoutCancel(t.Context())); err != nil {
				t.Error(err)
			}
		})
	}
	everyone.Wait()
}

func TestMigratingAgainKeepsWhatIsThere(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if chain := verified(t, store, number); chain.Events != 6 || !chain.Verified {
		t.Errorf("the chain is %+v", chain)
	}
}

func TestANewerDatabaseIsLeftAlone(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	if err := asSuperuser(t, store, "INSERT INTO migration (name) VALUES ('migrations/999_later.sql')"); err != nil {
		t.Fatal(err)
	}
	wantFailure(t, store.Migrate(t.Context()), "database_newer")
}

// Branches number their migrations before they meet: one with a lower number than the last may come later.
func TestAMigrationThatComesLateIsApplied(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	if err := asSuperuser(t, store, "DROP TABLE work_progress; DELETE FROM migration WHERE name = 'migrations/008_progress.sql'"); err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := ask[int](t, store, "SELECT count(*) FROM work_progress"); n != 0 {
		t.Errorf("there are %d rows", n)
	}
}

func TestADatabaseWithoutTablesSaysSo(t *testing.T) {
	t.Parallel()
	testkit.Postgres(t) // the role is there, the schema is not
	store := testkit.Open(t, "test_"+strings.ReplaceAll(uuid.NewString(), "-", "_"))
	wantFailure(t, store.Ping(t.Context()), "database_not_ready")
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := store.Ping(t.Context()); err != nil {
		t.Error(err)
	}
	for range 2 { // the second time there is nothing to drop
		if err := store.Drop(t.Context()); err != nil {
			t.Error(err)
		}
	}
	wantFailure(t, store.Ping(t.Context()), "database_not_ready")
}

func TestOnlyAScratchSchemaOfOursIsDropped(t *testing.T) {
	t.Parallel()
	wantFailure(t, testkit.Open(t, "").Drop(t.Context()), "not_scratch")
	foreign := testkit.Open(t, "test_foreign_"+strings.ReplaceAll(uuid.NewString(), "-", ""))
	if err := asSuperuser(t, foreign, "CREATE SCHEMA "+foreign.Schema()+" CREATE TABLE theirs (n int)"); err != nil {
		t.Fatal(err)
	}
	wantFailure(t, foreign.Drop(t.Context()), "not_scratch")
	if err := asSuperuser(t, foreign, "DROP SCHEMA "+foreign.Schema()+" CASCADE"); err != nil {
		t.Fatal(err)
	}
}

func TestASchemaMustBeOneThatCanBeOurs(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"public", "information_schema", "pg_catalog", "pg_temp", strings.Repeat("x", 64), "x\x00y"} {
		_, err := postgres.Open(t.Context(), "postgres://h/d", name)
		wantFailure(t, err, "bad_schema")
	}
	for _, name := range []string{"", strings.Repeat("x", 63), `with "quotes"; $$ and spaces`} {
		store, err := postgres.Open(t.Context(), "postgres://h/d", name)
		if err != nil {
			t.Fatal(err)
		}
		if want := name; store.Schema() != want && name != "" {
			t.Errorf("schema %q, want %q", store.Schema(), want)
		}
		store.Close()
	}
}

func TestAnyNameOfASchemaIsQuoted(t *testing.T) {
	t.Parallel()
	store := testkit.Open(t, `test "quotes"; $do$ DROP `+uuid.NewString())
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	register(t, store, "HT-1")
	if err := store.Drop(t.Context()); err != nil {
		t.Error(err)
	}
}

// A managed PostgreSQL gives nobody a superuser: owning the schema and being in the role is enough.
func TestAnOwnerWithoutSuperpowersCanMigrateAndWork(t *testing.T) {
	t.Parallel()
	admin := testkit.Postgres(t) // the role is there
	owner := "test_owner_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if err := asSuperuser(t, admin, "CREATE ROLE "+owner+" LOGIN PASSWORD 'hush'; GRANT lvyue_app TO "+owner+";"+
		"CREATE SCHEMA "+owner+" AUTHORIZATION "+owner); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c := superuser(t, admin)
		if _, err := c.Exec(context.WithoutCancel(t.Context()), "DROP OWNED BY "+owner+" CASCADE; DROP ROLE "+owner); err != nil {
			t.Error(err)
		}
	})
	at, err := url.Parse(testkit.DatabaseURL(t))
	if err != nil {
		t.Fatal(err)
	}
	at.User = url.UserPassword(owner, "hush")
	store, err := postgres.Open(t.Context(), at.String(), owner)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	for range 2 {
		if err := store.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	register(t, store, "HT-1")
	submit(t, store, payment("1", "HT-1", "R"))
	record(t, store, signed("HT-1"))
	if n, err := store.Rebuild(t.Context()); err != nil || n != 1 {
		t.Errorf("rebuilt %d (%v)", n, err)
	}
}
