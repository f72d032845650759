package postgres

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/ledger"
	"lvyue/internal/refusal"
)

//go:embed audit/*.sql
var auditFiles embed.FS

// mostRows is how many rows of a broken invariant are shown.
const mostRows = 100

// Invariant is one statement that finds what must not be: no row means that it holds. The file's first line names it in
// English, the second in Chinese.
type Invariant struct {
	Name     string
	Sentence refusal.Text
	SQL      string
}

// Invariants are all invariants of the books, in order of their names.
func Invariants() ([]Invariant, error) {
	files, err := fs.Glob(auditFiles, "audit/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list the invariants: %w", err)
	}
	all := make([]Invariant, len(files))
	for i, file := range files {
		text, err := auditFiles.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", file, err)
		}
		en, rest, _ := strings.Cut(string(text), "\n")
		zh, sql, _ := strings.Cut(rest, "\n")
		all[i] = Invariant{
			Name: strings.TrimSuffix(path.Base(file), ".sql"), SQL: sql,
			Sentence: refusal.Text{ZH: strings.TrimPrefix(zh, "-- "), EN: strings.TrimPrefix(en, "-- ")},
		}
	}
	return all, nil
}

// Audit checks every invariant of the books on one state of the database, and gives those that do not hold.
func (s *Store) Audit(ctx context.Context) (checked int, found []ledger.Finding, err error) {
	all, err := Invariants()
	if err != nil {
		return 0, nil, err
	}
	if err := s.LayOutCalendar(ctx); err != nil {
		return 0, nil, err
	}
	err = s.look(ctx, func(tx pgx.Tx) error {
		for _, i := range all {
			finding, err := i.check(ctx, tx)
			if err != nil {
				return fmt.Errorf("%s: %w", i.Name, err)
			}
			if finding.Count > 0 {
				found = append(found, finding)
			}
		}
		return nil
	})
	return len(all), found, trouble("audit the books", err)
}

// check runs the statement. All rows are counted, the first ones kept.
func (i Invariant) check(ctx context.Context, tx pgx.Tx) (ledger.Finding, error) {
	f := ledger.Finding{Invariant: i.Name, Sentence: i.Sentence, Rows: []map[string]any{}}
	sql := "SELECT to_jsonb(broken) FROM (" + strings.TrimSuffix(strings.TrimSpace(i.SQL), ";") + ") AS broken"
	rows, err := tx.Query(ctx, sql)
	if err != nil {
		return f, fmt.Errorf("query: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		f.Count++
		if f.Count > mostRows {
			continue
		}
		var text []byte
		if err := rows.Scan(&text); err != nil {
			return f, fmt.Errorf("read a row: %w", err)
		}
		var row map[string]any
		if err := json.Unmarshal(text, &row); err != nil {
			return f, fmt.Errorf("read a row: %w", err)
		}
		f.Rows = append(f.Rows, row)
	}
	return f, rows.Err()
}

// NightlyAudit is Audit with its result kept.
func (s *Store) NightlyAudit(ctx context.Context) ([]ledger.Finding, error) {
	checked, found, err := s.Audit(ctx)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = f.Invariant
	}
	_, err = s.pool.Exec(ctx, "INSERT INTO audit_run (checks, failed) VALUES ($1, $2)", checked, names)
	return found, trouble("keep the audit", err)
}
