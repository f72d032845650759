package testkit_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

//nolint:paralleltest // the schemas are looked for afterwards
func TestPostgresGivesEveryTestASchemaOfItsOwn_AndTakesItBack(t *testing.T) {
	var schemas []string
	for range 2 {
		t.Run("a test", func(t *testing.T) {
			store := testkit.Postgres(t)
			if err := store.Ping(t.Context()); err != nil {
				t.Fatal(err)
			}
			schemas = append(schemas, store.Schema())
		})
	}
	if len(schemas) != 2 || schemas[0] == schemas[1] {
		t.Fatalf("schemas %q", schemas)
	}
	c, err := pgx.Connect(t.Context(), testkit.DatabaseURL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	var left int
	err = c.QueryRow(t.Context(), "SELECT count(*) FROM pg_namespace WHERE nspname = ANY($1)", schemas).Scan(&left)
	if err != nil || left != 0 {
		t.Errorf("%d schemas are left (%v)", left, err)
	}
}
