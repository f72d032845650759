package postgres

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/failure"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the schema to this program's version: every file of migrations/ that was not applied yet, in
// order, each whole or not at all. Workers and rehearsals may do it at the same time.
func (s *Store) Migrate(ctx context.Context) error {
	err := s.asOwner(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('lvyue migrations'))`); err != nil {
			return err
		}
		if err := s.prepare(ctx, tx); err != nil {
			return err
		}
		files, err := fs.Glob(migrations, "migrations/*.sql")
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := apply(ctx, tx, file); err != nil {
				return err
			}
		}
		return s.grant(ctx, tx)
	})
	if err != nil {
		return explain("bring the database up to date", err)
	}
	s.pool.Reset() // connections opened before the role existed
	return nil
}

func (s *Store) prepare(ctx context.Context, tx pgx.Tx) error {
	schema := pgx.Identifier{s.schema}.Sanitize()
	_, err := tx.Exec(ctx, `
		CREATE SCHEMA IF NOT EXISTS `+schema+`;
		SET LOCAL search_path = `+schema+`;
		CREATE TABLE IF NOT EXISTS migration (file text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
		DO $$ BEGIN
			CREATE ROLE `+role+` NOLOGIN;
		EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
		END $$;
		GRANT `+role+` TO CURRENT_USER`)
	return err
}

func apply(ctx context.Context, tx pgx.Tx, file string) error {
	tag, err := tx.Exec(ctx, `INSERT INTO migration (file) VALUES ($1) ON CONFLICT DO NOTHING`, file)
	if err != nil || tag.RowsAffected() == 0 {
		return err
	}
	script, err := migrations.ReadFile(file)
	if err != nil {
		return err
	}
	if _, err = tx.Exec(ctx, string(script)); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// grant gives the application what it needs and no more.
func (s *Store) grant(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `
		GRANT USAGE ON SCHEMA `+pgx.Identifier{s.schema}.Sanitize()+` TO `+role+`;
		GRANT SELECT, INSERT ON form, inbox, contract_event, calendar_notice TO `+role+`;
		GRANT UPDATE (acts) ON form TO `+role+`;
		GRANT UPDATE (answer, answered_at) ON inbox TO `+role+`;
		GRANT SELECT, INSERT, UPDATE ON chain TO `+role+`;
		GRANT SELECT, INSERT, UPDATE, DELETE ON contract, obligation, service_year, receipt, notice TO `+role)
	return err
}

// Drop deletes a scratch schema and all that is in it. The schema of production is refused.
func (s *Store) Drop(ctx context.Context) error {
	if s.schema == DefaultSchema {
		return failure.New("production_schema", nil,
			"正式数据不可删除。", "the schema of production is never dropped")
	}
	err := s.asOwner(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `DROP SCHEMA IF EXISTS `+pgx.Identifier{s.schema}.Sanitize()+` CASCADE`)
		return err
	})
	if err != nil {
		return explain("drop the scratch schema", err)
	}
	return nil
}

// asOwner works with the rights of the login itself.
func (s *Store) asOwner(ctx context.Context, work func(pgx.Tx) error) error {
	c, err := pgx.ConnectConfig(ctx, s.owner)
	if err != nil {
		return unavailable(err)
	}
	defer c.Close(context.WithoutCancel(ctx)) //nolint:errcheck // nothing is left to lose
	return pgx.BeginFunc(ctx, c, work)
}
