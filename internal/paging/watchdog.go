package paging

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lvyue/internal/message"
)

// Grace is how late a step may be before the watchdog barks: the workflow's own pages come first.
const Grace = time.Minute

// Late is a fault whose next step is overdue. To are the ids of those on call for it; without any the leads are told.
type Late struct {
	Contract string
	Fault    int
	Step     string // names the step within its fault, such as a rung
	DueAt    time.Time
	Deadline time.Time // of the plan; zero if none is owed
	To       []string
}

// Overdue knows the steps that nobody took.
type Overdue interface {
	Late(ctx context.Context, now time.Time) ([]Late, error)
}

// Watchdog pages about faults that are not worked on, past every workflow: it needs PostgreSQL alone, and is run by another
// process than the workflows' workers. Beat tells somebody outside that it looked; whoever hears nothing pages on his own. Nil
// if nobody listens.
type Watchdog struct {
	Overdue Overdue
	Store   interface {
		Enqueue(ctx context.Context, pages []message.Page) error
	}
	People People
	Beat   func(context.Context) error
}

// Look pages once for each step that is late by more than Grace at the moment now, and beats only if all of that succeeded:
// silence is the alarm. It may be repeated.
func (w *Watchdog) Look(ctx context.Context, now time.Time) error {
	late, err := w.Overdue.Late(ctx, now)
	if err != nil {
		return fmt.Errorf("watchdog: %w", err)
	}
	var errs []error
	for _, l := range late {
		if now.Sub(l.DueAt) > Grace {
			errs = append(errs, w.bark(ctx, now, l))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("watchdog: %w", err)
	}
	if w.Beat == nil {
		return nil
	}
	return w.Beat(ctx)
}

func (w *Watchdog) bark(ctx context.Context, now time.Time, l Late) error {
	to := l.To
	if len(to) == 0 {
		leads, err := w.People.Leads(ctx)
		if err != nil {
			return fmt.Errorf("find the leads: %w", err)
		}
		to = leads
	}
	pages := make([]message.Page, len(to))
	for i, person := range to {
		pages[i] = message.Page{
			Key: fmt.Sprintf("%s/%s/%d/%s/%s/%s", message.WatchdogPage, l.Contract, l.Fault, l.Step, l.DueAt.UTC().Format(time.RFC3339Nano), person),
			At:  now, Kind: message.WatchdogPage, Contract: l.Contract, Fault: l.Fault, Rung: l.Step, To: person,
			Deadline: l.Deadline, Detail: "应于 " + clockOf(l.DueAt) + " 执行 / was due then",
		}
	}
	return w.Store.Enqueue(ctx, pages)
}
