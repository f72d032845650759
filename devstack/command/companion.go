//go:build unix

package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"lvyue/devstack/process"
)

// companion is the process remembered under name; the zero ID when none is.
func companion(dir, name string) (process.ID, error) {
	text, err := os.ReadFile(memory(dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return process.ID{}, nil
	}
	var id process.ID
	if err == nil {
		err = json.Unmarshal(text, &id)
	}
	if err != nil {
		return process.ID{}, fmt.Errorf("read which %s was started: %w", name, err)
	}
	return id, nil
}

func remember(dir, name string, id process.ID) error {
	text, err := json.Marshal(id)
	if err == nil {
		err = os.WriteFile(memory(dir, name), text, 0o600)
	}
	if err != nil {
		return fmt.Errorf("remember which %s was started: %w", name, err)
	}
	return nil
}

func forget(dir, name string) error {
	if err := os.Remove(memory(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("forget the %s: %w", name, err)
	}
	return nil
}

func memory(dir, name string) string { return filepath.Join(dir, name+".json") }
