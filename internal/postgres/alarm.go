package postgres

import (
	"context"
	_ "embed" // the statements
	"time"

	"github.com/jackc/pgx/v5"
)

//go:embed query/alarm.sql
var selectAlarm string

// Alarm is what whoever reads the books must know beside the figures. Failed is how many invariants the last nightly
// audit, at Audited, found broken; Unbooked is how many contracts have a step that the books refused and nothing has
// made good since.
type Alarm struct {
	Audited  time.Time
	Failed   int
	Unbooked int
}

// Alarm says whether the books can be trusted as far as is known; all zero if they can.
func (s *Store) Alarm(ctx context.Context) (Alarm, error) {
	var a Alarm
	err := s.look(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, selectAlarm).Scan(&a.Audited, &a.Failed, &a.Unbooked)
	})
	return a, trouble("ask whether the books hold", err)
}
