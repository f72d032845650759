package postgres

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/failure"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed query/lock_migrations.sql
var lockMigrations string

//go:embed query/role.sql
var createRole string

//go:embed query/versions.sql
var createVersions string

// Migrate makes the schema, the role and the tables, as far as they are missing, in one transaction. Any number
// of processes may do so at once, and it may be repeated. A schema that a newer program has migrated is the
// failure "database_newer", since this one might misread it.
func (s *Store) Migrate(ctx context.Context) error {
	err := s.asOwner(ctx, func(conn *pgx.Conn) error {
		return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return s.migrate(ctx, tx) })
	})
	return trouble("migrate schema "+s.schema, err)
}

// OpenReady is Open and Migrate: a store with all its tables.
func OpenReady(ctx context.Context, url, schema string) (*Store, error) {
	s, err := Open(ctx, url, schema)
	if err != nil {
		return nil, err
	}
	if err := s.Migrate(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Store) migrate(ctx context.Context, tx pgx.Tx) error {
	for _, sql := range []string{lockMigrations, createRole} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("prepare: %w", err)
		}
	}
	if err := s.createSchema(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, createVersions); err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	rows, err := tx.Query(ctx, "SELECT name FROM migration")
	if err != nil {
		return fmt.Errorf("list what was applied: %w", err)
	}
	applied, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("list what was applied: %w", err)
	}
	return apply(ctx, tx, applied)
}

// createSchema makes the schema. It looks first, since IF NOT EXISTS wants the right to create even where there is
// nothing to create.
func (s *Store) createSchema(ctx context.Context, tx pgx.Tx) error {
	name := pgx.Identifier{s.schema}.Sanitize()
	var exists bool
	if err := tx.QueryRow(ctx, "SELECT to_regnamespace($1) IS NOT NULL", name).Scan(&exists); err != nil {
		return fmt.Errorf("look for the schema: %w", err)
	}
	sql := "GRANT USAGE ON SCHEMA " + name + " TO " + appRole
	if !exists {
		sql = "CREATE SCHEMA " + name + ";" + sql
	}
	if _, err := tx.Exec(ctx, sql); err != nil {
		return fmt.Errorf("make the schema: %w", err)
	}
	return nil
}

// apply runs what is not applied yet, in the order of the names.
func apply(ctx context.Context, tx pgx.Tx, applied []string) error {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	for _, name := range applied {
		if !slices.Contains(files, name) {
			return failure.New("database_newer", nil,
				"数据库由更新版本的程序建立（"+name+"）；请升级本程序",
				"a newer program has made this database ("+name+"); upgrade this one")
		}
	}
	for _, name := range files {
		if slices.Contains(applied, name) {
			continue
		}
		if err := applyFile(ctx, tx, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func applyFile(ctx context.Context, tx pgx.Tx, name string) error {
	sql, err := migrations.ReadFile(name)
	if err != nil {
		return err //nolint:wrapcheck // apply names the file
	}
	if _, err := tx.Exec(ctx, string(sql)); err != nil {
		return err //nolint:wrapcheck // apply names the file
	}
	_, err = tx.Exec(ctx, "INSERT INTO migration (name) VALUES ($1)", name)
	return err //nolint:wrapcheck // apply names the file
}

// Drop deletes the schema of a rehearsal or a test with all that is in it; one that is gone already is fine. It
// refuses the schema of production, and one that Migrate did not make, as the failure "not_scratch".
func (s *Store) Drop(ctx context.Context) error {
	err := s.asOwner(ctx, func(conn *pgx.Conn) error {
		var exists, ours bool
		err := conn.QueryRow(ctx,
			"SELECT to_regnamespace($1) IS NOT NULL, to_regclass($1 || '.contract_event') IS NOT NULL",
			pgx.Identifier{s.schema}.Sanitize()).Scan(&exists, &ours)
		if err != nil {
			return fmt.Errorf("look at it: %w", err)
		}
		if s.schema == Production || (exists && !ours) {
			return notScratch(s.schema)
		}
		_, err = conn.Exec(ctx, "DROP SCHEMA IF EXISTS "+pgx.Identifier{s.schema}.Sanitize()+" CASCADE")
		return err //nolint:wrapcheck // trouble names the attempt
	})
	return trouble("drop schema "+s.schema, err)
}

func notScratch(schema string) error {
	return failure.New("not_scratch", nil,
		fmt.Sprintf("模式 %s 不是临时模式，不能删除", schema),
		fmt.Sprintf("schema %s is not a scratch schema; it is not deleted", schema))
}
