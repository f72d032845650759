package state_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lvyue/devstack/process"
	"lvyue/devstack/state"
)

func TestState_SurvivesWritingAndKeepsWhatOthersAdded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	written := state.State{
		ID: process.Self(), TemporalAddress: "127.0.0.1:7233", TemporalNamespace: "default",
		DatabaseURL: "postgres://lvyue:secret@127.0.0.1:5432/lvyue", StartedAt: time.Now().Round(0),
		Extra: map[string]json.RawMessage{"desk_url": json.RawMessage(`"http://127.0.0.1:8080"`)},
	}
	if err := state.Write(dir, written); err != nil {
		t.Fatal(err)
	}
	read, ok, err := state.Read(dir)
	if err != nil || !ok {
		t.Fatalf("running = %v, %v", ok, err)
	}
	if read.DatabaseURL != written.DatabaseURL || read.ID != written.ID || string(read.Extra["desk_url"]) != `"http://127.0.0.1:8080"` {
		t.Errorf("read %+v", read)
	}
	info, err := os.Stat(filepath.Join(dir, "state.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("state.json: %v, %v", info, err)
	}
}

func TestRead_KnowsALeftoverFromARunningStack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, ok, err := state.Read(dir); ok || err != nil {
		t.Errorf("no file: running = %v, %v", ok, err)
	}
	if err := state.Write(dir, state.State{ID: process.ID{PID: os.Getpid(), Birth: "long ago"}}); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := state.Read(dir); ok || err != nil {
		t.Errorf("a leftover: running = %v, %v", ok, err)
	}
	for range 2 { // removing nothing is no error
		if err := state.Remove(dir); err != nil {
			t.Error(err)
		}
	}
}

func TestRead_RefusesWhatIsNotAState(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "state.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := state.Read(dir); err == nil {
		t.Error("half a state was read")
	}
}
