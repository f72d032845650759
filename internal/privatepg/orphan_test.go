//go:build unix

package privatepg_test

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"lvyue/internal/privatepg"
)

// childFolder tells a copy of the test binary to be the program that gets killed.
const childFolder = "PRIVATEPG_TEST_FOLDER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		serveUntilKilled(dir)
	}
	os.Exit(m.Run())
}

func serveUntilKilled(dir string) {
	s, err := privatepg.Start(context.Background(), privatepg.Options{Dir: dir})
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	os.Stdout.WriteString(strconv.Itoa(s.PID()) + "\n")
	select {}
}

func TestServer_DiesWithAKilledProgramAndItsDataLiveOn(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	program, postmaster := startProgram(t, dir)
	if err := program.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = program.Wait() // killed, as asked
	if runtime.GOOS == "linux" {
		awaitGone(t, postmaster)
	}
	query(t, start(t, privatepg.Options{Dir: dir}), "SELECT 1") // at once, without waiting for the old one
	awaitGone(t, postmaster)
}

func startProgram(t *testing.T, dir string) (*exec.Cmd, int) {
	t.Helper()
	program := exec.CommandContext(t.Context(), os.Args[0])
	program.Env = append(os.Environ(), childFolder+"="+dir)
	program.Stderr = os.Stderr
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	return program, pid
}

// awaitGone waits until no process has the number pid.
func awaitGone(t *testing.T, pid int) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH); {
		if time.Now().After(deadline) {
			t.Fatalf("postmaster %d outlived its program", pid)
		}
		time.Sleep(time.Millisecond)
	}
}
