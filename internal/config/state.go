package config

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// stateDir is where `make up` keeps its state, in the project's folder.
const stateDir = ".dev"

// localStack is what a running local stack says about itself in .dev/state.json.
type localStack struct {
	Address     string `json:"temporal_address"`
	Namespace   string `json:"temporal_namespace"`
	DatabaseURL Secret `json:"database_url"`
	// Dir is the folder of the file; empty when no stack runs.
	Dir string `json:"-"`
}

func firstLocalStack(dirs []string) (localStack, error) {
	for _, dir := range dirs {
		if stack, err := findLocalStack(dir); stack.Dir != "" || err != nil {
			return stack, err
		}
	}
	return localStack{}, nil
}

// findLocalStack looks for a local stack in dir and the folders above it; the nearest counts. None is no
// error, an unreadable one is.
func findLocalStack(dir string) (localStack, error) {
	for {
		found := filepath.Join(dir, stateDir)
		data, err := os.ReadFile(filepath.Join(found, "state.json")) //nolint:gosec // the caller's own folders
		if err == nil {
			return readLocalStack(data, found)
		}
		if !os.IsNotExist(err) {
			return localStack{}, fmt.Errorf("read the state of the local stack: %w", err)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return localStack{}, nil
		}
		dir = parent
	}
}

func readLocalStack(data []byte, dir string) (localStack, error) {
	stack := localStack{Dir: dir}
	if err := json.Unmarshal(data, &stack); err != nil {
		return localStack{}, fmt.Errorf("read %s: %w", filepath.Join(dir, "state.json"), err)
	}
	return stack, nil
}
