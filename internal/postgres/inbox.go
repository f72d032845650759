package postgres

import (
	"context"
	_ "embed" // the statements
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
)

//go:embed query/await_head.sql
var awaitHead string

//go:embed query/unapplied.sql
var selectUnapplied string

//go:embed query/overdue.sql
var selectOverdue string

//go:embed query/set_answer.sql
var setAnswer string

//go:embed query/answer.sql
var selectAnswer string

// ErrUnanswered means that an act has no answer yet, or is not known.
var ErrUnanswered = errors.New("this act has no answer")

// Unapplied gives at most limit acts of a contract, or of one of its faults, after a Seq and received before an instant (zero: all), in
// order of Seq, but for those that were refused. Those that were answered are among them: a worker that died right after
// the record takes the step again, and the evidence knows it. An act that has its moment but is just being stored is
// waited for, so that what comes due at an instant never overtakes an act received before it.
func (s *Store) Unapplied(
	ctx context.Context, contract string, fault int, after int64, before time.Time, limit int,
) ([]message.Act, error) {
	var acts []message.Act
	err := s.change(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, awaitHead, pgx.StrictNamedArgs{"contract": contract}); err != nil {
			return fmt.Errorf("wait for acts under way: %w", err)
		}
		var err error
		acts, err = collectActs(ctx, tx, selectUnapplied, pgx.StrictNamedArgs{
			"contract": contract, "fault": fault, "after": after, "before": before, "limit": limit,
		})
		return err
	})
	return acts, trouble("read the inbox of "+contract, err)
}

// Overdue gives at most limit acts that were stored longer ago than age, by the server's clock, and have no
// answer. Those of one contract, and of each of its faults, stand in order of Seq; they take turns.
func (s *Store) Overdue(ctx context.Context, age time.Duration, limit int) ([]message.Act, error) {
	acts, err := collectActs(ctx, s.pool, selectOverdue, pgx.StrictNamedArgs{"age": age, "limit": limit})
	return acts, trouble("read the inbox", err)
}

// Answer sets the answer to an act, unless it has one, and gives the one that stands. An act that is not in the
// inbox is ErrUnanswered.
func (s *Store) Answer(ctx context.Context, actID string, a message.Answer) (message.Answer, error) {
	_, err := s.pool.Exec(ctx, setAnswer, pgx.StrictNamedArgs{"id": actID, "contract": "", "answer": a})
	if err != nil {
		return message.Answer{}, trouble("answer act "+actID, err)
	}
	return s.Answered(ctx, actID)
}

// Answered gives the answer that an act got; ErrUnanswered if it has none.
func (s *Store) Answered(ctx context.Context, actID string) (message.Answer, error) {
	var answer message.Answer
	err := s.pool.QueryRow(ctx, selectAnswer, pgx.StrictNamedArgs{"id": actID}).Scan(&answer)
	if errors.Is(err, pgx.ErrNoRows) {
		err = ErrUnanswered
	}
	return answer, trouble("read the answer to "+actID, err)
}

// querier is what a pool and a transaction have in common.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func collectActs(ctx context.Context, q querier, sql string, args pgx.StrictNamedArgs) ([]message.Act, error) {
	return collect(ctx, q, sql, args, func(row pgx.CollectableRow) (message.Act, error) {
		var a message.Act
		err := row.Scan(places(&a)...)
		return a, err //nolint:wrapcheck // collect does
	})
}

// places are where the columns of an act go, in the order of the statements.
func places(a *message.Act) []any {
	return []any{
		&a.ID, &a.Seq, &a.Name, &a.Contract, &a.Fault, &a.Actor.Who, &a.Actor.Role, &a.Actor.Way,
		&a.ReceivedAt, &a.Body,
	}
}
