package postgres

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvyue/internal/failure"
)

// Production is the schema of the engine that performs real contracts.
const Production = "lvyue"

// appRole is the role that the product works as.
const appRole = "lvyue_app"

// longestName is what PostgreSQL keeps of a name, in bytes; it would cut a longer one without a word.
const longestName = 63

// Store is the database of one engine. Any number of goroutines and processes may use it at once.
type Store struct {
	pool     *pgxpool.Pool
	schema   string
	owner    *pgx.ConnConfig
	notices  sync.Mutex
	calendar learned
}

// Open prepares connections to the schema; empty means Production. It connects when the first query asks for it,
// so the server may come up later; the schema is made by Migrate. It fails as "bad_database_url" for an address
// that is none, and as "bad_schema" for a name that a schema of ours cannot have. No error text holds the password.
//
// Whatever is asked of a Store fails as "database_unreachable" when the server does not answer, and as
// "database_not_ready" before Migrate.
func Open(ctx context.Context, url, schema string) (*Store, error) {
	if schema == "" {
		schema = Production
	}
	if err := checkSchema(schema); err != nil {
		return nil, err
	}
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		// The cause quotes the address, so it stays out.
		return nil, failure.New("bad_database_url", nil,
			"数据库地址无法识别；请检查 DATABASE_URL，例如 postgres://user@host:5432/lvyue",
			"the address of the database cannot be read; check DATABASE_URL, such as postgres://user@host:5432/lvyue")
	}
	s := &Store{schema: schema, owner: ownerConfig(config.ConnConfig, schema)}
	workAsApp(config, schema)
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, trouble("prepare connections", err)
	}
	return s, nil
}

// Close ends all connections, after the queries that are under way.
func (s *Store) Close() { s.pool.Close() }

// Schema is the name of the schema.
func (s *Store) Schema() string { return s.schema }

// Ping tells whether the database answers and the schema is ready for use.
func (s *Store) Ping(ctx context.Context) error {
	_, err := s.pool.Exec(ctx, "SELECT FROM contract_head LIMIT 1")
	return trouble("look at the database", err)
}

// checkSchema keeps us out of schemas that belong to PostgreSQL or to everybody.
func checkSchema(name string) error {
	reserved := name == "public" || name == "information_schema" || strings.HasPrefix(name, "pg_")
	if reserved || len(name) > longestName || strings.ContainsRune(name, 0) {
		return failure.New("bad_schema", nil,
			fmt.Sprintf("不能使用模式名 %q", name), fmt.Sprintf("the schema cannot be called %q", name))
	}
	return nil
}

// ownerConfig is for migrations. pg_temp comes last, so that no temporary table can stand before one of ours.
func ownerConfig(c *pgx.ConnConfig, schema string) *pgx.ConnConfig {
	c = c.Copy()
	c.RuntimeParams["application_name"] = "lvyue"
	c.RuntimeParams["search_path"] = pgx.Identifier{schema}.Sanitize() + ", pg_temp"
	return c
}

// workAsApp makes every connection of the pool start as the role of the product, so that even RESET ROLE leads
// back to it, and knows our types.
func workAsApp(c *pgxpool.Config, schema string) {
	c.ConnConfig = ownerConfig(c.ConnConfig, schema)
	c.ConnConfig.RuntimeParams["role"] = appRole
	c.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		learnTypes(conn.TypeMap())
		return nil
	}
}

// asOwner lends one connection that is not bound to the role of the product.
func (s *Store) asOwner(ctx context.Context, use func(*pgx.Conn) error) error {
	conn, err := pgx.ConnectConfig(ctx, s.owner)
	if err != nil {
		return err //nolint:wrapcheck // the caller says what for
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return use(conn)
}
