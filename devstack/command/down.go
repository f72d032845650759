//go:build unix

package command

import (
	"context"
	"slices"

	"lvyue/devstack/process"
	"lvyue/devstack/state"
	"lvyue/internal/refusal"
)

// down stops what up started, companions first, and returns when all are gone. Nothing running is fine.
func down(ctx context.Context, c Console, args []string) error {
	f, dir := flags(c, "down")
	if err := parse(f, args); err != nil {
		return err
	}
	for _, name := range slices.Backward(companions()) {
		id, err := companion(*dir, name)
		if err != nil {
			return err
		}
		if id.PID != 0 {
			err = stop(ctx, c, name, id)
		}
		if err != nil {
			return err
		}
		if err := forget(*dir, name); err != nil {
			return err
		}
	}
	s, _, err := state.Read(*dir)
	if err != nil {
		return err
	}
	if err := stop(ctx, c, "devstack", s.ID); err != nil {
		return err
	}
	return state.Remove(*dir)
}

func stop(ctx context.Context, c Console, name string, id process.ID) error {
	if !id.Alive() {
		c.say(refusal.Text{ZH: "%s 没有在运行", EN: "%s was not running"}, name)
		return nil
	}
	if err := id.Stop(ctx, grace); err != nil {
		return err
	}
	c.say(refusal.Text{ZH: "%s 已停止", EN: "%s stopped"}, name)
	return nil
}
