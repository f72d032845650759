package paging

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// keep writes down what became of a message. What failed for good is told to the leads, once a day for each way and reason: a
// broken channel is one trouble, not one for each page. Troubles of such pages are told to nobody, or they would never end.
//
// It is kept though the program is being stopped.
func (s *Sender) keep(ctx context.Context, m sent) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patienceOfAStore)
	defer cancel()
	err := s.endTries(ctx, m)
	if m.gaveUp() && m.Pages[0].Kind != message.TroublePage {
		err = errors.Join(err, s.Tell(ctx, m.at, string(m.Way)+"/"+reason(m.err), string(m.Way)+": "+reason(m.err)))
	}
	return err
}

// endTries keeps the ends of the tries, also through a short outage of the store: until they are kept, the room takes no message.
func (s *Sender) endTries(ctx context.Context, m sent) error {
	for {
		err := s.Store.EndTries(ctx, m.ended(), []Room{m.room()})
		if err == nil || s.Clock == nil || ctx.Err() != nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(patienceOfALook):
		}
	}
}

// Tell pages the leads about a trouble of the desk itself, once a day.
func (s *Sender) Tell(ctx context.Context, now time.Time, what, detail string) error {
	leads, err := s.People.Leads(ctx)
	if err != nil {
		return fmt.Errorf("find the leads: %w", err)
	}
	pages := make([]message.Page, len(leads))
	for i, lead := range leads {
		pages[i] = message.Page{
			Key: fmt.Sprintf("%s/%s/%s/%s", message.TroublePage, what, workday.Of(now), lead),
			At:  now, Kind: message.TroublePage, To: lead, Detail: detail,
		}
	}
	return s.Store.Enqueue(ctx, pages)
}
