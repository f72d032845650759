package rehearsal

import (
	"context"
	"errors"
	"fmt"
)

// Run plays a scenario and reports what came of it. It returns when the clock has stopped and all that was set up
// is taken down again, also after an error and after ctx has ended.
//
// An act that the engine refuses is in the report. An error is trouble with the server, the database or the
// engine itself.
func Run(ctx context.Context, o Options) (report Report, err error) {
	o = o.withDefaults()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	s := newStage(o, stop)
	defer func() { err = errors.Join(err, s.clear(context.WithoutCancel(ctx))) }()
	if err := s.build(ctx); err != nil {
		return Report{}, because(ctx, fmt.Errorf("set up the rehearsal: %w", err))
	}
	p := &play{stage: s, now: s.clock.now()}
	if err := p.perform(ctx); err != nil {
		return Report{}, because(ctx, fmt.Errorf("rehearse %s: %w", o.Scenario.Form.Number, err))
	}
	report, err = p.report(ctx)
	return report, because(ctx, err)
}

// because adds why ctx was ended, such as a worker that broke down, to an error that only says that it was.
func because(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	if err == nil || cause == nil || errors.Is(err, cause) {
		return err
	}
	return fmt.Errorf("%w: %w", err, cause)
}
