package postgres

import (
	"context"
	_ "embed" // the statements
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/backup"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/workday"
)

//go:embed query/offsite_standings.sql
var selectOffsiteStandings string

//go:embed query/offsite_copies.sql
var selectOffsiteCopies string

//go:embed query/insert_offsite_copy.sql
var insertOffsiteCopy string

//go:embed query/end_offsite_copies.sql
var endOffsiteCopies string

//go:embed query/insert_offsite_drill.sql
var insertOffsiteDrill string

//go:embed query/insert_offsite_gap.sql
var insertOffsiteGap string

//go:embed query/insert_offsite_reading.sql
var insertOffsiteReading string

// offsiteRow is a contract with its newest good copy and its last drill, which may be NULL.
type offsiteRow struct {
	Number      string
	Phase       message.Phase
	Start       workday.Date
	Day         workday.Date
	TakenAt     time.Time
	VerifiedAt  time.Time
	Bytes       *int64
	Objects     *int
	SHA256      *string
	Key         *string
	Copies      int
	DrillDay    workday.Date
	DrilledAt   time.Time
	IntoSystem  *string
	RowCount    *int64
	FileCount   *int64
	Differences []backup.Difference
	Resources   []hosting.Resource
}

func (r offsiteRow) standing() backup.Standing {
	s := backup.Standing{Contract: r.Number, Phase: r.Phase, Since: r.Start.Start(), Copies: r.Copies, Door: backup.Door(r.Resources)}
	if !r.Day.IsZero() {
		s.Newest = &backup.Copy{
			Contract: r.Number, Day: r.Day, TakenAt: r.TakenAt, VerifiedAt: r.VerifiedAt, Bytes: *r.Bytes, Objects: *r.Objects,
			SHA256: *r.SHA256, Key: *r.Key,
		}
	}
	if !r.DrilledAt.IsZero() {
		s.Drilled = &backup.Drill{
			Contract: r.Number, Day: r.DrillDay, At: r.DrilledAt, Into: *r.IntoSystem, Rows: *r.RowCount, Files: *r.FileCount,
			Differences: r.Differences,
		}
	}
	return s
}

// OffsiteStanding tells how a contract stands with its copies outside the cloud (§3.9). Without a contract it is the refusal
// "unknown_contract".
func (s *Store) OffsiteStanding(ctx context.Context, contract string) (backup.Standing, error) {
	found, err := s.offsiteStandings(ctx, pgx.StrictNamedArgs{"number": contract, "after": "", "most": 1})
	if err == nil && len(found) == 0 {
		return backup.Standing{}, unknownContract(contract)
	}
	if err != nil {
		return backup.Standing{}, err
	}
	return found[0], nil
}

// OffsiteStandings tells it of the next contracts after one in the order of their numbers, at most so many: those in service,
// and those that still have a copy.
func (s *Store) OffsiteStandings(ctx context.Context, after string, most int) ([]backup.Standing, error) {
	return s.offsiteStandings(ctx, pgx.StrictNamedArgs{"number": "", "after": after, "most": most})
}

func (s *Store) offsiteStandings(ctx context.Context, which pgx.StrictNamedArgs) ([]backup.Standing, error) {
	rows, err := collect(ctx, s.pool, selectOffsiteStandings, which, pgx.RowToStructByName[offsiteRow])
	all := make([]backup.Standing, len(rows))
	for i, r := range rows {
		all[i] = r.standing()
	}
	return all, trouble("ask how contracts stand with their off-site copies", err)
}

// OffsiteCopies are a contract's good copies, oldest first.
func (s *Store) OffsiteCopies(ctx context.Context, contract string) ([]backup.Copy, error) {
	copies, err := collect(ctx, s.pool, selectOffsiteCopies, of(contract), pgx.RowToStructByName[backup.Copy])
	return copies, trouble("list the off-site copies of "+contract, err)
}

// KeepOffsiteCopy keeps what is known of a copy. The first of a day counts.
func (s *Store) KeepOffsiteCopy(ctx context.Context, c backup.Copy) error {
	_, err := s.pool.Exec(ctx, insertOffsiteCopy, named(c))
	return trouble("keep an off-site copy of "+c.Contract, err)
}

// EndOffsiteCopy tells that a copy is good no more, and why: backup.Retention, backup.Damaged.
func (s *Store) EndOffsiteCopy(ctx context.Context, contract string, day workday.Date, why string, at time.Time) error {
	_, err := s.pool.Exec(ctx, endOffsiteCopies, pgx.StrictNamedArgs{"contract": contract, "day": day, "why": why, "at": at})
	return trouble("end an off-site copy of "+contract, err)
}

// EndOffsiteCopies tells that all copies of a contract are destroyed (§7.2).
func (s *Store) EndOffsiteCopies(ctx context.Context, contract string, at time.Time) error {
	return s.EndOffsiteCopy(ctx, contract, workday.Date{}, backup.Destroyed, at)
}

// KeepOffsiteDrill keeps a drill.
func (s *Store) KeepOffsiteDrill(ctx context.Context, d backup.Drill) error {
	differences, err := json.Marshal(append([]backup.Difference{}, d.Differences...))
	if err != nil {
		return fmt.Errorf("keep a drill of %s: %w", d.Contract, err)
	}
	_, err = s.pool.Exec(ctx, insertOffsiteDrill, pgx.StrictNamedArgs{
		"contract": d.Contract, "day": d.Day, "at": d.At, "into": d.Into, "rows": d.Rows, "files": d.Files,
		"differences": differences,
	})
	return trouble("keep a drill of "+d.Contract, err)
}

// KeepOffsiteGap keeps that a gap was found, once for each newest copy, and tells whether this one is new.
func (s *Store) KeepOffsiteGap(ctx context.Context, g backup.Gap, at time.Time) (bool, error) {
	done, err := s.pool.Exec(ctx, insertOffsiteGap, pgx.StrictNamedArgs{"contract": g.Contract, "since": g.Since, "at": at})
	return done.RowsAffected() > 0, trouble("keep a gap of "+g.Contract, err)
}

// NoteOffsiteReading notes who is about to read a copy, and where its plain text will be (§7.1).
func (s *Store) NoteOffsiteReading(ctx context.Context, contract string, day workday.Date, by, into string) error {
	_, err := s.pool.Exec(ctx, insertOffsiteReading, pgx.StrictNamedArgs{"contract": contract, "day": day, "by": by, "into": into})
	return trouble("note who reads a copy of "+contract, err)
}
