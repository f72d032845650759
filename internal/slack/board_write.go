package slack

import (
	"context"
	"errors"
	"fmt"

	"lvyue/internal/message"
	"lvyue/internal/paging"
)

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
