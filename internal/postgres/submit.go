package postgres

import (
	"context"
	_ "embed" // the statements
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

//go:embed query/lock_head.sql
var lockHead string

//go:embed query/find_act.sql
var findAct string

//go:embed query/insert_act.sql
var insertAct string

// head is the end of a contract's inbox and of its chain.
type head struct {
	Acts   int64
	Events int64
	Hash   string
}

// largestAct is how many bytes of JSON an act's body may have: it goes through the history of its contract.
const largestAct = 64 << 10

// Submit stores an act before anything is done with it, as the next of its contract. The answer is nil until it
// has one.
//
// A zero ReceivedAt means now by the server's clock, taken under the contract's lock, so that Seq and ReceivedAt
// rise together; a rehearsal gives its own. Seq is set here, whatever it was. An ID that is known
// for the same contract, name and body gives the act as it was stored the first time. Refusals, with nothing
// stored: "unknown_contract" without a form, "id_used_otherwise" for an ID that stands for another act, and the
// bad input "act_too_large" for a body over 64 KB and "unreadable_act" for one that is not JSON or has characters that no text can hold.
func (s *Store) Submit(ctx context.Context, a message.Act) (message.Act, *message.Answer, error) {
	if len(a.Body) == 0 {
		a.Body = json.RawMessage("null")
	}
	if len(a.Body) > largestAct {
		return message.Act{}, nil, refusal.BadInput("act_too_large", "内容超过 64 KB，不能接受", "this act is over 64 KB and cannot be taken")
	}
	var stored message.Act
	var answer *message.Answer
	err := s.change(ctx, func(tx pgx.Tx) error {
		if _, err := locked(ctx, tx, a.Contract); err != nil {
			return err
		}
		var err error
		stored, answer, err = submit(ctx, tx, a)
		return err
	})
	switch {
	case state(err, taken): // by another contract, since this one was locked
		return message.Act{}, nil, usedOtherwise(a.ID)
	case state(err, badData):
		return message.Act{}, nil, refusal.BadInput("unreadable_act",
			"内容无法保存：不是有效的 JSON，或含有无法保存的字符。",
			"the content cannot be stored: it is no JSON, or has characters that no text can hold")
	default:
		return stored, answer, trouble("store act "+a.ID, err)
	}
}

func submit(ctx context.Context, tx pgx.Tx, a message.Act) (message.Act, *message.Answer, error) {
	stored, answer, err := known(ctx, tx, a)
	if err != nil || stored.ID != "" {
		return stored, answer, err
	}
	err = tx.QueryRow(ctx, insertAct, pgx.StrictNamedArgs{
		"id": a.ID, "contract": a.Contract, "fault": a.Fault, "name": a.Name, "who": a.Actor.Who, "role": a.Actor.Role,
		"way": a.Actor.Way, "received_at": a.ReceivedAt, "body": a.Body,
	}).Scan(&a.Seq, &a.ReceivedAt)
	if err != nil {
		return message.Act{}, nil, fmt.Errorf("insert: %w", err)
	}
	return a, nil, nil
}

// known finds the act under the id; an act without ID if there is none.
func known(ctx context.Context, tx pgx.Tx, a message.Act) (message.Act, *message.Answer, error) {
	var stored message.Act
	var answer *message.Answer
	var same bool
	err := tx.QueryRow(ctx, findAct, pgx.StrictNamedArgs{
		"id": a.ID, "contract": a.Contract, "fault": a.Fault, "name": a.Name, "body": a.Body,
	}).Scan(append(places(&stored), &answer, &same)...)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return message.Act{}, nil, nil
	case err != nil:
		return message.Act{}, nil, fmt.Errorf("look for it: %w", err)
	case !same:
		return message.Act{}, nil, usedOtherwise(a.ID)
	default:
		return stored, answer, nil
	}
}

// locked locks the contract until the end of the transaction.
func locked(ctx context.Context, tx pgx.Tx, number string) (head, error) {
	rows, err := tx.Query(ctx, lockHead, pgx.StrictNamedArgs{"contract": number})
	if err != nil {
		return head{}, fmt.Errorf("lock %s: %w", number, err)
	}
	h, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[head])
	if errors.Is(err, pgx.ErrNoRows) {
		return head{}, unknownContract(number)
	}
	if err != nil {
		return head{}, fmt.Errorf("lock %s: %w", number, err)
	}
	return h, nil
}

func usedOtherwise(id string) *refusal.Refusal {
	return refusal.Rule("id_used_otherwise", "",
		fmt.Sprintf("编号 %s 已用于另一操作。", id), fmt.Sprintf("the id %s stands for another act already", id))
}
