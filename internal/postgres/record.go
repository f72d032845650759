package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/evidence"
	"lvyue/internal/message"
)

//go:embed query/known_keys.sql
var selectKnownKeys string

//go:embed query/insert_event.sql
var insertEvent string

//go:embed query/move_head.sql
var moveHead string

// Record stores one step of a contract, whole or not at all: its events at the end of the chain, what they change
// in the read tables and in the books, and the answer to the act that caused them. An event whose key stands already is left as it
// is and changes nothing, and so is an answer that stands; so a step may be recorded any number of times, and by
// many at once. A contract without a form is the refusal "unknown_contract".
func (s *Store) Record(ctx context.Context, r message.Record) error {
	return s.recordIf(ctx, r, func(head) bool { return true })
}

// recordIf records if the chain, which nobody else extends meanwhile, is as wanted.
func (s *Store) recordIf(ctx context.Context, r message.Record, wanted func(head) bool) error {
	err := s.change(ctx, func(tx pgx.Tx) error {
		end, err := locked(ctx, tx, r.Contract)
		if err != nil {
			return err
		}
		if !wanted(end) {
			return ErrMovedOn
		}
		fresh, err := unrecorded(ctx, tx, r)
		if err != nil {
			return err
		}
		batch := &pgx.Batch{}
		added, err := extend(batch, r.Contract, end, fresh)
		if err != nil {
			return err
		}
		if r.ActID != "" && r.Answer != nil {
			batch.Queue(setAnswer, pgx.StrictNamedArgs{"id": r.ActID, "contract": r.Contract, "answer": *r.Answer})
		}
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return fmt.Errorf("write the events: %w", err)
		}
		for _, t := range added {
			if err := book(ctx, tx, r.Contract, t); err != nil {
				return fmt.Errorf("book event %d: %w", t.seq, err)
			}
		}
		return nil
	})
	return trouble("record "+r.Contract, err)
}

// unrecorded are the events whose keys do not stand yet, each once.
func unrecorded(ctx context.Context, tx pgx.Tx, r message.Record) ([]message.Event, error) {
	keys := make([]string, len(r.Events))
	for i, e := range r.Events {
		keys[i] = e.Key
	}
	known, err := collect(ctx, tx, selectKnownKeys, pgx.StrictNamedArgs{"contract": r.Contract, "keys": keys},
		pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	stands := make(map[string]bool, len(known))
	for _, key := range known {
		stands[key] = true
	}
	var fresh []message.Event
	for _, e := range r.Events {
		if !stands[e.Key] {
			stands[e.Key] = true
			fresh = append(fresh, e)
		}
	}
	return fresh, nil
}

// extend appends events to the chain and folds them. What is folded is what was sealed, as a rebuild reads it.
func extend(batch *pgx.Batch, number string, end head, events []message.Event) ([]told, error) {
	if len(events) == 0 {
		return nil, nil
	}
	var added []told
	for _, e := range events {
		text, err := sealed(e)
		if err != nil {
			return nil, err
		}
		prev := end.Hash
		end.Events, end.Hash = end.Events+1, evidence.Hash(prev, text)
		batch.Queue(insertEvent, pgx.StrictNamedArgs{
			"contract": number, "seq": end.Events, "event": text, "prev": prev, "hash": end.Hash,
		})
		if e, err = unsealed(text); err != nil {
			return nil, fmt.Errorf("event %s: %w", e.Key, err)
		}
		fold(batch, number, end.Events, e.Changed)
		added = append(added, told{Event: e, seq: end.Events})
	}
	batch.Queue(moveHead, pgx.StrictNamedArgs{"contract": number, "events": end.Events, "hash": end.Hash})
	return added, nil
}
