package linkpage_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lvyue/internal/linkpage"
	"lvyue/internal/paging"
	"lvyue/internal/refusal"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var now = time.Date(2026, time.March, 2, 10, 0, 0, 0, workday.Shanghai)

// page is a running desk, with one link to it.
type page struct {
	*httptest.Server

	acts atomic.Int32
	err  error
	link paging.Link
	keys paging.Keys
}

func serve(t *testing.T) *page {
	t.Helper()
	p := &page{
		keys: paging.Keys{New: "one"},
		link: paging.Link{Person: "zhang", Contract: "HT-1", Fault: 12, Act: paging.Acknowledge, Until: now.Add(time.Hour).Unix()},
	}
	h := linkpage.Handler{
		Keys: p.keys, Used: testkit.Spoiled(t),
		Act: func(_ context.Context, l paging.Link) (refusal.Text, error) {
			if l != p.link {
				t.Errorf("acts on %+v", l)
			}
			if p.err == nil {
				p.acts.Add(1)
			}
			return refusal.Text{ZH: "已响应", EN: "acknowledged"}, p.err
		},
		Now: func(context.Context) (time.Time, error) { return now, nil },
	}
	p.Server = httptest.NewServer(h)
	t.Cleanup(p.Close)
	return p
}

// reply is what the desk answers.
type reply struct {
	status int
	header http.Header
	body   string
}

func (p *page) ask(t *testing.T, method, token string) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, p.URL+"/a/"+token, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := p.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, string(body)}
}

// §4.2: a link that is previewed does nothing, and says what its button does.
func TestLink_PreviewedDoesNothing_PressedActsOnce(t *testing.T) {
	t.Parallel()
	p := serve(t)
	token := p.keys.Token(p.link)
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodGet, http.MethodOptions} {
		p.ask(t, method, token)
	}
	answer := p.ask(t, http.MethodGet, token)
	if p.acts.Load() != 0 || answer.status != http.StatusOK {
		t.Errorf("a look acts: %d, %d", p.acts.Load(), answer.status)
	}
	for _, part := range []string{"HT-1", "F-0012", "zhang", "响应 Acknowledge", "you take this fault", `method="post"`} {
		if !strings.Contains(answer.body, part) {
			t.Errorf("%s does not say %s", answer.body, part)
		}
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"} {
		if got := answer.header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if answer := p.ask(t, http.MethodPost, token); answer.status != http.StatusOK || !strings.Contains(answer.body, "已响应") || p.acts.Load() != 1 {
		t.Errorf("pressed: %d %s", answer.status, answer.body)
	}
}

// §4.2: a link that is used, expired or tampered with is refused plainly, and does nothing.
func TestLink_UsedExpiredOrTamperedIsRefused(t *testing.T) {
	t.Parallel()
	p := serve(t)
	token := p.keys.Token(p.link)
	p.ask(t, http.MethodPost, token)
	old := p.link
	old.Until = now.Unix() - 1
	tampered := []byte(token)
	tampered[10] ^= 1
	for name, tt := range map[string]struct{ token, says string }{
		"used": {token, "used already"}, "expired": {p.keys.Token(old), "expired"}, "tampered": {string(tampered), "not valid"},
		"another's": {paging.Keys{New: "two"}.Token(p.link), "not valid"}, "none": {"x", "not valid"},
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			answer := p.ask(t, method, tt.token)
			if answer.status != http.StatusForbidden || !strings.Contains(answer.body, tt.says) || strings.Contains(answer.body, "<form") {
				t.Errorf("%s %s: %d %s", method, name, answer.status, answer.body)
			}
			if answer.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s may be kept", name)
			}
		}
	}
	if n := p.acts.Load(); n != 1 {
		t.Errorf("acted %d times", n)
	}
}

// §4.2: of many presses at once, one acts.
func TestLink_ManyPressesActOnce(t *testing.T) {
	t.Parallel()
	p := serve(t)
	var everyone sync.WaitGroup
	for range 8 {
		everyone.Go(func() { p.ask(t, http.MethodPost, p.keys.Token(p.link)) })
	}
	everyone.Wait()
	if n := p.acts.Load(); n != 1 {
		t.Errorf("acted %d times", n)
	}
}

// §4.2: what did not happen may be pressed again; a refusal is shown as it is, and the token is in no log.
func TestLink_WhatDidNotHappenMayBePressedAgain(t *testing.T) { //nolint:paralleltest // it listens to the log
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	p := serve(t)
	token := p.keys.Token(p.link)
	p.err = refusal.Rule("fault_acked", "4.2", "已由李工响应", "acknowledged by Li")
	if answer := p.ask(t, http.MethodPost, token); answer.status != http.StatusForbidden || !strings.Contains(answer.body, "acknowledged by Li") {
		t.Errorf("a refusal: %d %s", answer.status, answer.body)
	}
	p.err = errors.New("the server is gone")
	if answer := p.ask(t, http.MethodPost, token); answer.status != http.StatusServiceUnavailable || strings.Contains(answer.body, "gone") {
		t.Errorf("a trouble: %d %s", answer.status, answer.body)
	}
	p.err = nil
	if answer := p.ask(t, http.MethodPost, token); answer.status != http.StatusOK || p.acts.Load() != 1 {
		t.Errorf("pressed again: %d, %d", answer.status, p.acts.Load())
	}
	if !strings.Contains(log.String(), "gone") || strings.Contains(log.String(), token) {
		t.Errorf("the log holds %s", log.String())
	}
}
