package cli_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// §4: the app is made in Slack from what starter prints.
func TestSlackManifest_PrintsTheAppAndItsLink(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		command string
		words   []string
	}{
		{"slack manifest", []string{"socket_mode_enabled: true", "/fault", "https://api.slack.com/apps?new_app=1&manifest_yaml="}},
		{"slack manifest --mode http --url https://desk.example.com", []string{"https://desk.example.com/slack/events"}},
	} {
		out, complaint, status := starter(t, strings.Fields(tt.command)...)
		if status != 0 || complaint != "" {
			t.Errorf("%s: status %d, %s", tt.command, status, complaint)
		}
		for _, word := range tt.words {
			if !strings.Contains(out, word) {
				t.Errorf("%s does not print %s", tt.command, word)
			}
		}
	}
	out, _, status := starter(t, "slack", "manifest", "--json")
	var d struct {
		Manifest string `json:"manifest"`
		Install  string `json:"install"`
	}
	if err := json.Unmarshal([]byte(out), &d); err != nil || status != 0 || d.Manifest == "" || d.Install == "" {
		t.Errorf("%s: %v", out, err)
	}
	if out, _, status := starter(t, "slack", "manifest", "--mode", "http", "--json"); status != 2 || !strings.Contains(out, `"bad_url"`) {
		t.Errorf("status %d, %s", status, out)
	}
}
