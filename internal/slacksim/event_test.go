package slacksim_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"lvyue/internal/slacksim"
)

func TestEvents_TellWhatBecomesOfTheWorkspace(t *testing.T) {
	t.Parallel()
	subscribed := []string{"message", "channel_archive", "tokens_revoked", "app_uninstalled"}
	transports(t, slacksim.Options{Events: subscribed}, ok, func(t *testing.T, a app) {
		if _, err := a.s.Say(t.Context(), zhang, oncall, "", "系统打不开"); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(a.s.Archive(t.Context(), li, oncall), a.s.Revoke(t.Context()), a.s.Uninstall(t.Context())); err != nil {
			t.Fatal(err)
		}
		got := a.s.Deliveries()
		for i, want := range subscribed {
			if got[i].Type != want || got[i].Field("event.type") != want || got[i].Field("team_id") != slacksim.TeamID || got[i].Field("event_id") == "" {
				t.Errorf("%s: %s", want, got[i].Payload)
			}
		}
		if got[0].Field("event.text") != "系统打不开" || got[1].Field("event.channel") != oncall {
			t.Errorf("%s %s", got[0].Payload, got[1].Payload)
		}
		if _, err := a.s.Say(t.Context(), zhang, oncall, "", "x"); !errors.Is(err, slacksim.ErrCannot) {
			t.Errorf("in an archived channel: %v", err)
		}
	})
}

func TestEvents_ComeOnceWhereTheAppWantsNoMore(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Slack-No-Retry", "1")
		w.WriteHeader(http.StatusInternalServerError)
	}))
	defer server.Close()
	s := start(t, slacksim.Options{RequestURL: server.URL})
	if d, err := s.OpenHome(t.Context(), zhang); !errors.Is(err, slacksim.ErrRejected) || d.Status != http.StatusInternalServerError {
		t.Errorf("%+v %v", d, err)
	}
	s.Advance(1)
	if n := len(s.Deliveries()); n != 1 {
		t.Errorf("it came %d times", n)
	}
}

func TestClick_TwentyAtOnceAllArrive(t *testing.T) {
	t.Parallel()
	transports(t, slacksim.Options{}, ok, func(t *testing.T, a app) {
		_, ts, _ := a.PostMessage(oncall, text("x"), button("fault.ack", "响应"))
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if _, err := a.s.Click(t.Context(), zhang, oncall, ts, "fault.ack"); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		seen := map[string]bool{}
		for _, d := range a.s.Deliveries() {
			seen[d.Field("trigger_id")] = true
		}
		if len(seen) != 20 {
			t.Errorf("%d different clicks", len(seen))
		}
	})
}
