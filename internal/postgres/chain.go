package postgres

import (
	"context"
	_ "embed" // the statements
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/evidence"
	"lvyue/internal/message"
)

//go:embed query/events.sql
var selectEvents string

//go:embed query/head.sql
var selectHead string

// StoredEvent is an event in its place in the chain. RecordedAt is the wall time of recording, which no hash
// covers.
type StoredEvent struct {
	Seq        int64
	RecordedAt time.Time
	Hash       string
	Previous   string
	message.Event
}

// Chain is the verdict on a contract's evidence. Head is the hash that the chain should end with. BrokenAt is the
// Seq of the first event that was changed, moved, lost or slipped in; one past the last if the head differs, which
// is how a tail that was cut off shows; 0 if all holds.
type Chain struct {
	Events   int
	Head     string
	Verified bool
	BrokenAt int64
}

// eventRow is an event as it is kept.
type eventRow struct {
	Seq        int64
	Text       string
	Prev       string
	Hash       string
	RecordedAt time.Time
}

// Timeline gives the evidence of a contract in its order; an unknown one is the refusal "unknown_contract".
func (s *Store) Timeline(ctx context.Context, number string) ([]StoredEvent, error) {
	_, rows, err := s.evidence(ctx, number)
	if err != nil {
		return nil, trouble("read the evidence of "+number, err)
	}
	events := make([]StoredEvent, len(rows))
	for i, row := range rows {
		events[i] = StoredEvent{Seq: row.Seq, RecordedAt: row.RecordedAt, Hash: row.Hash, Previous: row.Prev}
		if events[i].Event, err = unsealed(row.Text); err != nil {
			return nil, trouble(fmt.Sprintf("read event %d of %s", row.Seq, number), err)
		}
	}
	return events, nil
}

// Verify recomputes the chain of a contract from its first event to its head, so that a cut-off tail is found too.
// An unknown contract is the refusal "unknown_contract".
func (s *Store) Verify(ctx context.Context, number string) (Chain, error) {
	end, rows, err := s.evidence(ctx, number)
	if err != nil {
		return Chain{}, trouble("verify the evidence of "+number, err)
	}
	c := Chain{Events: len(rows), Head: end.Hash, BrokenAt: broken(number, end, rows)}
	c.Verified = c.BrokenAt == 0
	return c, nil
}

// broken is the place of the first event that does not hold, or 0.
func broken(number string, end head, rows []eventRow) int64 {
	links := linked(rows)
	if at := evidence.Broken(number, links); at > 0 {
		return at
	}
	last, hash := int64(len(links)), evidence.Root(number)
	if last > 0 {
		hash = links[last-1].Hash
	}
	if last != end.Events || hash != end.Hash {
		return min(last, end.Events) + 1
	}
	return 0
}

func linked(rows []eventRow) []evidence.Link {
	links := make([]evidence.Link, len(rows))
	for i, row := range rows {
		links[i] = evidence.Link{Seq: row.Seq, Event: row.Text, Previous: row.Prev, Hash: row.Hash}
	}
	return links
}

// Evidence gives the chain of a contract, as whoever checks it apart from this database needs it; an unknown one is the
// refusal "unknown_contract".
func (s *Store) Evidence(ctx context.Context, number string) ([]evidence.Link, error) {
	_, rows, err := s.evidence(ctx, number)
	return linked(rows), trouble("read the evidence of "+number, err)
}

// evidence reads the head and the events as they stood at one moment.
func (s *Store) evidence(ctx context.Context, number string) (head, []eventRow, error) {
	var end head
	var events []eventRow
	err := s.look(ctx, func(tx pgx.Tx) error {
		heads, err := collect(ctx, tx, selectHead, of(number), pgx.RowToStructByName[head])
		if err != nil {
			return err
		}
		if len(heads) == 0 {
			return unknownContract(number)
		}
		end = heads[0]
		events, err = collect(ctx, tx, selectEvents, of(number), pgx.RowToStructByName[eventRow])
		return err
	})
	return end, events, err
}

// sealed is the text of an event that is hashed and kept.
func sealed(e message.Event) (string, error) {
	text, err := json.Marshal(inShanghai(e))
	if err != nil {
		return "", fmt.Errorf("write event %s: %w", e.Key, err)
	}
	return string(text), nil
}

// unsealed is the event that a text tells of.
func unsealed(text string) (message.Event, error) {
	var e message.Event
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		return message.Event{}, errors.Join(errUnreadable, err)
	}
	return inShanghai(e), nil
}

var errUnreadable = errors.New("the event cannot be read")

// of names the one contract that a statement asks for.
func of(number string) pgx.StrictNamedArgs { return pgx.StrictNamedArgs{"contract": number} }
