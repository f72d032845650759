package slacksim

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// line is one call on record. The names are read by people and programs, and never change.
type line struct {
	// At is the simulator's time, in Beijing's.
	At     string            `json:"at"`
	Method string            `json:"method"`
	Args   map[string]string `json:"args"`
	// Error is Slack's error code, the trouble that a fault made, or "" for success.
	Error string `json:"error"`
}

// beijing is the time that people here live by, without daylight saving.
func beijing() *time.Location { return time.FixedZone("Asia/Shanghai", 8*60*60) }

// record writes every call as one line of JSON.
type record struct {
	to      io.Writer // nil: nowhere
	secrets []string
	err     error // the first that writing met
}

const mask = "***"

// write is called by one call at a time. What cannot be written keeps no call from its answer.
func (r *record) write(at time.Time, c call, code string) {
	if r.to == nil {
		return
	}
	args := maps.Clone(c.args)
	for name, value := range args {
		if name == "token" || slices.Contains(r.secrets, value) {
			args[name] = mask
		}
	}
	text, err := json.Marshal(line{At: at.In(beijing()).Format(time.RFC3339), Method: c.method, Args: args, Error: code})
	if err == nil {
		_, err = r.to.Write(append(text, '\n'))
	}
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("record a call: %w", err)
	}
}
