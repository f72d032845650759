// Package state is what a running stack tells other programs: a small JSON file in the stack's folder, which
// the command line reads to find Temporal and PostgreSQL without any variable set. It holds a password, so
// its owner alone may read it.
package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"time"

	"lvyue/devstack/process"
)

// file is the state's name in the stack's folder.
const file = "state.json"

// State is a running stack. Keys that other programs add are kept in Extra.
type State struct {
	process.ID

	TemporalAddress   string    `json:"temporal_address"`
	TemporalNamespace string    `json:"temporal_namespace"`
	UIURL             string    `json:"ui_url"`
	DatabaseURL       string    `json:"database_url"`
	StartedAt         time.Time `json:"started_at"`

	Extra map[string]json.RawMessage `json:"-"`
}

// Read gives the state of dir's stack; ok is false when none runs, also when the file is a leftover of one
// that was killed.
func Read(dir string) (s State, ok bool, err error) {
	text, err := os.ReadFile(filepath.Join(dir, file)) //nolint:gosec // the stack's own folder
	if errors.Is(err, os.ErrNotExist) {
		return State{}, false, nil
	}
	if err != nil {
		return State{}, false, fmt.Errorf("read the stack's state: %w", err)
	}
	if err := errors.Join(json.Unmarshal(text, &s), json.Unmarshal(text, &s.Extra)); err != nil {
		return State{}, false, fmt.Errorf("read %s: %w", filepath.Join(dir, file), err)
	}
	return s, s.Alive(), nil
}

// Write replaces the state at once: a reader sees the old or the new, never half of it.
func Write(dir string, s State) error {
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write the stack's state: %w", err)
	}
	all := maps.Clone(s.Extra)
	if err := json.Unmarshal(text, &all); err != nil {
		return fmt.Errorf("write the stack's state: %w", err)
	}
	if text, err = json.MarshalIndent(all, "", "  "); err != nil {
		return fmt.Errorf("write the stack's state: %w", err)
	}
	return replace(filepath.Join(dir, file), append(text, '\n'))
}

// Remove forgets the state; it is no error if there is none.
func Remove(dir string) error {
	if err := os.Remove(filepath.Join(dir, file)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove the stack's state: %w", err)
	}
	return nil
}

func replace(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // 0600 from the start
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = f.Write(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(f.Name()))
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
