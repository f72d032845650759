package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/paging"
	"lvyue/internal/refusal"
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
	clock   func() time.Time
	inARow  int // cards of new faults written since anything else was
}

// NewBoard is the board of the app's channel. A nil clock is the machine's.
func NewBoard(c Config, cards Cards, clock func() time.Time) *Board {
	if clock == nil {
		clock = time.Now
	}
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
	now := b.clock().Truncate(time.Microsecond)
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

// perform writes the message and keeps that it stands. The record is kept though the program is being stopped.
func (b *Board) perform(ctx context.Context, t task, again bool) error {
	card, err := b.write(ctx, t, again)
	ctx = context.WithoutCancel(ctx)
	if err != nil {
		return errors.Join(fmt.Errorf("card of %s %s: %w", t.card.Contract, t.card.Subject, trouble(err)), b.rest(ctx, t, err))
	}
	if err := b.cards.EndCard(ctx, card); err != nil {
		return fmt.Errorf("card of %s %s: %w", card.Contract, card.Subject, err)
	}
	return nil
}

// rest leaves the channel alone after Slack has not taken something. If it said so, the card's turn comes again right after; if nobody
// knows whether it was taken, or the card itself is at fault, only after the lapse, and others are written meanwhile.
func (b *Board) rest(ctx context.Context, t task, err error) error {
	wait, card := unconnected, t.had
	told, _ := errors.AsType[*paging.SendError](trouble(err))
	if told.Wait > 0 {
		wait = told.Wait
	}
	held := b.cards.HoldChannel(ctx, b.channel, t.card.BeganAt.Add(wait))
	if !untaken(err) {
		return held
	}
	card.BeganAt = t.card.BeganAt
	return errors.Join(held, b.cards.EndCard(ctx, card))
}

// task is a message that is to be written: over a card, or in the thread under it (thread).
type task struct {
	urgency int
	had     message.Card // as it is
	card    message.Card // as it is to be kept once the message stands
	said    said
	thread  bool
	renew   bool // the card is posted anew though it stands: its matter has opened again
}

// What comes first.
const (
	newFault = iota
	changedFault
	alarming
	newMatter
	changedMatter
	detail
	timeLeft
)

func (b *Board) tasks(ctx context.Context, now time.Time) ([]task, error) {
	faults, err := b.cards.FaultCards(ctx, b.channel, now)
	if err != nil {
		return nil, fmt.Errorf("look at the faults: %w", err)
	}
	matters, err := b.cards.MatterCards(ctx, b.channel, now)
	if err != nil {
		return nil, fmt.Errorf("look at the matters: %w", err)
	}
	if len(faults)+len(matters) == 0 {
		return nil, nil
	}
	who, err := b.people(ctx)
	if err != nil {
		return nil, err
	}
	var all []task
	for _, f := range faults {
		all = append(all, b.faultTasks(f, now, who)...)
	}
	for _, m := range matters {
		all = append(all, b.matterTasks(m, now, who)...)
	}
	slices.SortStableFunc(all, func(a, b task) int { return cmp.Compare(a.urgency, b.urgency) })
	return all, nil
}

// people are those of the rota; nobody without one.
func (b *Board) people(ctx context.Context) (people, error) {
	rota, err := b.cards.Rota(ctx)
	if _, none := refusal.As(err); none {
		rota = oncall.Rota{}
	} else if err != nil {
		return nil, fmt.Errorf("look at the rota: %w", err)
	}
	known := map[string]person{}
	for _, p := range rota.People {
		known[p.ID] = person{p.Name, p.Slack, rolesOf(p)}
	}
	return func(id string) person { return known[id] }, nil
}

func rolesOf(p oncall.Person) string {
	var all []string
	for _, r := range p.Roles {
		all = append(all, string(r))
	}
	return strings.Join(all, ", ")
}

// faultTasks is what is to be written of a fault: its card, or else the next word in its thread. With the card goes what the thread
// passes over, so that it is not looked at again.
func (b *Board) faultTasks(f message.FaultCard, now time.Time, who people) []task {
	had := cardOf(f.Card, b.channel, f.Contract, message.FaultID(f.Fault))
	t := task{had: had, card: had, urgency: changedFault}
	word, passed, found := b.nextWord(f, had, now, who)
	switch {
	case had.TS == "":
		t.urgency = newFault
	case had.Rev < f.Rev:
	case found:
		return []task{word}
	case had.FreshUntil.IsZero() || now.Before(had.FreshUntil):
		return nil
	default:
		t.urgency = timeLeft
	}
	t.said = drawFault(f, now, who)
	t.card.Rev, t.card.FreshUntil, t.card.Closed, t.card.Told = f.Rev, freshUntil(f.FaultRow, now), f.Ended(), passed
	return []task{t}
}

// nextWord is the first thing that the thread has not told yet; passed is the note before it, of which it tells nothing.
func (b *Board) nextWord(f message.FaultCard, had message.Card, now time.Time, who people) (word task, passed int64, found bool) {
	c := faultCard{f, speech(f.Language), now, who}
	passed = had.Told
	for _, n := range f.Notes {
		if n.Seq <= had.Told {
			continue
		}
		if m, tells := c.tell(n); tells {
			m.key = fmt.Sprintf("%s/%s/event/%d", f.Contract, had.Subject, n.Seq)
			t := task{had: had, card: had, said: m, thread: true, urgency: detail}
			if m.broadcast {
				t.urgency = alarming
			}
			t.card.Told = n.Seq
			return t, passed, true
		}
		passed = n.Seq
	}
	return task{}, passed, false
}

func (b *Board) matterTasks(m message.MatterCard, now time.Time, who people) []task {
	had := cardOf(m.Card, b.channel, m.Contract, m.What)
	t := task{had: had, card: had, said: drawMatter(m, now, who), urgency: changedMatter}
	hash := hashOf(t.said)
	switch {
	case t.card.TS == "" && !m.Open:
		return nil
	case t.card.TS == "" || t.card.Closed:
		t.urgency, t.renew = newMatter, true
	case t.card.Hash == hash:
		return nil
	}
	t.card.Hash, t.card.Closed = hash, !m.Open
	return []task{t}
}

func cardOf(had *message.Card, channel, contract, subject string) message.Card {
	if had != nil {
		return *had
	}
	return message.Card{Channel: channel, Contract: contract, Subject: subject}
}

// write brings the message of a task to stand, and gives the card as it is then. What may stand already, after a crash, is looked for
// by its key before it is posted.
func (b *Board) write(ctx context.Context, t task, again bool) (message.Card, error) {
	if t.thread {
		return b.reply(ctx, t, again)
	}
	card, m := t.card, t.said
	if card.TS != "" && !t.renew {
		m.key = card.Key
		err := b.post.edit(ctx, b.channel, card.TS, m)
		if !says(err, gone) {
			return card, err
		}
	}
	card.Posts++
	card.Key = fmt.Sprintf("%s/%s/card/%d", card.Contract, card.Subject, card.Posts)
	m.key = card.Key
	if again {
		ts, err := b.post.find(ctx, b.channel, "", m)
		if err != nil || ts != "" {
			return b.adopt(ctx, card, m, ts, err)
		}
	}
	ts, _, err := b.post.write(ctx, b.channel, "", m)
	card.TS = ts
	return card, err
}

// adopt takes over a card that a crash left behind, and brings it up to date.
func (b *Board) adopt(ctx context.Context, card message.Card, m said, ts string, err error) (message.Card, error) {
	if err != nil {
		return card, err
	}
	card.TS = ts
	return card, b.post.edit(ctx, b.channel, ts, m)
}

// reply tells something in the thread. A card that was deleted has none: then the word stands in the channel alone, and the next look
// posts the card anew.
func (b *Board) reply(ctx context.Context, t task, again bool) (message.Card, error) {
	card := t.card
	if again {
		ts, err := b.post.find(ctx, b.channel, card.TS, t.said)
		if ts != "" || err != nil && !says(err, "thread_not_found") {
			return card, err
		}
	}
	_, below, err := b.post.write(ctx, b.channel, card.TS, t.said)
	if !below {
		card.Rev = 0
	}
	return card, err
}
