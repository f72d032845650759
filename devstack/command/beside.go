//go:build unix

package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"lvyue/devstack/state"
	"lvyue/internal/refusal"
)

// beside starts one of the product's programs as a child that ends with this process, however that ends, and
// returns when it serves. A program that was not built is left out.
func beside(ctx context.Context, c Console, dir, name string, s state.State) (stop func() error, err error) {
	program := filepath.Join(dir, "bin", name)
	if _, err := os.Stat(program); errors.Is(err, os.ErrNotExist) {
		return func() error { return nil }, nil
	}
	ready, err := filepath.Abs(filepath.Join(dir, name+".ready"))
	if err == nil {
		err = os.RemoveAll(ready)
	}
	if err != nil {
		return nil, fmt.Errorf("clear the sign that the %s serves: %w", name, err)
	}
	log := filepath.Join(dir, name+".log")
	cmd, ended, err := child(log, append(environment(s), "LVYUE_READY_FILE="+ready), program)
	if err != nil {
		return nil, err
	}
	stop = func() error { return end(cmd, ended) }
	if err := await(ctx, ended, log, func() (bool, error) { _, err := os.Stat(ready); return err == nil, nil }); err != nil {
		return nil, errors.Join(err, stop())
	}
	c.say(refusal.Text{ZH: "%s 已就绪（进程 %d）", EN: "%s is ready (process %d)"}, name, cmd.Process.Pid)
	return stop, nil
}

// child runs a program from a thread that stays, since the kernel ends the child when that thread ends.
func child(log string, env []string, program string) (*exec.Cmd, <-chan error, error) {
	out, err := os.Create(log) //nolint:gosec // a log of ours
	if err != nil {
		return nil, nil, fmt.Errorf("open the log: %w", err)
	}
	cmd := exec.Command(program) //nolint:noctx // our own program; it is interrupted, never killed, at the end
	cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), env...), out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	diesWithUs(cmd.SysProcAttr)
	started, ended := make(chan error, 1), make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		if started <- err; err == nil {
			ended <- cmd.Wait()
		}
		close(ended)
	}()
	if err := errors.Join(<-started, out.Close()); err != nil {
		return nil, nil, fmt.Errorf("start %s: %w", program, err)
	}
	return cmd, ended, nil
}

// end interrupts a child and waits until it is gone.
func end(cmd *exec.Cmd, ended <-chan error) error {
	if err := cmd.Process.Signal(syscall.SIGTERM); errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	select {
	case err := <-ended:
		if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
			return fmt.Errorf("wait for %s: %w", cmd.Path, err)
		}
		return nil
	case <-time.After(grace):
		return errors.Join(fmt.Errorf("%s did not stop within %s", cmd.Path, grace), cmd.Process.Kill())
	}
}
