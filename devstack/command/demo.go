//go:build unix

package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

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
		if err := faultToday(ctx, s, starter); err != nil {
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

// play shows something with the companions beside it, but for those that run in the folder already, so that whatever a
// person tries while the demo is open works.
func play(ctx context.Context, c Console, dir string, s state.State, show func() error) error {
	for _, name := range companions() {
		id, err := companion(dir, name)
		if err != nil {
			return err
		}
		if id.Alive() {
			continue
		}
		stop, err := beside(ctx, c, dir, name, s)
		if err != nil {
			return err
		}
		within := show
		show = func() error { return errors.Join(within(), stop()) }
	}
	return show()
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

// The demo's own contract, and how long its system may take to be there.
const (
	demoForm     = "examples/first-contract/first-contract.yaml"
	demoContract = "HT-2025-001"
	usableWithin = 60
)

// faultToday has the example's contract signed, paid and deployed today, with people on call and a fault that waits for them in the
// simulated Slack. What was done by an earlier demo stays as it is.
func faultToday(ctx context.Context, s state.State, starter string) error {
	for _, step := range [][]string{
		{"oncall", "set", "examples/fault-desk/rota.yaml", "--by", "chen"},
		{"sign", demoForm, "--by", "customer"},
		{"sign", demoForm, "--by", "provider"},
		{"pay", demoContract, "--amount", "120000.00", "--reference", "DEMO-1", "--id", "demo-payment"},
	} {
		if _, err := ask(ctx, s, starter, step...); err != nil {
			return err
		}
	}
	for range usableWithin {
		done, err := ask(ctx, s, starter, "fault", "report", demoContract, "--by", "李明", "--system", "OA",
			"--text", "OA 打不开 / OA does not open", "--id", fmt.Sprintf("demo-fault-%d", time.Now().UnixNano()))
		if err != nil || done {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Second):
		}
	}
	return errors.New("the example's system does not become usable")
}

// ask has the starter do something out of sight, and tells whether it was done; the engine may refuse it.
func ask(ctx context.Context, s state.State, starter string, args ...string) (bool, error) {
	const refused = 3
	cmd := exec.CommandContext(ctx, starter, args...) //nolint:gosec // our own program
	cmd.Env = append(os.Environ(), environment(s)...)
	said, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return false, statusError(interrupted)
	case errors.As(err, &exit) && exit.ExitCode() == refused:
		return false, nil
	case err != nil:
		return false, fmt.Errorf("starter %s: %w: %s", args[0], err, bytes.TrimSpace(said))
	default:
		return true, nil
	}
}

// lookAround says how to look further.
func lookAround(c Console, dir string, s state.State) {
	starter := filepath.Join(dir, "bin", "starter")
	page := simulated(filepath.Join(dir, "desk.ready"))
	c.say(refusal.Text{
		ZH: "\n今天签下的同一份合同（HT-2025-001）刚刚报了一个故障，一小时内须有方案：\n  模拟 Slack  %[1]s（以张工的身份响应）\n  命令行      %[2]s fault list\n\n想看得更细：\n  网页界面    %[3]s\n  合同        %[2]s show HT-2025-001\n  全部命令    %[2]s --help\n按 Ctrl-C 结束。",
		EN: "\nThe same contract (HT-2025-001), signed today, has just reported a fault; there must be a plan within the hour:\n  simulated Slack  %[1]s (act as 张工)\n  command line     %[2]s fault list\n\nTo look further:\n  Web UI           %[3]s\n  the contract     %[2]s show HT-2025-001\n  all commands     %[2]s --help\nCtrl-C ends the demo.",
	}, page, starter, s.UIURL)
}
