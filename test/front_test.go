package test

import (
	"bytes"
	"io"
	"log"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
)

// frontOf stands before a desk, and sends what the simulator posts to one address on to the three that an app has at Slack.
func frontOf(tb testing.TB, desk string) (address string) {
	tb.Helper()
	target, err := url.Parse(desk)
	if err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(&httputil.ReverseProxy{ErrorLog: log.New(io.Discard, "", 0), Rewrite: func(r *httputil.ProxyRequest) {
		body, _ := io.ReadAll(r.In.Body) // a body cut short has no valid signature
		r.Out.Body = io.NopCloser(bytes.NewReader(body))
		r.SetURL(target)
		r.Out.URL.Path = slackPath(r.In.Header.Get("Content-Type"), body)
	}})
	tb.Cleanup(server.Close)
	return server.URL
}

func slackPath(kind string, body []byte) string {
	switch {
	case strings.HasPrefix(kind, "application/json"):
		return "/slack/events"
	case bytes.Contains(body, []byte("command=")):
		return "/slack/commands"
	default:
		return "/slack/interactions"
	}
}
