package postgres

import (
	"context"
	_ "embed" // the statements
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/paging"
)

//go:embed query/settle_pages.sql
var settlePages string

//go:embed query/take_rooms.sql
var takeRooms string

//go:embed query/free_rooms.sql
var freeRooms string

//go:embed query/begin_tries.sql
var beginTries string

//go:embed query/end_tries.sql
var endTries string

// tryID is a try as begin_tries.sql gives it back; its number follows.
type tryID struct {
	Key string
	Way paging.Way
}

// BeginTries writes down what is about to be sent, before it is, and gives what this sender is to send: rooms and tries that
// another one has taken meanwhile are left out.
func (s *Store) BeginTries(ctx context.Context, now time.Time, d paging.Decision) ([]paging.Delivery, error) {
	var begun []paging.Delivery
	err := s.change(ctx, func(tx pgx.Tx) (err error) {
		if _, err = tx.Exec(ctx, settlePages, pgx.StrictNamedArgs{"now": now, "keys": append([]string{}, d.Settled...)}); err != nil {
			return fmt.Errorf("settle: %w", err)
		}
		begun, err = beginDeliveries(ctx, tx, now, d.Deliveries)
		return err
	})
	return begun, trouble("begin to send pages", err)
}

func beginDeliveries(ctx context.Context, tx pgx.Tx, now time.Time, all []paging.Delivery) ([]paging.Delivery, error) {
	free, err := takeRoomsOf(ctx, tx, now, all)
	if err != nil {
		return nil, err
	}
	var tries []paging.Try
	for _, d := range free {
		tries = append(tries, d.Tries...)
	}
	data, err := asRows(tries)
	if err != nil {
		return nil, err
	}
	taken, err := collect(ctx, tx, beginTries, pgx.StrictNamedArgs{"tries": data}, pgx.RowToStructByPos[tryID])
	if err != nil {
		return nil, err
	}
	left := onlyTaken(free, taken)
	return left, freeRoomsOf(ctx, tx, now, free, left)
}

// freeRoomsOf gives back the rooms of deliveries of which nothing is left to send.
func freeRoomsOf(ctx context.Context, tx pgx.Tx, now time.Time, all, left []paging.Delivery) error {
	var rooms []paging.Room
	for _, d := range all {
		if !slices.ContainsFunc(left, func(l paging.Delivery) bool { return l.Way == d.Way && l.Room == d.Room }) {
			rooms = append(rooms, paging.Room{Way: d.Way, Room: d.Room, FreeAt: now})
		}
	}
	if len(rooms) == 0 {
		return nil
	}
	data, err := asRows(rooms)
	if err == nil {
		_, err = tx.Exec(ctx, freeRooms, pgx.StrictNamedArgs{"rooms": data})
	}
	return err //nolint:wrapcheck // trouble does
}

// takeRoomsOf gives the deliveries whose rooms were free.
func takeRoomsOf(ctx context.Context, tx pgx.Tx, now time.Time, all []paging.Delivery) ([]paging.Delivery, error) {
	rooms := make([]paging.Room, len(all))
	for i, d := range all {
		rooms[i] = paging.Room{Way: d.Way, Room: d.Room, FreeAt: now.Add(paging.Lease)}
	}
	data, err := asRows(rooms)
	if err != nil {
		return nil, err
	}
	taken, err := collect(ctx, tx, takeRooms, pgx.StrictNamedArgs{"rooms": data, "now": now}, pgx.RowToStructByPos[paging.Room])
	if err != nil {
		return nil, err
	}
	var free []paging.Delivery
	for _, d := range all {
		for _, room := range taken {
			if room.Way == d.Way && room.Room == d.Room {
				free = append(free, d)
			}
		}
	}
	return free, nil
}

// onlyTaken leaves in each delivery the tries that are ours to make, with their pages.
func onlyTaken(all []paging.Delivery, taken []tryID) []paging.Delivery {
	ours := map[tryID]bool{}
	for _, t := range taken {
		ours[t] = true
	}
	var left []paging.Delivery
	for _, d := range all {
		lost := map[string]bool{}
		var tries []paging.Try
		for _, t := range d.Tries {
			if ours[tryID{t.Key, t.Way}] {
				tries = append(tries, t)
			} else {
				lost[t.Key] = true
			}
		}
		if len(tries) > 0 {
			left = append(left, without(d, tries, lost))
		}
	}
	return left
}

func without(d paging.Delivery, tries []paging.Try, lost map[string]bool) paging.Delivery {
	var pages []message.Page
	for _, p := range d.Pages {
		if !lost[p.Key] {
			pages = append(pages, p)
		}
	}
	d.Count -= len(lost)
	d.Tries, d.Pages = tries, pages
	return d
}

// EndTries writes down what became of tries, and when their rooms take the next message.
func (s *Store) EndTries(ctx context.Context, tries []paging.Try, rooms []paging.Room) error {
	ended, err := asRows(tries)
	if err != nil {
		return err
	}
	free, err := asRows(rooms)
	if err != nil {
		return err
	}
	err = s.change(ctx, func(tx pgx.Tx) error {
		var batch pgx.Batch
		batch.Queue(endTries, pgx.StrictNamedArgs{"tries": ended})
		batch.Queue(freeRooms, pgx.StrictNamedArgs{"rooms": free})
		return tx.SendBatch(ctx, &batch).Close()
	})
	return trouble("keep what became of pages", err)
}

// asRows are values as a statement takes many of them at once; none are an empty list.
func asRows[T any](values []T) ([]byte, error) {
	data, err := json.Marshal(append([]T{}, values...))
	if err != nil {
		return nil, fmt.Errorf("write rows: %w", err)
	}
	return data, nil
}
