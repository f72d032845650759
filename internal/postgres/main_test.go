package postgres_test

import (
	"context"
	"encoding/json"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/contract"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// example is the form of the first contract.
func example(t *testing.T) contract.Form {
	t.Helper()
	data, err := os.ReadFile("../../examples/first-contract/first-contract.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f, err := contract.ParseForm(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// registered is a store that knows the example's form. What is recorded in it need not be what a workflow would, so
// nothing is asked of its books.
func registered(t *testing.T) (*postgres.Store, string) {
	t.Helper()
	return knowing(t, testkit.Spoiled(t))
}

// booked is a store that knows the example's form, and whose books must hold in the end.
func booked(t *testing.T) (*postgres.Store, string) {
	t.Helper()
	return knowing(t, testkit.Postgres(t))
}

func knowing(t *testing.T, store *postgres.Store) (*postgres.Store, string) {
	t.Helper()
	form := example(t)
	register(t, store, form.Number)
	return store, form.Number
}

// register registers the example's form under a number.
func register(t *testing.T, store *postgres.Store, number string) {
	t.Helper()
	form := example(t)
	form.Number = number
	if err := store.RegisterForm(t.Context(), form); err != nil {
		t.Fatal(err)
	}
}

// superuser is a connection that goes behind the store's back.
func superuser(t *testing.T, store *postgres.Store) *pgx.Conn {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	c, err := pgx.Connect(ctx, testkit.DatabaseURL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	if _, err := c.Exec(ctx, "SET search_path = "+pgx.Identifier{store.Schema()}.Sanitize()); err != nil {
		t.Fatal(err)
	}
	return c
}

func asSuperuser(t *testing.T, store *postgres.Store, statements string) error {
	t.Helper()
	_, err := superuser(t, store).Exec(t.Context(), statements)
	return err
}

// ask gives the first column of the first row.
func ask[T any](t *testing.T, store *postgres.Store, sql string, args ...any) T {
	t.Helper()
	var answer T
	if err := superuser(t, store).QueryRow(t.Context(), sql, args...).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return answer
}

// until asks again and again, on one connection, until the answer is true.
func until(t *testing.T, store *postgres.Store, sql string, args ...any) {
	t.Helper()
	c := superuser(t, store)
	for yes := false; !yes; {
		if err := c.QueryRow(t.Context(), sql, args...).Scan(&yes); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
}

// text is a value in JSON.
func text(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if no, ok := refusal.As(err); !ok || no.Code != code || no.ZH == "" || no.EN == "" {
		t.Errorf("got %v, want the refusal %s in two languages", err, code)
	}
}
