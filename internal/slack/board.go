package slack

import (
	"context"
	"fmt"
	"slices"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
)

// Cards is what the board needs of a database.
type Cards interface {
	// FaultCards and MatterCards are what the channel may have to show otherwise than it does.
	FaultCards(ctx context.Context, channel string, now time.Time) ([]message.FaultCard, error)
	MatterCards(ctx context.Context, channel string, now time.Time) ([]message.MatterCard, error)
	// BeginCard asks whose turn it is to write the card from c.BeganAt, and takes the channel until free for who may.
	BeginCard(ctx context.Context, c message.Card, lapsed, free time.Time) (message.Turn, error)
	// EndCard keeps what the card says now.
	EndCard(ctx context.Context, c message.Card) error
	// HoldChannel leaves the channel alone until a moment.
	HoldChannel(ctx context.Context, channel string, until time.Time) error
	// Rota tells who is who; the refusal "no_rota" if nobody has set one.
	Rota(ctx context.Context) (oncall.Rota, error)
}

// Board keeps the cards of Config.Channel as the engine says that things stand: one for each fault (§3.11–3.13, §4), with its details
// in the thread under it, and one for each matter of a contract that waits for a person (§3.2, §5.4, §5.6, §5.7, §7.2). Any number of
// boards may run beside each other, on one database.
type Board struct {
	post    poster
	cards   Cards
	channel string
	clock   func(context.Context) (time.Time, error)
	inARow  int // cards of new faults written since anything else was
}

// NewBoard is the board of the app's channel. The clock is the database's: the pages of the channel go by it, too.
func NewBoard(c Config, cards Cards, clock func(context.Context) (time.Time, error)) *Board {
	return &Board{post: poster{c.client()}, cards: cards, channel: c.Channel, clock: clock}
}

// The rhythm of the board. A channel takes one message a second. A look may take so long; who has been at a card for longer than
// lapse is given up.
const (
	every       = time.Second
	lookAtMost  = 10 * time.Second
	lapse       = 15 * time.Second
	unconnected = 5 * time.Second
)

// Refresh looks once, and writes one message at most, the most urgent: a new fault comes first, but in a storm of them everything else
// has its turn after a few. Of a card only the latest state is written, however many there were since. A card that somebody deleted is posted anew when there is something to write on it. Call it
// again every second.
//
// What Slack does not take is an error, a paging.SendError, and is tried again; the channel is left alone for as long as Slack asks.
func (b *Board) Refresh(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, lookAtMost)
	defer cancel()
	now, err := b.clock(ctx)
	if err != nil {
		return fmt.Errorf("ask for the time: %w", err)
	}
	all, err := b.tasks(ctx, now)
	if err != nil {
		return err
	}
	for _, t := range b.inTurn(all) {
		t.card.BeganAt = now
		turn, err := b.cards.BeginCard(ctx, t.card, now.Add(-lapse), now.Add(every))
		switch {
		case err != nil:
			return fmt.Errorf("card of %s %s: %w", t.card.Contract, t.card.Subject, err)
		case turn == message.TurnNobodys:
			return nil
		case turn != message.TurnAnothers:
			b.count(t)
			return b.perform(ctx, t, turn == message.TurnAgain)
		}
	}
	return nil
}

// atMostInARow is how many cards of new faults come one after another while anything else waits.
const atMostInARow = 3

// inTurn puts the most urgent of what is no new fault first when it is its turn: who has acted on a card, or has missed an hour, shall
// not wait until a storm is over.
func (b *Board) inTurn(all []task) []task {
	i := slices.IndexFunc(all, func(t task) bool { return t.urgency != newFault })
	if i < 0 || b.inARow < atMostInARow {
		return all
	}
	return slices.Concat(all[i:], all[:i])
}

func (b *Board) count(t task) {
	b.inARow++
	if t.urgency != newFault {
		b.inARow = 0
	}
}
