package paging

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// keep writes down what became of the tries. What failed for good is told to the leads, once a day for each way and reason: a
// broken channel is one trouble, not one for each page. Troubles of such pages are told to nobody, or they would never end.
//
// It is kept though the program is being stopped.
func (r *round) keep(ctx context.Context, all []sent) error {
	if len(all) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patienceOfAStore)
	defer cancel()
	var tries []Try
	var rooms []Room
	var errs []error
	for _, s := range all {
		tries = append(tries, s.ended()...)
		if room, moved := s.room(r.now); moved {
			rooms = append(rooms, room)
		}
	}
	errs = append(errs, r.Store.EndTries(ctx, tries, rooms))
	for _, s := range all {
		if s.gaveUp() && s.Pages[0].Kind != message.TroublePage {
			errs = append(errs, r.tell(ctx, string(s.Way)+"/"+reason(s.err), string(s.Way)+": "+reason(s.err)))
		}
	}
	return errors.Join(errs...)
}

// tell is Tell at the moment of the round.
func (r *round) tell(ctx context.Context, what, detail string) error {
	return r.Tell(ctx, r.now, what, detail)
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
