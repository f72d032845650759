package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

//go:embed query/insert_rota_entry.sql
var insertRotaEntry string

//go:embed query/insert_rota_override.sql
var insertRotaOverride string

//go:embed query/insert_rota_cancellation.sql
var insertRotaCancellation string

// Override puts a person on duty on a rotation for a time, and gives the override with its ID and At, which are the
// database's. What oncall.Rota.Admit finds wrong, against the rota and the server's clock, is refused as "bad_override".
func (s *Store) Override(ctx context.Context, o oncall.Override) (oncall.Override, error) {
	o.Swap = false
	entered, err := s.enter(ctx, func(rota oncall.Rota, now time.Time) ([]oncall.Override, error) {
		return []oncall.Override{o}, rota.Admit(o, now)
	})
	if err != nil {
		return oncall.Override{}, trouble("override "+o.Rotation, err)
	}
	return entered[0], nil
}

// Swap exchanges two turns of a rotation, both at once, and gives the two overrides. What oncall.Rota.Exchange finds wrong is
// refused as "bad_swap".
func (s *Store) Swap(ctx context.Context, swap oncall.Swap) ([]oncall.Override, error) {
	entered, err := s.enter(ctx, func(rota oncall.Rota, now time.Time) ([]oncall.Override, error) {
		return rota.Exchange(swap, now)
	})
	return entered, trouble("swap turns of "+swap.Rotation, err)
}

// enter writes one entry with its overrides, which are made from the rota as it stands and the server's clock.
func (s *Store) enter(ctx context.Context, makes func(oncall.Rota, time.Time) ([]oncall.Override, error)) ([]oncall.Override, error) {
	var entered []oncall.Override
	err := s.change(ctx, func(tx pgx.Tx) error {
		if err := beAlone(ctx, tx, rotaLock+" "+s.schema); err != nil {
			return err
		}
		rota, now, err := rotaKnown(ctx, tx, time.Time{})
		if err != nil {
			return err
		}
		if entered, err = makes(rota, now); err != nil {
			return err
		}
		return writeEntry(ctx, tx, entered)
	})
	return entered, err
}

func writeEntry(ctx context.Context, tx pgx.Tx, all []oncall.Override) error {
	first := &all[0]
	err := tx.QueryRow(ctx, insertRotaEntry, pgx.StrictNamedArgs{
		"parts": len(all), "reason": strings.TrimSpace(first.Reason), "by": strings.TrimSpace(first.By),
	}).Scan(&first.ID, &first.At)
	if err != nil {
		return fmt.Errorf("write the entry: %w", err)
	}
	for i := range all {
		o := &all[i]
		o.ID, o.At = first.ID, first.At
		moment(&o.From, &o.To)
		if _, err := tx.Exec(ctx, insertRotaOverride, pgx.StrictNamedArgs{
			"entry": o.ID, "part": i + 1, "rotation": o.Rotation, "from": o.From, "to": o.To, "person": o.Person,
		}); err != nil {
			return fmt.Errorf("write an override: %w", err)
		}
	}
	return nil
}

// CancelOverride takes an override out of force from now on; of a swap, both. It is refused as "unknown_override" if there
// is none in force of that ID: never entered, cancelled, or over.
func (s *Store) CancelOverride(ctx context.Context, id int64, reason, by string) error {
	done, err := s.pool.Exec(ctx, insertRotaCancellation, pgx.StrictNamedArgs{
		"entry": id, "reason": strings.TrimSpace(reason), "by": strings.TrimSpace(by),
	})
	if err == nil && done.RowsAffected() == 0 {
		err = refusal.Rule("unknown_override", "4.1",
			fmt.Sprintf("没有第 %d 号有效的换班。", id), fmt.Sprintf("there is no override %d in force", id))
	}
	return trouble(fmt.Sprintf("cancel override %d", id), err)
}
