package postgres_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"lvyue/internal/testkit"
)

// An owner who may not make roles gets the views for the product, and is told; finance's role can come later.
func TestAnOwnerWhoMayNotMakeRolesMigratesWithoutFinance(t *testing.T) {
	t.Parallel()
	testkit.Postgres(t) // the role of the product is there
	migration, err := os.ReadFile("migrations/005_questions.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, grants, found := strings.Cut(string(migration), "-- Finance's own tools work")
	if !found {
		t.Fatal("the migration does not end with its grants")
	}
	name := strings.ReplaceAll(uuid.NewString(), "-", "")
	grants = "--" + strings.ReplaceAll(grants, "lvyue_finance", "finance_"+name)
	owner := "test_owner_" + name
	ctx := context.WithoutCancel(t.Context())
	config, err := pgx.ParseConfig(testkit.DatabaseURL(t))
	if err != nil {
		t.Fatal(err)
	}
	var notices []string
	config.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) { notices = append(notices, n.Message) }
	c, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := c.Exec(ctx, "RESET ROLE; DROP OWNED BY "+owner+" CASCADE; DROP ROLE "+owner); err != nil {
			t.Error(err)
		}
		c.Close(ctx)
	})
	for _, sql := range []string{
		"CREATE ROLE " + owner, "CREATE SCHEMA " + owner + " AUTHORIZATION " + owner, "SET ROLE " + owner,
		"SET search_path = " + owner, "CREATE VIEW books_x AS SELECT 1 AS n", "CREATE VIEW other AS SELECT 1 AS n", grants,
	} {
		if _, err := c.Exec(ctx, sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	var product, beside bool
	err = c.QueryRow(ctx, "SELECT has_table_privilege('lvyue_app', 'books_x', 'SELECT'), has_table_privilege('lvyue_app', 'other', 'SELECT')").
		Scan(&product, &beside)
	if err != nil || !product || beside {
		t.Errorf("the product reads books_x: %t, other: %t (%v)", product, beside, err)
	}
	if len(notices) != 1 || !strings.Contains(notices[0], "finance_"+name) {
		t.Errorf("notices: %q", notices)
	}
}
