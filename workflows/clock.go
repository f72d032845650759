package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// clock is the only place that asks the time.
//
// In production it is the server's, told with a delay (grace): an act received in the last second of a day must
// have reached the inbox before the day is closed. In a rehearsal it stands still until an advance moves it,
// and has no grace.
type clock struct {
	rehearsed bool
	standing  time.Time
	paused    time.Time // where a rehearsed clock stood when the workflow began to pause
}

func newClock(c *message.Clock) *clock {
	if c == nil {
		return &clock{}
	}
	return &clock{rehearsed: true, standing: c.Now}
}

// now is the instant up to which everything may be considered known, in Asia/Shanghai.
func (c *clock) now(ctx workflow.Context) time.Time {
	if c.rehearsed {
		return c.standing.In(workday.Shanghai)
	}
	return workflow.Now(ctx).Add(-grace).In(workday.Shanghai)
}

// instant is the present moment, for what is seen rather than received.
func (c *clock) instant(ctx workflow.Context) time.Time {
	if c.rehearsed {
		return c.now(ctx)
	}
	return workflow.Now(ctx).In(workday.Shanghai)
}

func (c *clock) advance(to time.Time) {
	c.standing = later(c.standing, to)
}

func (c *clock) carried() *message.Clock {
	if !c.rehearsed {
		return nil
	}
	return &message.Clock{Now: c.standing}
}

// letAdvance serves the update that moves the clock of a rehearsed workflow; settled waits until the workflow has
// done all that the instant asks for. In production the clock cannot be moved.
func (c *clock) letAdvance(ctx workflow.Context, settled func(workflow.Context) message.Advanced) error {
	move := func(ctx workflow.Context, to time.Time) (message.Advanced, error) {
		c.advance(to)
		ctx, _ = workflow.NewDisconnectedContext(ctx)
		return settled(ctx), nil
	}
	refuse := func(workflow.Context, time.Time) error {
		if !c.rehearsed {
			return temporal.NewNonRetryableApplicationError("only a rehearsal's clock can be moved", "not_rehearsed", nil)
		}
		return nil
	}
	return workflow.SetUpdateHandlerWithOptions(ctx, message.AdvanceUpdate, move, workflow.UpdateHandlerOptions{Validator: refuse})
}

// timer is the one timer that serves a whole contract. It is armed again only when its instant moves.
type timer struct {
	at     time.Time
	fired  workflow.Future
	cancel workflow.CancelFunc
}

// arm sets the timer for the instant at; zero disarms it. A rehearsed clock needs no timer: it is moved.
func (t *timer) arm(ctx workflow.Context, c *clock, at time.Time) {
	if c.rehearsed || (t.at.Equal(at) && !t.rung()) {
		return
	}
	if t.cancel != nil {
		t.cancel()
	}
	*t = timer{}
	if at.IsZero() {
		return
	}
	timerCtx, cancel := workflow.WithCancel(ctx)
	wait := max(at.Sub(c.now(ctx)), breath)
	*t = timer{at: at, fired: workflow.NewTimer(timerCtx, wait), cancel: cancel}
}

func (t *timer) rung() bool { return t.fired != nil && t.fired.IsReady() }

// forget lets go of a timer that has rung, once what it rang for is done: it must not ring for ever in a run that
// is about to leave.
func (t *timer) forget() {
	if t.rung() {
		*t = timer{}
	}
}

// await waits for a condition of the workflow itself. It cannot fail: nothing cancels a contract.
func await(ctx workflow.Context, condition func() bool) {
	if err := workflow.Await(ctx, condition); err != nil {
		panic(err)
	}
}

// pause is how a workflow waits for the cloud: a while by the server's clock, or until the rehearsal's clock
// moves.
func (c *clock) pause(ctx workflow.Context, d time.Duration) error {
	if !c.rehearsed {
		return workflow.Sleep(ctx, d)
	}
	c.paused = c.standing
	return workflow.Await(ctx, func() bool { return !c.pausing() })
}

// machinePause waits for a machine, by the server's clock alone: in a rehearsal no time passes.
func (c *clock) machinePause(ctx workflow.Context, d time.Duration) error {
	if c.rehearsed {
		return nil
	}
	return workflow.Sleep(ctx, d)
}

func (c *clock) pausing() bool { return !c.standing.After(c.paused) }
