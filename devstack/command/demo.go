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

	"lvyue/devstack/stack"
	"lvyue/devstack/state"
	"lvyue/internal/refusal"
)

// demo plays a contract's life on a stack of its own that is thrown away afterwards, then leaves the stack
// open for looking around until Ctrl-C. If a stack is running in the folder, it plays there and leaves it
// running.
func demo(ctx context.Context, c Console, args []string) error {
	f, dir := flags(c, "demo")
	scenario := f.String("scenario", "examples/first-contract/scenario.yaml", c.help("要演的情景", "the scenario to play"))
	once := f.Bool("once", false, c.help("演完即停", "stop after the play"))
	if err := parse(f, args); err != nil {
		return err
	}
	starter := filepath.Join(*dir, "bin", "starter")
	if _, err := os.Stat(starter); err != nil {
		return refusal.BadInput("starter_missing",
			"找不到 "+starter+"；请用 make demo，它会先构建。", starter+" is missing; run make demo, which builds it.")
	}
	s, finish, err := stage(ctx, *dir)
	if err != nil {
		return err
	}
	err = play(ctx, c, *dir, s, func() error {
		if err := perform(ctx, c, s, starter, *scenario); err != nil || *once {
			return err
		}
		lookAround(c, *dir, s)
		<-ctx.Done()
		return nil
	})
	err = errors.Join(err, finish())
	if ctx.Err() != nil {
		c.say(refusal.Text{ZH: "已停止。", EN: "Stopped."})
	}
	return err
}

// play shows something with a worker beside it, unless one runs in the folder already, so that whatever a
// person tries while the demo is open works.
func play(ctx context.Context, c Console, dir string, s state.State, show func() error) error {
	if id, err := companion(dir, "worker"); err != nil || id.Alive() {
		return errors.Join(err, show())
	}
	stopWorker, err := beside(ctx, c, dir, "worker", s)
	if err != nil {
		return err
	}
	return errors.Join(show(), stopWorker())
}

// stage is the running stack, or a throw-away one; finish ends what stage started.
func stage(ctx context.Context, dir string) (s state.State, finish func() error, err error) {
	r, err := open(ctx, dir, stack.Options{DatabaseURL: os.Getenv("DATABASE_URL"), UI: true})
	finish = func() error { return nil }
	switch {
	case err == nil:
		finish = r.close
	case !errors.Is(err, errRunning):
		return s, finish, err
	}
	s, ok, err := state.Read(dir)
	if err == nil && !ok {
		err = errors.New("the running stack is not ready yet; try again")
	}
	if err != nil {
		return s, finish, errors.Join(err, finish())
	}
	return s, finish, nil
}

// perform has the starter play the scenario and shows what it says. On Ctrl-C it passes one interrupt on:
// the player is in a process group of its own, or the terminal would send it another.
func perform(ctx context.Context, c Console, s state.State, starter, scenario string) error {
	c.say(refusal.Text{ZH: "正在演示 %s……", EN: "Playing %s …"}, scenario)
	cmd := exec.CommandContext(ctx, starter, "rehearse", scenario, "--watch", "--keep") //nolint:gosec // our own program
	cmd.Env = append(os.Environ(), environment(s)...)
	cmd.Stdout, cmd.Stderr = c.Out, c.Err
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) }
	cmd.WaitDelay = grace
	// The kernel ends the player when the thread that started it dies: keep that thread.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	diesWithUs(cmd.SysProcAttr)
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return statusError(interrupted)
	case errors.As(err, &exit):
		return statusError(max(exit.ExitCode(), failed)) // a signal counts as a failure
	case err != nil:
		return fmt.Errorf("play %s: %w", scenario, err)
	default:
		return nil
	}
}

// lookAround says how to look further.
func lookAround(c Console, dir string, s state.State) {
	starter := filepath.Join(dir, "bin", "starter")
	form := "examples/first-contract/first-contract.yaml"
	c.say(refusal.Text{
		ZH: "\n想看得更细：\n  网页界面    %[1]s\n  亲手签一份  %[2]s sign %[3]s --by customer\n  然后查看    %[2]s list\n  全部命令    %[2]s --help\n按 Ctrl-C 结束。",
		EN: "\nTo look further:\n  Web UI         %[1]s\n  sign yourself  %[2]s sign %[3]s --by customer\n  then look      %[2]s list\n  all commands   %[2]s --help\nCtrl-C ends the demo.",
	}, s.UIURL, starter, form)
}
