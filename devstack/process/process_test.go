//go:build unix

package process_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"lvyue/devstack/process"
)

func TestID_IsAliveUntilTheProcessEnds(t *testing.T) {
	t.Parallel()
	if !process.Self().Alive() {
		t.Error("we are not alive")
	}
	cmd := exec.CommandContext(t.Context(), "sleep", "60")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	id := process.Of(cmd.Process.Pid)
	if !id.Alive() {
		t.Error("a running process is not alive")
	}
	if err := id.Stop(t.Context(), 10*time.Second); err != nil {
		t.Error(err)
	}
	if id.Alive() { // ended, though nobody has collected it yet
		t.Error("an ended process is alive")
	}
	_ = cmd.Wait() // stopped, as asked
}

func TestID_IsNotAnotherProcessWithTheSameNumber(t *testing.T) {
	t.Parallel()
	other := process.Self()
	other.Birth += "0"
	if other.Alive() {
		t.Error("a number used again is taken for the old process")
	}
	if err := other.Stop(t.Context(), time.Second); err != nil { // and we survive it
		t.Error(err)
	}
	for _, nobody := range []process.ID{{}, {PID: -1, Birth: "x"}, process.Of(1 << 30)} {
		if nobody.Alive() {
			t.Errorf("%+v is alive", nobody)
		}
	}
}

func TestID_StopEndsAProcessThatDoesNotListen(t *testing.T) {
	t.Parallel()
	log := filepath.Join(t.TempDir(), "log")
	id, ended, err := process.Detach(log, []string{"WORD=deaf"}, "sh", "-c", `trap "" TERM; echo $WORD; while :; do sleep 1; done`)
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Await(t.Context(), func() (bool, error) { said, err := os.ReadFile(log); return string(said) == "deaf\n", err }); err != nil {
		t.Fatal(err)
	}
	if err := id.Stop(t.Context(), 50*time.Millisecond); err != nil {
		t.Error(err)
	}
	<-ended
}
