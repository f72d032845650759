package slack_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
)

// §4.1: a socket that Slack refreshes, cuts or lets die leaves no gap.
func TestSocket_ThatBreaksLosesNoClick(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(*slacksim.Server){
		"warning": func(s *slacksim.Server) { s.Disconnect(slacksim.Warning) },
		"refresh": func(s *slacksim.Server) { s.Disconnect(slacksim.RefreshRequested) },
		"kill":    func(s *slacksim.Server) { s.KillSockets() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t, setting{unwatched: true}, "socket")
			ts := d.card("fault.ack", fault(0, ""))
			harm(d.s)
			d.until(func() bool { // who sees the click fail clicks again
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				_, err := d.s.Click(ctx, zhang, room, ts, "fault.ack")
				return err == nil
			})
			d.until(func() bool { return whispers(d, "好的 ack") > 0 })
			d.until(func() bool { return d.s.Sockets() == 2 })
		})
	}
}

// §4.1: sockets that stand and carry nothing are given up, and others opened.
func TestSocket_ThatIsHalfOpenIsReplaced(t *testing.T) {
	t.Parallel()
	d := open(t, setting{unwatched: true}, "socket")
	ts := d.card("fault.ack", fault(0, ""))
	d.s.HalfOpen()
	d.until(func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := d.s.Click(ctx, zhang, room, ts, "fault.ack")
		return err == nil
	})
	d.until(func() bool { return whispers(d, "好的 ack") > 0 })
}

// §4.1: however long Slack was away, the desk is back within seconds of it.
func TestSocket_AfterALongOutageIsBackWithinSeconds(t *testing.T) {
	t.Parallel()
	d := open(t, setting{}, "http")
	to, err := url.Parse(d.s.URL())
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var asked []time.Time
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if asked = append(asked, time.Now()); len(asked) <= 14 { // seven times each of the two sockets
			http.Error(w, "<html>away</html>", http.StatusServiceUnavailable)
			return
		}
		httputil.NewSingleHostReverseProxy(to).ServeHTTP(w, r)
	}))
	t.Cleanup(away.Close)
	h := slack.NewHandler(slack.Config{BotToken: d.s.BotToken(), AppToken: d.s.AppToken(), Team: slacksim.TeamID, URL: away.URL + "/api"}, slack.Behind{
		Alarm: func(_ context.Context, what string) { d.alarms <- what },
	})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.Sockets(ctx) }()
	d.until(func() bool { return d.s.Sockets() == 2 })
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	h.Close()
	for i := range asked[:len(asked)-1] {
		if pause := asked[i+1].Sub(asked[i]); pause > 6*time.Second {
			t.Errorf("nobody asked for %s", pause)
		}
	}
	if len(d.alarms) != 0 {
		t.Errorf("an outage that is over by itself called somebody: %s", <-d.alarms)
	}
}

// §4.1: a socket that is cut while a form is being stored loses nothing: it is stored, and the same form sent again has no second
// effect.
func TestSocket_ThatIsCutDuringASubmissionLosesNothing(t *testing.T) {
	t.Parallel()
	d := open(t, setting{}, "socket")
	view := d.form(zhang, "fault.resolve", fault(0, ""))
	gate := d.engine.hold()
	sent := make(chan error, 1)
	go func() {
		_, err := d.s.Submit(context.WithoutCancel(t.Context()), view.ID, slacksim.Values{"text": "好了"})
		sent <- err
	}()
	<-d.engine.called // stored, and perhaps not acknowledged yet
	d.s.KillSockets()
	err := <-sent
	d.until(func() bool { return d.s.Sockets() == 2 })
	close(gate)
	d.watch.ExpectEphemeral(zhang, "好的 resolve")
	if err != nil { // the form is still open: they submit again
		if _, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"text": "好了"}); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectEphemeral(zhang, "好的 resolve")
	}
	if d.only(); len(d.engine.effects()) != 1 {
		t.Errorf("%d effects", len(d.engine.effects()))
	}
}

// §4.1: operators hear of a token that does not hold; the desk goes on trying.
func TestSocket_WhoseTokenDoesNotHoldIsToldOf(t *testing.T) {
	t.Parallel()
	d := open(t, setting{}, "http")
	h := slack.NewHandler(slack.Config{BotToken: d.s.BotToken(), AppToken: "xapp-wrong", Team: slacksim.TeamID, URL: d.s.APIURL()}, slack.Behind{
		Alarm: func(_ context.Context, what string) { d.alarms <- what },
	})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.Sockets(ctx) }()
	if what := <-d.alarms; what != "socket" {
		t.Error(what)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	h.Close()
}

// §4.1: over HTTP, what is no request of Slack's is turned away before it is read.
func TestHTTP_TurnsAwayWhatIsNoRequestOfSlacks(t *testing.T) {
	t.Parallel()
	d := open(t, setting{}, "http")
	for _, tt := range []struct {
		method, path, kind, body string
		status                   int
	}{
		{http.MethodGet, "/slack/interactions", "", "", http.StatusMethodNotAllowed},
		{http.MethodPost, "/slack/other", "", "", http.StatusNotFound},
		{http.MethodPost, "/slack/events", "application/json", "{}", http.StatusUnauthorized},
		{http.MethodPost, "/slack/events", "application/json", strings.Repeat("x", 1<<20+1), http.StatusRequestEntityTooLarge},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(tt.method, tt.path, strings.NewReader(tt.body))
		r.Header.Set("Content-Type", tt.kind)
		d.h.ServeHTTP(w, r)
		if w.Code != tt.status {
			t.Errorf("%s %s %.10s: %d, want %d", tt.method, tt.path, tt.body, w.Code, tt.status)
		}
	}
}

// §4.1: the address can be proved to Slack.
func TestHTTP_ProvesItsAddress(t *testing.T) {
	t.Parallel()
	d := open(t, setting{}, "http")
	if err := d.s.VerifyURL(t.Context()); err != nil {
		t.Error(err)
	}
}

// §4.1: operators hear that Slack is lost to the desk.
func TestEvents_OperatorsHearThatSlackIsLost(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		d.s.SetChannel(slacksim.Channel{ID: "C0OTHER", Name: "other", Members: []string{zhang}})
		if err := d.s.Archive(t.Context(), zhang, "C0OTHER"); err != nil {
			t.Fatal(err)
		}
		if err := d.s.Archive(t.Context(), zhang, room); err != nil {
			t.Fatal(err)
		}
		if what := <-d.alarms; what != "channel_archive" {
			t.Error(what)
		}
		if err := d.s.Revoke(t.Context()); err != nil {
			t.Fatal(err)
		}
		if what := <-d.alarms; what != "tokens_revoked" {
			t.Error(what)
		}
		if len(d.alarms) != 0 {
			t.Errorf("the end of another channel is told of: %s", <-d.alarms)
		}
	})
}
