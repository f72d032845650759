package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/paging"
)

//go:embed query/pages_of.sql
var selectPagesOf string

//go:embed query/page_failures.sql
var selectPageFailures string

//go:embed query/insert_page.sql
var insertPage string

//go:embed query/open_pages.sql
var selectOpenPages string

//go:embed query/next_page.sql
var selectNextPage string

//go:embed query/busy_rooms.sql
var selectBusyRooms string

//go:embed query/page_bursts.sql
var selectPageBursts string

//go:embed query/clock.sql
var selectClock string

var _ paging.Store = (*Store)(nil)

// Now is the server's clock.
func (s *Store) Now(ctx context.Context) (time.Time, error) {
	var now time.Time
	err := s.pool.QueryRow(ctx, selectClock).Scan(&now)
	return now, trouble("ask the time", err)
}

// Enqueue puts pages into the outbox, all or none. One whose key is there is there already.
func (s *Store) Enqueue(ctx context.Context, pages []message.Page) error {
	err := s.change(ctx, func(tx pgx.Tx) error { return enqueue(ctx, tx, pages) })
	return trouble("put pages into the outbox", err)
}

// enqueue does so within a transaction, so that a page is there if and only if what asks for it is.
func enqueue(ctx context.Context, tx pgx.Tx, pages []message.Page) error {
	var batch pgx.Batch
	for _, p := range pages {
		batch.Queue(insertPage, named(p))
	}
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("put pages into the outbox: %w", err)
	}
	return nil
}

// openPage is a page as it stands in the outbox.
type openPage struct {
	message.Page

	Tries []paging.Try
}

// PagesOf are the pages of a contract in the order in which they fell due, each with its last try by each way.
func (s *Store) PagesOf(ctx context.Context, contract string) ([]paging.Standing, error) {
	pages, err := collect(ctx, s.pool, selectPagesOf, of(contract), pgx.RowToStructByName[openPage])
	all := make([]paging.Standing, len(pages))
	for i, p := range pages {
		all[i] = paging.Standing(p)
	}
	return all, trouble("read the pages of "+contract, err)
}

// PageFailures are the tries by which pages of the faults of a contract were not taken, in the order in which they were begun.
func (s *Store) PageFailures(ctx context.Context, contract string) ([]paging.Failure, error) {
	all, err := collect(ctx, s.pool, selectPageFailures, of(contract), pgx.RowToStructByName[paging.Failure])
	return all, trouble("read what pages of "+contract+" failed", err)
}

// PageBoard is what is known of the outbox at the moment now, with so many open pages at most.
func (s *Store) PageBoard(ctx context.Context, now time.Time, most int) (paging.Board, error) {
	var board paging.Board
	err := s.look(ctx, func(tx pgx.Tx) (err error) {
		board, err = pageBoard(ctx, tx, now, most)
		return err
	})
	return board, trouble("look at the outbox", err)
}

func pageBoard(ctx context.Context, tx pgx.Tx, now time.Time, most int) (paging.Board, error) {
	var board paging.Board
	at := pgx.StrictNamedArgs{"now": now}
	open, err := collect(ctx, tx, selectOpenPages, pgx.StrictNamedArgs{"now": now, "most": most}, pgx.RowToStructByName[openPage])
	if err != nil {
		return board, err
	}
	for _, p := range open {
		board.Open = append(board.Open, paging.Standing(p))
	}
	if board.Rooms, err = collect(ctx, tx, selectBusyRooms, at, pgx.RowToStructByName[paging.Room]); err != nil {
		return board, err
	}
	board.Bursts, err = collect(ctx, tx, selectPageBursts, pgx.StrictNamedArgs{
		"now": now, "since": now.Add(-paging.StormWithin), "listed": paging.Listed,
	}, pgx.RowToStructByName[paging.Burst])
	if err != nil {
		return board, err
	}
	if err := tx.QueryRow(ctx, selectNextPage, at).Scan(&board.NextAt); err != nil {
		return board, fmt.Errorf("ask for the next page: %w", err)
	}
	return board, nil
}
