package rehearsal

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// quietDays end a rehearsal that nothing else ends: so many days after the last event or due day.
const quietDays = 30

// play is a scenario being played.
type play struct {
	*stage

	now     time.Time
	last    round
	played  int
	refused []Refused
	no      map[string]string // by the id of an act, the code under which it was refused
	shown   int               // events of the evidence that the watcher has seen
	due     duties            // as the watcher knows them
	upAt    time.Time         // when a worker serves again; zero while one does
	kept    []kept            // what came while none did
	pagesAt time.Time         // when the desk must look again; zero: it waits for nothing
}

// perform moves the clock from one instant to the next until it stops. At one instant, what is due comes before
// what happens.
func (p *play) perform(ctx context.Context) error {
	p.no, p.due = map[string]string{}, duties{}
	for {
		at, found, err := p.nextInstant(ctx)
		if err != nil || !found {
			return err
		}
		if err := p.reach(ctx, at); err != nil {
			return err
		}
		for p.played < len(p.Scenario.Events) && p.Scenario.Events[p.played].At.Equal(at) {
			event := p.Scenario.Events[p.played]
			p.played++
			if err := p.happen(ctx, event); err != nil {
				return err
			}
			if err := p.reach(ctx, at); err != nil {
				return err
			}
		}
	}
}

// nextInstant is the next event, due moment or change at the vendor; false when the clock stops before it.
func (p *play) nextInstant(ctx context.Context) (time.Time, bool, error) {
	event := time.Time{}
	if p.played < len(p.Scenario.Events) {
		event = p.Scenario.Events[p.played].At
	}
	change, _ := p.cloud.NextChange()
	next := earliest(event, p.after(p.last.next()), p.after(change), p.after(p.pagesAt))
	if p.down() {
		next = earliest(event, p.upAt, p.after(p.pagesAt))
	}
	if next.IsZero() || !p.Scenario.Until.IsZero() {
		return next, !next.IsZero() && !next.After(p.Scenario.Until), nil
	}
	if !event.IsZero() {
		return next, true, nil
	}
	stop, err := p.quiet(ctx)
	return next, err == nil && !next.After(stop), err
}

// after leaves out an instant that has come: what is not done by then waits for something else.
func (p *play) after(at time.Time) time.Time {
	if at.After(p.now) {
		return at
	}
	return time.Time{}
}

// quiet is where the clock stops when the scenario does not say: at once when the data is destroyed, else 30
// days after the last event or due day, as they are known now.
func (p *play) quiet(ctx context.Context) (time.Time, error) {
	view, err := p.view(ctx)
	if err != nil {
		return time.Time{}, err
	}
	if view.Contract.Phase == message.Destroyed {
		return p.now, nil
	}
	last := p.Scenario.Events[len(p.Scenario.Events)-1].At
	for _, o := range view.Obligations {
		last = latest(last, o.DueAt)
	}
	return last.AddDate(0, 0, quietDays), nil
}

// happen plays one event. What the engine refuses is kept for the report.
func (p *play) happen(ctx context.Context, event Event) error {
	switch event.Do {
	case publishCalendar:
		return p.publish(ctx, event)
	case backUp:
		return p.backUp(ctx, event)
	case workerDown:
		p.stopServing(event)
		return nil
	case outage:
		return p.loseChat(event)
	}
	body, err := json.Marshal(event.Body)
	if err != nil {
		return fmt.Errorf("write %s: %w", event.ID, err)
	}
	ctx, cancel := context.WithTimeout(ctx, p.Patience)
	defer cancel()
	act := message.Act{
		ID: event.ID, Name: event.act(), Contract: p.Scenario.Form.Number, Fault: event.Fault, Actor: event.Actor,
		ReceivedAt: event.At, Body: body,
	}
	if p.down() {
		return p.keep(ctx, event, act)
	}
	_, answer, err := p.intake.Take(ctx, act, event.Form)
	if no, ok := refusal.As(err); ok {
		return p.refuse(event, no)
	}
	if err != nil {
		return fmt.Errorf("line %d, %s: %w", event.Line, event.Do, err)
	}
	return p.refuse(event, answer.Refusal)
}

// refuse keeps a refusal; the repeated answer to a command that was sent again is none.
func (p *play) refuse(event Event, no *refusal.Refusal) error {
	if no == nil || p.no[event.ID] == no.Code {
		return nil
	}
	p.no[event.ID] = no.Code
	refused := Refused{
		At: Instant{event.At}, Do: event.Do, Code: no.Code, Clause: no.Clause, Message: no.Sentence(p.Language),
	}
	p.refused = append(p.refused, refused)
	p.tell(refusedStep(event, no))
	return nil
}

// publish imports a notice and tells the contract. One that is known already changes nothing.
func (p *play) publish(ctx context.Context, event Event) error {
	added, err := p.store.ImportNotice(ctx, *event.Notice)
	if no, ok := refusal.As(err); ok {
		return p.refuse(event, no)
	}
	if err != nil {
		return fmt.Errorf("line %d, %s: %w", event.Line, event.Do, err)
	}
	if !added || p.last.Contract.Closed {
		return nil
	}
	year := strconv.Itoa(event.Notice.Year)
	p.tell(publishedStep(event, year))
	err = p.Client.SignalWorkflow(ctx, p.contract, "", message.CalendarSignal, message.Published{
		Notice: year, Number: event.Notice.Number, At: event.At.In(workday.Shanghai),
	})
	if closed, _ := p.closed(ctx, p.contract); err != nil && !closed {
		return fmt.Errorf("tell the contract of the notice of %s: %w", year, err)
	}
	return nil
}
