package slack

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
)

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
	if rota, err = oncall.OrNobody(rota, err); err != nil {
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
