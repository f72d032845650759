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
func newService(t *testing.T, name string, environment []string) *service {
	t.Helper()
	folder := t.TempDir()
	s := &service{
		program: built(t, name), name: name, environment: environment,
		log: filepath.Join(folder, name+".log"), ready: filepath.Join(folder, name+".ready"),
	}
	t.Cleanup(func() { s.stop(t) })
	return s
}

// programs are what was built, by name.
var programs struct {
	sync.Mutex

	folder string
}

func built(t *testing.T, name string) string {
	t.Helper()
	programs.Lock()
	defer programs.Unlock()
	path := filepath.Join(programs.folder, name)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	return build(t, programs.folder, name)
}

// start returns when it serves, with what it says of that.
func (s *service) start(t *testing.T) map[string]any {
	t.Helper()
	if err := os.RemoveAll(s.ready); err != nil {
		t.Fatal(err)
	}
	log, err := os.OpenFile(s.log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	s.command = exec.Command(s.program, s.arguments...)
	s.command.Env = append(append(os.Environ(), s.environment...), "LVYUE_READY_FILE="+s.ready)
	s.command.Stdout, s.command.Stderr = log, log
	err = s.command.Start()
	log.Close()
	if err != nil {
		t.Fatal(err)
	}
	return s.serving(t)
}

func (s *service) serving(t *testing.T) map[string]any {
	t.Helper()
	const patience, between = time.Minute, 20 * time.Millisecond
	for giveUp := time.Now().Add(patience); time.Now().Before(giveUp); time.Sleep(between) {
		var said map[string]any
		if text, err := os.ReadFile(s.ready); err == nil && json.Unmarshal(text, &said) == nil {
			return said
		}
	}
	t.Fatalf("the %s does not serve:\n%s", s.name, endOf(s.log))
	return nil
}

// stop asks it to end, and waits for that; one that does not is killed.
func (s *service) stop(t *testing.T) {
	t.Helper()
	if s.command == nil {
		return
	}
	const patience = 30 * time.Second
	process := s.command.Process
	defer time.AfterFunc(patience, func() { _ = process.Kill() }).Stop()
	if err := process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	_ = s.command.Wait() // says how it was ended
	s.command = nil
}

// kill ends it with SIGKILL, and returns when it is no more.
func (s *service) kill(t *testing.T) {
	t.Helper()
	if err := s.command.Process.Kill(); err != nil {
		t.Fatalf("the %s had ended by itself: %v\n%s", s.name, err, endOf(s.log))
	}
	_ = s.command.Wait() // says that it was killed
	s.command = nil
}
