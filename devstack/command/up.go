//go:build unix

package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"lvyue/devstack/process"
	"lvyue/devstack/stack"
	"lvyue/devstack/state"
	"lvyue/internal/refusal"
)

const (
	// patience is how long a part may take until it is ready.
	patience = 60 * time.Second
	// grace is how long a part may take to end before it is ended.
	grace = 20 * time.Second
)

// companions are the product's programs that up starts beside the stack when they have been built; each
// writes the file named by LVYUE_READY_FILE when it serves.
func companions() []string { return []string{"worker", "desk"} }

// up starts the stack and its companions in the background and returns when all are ready. What runs
// already is left as it is.
func up(ctx context.Context, c Console, args []string) error {
	f, dir := flags(c, "up")
	store := f.String("store", string(stack.StoreFile), storeHelp(c))
	if err := parse(f, args); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	s, running, err := state.Read(*dir)
	if err != nil {
		return err
	}
	if !running {
		if s, err = upAnew(ctx, *dir, *store); err != nil {
			return err
		}
	}
	describe(c, s.TemporalAddress, s.UIURL)
	for _, name := range companions() {
		if err := upCompanion(ctx, c, *dir, name, s); err != nil {
			return err
		}
	}
	c.say(refusal.Text{ZH: "日志和状态在 %s；make down 停止。", EN: "Logs and state are in %s; make down stops everything."}, *dir)
	return nil
}

// upAnew starts a stack. Companions that outlived one that was killed look for it where it no longer is, so they
// end first.
func upAnew(ctx context.Context, dir, store string) (state.State, error) {
	for _, name := range companions() {
		id, err := companion(dir, name)
		if err == nil && id.Alive() {
			err = id.Stop(ctx, grace)
		}
		if err != nil {
			return state.State{}, err
		}
	}
	return upStack(ctx, dir, store)
}

func upStack(ctx context.Context, dir, store string) (state.State, error) {
	if err := errors.Join(os.MkdirAll(dir, 0o755), state.Remove(dir)); err != nil { //nolint:gosec // PostgreSQL's user must pass
		return state.State{}, fmt.Errorf("prepare %s: %w", dir, err)
	}
	program, err := os.Executable()
	if err != nil {
		return state.State{}, fmt.Errorf("find this program: %w", err)
	}
	log := filepath.Join(dir, "devstack.log")
	_, ended, err := process.Detach(log, nil, program, "serve", "--dir", dir, "--store", store)
	if err != nil {
		return state.State{}, err
	}
	var s state.State
	err = await(ctx, ended, log, func() (ok bool, err error) {
		s, ok, err = state.Read(dir)
		return ok, err
	})
	return s, err
}

func upCompanion(ctx context.Context, c Console, dir, name string, s state.State) error {
	program, err := filepath.Abs(filepath.Join(dir, "bin", name))
	if err != nil {
		return fmt.Errorf("find the %s: %w", name, err)
	}
	if _, err := os.Stat(program); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if id, err := companion(dir, name); err != nil || id.Alive() {
		return err
	}
	ready := filepath.Join(filepath.Dir(filepath.Dir(program)), name+".ready")
	if err := os.RemoveAll(ready); err != nil {
		return fmt.Errorf("clear %s: %w", ready, err)
	}
	log := filepath.Join(dir, name+".log")
	id, ended, err := process.Detach(log, append(environment(s), "LVYUE_READY_FILE="+ready), program)
	if err != nil {
		return err
	}
	if err := remember(dir, name, id); err != nil {
		return errors.Join(err, id.Stop(ctx, grace))
	}
	if err := await(ctx, ended, log, func() (bool, error) { _, err := os.Stat(ready); return err == nil, nil }); err != nil {
		return errors.Join(err, id.Stop(context.WithoutCancel(ctx), grace), forget(dir, name))
	}
	c.say(refusal.Text{ZH: "%s 已就绪（进程 %d）", EN: "%s is ready (process %d)"}, name, id.PID)
	if page := simulated(ready); page != "" {
		c.say(refusal.Text{ZH: "模拟 Slack：%s", EN: "Slack (simulated): %s"}, page)
	}
	return nil
}

// simulated is where the simulator of Slack is looked at that a program has started, by the file that says that it is ready; empty
// if there is none.
func simulated(ready string) string {
	var told struct {
		Slack string `json:"slack"`
	}
	text, err := os.ReadFile(ready) //nolint:gosec // a file of ours
	if err != nil || json.Unmarshal(text, &told) != nil {
		return ""
	}
	return told.Slack
}

// environment tells the product's programs where the stack is, and to use the vendors' simulators.
func environment(s state.State) []string {
	return []string{
		"TEMPORAL_ADDRESS=" + s.TemporalAddress,
		"TEMPORAL_NAMESPACE=" + s.TemporalNamespace,
		"DATABASE_URL=" + s.DatabaseURL,
		"LVYUE_CLOUD=aliyunsim",
		"LVYUE_CHAT=slacksim",
	}
}

// await waits for a started program to become ready; if it ends instead, what it said last is the error.
func await(ctx context.Context, ended <-chan error, log string, ready func() (bool, error)) error {
	err := process.Await(ctx, func() (bool, error) {
		select {
		case err := <-ended:
			return false, fmt.Errorf("it ended: %w", errors.Join(err, errors.New(lastWords(log))))
		default:
			return ready()
		}
	})
	if err != nil {
		return fmt.Errorf("not ready (log: %s): %w", log, err)
	}
	return nil
}

// lastWords are the end of a log.
func lastWords(log string) string {
	const last = 1000
	text, err := os.ReadFile(log) //nolint:gosec // a log of ours
	if err != nil {
		return err.Error()
	}
	return string(bytes.TrimSpace(text[max(0, len(text)-last):]))
}
