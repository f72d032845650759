//go:build unix

package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"lvyue/devstack/command"
	"lvyue/devstack/process"
	"lvyue/devstack/state"
)

// asDevstack tells a copy of the test binary to be the devstack program.
const asDevstack = "DEVSTACK_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asDevstack) == "" {
		os.Exit(m.Run())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(command.Run(ctx, command.Console{Out: os.Stdout, Err: os.Stderr, Lang: command.Language()}, os.Args[1:]))
}

func TestRun_RefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"dance"}, {"serve", "--fast"}, {"up", "now"}, {"demo", "--dir", t.TempDir()}} {
		if status, _, said := devstack(t, nil, args...); status != 2 || said == "" {
			t.Errorf("%v: status %d, said %q", args, status, said)
		}
	}
	if status, _, _ := devstack(t, nil, "serve", "--help"); status != 0 {
		t.Errorf("--help: status %d", status)
	}
}

func TestRun_SpeaksTheLanguageOfTheEnvironment(t *testing.T) {
	t.Parallel()
	if _, _, said := devstack(t, []string{"LC_ALL=zh_CN.UTF-8"}); !strings.Contains(said, "用法") {
		t.Errorf("zh: %q", said)
	}
	if _, _, said := devstack(t, []string{"LC_ALL=C.UTF-8", "LANG=zh_CN.UTF-8"}); !strings.Contains(said, "usage") {
		t.Errorf("en: %q", said)
	}
}

func TestUp_StartsStackAndWorkerOnceAndDownStopsExactlyThem(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	script(t, dir, "worker", `test -n "$TEMPORAL_ADDRESS" -a -n "$DATABASE_URL" -a "$LVYUE_CLOUD" = aliyunsim || exit 9
touch "$LVYUE_READY_FILE"; exec sleep 600`)
	succeed(t, "up", "--dir", dir)
	stack, worker := running(t, dir)
	succeed(t, "up", "--dir", dir)
	if again, sameWorker := running(t, dir); again != stack || sameWorker != worker {
		t.Error("up started what was running")
	}
	succeed(t, "down", "--dir", dir)
	if stack.Alive() || worker.Alive() {
		t.Errorf("after down: stack alive %v, worker alive %v", stack.Alive(), worker.Alive())
	}
	succeed(t, "down", "--dir", dir)
}

func TestUp_AWorkerThatOutlivedItsStackIsReplaced(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	script(t, dir, "worker", `touch "$LVYUE_READY_FILE"; exec sleep 600`)
	succeed(t, "up", "--dir", dir, "--store", "memory")
	stack, worker := running(t, dir)
	if err := syscall.Kill(stack.PID, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	await(t, func() bool { return !stack.Alive() })
	succeed(t, "up", "--dir", dir, "--store", "memory")
	if _, next := running(t, dir); worker.Alive() || next == worker {
		t.Errorf("the worker of the former stack: alive %v, replaced %v", worker.Alive(), next != worker)
	}
	succeed(t, "down", "--dir", dir)
}

func TestUp_SaysWhyAWorkerDidNotStart(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	t.Cleanup(func() { succeed(t, "down", "--dir", dir) })
	script(t, dir, "worker", "echo no cloud was chosen >&2; exit 1")
	if status, _, said := devstack(t, nil, "up", "--dir", dir, "--store", "memory"); status != 1 || !strings.Contains(said, "no cloud was chosen") {
		t.Errorf("status %d, said %q", status, said)
	}
}

//nolint:paralleltest // measures a time
func TestServe_KilledLeavesNoOrphanAndComesBackWithinTwoSeconds(t *testing.T) {
	dir := folder(t)
	succeed(t, "up", "--dir", dir)
	first, _, err := state.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	postgres := postmaster(t, dir)
	if err := syscall.Kill(first.PID, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	await(t, func() bool { return !first.Alive() })
	began := time.Now()
	succeed(t, "up", "--dir", dir)
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("second start took %v", took)
	}
	await(t, func() bool { return !postgres.Alive() })
	succeed(t, "down", "--dir", dir)
}

func TestServe_RefusesAFolderInUse(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	succeed(t, "up", "--dir", dir, "--store", "memory")
	if status, _, said := devstack(t, []string{"LC_ALL=C"}, "serve", "--dir", dir); status != 2 || !strings.Contains(said, "already running") {
		t.Errorf("status %d, said %q", status, said)
	}
	succeed(t, "down", "--dir", dir)
}

func TestDemo_PlaysAndPassesTheStarterStatusOn(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	script(t, dir, "starter", `test "$1" = rehearse && shift; echo "played $1 on $TEMPORAL_ADDRESS"; exit "${VERDICT:-0}"`)
	status, out, said := devstack(t, nil, "demo", "--dir", dir, "--scenario", "life.yaml", "--once")
	if status != 0 || !strings.Contains(out, "played life.yaml on 127.0.0.1:") {
		t.Errorf("status %d, printed %q, said %q", status, out, said)
	}
	if status, _, _ := devstack(t, []string{"VERDICT=3"}, "demo", "--dir", dir, "--once"); status != 3 {
		t.Errorf("a refused play ends with %d", status)
	}
	if _, ok, err := state.Read(dir); ok || err != nil {
		t.Errorf("after the demo: running = %v, %v", ok, err)
	}
}

func TestDemo_EndsCleanlyOnCtrlC(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		play, until string
		status      int
	}{
		"while looking around": {"exit 0", "starter fault list", 0},
		"during the play":      {"echo curtain; exec sleep 600", "curtain", 130},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			script(t, dir, "starter", c.play)
			cmd := program(t, nil, "demo", "--dir", dir)
			out := filepath.Join(dir, "out")
			cmd.Stdout = create(t, out)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			await(t, func() bool {
				said, err := os.ReadFile(out)
				return err == nil && strings.Contains(string(said), c.until)
			})
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // its status is looked at next
			if got := cmd.ProcessState.ExitCode(); got != c.status {
				t.Errorf("status %d, want %d", got, c.status)
			}
		})
	}
}

func TestUp_WorksForAnOrdinaryUser(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Log("all other tests here ran as an ordinary user")
		return
	}
	const nobody = 65534
	dir := folder(t)
	if err := os.Chown(dir, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	own := copyOfTest(t)
	for _, args := range [][]string{{"up", "--dir", dir}, {"down", "--dir", dir}} {
		cmd := program(t, nil, args...)
		cmd.Path = own
		cmd.Dir = dir
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %v: %s", args, err, out)
		}
	}
}

// devstack runs the program to its end.
func devstack(t *testing.T, env []string, args ...string) (status int, out, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := program(t, env, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // the status tells
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

func succeed(t *testing.T, args ...string) {
	t.Helper()
	if status, out, said := devstack(t, nil, args...); status != 0 {
		t.Fatalf("%v: status %d, printed %q, said %q", args, status, out, said)
	}
}

func program(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), self, args...)
	cmd.Env = append(append(os.Environ(), asDevstack+"=1", "DATABASE_URL="), env...)
	return cmd
}

// running gives the processes that up left behind.
func running(t *testing.T, dir string) (stack, worker process.ID) {
	t.Helper()
	s, ok, err := state.Read(dir)
	if err != nil || !ok {
		t.Fatalf("running = %v, %v", ok, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "worker.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &worker); err != nil || !worker.Alive() {
		t.Fatalf("worker %s: %v", text, err)
	}
	return s.ID, worker
}

// postmaster is the private PostgreSQL's process.
func postmaster(t *testing.T, dir string) process.ID {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "postgres", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	var pid int
	if err := json.Unmarshal(text[:bytes.IndexByte(text, '\n')], &pid); err != nil {
		t.Fatal(err)
	}
	return process.Of(pid)
}

func await(t *testing.T, condition func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := process.Await(ctx, func() (bool, error) { return condition(), nil }); err != nil {
		t.Fatal(err)
	}
}

// script puts a shell script where make puts a program.
func script(t *testing.T, dir, name, body string) {
	t.Helper()
	bin := filepath.Join(dir, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}

func create(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// folder is one that an unprivileged PostgreSQL may enter; t.TempDir is closed to others.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "devstack-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// copyOfTest is this test binary where everybody may run it; go test keeps its own from others.
func copyOfTest(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	there := filepath.Join(folder(t), "devstack")
	if err := os.Link(self, there); err == nil {
		return there
	}
	text, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(there, text, 0o755); err != nil {
		t.Fatal(err)
	}
	return there
}
