package offsite

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"lvyue/internal/backup"
	"lvyue/internal/suite"
	"lvyue/internal/workday"
)

// state is a copy that is half done, as its object in the store tells of it.
type state struct {
	TakenAt  time.Time         `json:"taken_at"`
	Key      string            `json:"key"`
	Products []suite.Installed `json:"products"`
	Counts   suite.Counts      `json:"counts"`
	Database half              `json:"database"`
	Files    half              `json:"files"`
}

// half is what was taken of a content of that size and version.
type half struct {
	Size    int64         `json:"size"`
	Version string        `json:"version"`
	Parts   []backup.Part `json:"parts"`
	Done    bool          `json:"done"`
}

// bytes are those of the plain text that were taken.
func (h half) bytes() int64 {
	var n int64
	for _, p := range h.Parts {
		n += p.Bytes
	}
	return n
}

// state reads how far the copy has come; one that was begun with another key, or cannot be read, has not begun.
func (v *Vault) state(ctx context.Context, contract string, day workday.Date, key string) (*state, error) {
	text, err := v.copies.ReadAll(ctx, folder(contract, day)+stateName)
	if missing(err) {
		return &state{Key: key}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read how far the copy has come: %w", err)
	}
	var s state
	if readable := json.Unmarshal(text, &s) == nil; !readable || s.Key != key {
		s = state{Key: key}
	}
	return &s, nil
}

func (v *Vault) keepState(ctx context.Context, contract string, day workday.Date, s *state) error {
	text, err := json.Marshal(s)
	if err == nil {
		err = write(ctx, v.copies, folder(contract, day)+stateName, text, false)
	}
	if err != nil {
		return fmt.Errorf("keep how far the copy has come: %w", err)
	}
	return nil
}
