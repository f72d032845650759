//go:build unix

// Package process starts programs that outlive us and stops exactly those again. A process is known by its
// number and the moment it started, so that a number used again is never mistaken for it.
package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// look is how often a process is looked at while waiting for it.
const look = 10 * time.Millisecond

// ID is one process, past or present. Birth is opaque; equal for one process as long as it lives.
type ID struct {
	PID   int    `json:"pid"`
	Birth string `json:"birth"`
}

// Self is this process.
func Self() ID { return Of(os.Getpid()) }

// Of is the process that has the number pid now. Birth is empty when there is none.
func Of(pid int) ID { return ID{PID: pid, Birth: birth(pid)} }

// Alive says whether this very process still runs; one that has ended and only waits to be collected does
// not.
func (id ID) Alive() bool { return id.PID > 0 && id.Birth != "" && birth(id.PID) == id.Birth }

// Stop asks the process to end, waits for as long as grace, then ends it, and returns when it is gone. A
// process that is gone already is no error.
func (id ID) Stop(ctx context.Context, grace time.Duration) error {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		if !id.Alive() {
			return nil
		}
		if err := syscall.Kill(id.PID, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("stop process %d: %w", id.PID, err)
		}
		if id.gone(ctx, grace) {
			return nil
		}
	}
	return fmt.Errorf("process %d does not end", id.PID)
}

func (id ID) gone(ctx context.Context, within time.Duration) bool {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	return Await(ctx, func() (bool, error) { return !id.Alive(), nil }) == nil
}

// Await looks until the condition holds, fails, or ctx ends.
func Await(ctx context.Context, condition func() (bool, error)) error {
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for {
		if met, err := condition(); met || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting: %w", ctx.Err())
		case <-ticker.C:
		}
	}
}

// Detach starts a program in a session of its own, so that it outlives this process and its terminal; what
// it says goes to the file log. The channel tells when it ended while we still run.
func Detach(log string, env []string, program string, args ...string) (ID, <-chan error, error) {
	out, err := os.OpenFile(log, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600) //nolint:gosec // the caller's path
	if err != nil {
		return ID{}, nil, fmt.Errorf("open the log of %s: %w", program, err)
	}
	cmd := exec.Command(program, args...) //nolint:gosec,noctx // ours to start, and meant to outlive us
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := errors.Join(cmd.Start(), out.Close()); err != nil {
		return ID{}, nil, fmt.Errorf("start %s: %w", program, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	return Of(cmd.Process.Pid), ended, nil
}
