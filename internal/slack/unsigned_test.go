package slack_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
)

// §4.1: what Slack has not signed within five minutes does nothing, and that it came is kept.
func TestHTTP_WhatSlackHasNotSignedDoesNothing(t *testing.T) {
	t.Parallel()
	for forgery, reason := range map[slacksim.Forgery]string{
		slacksim.BadSecret: "signature_bad",
		slacksim.Unsigned:  "signature_missing",
		slacksim.Garbled:   "signature_bad",
		slacksim.Old:       "signature_expired", // six minutes old
		slacksim.Future:    "signature_expired", // six minutes ahead
		slacksim.Tampered:  "signature_bad",
		slacksim.Smuggled:  "unsigned_query", // the payload in the query
	} {
		t.Run(string(forgery), func(t *testing.T) {
			t.Parallel()
			d := open(t, setting{}, "http")
			status, err := d.s.ForgeClick(t.Context(), forgery, zhang, room, d.card("fault.ack", fault(0, "")), "fault.ack")
			if status != http.StatusUnauthorized || err != nil {
				t.Errorf("status %d, %v", status, err)
			}
			d.h.Close()
			attempts := d.attempts()
			if len(attempts) != 1 || attempts[0].Reason != reason || attempts[0].Member != "" || !strings.HasPrefix(attempts[0].What, "/slack/interactions from 127.0.0.1") {
				t.Errorf("%+v", attempts)
			}
			if n := len(d.inbox()) + len(d.engine.effects()); n != 0 {
				t.Errorf("%d were done", n)
			}
		})
	}
}

// §4.1: an empty secret lets nobody in, not even who signs with it.
func TestHTTP_AnEmptySecretLetsNobodyIn(t *testing.T) {
	t.Parallel()
	for _, secrets := range [][]string{nil, {""}} {
		d := open(t, setting{config: func(c *slack.Config) { c.SigningSecrets = secrets }}, "http")
		body, at := `{"type":"url_verification","challenge":"x"}`, strconv.FormatInt(time.Now().Unix(), 10)
		sum := hmac.New(sha256.New, nil)
		sum.Write([]byte("v0:" + at + ":" + body))
		r := httptest.NewRequest(http.MethodPost, "/slack/events", strings.NewReader(body))
		r.Header.Set("X-Slack-Request-Timestamp", at)
		r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(sum.Sum(nil)))
		w := httptest.NewRecorder()
		if d.h.ServeHTTP(w, r); w.Code != http.StatusUnauthorized {
			t.Errorf("%q: status %d", secrets, w.Code)
		}
	}
}

// §4.1: an address that sends one forgery after the other is answered 429 and fills no table; what Slack has signed comes through from there
// at once, and what other addresses send is still kept.
func TestHTTP_AFloodOfForgeriesIsTurnedAwayCheaply(t *testing.T) {
	t.Parallel()
	d := open(t, setting{}, "http")
	forge := func(address string) int {
		r := httptest.NewRequest(http.MethodPost, "/slack/interactions", strings.NewReader("payload={}"))
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		d.h.ServeHTTP(w, r)
		return w.Code
	}
	answers := map[int]int{}
	for range 500 {
		answers[forge("127.0.0.1:1")]++
	}
	if answers[http.StatusUnauthorized] != 10 || answers[http.StatusTooManyRequests] != 490 {
		t.Errorf("%v", answers)
	}
	for range 20 {
		d.click(zhang, "fault.ack", fault(0, "")) // from 127.0.0.1, too
		d.watch.ExpectEphemeral(zhang, "好的 ack")
	}
	if status := forge("192.0.2.1:2"); status != http.StatusUnauthorized {
		t.Errorf("another address: %d", status)
	}
	for n := range 2000 { // nor do many addresses
		forge("[2001:db8::" + strconv.FormatInt(int64(n), 16) + "]:3")
	}
	d.h.Close()
	if n := len(d.attempts()); n > 10+1+1000+10 {
		t.Errorf("%d were kept", n)
	}
	if n := len(d.inbox()); n != 20 {
		t.Errorf("%d clicks came through", n)
	}
}
