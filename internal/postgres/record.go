package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
)

// Record stores one step of a contract in one transaction: its events at the end of the chain, the rows that
// they change, and the answer to the act that caused them. An event whose key stands already is left alone, and
// changes nothing: the same step recorded twice stands once.
func (s *Store) Record(ctx context.Context, r message.Record) error {
	return s.inTx(ctx, "record a step", func(tx pgx.Tx) error {
		c, err := lockChain(ctx, tx, r.Contract)
		if err != nil {
			return err
		}
		for _, e := range r.Events {
			if err := c.add(ctx, tx, e); err != nil {
				return err
			}
		}
		if err := c.save(ctx, tx); err != nil || r.Answer == nil {
			return err
		}
		return answer(ctx, tx, r.ActID, *r.Answer)
	})
}

// chain is the end of a contract's evidence, held by this transaction.
type chain struct {
	contract string
	events   int64
	head     string
}

func lockChain(ctx context.Context, tx pgx.Tx, contract string) (*chain, error) {
	c := &chain{contract: contract}
	_, err := tx.Exec(ctx, `INSERT INTO chain (contract, events, head) VALUES ($1, 0, '') ON CONFLICT DO NOTHING`, contract)
	if err != nil {
		return nil, err
	}
	err = tx.QueryRow(ctx, `SELECT events, head FROM chain WHERE contract = $1 FOR UPDATE`, contract).Scan(&c.events, &c.head)
	return c, err
}

func (c *chain) save(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `UPDATE chain SET events = $2, head = $3 WHERE contract = $1`, c.contract, c.events, c.head)
	return err
}

// add appends an event and folds it into the read tables, unless its key stands already.
func (c *chain) add(ctx context.Context, tx pgx.Tx, e message.Event) error {
	text, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("write event %q: %w", e.Key, err)
	}
	hash := link(c.head, string(text))
	tag, err := tx.Exec(ctx, `
		INSERT INTO contract_event (contract, seq, key, at, what, clause, subject, event, previous, hash)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
		WHERE NOT EXISTS (SELECT FROM contract_event WHERE contract = $1 AND key = $3)`,
		c.contract, c.events+1, e.Key, e.At, e.What, e.Clause, e.Subject, string(text), c.head, hash)
	if err != nil || tag.RowsAffected() == 0 {
		return err
	}
	c.events, c.head = c.events+1, hash
	return fold(ctx, tx, c.contract, c.events, e.Changed)
}

// link is the hash of an event: SHA-256, in hex, over the hash of the event before it ("" for the first), a
// newline, and the event's JSON as it stands in contract_event.event. Wall time is not part of it.
func link(previous, event string) string {
	sum := sha256.Sum256([]byte(previous + "\n" + event))
	return hex.EncodeToString(sum[:])
}
