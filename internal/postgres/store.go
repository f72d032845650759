// Package postgres keeps what must not be lost: the acts of people, the evidence of what followed, the notices
// of the State Council, and the read tables that are folded from the evidence.
package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvyue/internal/failure"
	"lvyue/internal/workday"
)

// DefaultSchema is that of production.
const DefaultSchema = "lvyue"

// role is what the application may do; it owns nothing.
const role = "lvyue_app"

// Store is one schema of one database. It is safe for concurrent use.
type Store struct {
	pool     *pgxpool.Pool
	owner    *pgx.ConnConfig
	schema   string
	calendar cachedCalendar
}

// Open connects lazily to the database at url, a PostgreSQL 15 or later, and works in schema; "" is
// DefaultSchema. A url that cannot be read is an error that does not repeat it, since it holds a password.
func Open(_ context.Context, url, schema string) (*Store, error) {
	if schema == "" {
		schema = DefaultSchema
	}
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, failure.New("bad_database_url", nil,
			"DATABASE_URL 无法解析，应为 postgres://用户:口令@主机:端口/库名。",
			"DATABASE_URL cannot be read; it should look like postgres://user:password@host:port/database")
	}
	owner := config.ConnConfig.Copy()
	config.ConnConfig.RuntimeParams["search_path"] = pgx.Identifier{schema}.Sanitize()
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error { return becomeApplication(ctx, c) }
	pool, err := pgxpool.NewWithConfig(context.WithoutCancel(context.Background()), config)
	if err != nil {
		return nil, unavailable(err)
	}
	return &Store{pool: pool, owner: owner, schema: schema, calendar: cachedCalendar{calendar: workday.Embedded()}}, nil
}

// becomeApplication gives up what the application does not need, once the role exists.
func becomeApplication(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "SET ROLE "+role)
	var refused *pgconn.PgError
	if errors.As(err, &refused) && (refused.Code == "22023" || refused.Code == "42704") { // no such role yet
		return nil
	}
	return err
}

// Close lets all connections go.
func (s *Store) Close() { s.pool.Close() }

// Schema is where this store works.
func (s *Store) Schema() string { return s.schema }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.pool.Ping(ctx); err != nil {
		return unavailable(err)
	}
	return nil
}

// inTx does work in one transaction, whole or not at all.
func (s *Store) inTx(ctx context.Context, doing string, work func(pgx.Tx) error) error {
	err := pgx.BeginFunc(ctx, s.pool, work)
	if err != nil {
		return explain(doing, err)
	}
	return nil
}

// explain says what was being done, and tells a database that is away from one that refuses.
func explain(doing string, err error) error {
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) || pgconn.SafeToRetry(err) {
		return unavailable(err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func unavailable(err error) error {
	return failure.New("database_unavailable", err,
		"数据库没有应答，未作任何变更；请稍后重试，或检查 DATABASE_URL。",
		"the database does not answer; nothing was changed. Try again, or check DATABASE_URL")
}
