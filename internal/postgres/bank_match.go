package postgres

import (
	"context"
	_ "embed" // the statements
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

//go:embed query/bank_matches.sql
var selectBankMatches string

//go:embed query/bank_reference.sql
var selectBankReference string

//go:embed query/insert_bank_match.sql
var insertBankMatch string

// matched is money of a bank line that was set aside for a contract. It stands until it is refused, moved or reversed.
type matched struct {
	ActID  string
	Amount money.CNY
	Body   json.RawMessage
	Stands bool
}

// Match stores an act about money of a bank line and sets the money aside for it, in one step: whoever is second finds
// it used. The act is then delivered like any other; refused, it sets the money free again.
//
// Pay takes money that came in: its amount, or all that is left if that is zero; day, reference and account are the
// line's. Reverse and PayRefund explain money that went out, which must be just what the receipt or the refund is; the
// reference is the line's, and so is the day unless the act has one. An act without ID gets one that says line and
// contract, so that the same match again is the same act, and is answered as Submit answers it.
//
// Refusals, with nothing stored: "unknown_contract", "unknown_line", "wrong_line" for money that went the other way,
// "line_used" for more than is left, "line_amount" for a payout of another amount, "unknown_receipt" and
// "unknown_refund" for one that there is none to, "not_of_a_line" for another act; and those of Submit.
func (s *Store) Match(ctx context.Context, line int64, a message.Act) (message.Act, *message.Answer, error) {
	var stored message.Act
	var answer *message.Answer
	err := s.change(ctx, func(tx pgx.Tx) error {
		if _, err := locked(ctx, tx, a.Contract); err != nil {
			return err
		}
		m, err := beginMatch(ctx, tx, line, a)
		if err != nil {
			return err
		}
		stored, answer, err = m.store(ctx, tx)
		return err
	})
	switch {
	case state(err, taken): // by another contract, since this one was locked
		return message.Act{}, nil, usedOtherwise(a.ID)
	case state(err, badData):
		return message.Act{}, nil, unreadable()
	case err != nil:
		return message.Act{}, nil, trouble(fmt.Sprintf("match bank line %d", line), err)
	default:
		return stored, answer, nil
	}
}

// match is one act about money of one line, both locked.
type match struct {
	line   bankLine
	act    message.Act
	use    use
	before []matched // of this line to this contract, the last first
}

func beginMatch(ctx context.Context, tx pgx.Tx, line int64, a message.Act) (match, error) {
	l, err := lockedLine(ctx, tx, line)
	if err != nil {
		return match{}, err
	}
	u, err := useOf(a)
	if err != nil {
		return match{}, err
	}
	before, err := collect(ctx, tx, selectBankMatches, pgx.StrictNamedArgs{"line": line, "contract": a.Contract},
		pgx.RowToStructByName[matched])
	if err != nil {
		return match{}, fmt.Errorf("look for earlier matches: %w", err)
	}
	return match{line: l, act: a, use: u, before: before}, nil
}

// store finds the act, if it is a repeated one, or stores it and sets the money aside.
func (m match) store(ctx context.Context, tx pgx.Tx) (message.Act, *message.Answer, error) {
	stored, answer, err := m.repeated(ctx, tx)
	if err != nil || stored.ID != "" {
		return stored, answer, err
	}
	amount, err := m.use.amount(ctx, tx, m.act.Contract, m.line)
	if err != nil {
		return message.Act{}, nil, err
	}
	if m.act.ID == "" {
		m.act.ID = fmt.Sprintf("bank/%d/%s/%d", m.line.ID, m.act.Contract, len(m.before)+1)
	}
	if err := tx.QueryRow(ctx, selectBankReference, pgx.StrictNamedArgs{
		"contract": m.act.Contract, "line": m.line.ID, "reference": m.line.Reference,
	}).Scan(&m.line.Reference); err != nil {
		return message.Act{}, nil, fmt.Errorf("name it: %w", err)
	}
	if m.act.Body, err = m.use.body(m.line, amount); err != nil {
		return message.Act{}, nil, err
	}
	stored, answer, err = submit(ctx, tx, m.act)
	if err != nil {
		return message.Act{}, nil, err
	}
	_, err = tx.Exec(ctx, insertBankMatch, pgx.StrictNamedArgs{
		"act": stored.ID, "line": m.line.ID, "contract": m.act.Contract, "amount": amount, "by": m.act.Actor.Who,
	})
	if err != nil {
		return message.Act{}, nil, fmt.Errorf("set the money aside: %w", err)
	}
	return stored, answer, nil
}

// repeated finds the act under its ID or, without one, an equal act that stands; an act without ID if there is none.
func (m match) repeated(ctx context.Context, tx pgx.Tx) (message.Act, *message.Answer, error) {
	for _, b := range m.before {
		named := m.act.ID == b.ActID
		if !named && (m.act.ID != "" || !b.Stands) {
			continue
		}
		body := b.Body
		if again := m.use.again(b.Amount); !again.Equal(b.Amount) {
			var err error
			if body, err = m.use.body(m.line, again); err != nil {
				return message.Act{}, nil, err
			}
		}
		same := m.act
		same.ID, same.Body = b.ActID, body
		stored, answer, err := known(ctx, tx, same)
		if _, other := refusal.As(err); other && !named {
			continue
		}
		return stored, answer, err
	}
	return message.Act{}, nil, nil
}

func unreadable() *refusal.Refusal {
	return refusal.BadInput("unreadable_act",
		"内容无法保存：不是有效的 JSON，或含有无法保存的字符。",
		"the content cannot be stored: it is no JSON, or has characters that no text can hold")
}
