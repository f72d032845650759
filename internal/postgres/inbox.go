package postgres

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// Submit stores an act before anything is done with it, and gives it its place: Seq, the moment of receipt (by
// the database's clock unless the act brings one) and how far the acts before it are answered. An id that is
// known gives the act as it stands, with its answer if it has one; under the same id another act is refused
// (id_used_otherwise), as is an act on a contract without a form (unknown_contract).
func (s *Store) Submit(ctx context.Context, a message.Act) (message.Act, *message.Answer, error) {
	var answer *message.Answer
	stored := a
	err := s.inTx(ctx, "store the act", func(tx pgx.Tx) error {
		acts, err := lockActs(ctx, tx, a.Contract)
		if err != nil {
			return err
		}
		if stored, answer, err = known(ctx, tx, a.ID); !errors.Is(err, pgx.ErrNoRows) {
			return sameAct(a, stored, err)
		}
		stored, answer = a, nil
		stored.Seq = acts + 1
		return insertAct(ctx, tx, &stored)
	})
	return stored, answer, err
}

// lockActs holds the contract's inbox: the order of Seq, of receipt and of commit is one.
func lockActs(ctx context.Context, tx pgx.Tx, contract string) (int64, error) {
	var acts int64
	err := tx.QueryRow(ctx, `SELECT acts FROM form WHERE contract = $1 FOR UPDATE`, contract).Scan(&acts)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, unknownContract(contract)
	}
	return acts, err
}

func insertAct(ctx context.Context, tx pgx.Tx, a *message.Act) error {
	var received *time.Time
	if !a.ReceivedAt.IsZero() {
		received = &a.ReceivedAt
	}
	err := tx.QueryRow(ctx, `
		INSERT INTO inbox (id, contract, seq, name, actor, received_at, body)
		VALUES ($1, $2, $3, $4, $5, coalesce($6, clock_timestamp()), $7) RETURNING received_at`,
		a.ID, a.Contract, a.Seq, a.Name, a.Actor, received, a.Body).Scan(&a.ReceivedAt)
	if err != nil {
		return err
	}
	a.ReceivedAt = a.ReceivedAt.In(workday.Shanghai)
	if a.Settled, err = settled(ctx, tx, *a); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE form SET acts = $2 WHERE contract = $1`, a.Contract, a.Seq)
	return err
}

// settled is the highest Seq up to which every act before this one is answered.
func settled(ctx context.Context, tx pgx.Tx, a message.Act) (int64, error) {
	var n int64
	err := tx.QueryRow(ctx, `
		SELECT coalesce(min(seq), $2) - 1 FROM inbox WHERE contract = $1 AND seq < $2 AND answer IS NULL`,
		a.Contract, a.Seq).Scan(&n)
	return n, err
}

const actColumns = `id, contract, seq, name, actor, received_at, body`

func scanAct(row pgx.Row, more ...any) (message.Act, error) {
	var a message.Act
	err := row.Scan(append([]any{&a.ID, &a.Contract, &a.Seq, &a.Name, &a.Actor, &a.ReceivedAt, &a.Body}, more...)...)
	a.ReceivedAt = a.ReceivedAt.In(workday.Shanghai)
	return a, err
}

func known(ctx context.Context, tx pgx.Tx, id string) (message.Act, *message.Answer, error) {
	var answer *message.Answer
	a, err := scanAct(tx.QueryRow(ctx, `SELECT `+actColumns+`, answer FROM inbox WHERE id = $1`, id), &answer)
	if err == nil {
		a.Settled, err = settled(ctx, tx, a)
	}
	return a, answer, err
}

func sameAct(a, stored message.Act, err error) error {
	if err != nil {
		return err
	}
	if a.Contract == stored.Contract && a.Name == stored.Name && bytes.Equal(plain(a.Body), plain(stored.Body)) {
		return nil
	}
	return refusal.Rule("id_used_otherwise", "",
		"该请求编号已用于另一项操作。", "this id was used for another act already")
}

// plain is JSON without its spelling: PostgreSQL keeps the meaning, not the bytes.
func plain(body []byte) []byte {
	var v any
	if json.Unmarshal(body, &v) != nil {
		return body
	}
	out, err := json.Marshal(v)
	if err != nil {
		return body
	}
	return out
}

// Unanswered gives the acts of a contract after a Seq and received before an instant (zero: all) that have no
// answer, in order.
func (s *Store) Unanswered(ctx context.Context, contract string, after int64, before time.Time) ([]message.Act, error) {
	var limit *time.Time
	if !before.IsZero() {
		limit = &before
	}
	return s.acts(ctx, `SELECT `+actColumns+` FROM inbox
		WHERE contract = $1 AND seq > $2 AND answer IS NULL AND ($3::timestamptz IS NULL OR received_at < $3)
		ORDER BY seq`, contract, after, limit)
}

// Overdue gives acts that have waited longer than age for their answer, in the order of each contract.
func (s *Store) Overdue(ctx context.Context, age time.Duration, limit int) ([]message.Act, error) {
	return s.acts(ctx, `SELECT `+actColumns+` FROM inbox
		WHERE answer IS NULL AND entered_at < clock_timestamp() - $1::interval
		ORDER BY contract, seq LIMIT $2`, age, limit)
}

func (s *Store) acts(ctx context.Context, query string, args ...any) ([]message.Act, error) {
	rows, err := s.pool.Query(ctx, query, args...)
	if err != nil {
		return nil, explain("read the inbox", err)
	}
	acts, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (message.Act, error) { return scanAct(row) })
	if err != nil {
		return nil, explain("read the inbox", err)
	}
	return acts, nil
}

// Answer stores the answer to an act unless it has one, and gives the one that stands.
func (s *Store) Answer(ctx context.Context, actID string, a message.Answer) (message.Answer, error) {
	err := s.inTx(ctx, "answer an act", func(tx pgx.Tx) error {
		if err := answer(ctx, tx, actID, a); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT answer FROM inbox WHERE id = $1`, actID).Scan(&a)
	})
	return a, err
}

func answer(ctx context.Context, tx pgx.Tx, actID string, a message.Answer) error {
	_, err := tx.Exec(ctx, `
		UPDATE inbox SET answer = $2, answered_at = clock_timestamp() WHERE id = $1 AND answer IS NULL`, actID, a)
	return err
}

// Answered gives the answer that an act has; an act without one is an error.
func (s *Store) Answered(ctx context.Context, actID string) (message.Answer, error) {
	var a *message.Answer
	err := s.pool.QueryRow(ctx, `SELECT answer FROM inbox WHERE id = $1`, actID).Scan(&a)
	if err != nil {
		return message.Answer{}, explain("read an answer", err)
	}
	if a == nil {
		return message.Answer{}, fmt.Errorf("act %s has no answer yet", actID)
	}
	return *a, nil
}
