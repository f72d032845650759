package aliyunsim

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"
)

// line is one request on record. The names are read by people and programs, and never change.
type line struct {
	// At is the simulator's time, in Beijing's.
	At      string `json:"at"`
	Product string `json:"product"`
	Action  string `json:"action"`
	Version string `json:"version"`
	// Parameters are as on the wire, of which the first counts where one was sent twice; secrets are masked.
	Parameters map[string]string `json:"parameters"`
	// Status is the HTTP status, 0 where the connection was closed without an answer.
	Status int `json:"status"`
	// Code is the vendor's error code, "" for success.
	Code string `json:"code"`
}

// beijing is the time that people here live by, without daylight saving.
func beijing() *time.Location { return time.FixedZone("Asia/Shanghai", 8*60*60) }

// record writes every request as one line of JSON.
type record struct {
	to    io.Writer // nil: nowhere
	clock func() time.Time
	err   error // the first that writing met
}

// write is called by one request at a time. What cannot be written keeps no request from its answer.
func (r *record) write(params url.Values, given reply) {
	if r.to == nil {
		return
	}
	text, err := json.Marshal(line{
		At:      r.clock().In(beijing()).Format(time.RFC3339),
		Product: product(params.Get("Version")), Action: params.Get("Action"), Version: params.Get("Version"),
		Parameters: masked(params), Status: given.status, Code: given.code,
	})
	if err == nil {
		_, err = r.to.Write(append(text, '\n'))
	}
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("record a request: %w", err)
	}
}

const mask = "***"

func masked(params url.Values) map[string]string {
	shown := map[string]string{}
	for name := range params {
		shown[name] = params.Get(name)
		if isSecret(name) {
			shown[name] = mask
		}
	}
	return shown
}

// isSecret also knows a secret whose name is misspelt, which is refused but was sent.
func isSecret(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "password") || slices.Contains([]string{
		"securitytoken", "signature", "accesskeysecret", "accesskeyid", "commandcontent",
	}, name)
}
