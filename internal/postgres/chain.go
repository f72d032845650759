package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// StoredEvent is an event as it stands in the evidence.
type StoredEvent struct {
	Seq        int64     `json:"seq"`
	RecordedAt time.Time `json:"recorded_at"`
	Previous   string    `json:"previous"`
	Hash       string    `json:"hash"`
	message.Event

	text string
}

// Timeline gives the evidence of a contract in order; unknown_contract if there is no such contract.
func (s *Store) Timeline(ctx context.Context, contract string) ([]StoredEvent, error) {
	events, err := s.events(ctx, contract)
	if err == nil && len(events) == 0 {
		_, err = s.Form(ctx, contract)
	}
	return events, err
}

func (s *Store) events(ctx context.Context, contract string) ([]StoredEvent, error) {
	rows, err := s.pool.Query(ctx, `
		SELECT seq, recorded_at, previous, hash, event FROM contract_event WHERE contract = $1 ORDER BY seq`, contract)
	if err != nil {
		return nil, explain("read the evidence", err)
	}
	events, err := pgx.CollectRows(rows, scanEvent)
	if err != nil {
		return nil, explain("read the evidence", err)
	}
	return events, nil
}

func scanEvent(row pgx.CollectableRow) (StoredEvent, error) {
	var e StoredEvent
	if err := row.Scan(&e.Seq, &e.RecordedAt, &e.Previous, &e.Hash, &e.text); err != nil {
		return e, err
	}
	e.RecordedAt = e.RecordedAt.In(workday.Shanghai)
	if err := json.Unmarshal([]byte(e.text), &e.Event); err != nil {
		return e, fmt.Errorf("event %d cannot be read: %w", e.Seq, err)
	}
	return e, nil
}

// Chain is what a recomputation of a contract's evidence finds. BrokenAt is the first Seq that does not fit, or
// the one missing at the end; 0 when Verified.
type Chain struct {
	Events   int64  `json:"events"`
	Head     string `json:"head"`
	Verified bool   `json:"verified"`
	BrokenAt int64  `json:"broken_at,omitempty"`
}

// Verify computes the chain of a contract again, from the first event to the head that was noted apart.
func (s *Store) Verify(ctx context.Context, contract string) (Chain, error) {
	var noted chain
	err := s.pool.QueryRow(ctx, `SELECT events, head FROM chain WHERE contract = $1`, contract).Scan(&noted.events, &noted.head)
	if errors.Is(err, pgx.ErrNoRows) {
		_, err = s.Form(ctx, contract)
		return Chain{Verified: err == nil}, err
	}
	if err != nil {
		return Chain{}, explain("verify the evidence", err)
	}
	links, err := s.links(ctx, contract)
	if err != nil {
		return Chain{}, err
	}
	return follow(noted, links), nil
}

type stored struct {
	seq                   int64
	previous, hash, event string
	columns               bool
}

// links reads the chain, and whether the columns beside each event repeat what it says.
func (s *Store) links(ctx context.Context, contract string) ([]stored, error) {
	rows, err := s.pool.Query(ctx, `
		SELECT seq, previous, hash, event, (key, what, clause, subject, at) IS NOT DISTINCT FROM (
			event::jsonb->>'key', event::jsonb->>'what', coalesce(event::jsonb->>'clause', ''),
			coalesce(event::jsonb->>'subject', ''), (event::jsonb->>'at')::timestamptz)
		FROM contract_event WHERE contract = $1 ORDER BY seq`, contract)
	if err != nil {
		return nil, explain("verify the evidence", err)
	}
	links, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (stored, error) {
		var l stored
		return l, row.Scan(&l.seq, &l.previous, &l.hash, &l.event, &l.columns)
	})
	if err != nil {
		return nil, explain("verify the evidence", err)
	}
	return links, nil
}

func follow(noted chain, links []stored) Chain {
	found := Chain{Head: noted.head, Verified: true}
	previous := ""
	for _, l := range links {
		found.Events++
		if l.seq != found.Events || l.previous != previous || l.hash != link(previous, l.event) || !l.columns {
			return Chain{Events: found.Events, Head: noted.head, BrokenAt: found.Events}
		}
		previous = l.hash
	}
	if found.Events != noted.events || previous != noted.head {
		return Chain{Events: found.Events, Head: noted.head, BrokenAt: found.Events + 1}
	}
	return found
}
