package rehearsal

import (
	"context"
	"fmt"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// kept is an act that was stored while no worker served.
type kept struct {
	event Event
	act   message.Act
}

// readOutage: from its instant up to another a vendor is away. So far that is Slack.
func readOutage(e *entry, form contract.Form, event *Event) {
	readSpan(e, form, event)
	e.need("vendor").oneOf("slack")
}

// readSpan reads how long something lasts: that no worker serves, so that what people do meanwhile is stored with its moment.
func readSpan(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	if from := e.may("from"); from.node != nil && !from.instant().Equal(event.At) {
		from.wrong("须与 at 相同", "must be the same as at")
	}
	to := e.need("to")
	if event.To = to.instant(); !event.To.IsZero() && !event.To.After(event.At) {
		to.wrong("须晚于 at", "must be after at")
	}
}

func (p *play) down() bool { return !p.upAt.IsZero() }

func (p *play) stopServing(event Event) {
	if !p.down() {
		p.halt()
		p.halt = nil
	}
	p.upAt = latest(p.upAt, event.To)
	p.tell(Step{At: event.At, Tone: Bad, What: refusal.Text{ZH: "工作进程停止服务", EN: "no worker serves"}})
}

// reach settles at an instant; while no worker serves, the clock alone moves.
func (p *play) reach(ctx context.Context, at time.Time) error {
	if p.down() && at.Before(p.upAt) {
		p.clock.move(at)
		p.now = at
		return p.watch(ctx)
	}
	if p.down() {
		if err := p.serveAgain(ctx, at); err != nil {
			return err
		}
	}
	if err := p.settle(ctx, at); err != nil {
		return err
	}
	return p.send(ctx)
}

// keep stores an act as whoever takes it in does while the engine is away.
func (p *play) keep(ctx context.Context, event Event, act message.Act) error {
	stored, answer, err := p.intake.Keep(ctx, act, event.Form)
	if no, ok := refusal.As(err); ok {
		return p.refuse(event, no)
	}
	if err != nil {
		return fmt.Errorf("line %d, %s: %w", event.Line, event.Do, err)
	}
	if answer != nil {
		return p.refuse(event, answer.Refusal)
	}
	p.kept = append(p.kept, kept{event, stored})
	return nil
}

// serveAgain starts a worker, which does what has come due meanwhile and finds in the inbox what came before that; then the rest
// is delivered, as the relay does.
func (p *play) serveAgain(ctx context.Context, at time.Time) error {
	p.clock.move(at)
	p.upAt = time.Time{}
	p.tell(Step{At: at, What: refusal.Text{ZH: "工作进程恢复服务", EN: "a worker serves again"}})
	if err := p.startAgain(); err != nil {
		return err
	}
	if err := p.settle(ctx, at); err != nil {
		return err
	}
	waiting := p.kept
	p.kept = nil
	for _, k := range waiting {
		patience, cancel := context.WithTimeout(ctx, p.Patience)
		answer, err := p.intake.Deliver(patience, k.act)
		cancel()
		if err != nil {
			return fmt.Errorf("line %d, %s: %w", k.event.Line, k.event.Do, err)
		}
		if err := p.refuse(k.event, answer.Refusal); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) startAgain() error {
	if s.Worker != nil {
		return s.startOutside()
	}
	return s.begin()
}
