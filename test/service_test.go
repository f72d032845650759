package test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// service is one of the product's programs as a process, which may be ended and started again.
type service struct {
	program, name, log, ready string
	arguments, environment    []string
	command                   *exec.Cmd // nil: it does not run
}

// newService builds a program, once for all tests. It is interrupted when the test ends.
func newService(tb testing.TB, name string, environment []string) *service {
	tb.Helper()
	folder := tb.TempDir()
	s := &service{
		program: built(tb, name), name: name, environment: environment,
		log: filepath.Join(folder, name+".log"), ready: filepath.Join(folder, name+".ready"),
	}
	tb.Cleanup(func() { s.stop(tb) })
	return s
}

// programs are what was built, by name.
var programs struct {
	sync.Mutex

	folder string
}

func built(tb testing.TB, name string) string {
	tb.Helper()
	programs.Lock()
	defer programs.Unlock()
	path := filepath.Join(programs.folder, name)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	return build(tb, programs.folder, name)
}

// start returns when it serves, with what it says of that.
func (s *service) start(tb testing.TB) map[string]any {
	tb.Helper()
	if err := os.RemoveAll(s.ready); err != nil {
		tb.Fatal(err)
	}
	log, err := os.OpenFile(s.log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		tb.Fatal(err)
	}
	s.command = exec.Command(s.program, s.arguments...)
	s.command.Env = append(append(os.Environ(), s.environment...), "LVYUE_READY_FILE="+s.ready)
	s.command.Stdout, s.command.Stderr = log, log
	err = s.command.Start()
	log.Close()
	if err != nil {
		tb.Fatal(err)
	}
	return s.serving(tb)
}

func (s *service) serving(tb testing.TB) map[string]any {
	tb.Helper()
	const patience, between = time.Minute, 20 * time.Millisecond
	for giveUp := time.Now().Add(patience); time.Now().Before(giveUp); time.Sleep(between) {
		var said map[string]any
		if text, err := os.ReadFile(s.ready); err == nil && json.Unmarshal(text, &said) == nil {
			return said
		}
	}
	tb.Fatalf("the %s does not serve:\n%s", s.name, s.lastWords())
	return nil
}

// stop asks it to end, and waits for that; one that does not is killed.
func (s *service) stop(tb testing.TB) {
	tb.Helper()
	if s.command == nil {
		return
	}
	const patience = 30 * time.Second
	process := s.command.Process
	defer time.AfterFunc(patience, func() { _ = process.Kill() }).Stop()
	if err := process.Signal(syscall.SIGTERM); err != nil {
		tb.Error(err)
	}
	_ = s.command.Wait() // says how it was ended
	s.command = nil
}

// lastWords is the end of its log; nothing of one that there is not.
func (s *service) lastWords() string {
	if s == nil {
		return ""
	}
	return endOf(s.log)
}

// kill ends it with SIGKILL, and returns when it is no more.
func (s *service) kill(tb testing.TB) {
	tb.Helper()
	if err := s.command.Process.Kill(); err != nil {
		tb.Fatalf("the %s had ended by itself: %v\n%s", s.name, err, s.lastWords())
	}
	_ = s.command.Wait() // says that it was killed
	s.command = nil
}
