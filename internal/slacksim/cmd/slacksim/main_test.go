package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// serve runs the program until the test ends it.
func serve(t *testing.T, args ...string) (string, func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	stopped := make(chan error, 1)
	go func() { stopped <- run(ctx, append([]string{"--listen", "127.0.0.1:0"}, args...), writer) }()
	address := make([]byte, 100)
	n, err := reader.Read(address)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(address[:n])), func() {
		stop()
		select {
		case err := <-stopped:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("still running")
		}
	}
}

func TestRun_ServesUntilItIsToldToStop(t *testing.T) {
	t.Parallel()
	log := filepath.Join(t.TempDir(), "calls.jsonl")
	address, stop := serve(t, "--log", log)
	response, err := http.Get(address + "/")
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatal(response, err)
	}
	text, _ := io.ReadAll(response.Body)
	if response.Body.Close() != nil || !strings.Contains(string(text), "张工") {
		t.Errorf("the page is %s", text)
	}
	if response, err = http.Post(address+"/api/auth.test", "application/json", nil); err != nil || response.Body.Close() != nil {
		t.Fatal(err)
	}
	stop()
	if text, err := os.ReadFile(log); err != nil || strings.Count(string(text), "\n") != 1 {
		t.Errorf("on record: %s (%v)", text, err)
	}
}

func TestRun_KeepsItsTokensOverRestarts(t *testing.T) {
	t.Parallel()
	state := filepath.Join(t.TempDir(), "slack.json")
	var kept [2]access
	for i := range kept {
		address, stop := serve(t, "--state", state)
		text, err := os.ReadFile(state)
		if err != nil || json.Unmarshal(text, &kept[i]) != nil || kept[i].APIURL != address+"/api/" {
			t.Errorf("%s %v", text, err)
		}
		kept[i].APIURL = ""
		stop()
	}
	if kept[0] != kept[1] || !strings.HasPrefix(kept[0].BotToken, "xoxb-") || kept[0].SigningSecret == "" {
		t.Errorf("%+v", kept)
	}
}

func TestRun_RefusesWhatItCannotServe(t *testing.T) {
	t.Parallel()
	mess := filepath.Join(t.TempDir(), "mess.json")
	if err := os.WriteFile(mess, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	nowhere := filepath.Join(t.TempDir(), "no", "such", "folder")
	for name, args := range map[string][]string{
		"unknown flag": {"--port", "1"}, "a stray word": {"start"}, "log nowhere": {"--log", nowhere}, "state nowhere": {"--state", nowhere, "--listen", "127.0.0.1:0"},
		"tokens are a mess": {"--state", mess}, "users are a mess": {"--users", mess}, "no users": {"--users", nowhere}, "no address": {"--listen", "nowhere"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := run(t.Context(), args, io.Discard); err == nil {
				t.Error("it served")
			}
		})
	}
}
