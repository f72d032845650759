package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// environment has a key.
func environment(name string) string {
	return map[string]string{
		"LVYUE_ALIYUN_ACCESS_KEY_ID": "testid", "LVYUE_ALIYUN_ACCESS_KEY_SECRET": "testsecret",
	}[name]
}

func TestRun_ServesUntilItIsToldToStop(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	log := filepath.Join(t.TempDir(), "requests.jsonl")
	stopped := make(chan error, 1)
	go func() {
		stopped <- run(ctx, []string{"--listen", "127.0.0.1:0", "--log", log}, environment, writer)
	}()
	address := make([]byte, 100)
	n, err := reader.Read(address)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Get(strings.TrimSpace(string(address[:n])) + "/?Action=DescribeVpcs")
	if err != nil || response.StatusCode != http.StatusNotFound || response.Body.Close() != nil {
		t.Errorf("an unknown key was answered %v (%v)", response, err)
	}
	stop()
	select {
	case err := <-stopped:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("still running")
	}
	if text, err := os.ReadFile(log); err != nil || bytes.Count(text, []byte("\n")) != 1 {
		t.Errorf("on record: %s (%v)", text, err)
	}
}

func TestRun_RefusesWhatItCannotServe(t *testing.T) {
	t.Parallel()
	nowhere := filepath.Join(t.TempDir(), "no", "such", "folder")
	tests := map[string]struct {
		args   []string
		getenv func(string) string
	}{
		"no key":          {nil, func(string) string { return "" }},
		"unknown flag":    {[]string{"--port", "1"}, environment},
		"a stray word":    {[]string{"start"}, environment},
		"log nowhere":     {[]string{"--log", nowhere}, environment},
		"state is a mess": {[]string{"--state", t.TempDir()}, environment},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := run(t.Context(), tt.args, tt.getenv, io.Discard); err == nil {
				t.Error("it served")
			}
		})
	}
}
