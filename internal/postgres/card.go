package postgres

import (
	"context"
	_ "embed" // the statements
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/paging"
)

//go:embed query/fault_cards.sql
var selectFaultCards string

//go:embed query/matter_cards.sql
var selectMatterCards string

//go:embed query/offered.sql
var selectOffered string

//go:embed query/begin_card.sql
var beginCard string

//go:embed query/end_card.sql
var endCard string

// What undoes the beginning of a card.
var (
	errChannelBusy = errors.New("the channel has just taken a message")
	errCardTaken   = errors.New("somebody else is writing this card")
)

// FaultCards are the faults of all contracts that a channel may have to show otherwise than it does, in the order in which they were
// reported. One that ended more than a day before now is shown no more, but its card is brought to its end.
func (s *Store) FaultCards(ctx context.Context, channel string, now time.Time) ([]message.FaultCard, error) {
	cards, err := collect(ctx, s.pool, selectFaultCards, pgx.StrictNamedArgs{"channel": channel, "now": now},
		pgx.RowToStructByName[message.FaultCard])
	return cards, trouble("read the cards of faults", err)
}

// MatterCards are the matters of all contracts that wait for somebody at the moment now, and those that ceased to and whose card in
// the channel does not say so: the destruction (§7.2), renewal talks (§5.6), a first fee that is overdue (§5.4), a quote (§5.7),
// any duty that needs a person, and what one person asks another to approve.
func (s *Store) MatterCards(ctx context.Context, channel string, now time.Time) ([]message.MatterCard, error) {
	cards, err := collect(ctx, s.pool, selectMatterCards, pgx.StrictNamedArgs{"channel": channel, "now": now},
		pgx.RowToStructByName[message.MatterCard])
	return cards, trouble("read the cards of matters", err)
}

// Offered is the offer for a contract's next year that nobody has answered yet (§5.6); nil if there is none.
func (s *Store) Offered(ctx context.Context, contract string) (*message.Proposal, error) {
	found, err := collect(ctx, s.pool, selectOffered, pgx.StrictNamedArgs{"contract": contract}, pgx.RowTo[*message.Proposal])
	if err != nil || len(found) == 0 {
		return nil, trouble("read the offer", err)
	}
	return found[0], nil
}

// BeginCard lets one writer write one message of a card, from its BeganAt, and takes the channel until free. Who began before lapsed
// and never said how it ended is given up.
func (s *Store) BeginCard(ctx context.Context, c message.Card, lapsed, free time.Time) (message.Turn, error) {
	turn := message.TurnMine
	err := s.change(ctx, func(tx pgx.Tx) error {
		if err := takeChannel(ctx, tx, c, free); err != nil {
			return err
		}
		var again bool
		err := tx.QueryRow(ctx, beginCard, pgx.StrictNamedArgs{
			"channel": c.Channel, "contract": c.Contract, "subject": c.Subject, "now": c.BeganAt, "lapsed": lapsed,
		}).Scan(&again)
		if errors.Is(err, pgx.ErrNoRows) {
			return errCardTaken
		}
		if again {
			turn = message.TurnAgain
		}
		return err //nolint:wrapcheck // trouble does
	})
	switch {
	case errors.Is(err, errChannelBusy):
		return message.TurnNobodys, nil
	case errors.Is(err, errCardTaken):
		return message.TurnAnothers, nil
	default:
		return turn, trouble("begin a card", err)
	}
}

func takeChannel(ctx context.Context, tx pgx.Tx, c message.Card, free time.Time) error {
	room, err := asRows([]paging.Room{{Way: paging.Slack, Room: c.Channel, FreeAt: free}})
	if err != nil {
		return err
	}
	taken, err := collect(ctx, tx, takeRooms, pgx.StrictNamedArgs{"rooms": room, "now": c.BeganAt}, pgx.RowToStructByPos[paging.Room])
	if err == nil && len(taken) == 0 {
		return errChannelBusy
	}
	return err
}

// EndCard keeps what a card says now. Who was given up meanwhile keeps nothing.
func (s *Store) EndCard(ctx context.Context, c message.Card) error {
	_, err := s.pool.Exec(ctx, endCard, named(c))
	return trouble("keep a card", err)
}

// HoldChannel leaves a channel alone until a moment, as the vendor asks.
func (s *Store) HoldChannel(ctx context.Context, channel string, until time.Time) error {
	room, err := asRows([]paging.Room{{Way: paging.Slack, Room: channel, FreeAt: until}})
	if err != nil {
		return fmt.Errorf("hold a channel: %w", err)
	}
	_, err = s.pool.Exec(ctx, freeRooms, pgx.StrictNamedArgs{"rooms": room})
	return trouble("hold a channel", err)
}
