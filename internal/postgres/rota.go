package postgres

import (
	"context"
	_ "embed" // the statements
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

//go:embed query/rota.sql
var selectRota string

//go:embed query/rota_overrides.sql
var selectRotaOverrides string

//go:embed query/insert_rota.sql
var insertRota string

// rotaLock lets one change of the rota or its overrides after the other, so that each is checked against the last.
const rotaLock = "oncall rota"

// rotaRow is a version of the rota, and the server's clock as it was read.
type rotaRow struct {
	Version int64
	Rota    []byte
	SetBy   string
	SetAt   time.Time
	Now     time.Time
}

// Rota is who is on call, with the overrides in force (§4.1). Before anybody has set one it is the refusal "no_rota".
func (s *Store) Rota(ctx context.Context) (oncall.Rota, error) { return s.RotaAt(ctx, time.Time{}) }

// RotaAt is the rota with its overrides as it was known at an instant: what was set, entered or cancelled later does not
// count. The zero time, or one to come, is now.
func (s *Store) RotaAt(ctx context.Context, at time.Time) (oncall.Rota, error) {
	var rota oncall.Rota
	err := s.look(ctx, func(tx pgx.Tx) error {
		var err error
		rota, _, err = rotaKnown(ctx, tx, at)
		return err
	})
	return rota, trouble("read the rota", err)
}

// rotaKnown gives the server's clock too.
func rotaKnown(ctx context.Context, q querier, at time.Time) (oncall.Rota, time.Time, error) {
	known := pgx.StrictNamedArgs{"at": at}
	versions, err := collect(ctx, q, selectRota, known, pgx.RowToStructByName[rotaRow])
	if err != nil {
		return oncall.Rota{}, time.Time{}, err
	}
	if len(versions) == 0 {
		return oncall.Rota{}, time.Time{}, oncall.NoRota()
	}
	v := versions[0]
	rota := oncall.Rota{Version: v.Version, SetBy: v.SetBy, SetAt: v.SetAt}
	if err := json.Unmarshal(v.Rota, &rota); err != nil {
		return oncall.Rota{}, time.Time{}, fmt.Errorf("read version %d: %w", v.Version, err)
	}
	rota.Overrides, err = collect(ctx, q, selectRotaOverrides, known, pgx.RowToStructByName[oncall.Override])
	return rota, v.Now, err
}

// SetRota makes a rota rule from now on, and gives its version; the overrides in force stay. One that says the same as the
// last version is no new one: false, with that version. A rota that oncall.Rota.Check finds wrong is refused as "bad_form".
func (s *Store) SetRota(ctx context.Context, rota oncall.Rota, by string) (int64, bool, error) {
	if wrong := rota.Check(); len(wrong) > 0 {
		return 0, false, refusal.BadInput("bad_form", "值班表有误，请改正下列各项", "the rota has mistakes; correct these fields", wrong...)
	}
	data, err := json.Marshal(rota)
	if err != nil {
		return 0, false, fmt.Errorf("write the rota: %w", err)
	}
	var version int64
	var set bool
	err = s.change(ctx, func(tx pgx.Tx) error {
		last, err := s.lastRota(ctx, tx)
		if err != nil {
			return err
		}
		if version, set = last.Version, last.Version == 0 || !saysTheSame(last, data); !set {
			return nil
		}
		return tx.QueryRow(ctx, insertRota, pgx.StrictNamedArgs{"rota": data, "by": strings.TrimSpace(by)}).Scan(&version)
	})
	return version, set && err == nil, trouble("set the rota", err)
}

// lastRota is the newest version, under the lock; an empty one if there is none.
func (s *Store) lastRota(ctx context.Context, tx pgx.Tx) (oncall.Rota, error) {
	if err := beAlone(ctx, tx, rotaLock+" "+s.schema); err != nil {
		return oncall.Rota{}, err
	}
	last, _, err := rotaKnown(ctx, tx, time.Time{})
	return oncall.OrNobody(last, err)
}

func saysTheSame(last oncall.Rota, data []byte) bool {
	var next oncall.Rota
	if err := json.Unmarshal(data, &next); err != nil {
		return false
	}
	return reflect.DeepEqual(next.People, last.People) && reflect.DeepEqual(next.Rotations, last.Rotations) &&
		reflect.DeepEqual(next.Ladder, last.Ladder) && next.Policy == last.Policy
}
