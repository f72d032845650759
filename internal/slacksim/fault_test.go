package slacksim_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"lvyue/internal/slacksim"
)

func TestFaults_LookLikeSlacksToTheVendorsClient(t *testing.T) {
	t.Parallel()
	status := func(want int) func(error) bool {
		return func(err error) bool {
			said, ok := errors.AsType[slack.StatusCodeError](err)
			return ok && said.Code == want
		}
	}
	says := func(want string) func(error) bool { return func(err error) bool { return code(err) == want } }
	tests := map[slacksim.Trouble]struct {
		fits   func(error) bool
		stored int
	}{
		slacksim.Limited: {func(err error) bool {
			said, ok := errors.AsType[*slack.RateLimitedError](err)
			return ok && said.RetryAfter == 30*time.Second
		}, 0},
		slacksim.LimitedBare:            {status(http.StatusTooManyRequests), 0},
		slacksim.Broken:                 {status(http.StatusInternalServerError), 0},
		slacksim.Unreachable:            {func(err error) bool { return err != nil && strings.Contains(err.Error(), "EOF") }, 0},
		slacksim.Dropped:                {func(err error) bool { return err != nil && strings.Contains(err.Error(), "EOF") }, 1},
		slacksim.Slow:                   {func(err error) bool { return err == nil }, 1},
		"internal_error":                {says("internal_error"), 0},
		"token_revoked":                 {says("token_revoked"), 0},
		"account_inactive":              {says("account_inactive"), 0},
		"channel_not_found":             {says("channel_not_found"), 0},
		"is_archived":                   {says("is_archived"), 0},
		slacksim.Trouble("ratelimited"): {says("ratelimited"), 0},
	}
	for trouble, tt := range tests {
		t.Run(string(trouble), func(t *testing.T) {
			t.Parallel()
			wait := time.Duration(0)
			if trouble == slacksim.Slow {
				wait = 20 * time.Millisecond
			}
			s := start(t, slacksim.Options{Faults: []slacksim.Fault{{Method: "chat.postMessage", First: 1, Trouble: trouble, Wait: wait}}})
			if _, _, err := client(s).PostMessage(oncall, text("x")); !tt.fits(err) {
				t.Errorf("%v", err)
			}
			if n := len(s.Messages(oncall)); n != tt.stored {
				t.Errorf("%d messages are stored, want %d", n, tt.stored)
			}
			if _, _, err := client(s).PostMessage(oncall, text("x")); err != nil {
				t.Errorf("the second: %v", err)
			}
		})
	}
}

func TestFaults_SlowOutlastsAnImpatientClient(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{Faults: []slacksim.Fault{{Method: "*", Trouble: slacksim.Slow, Wait: time.Minute}}})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := client(s).PostMessageContext(ctx, oncall, text("x")); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestFaults_FollowTheirRule(t *testing.T) {
	t.Parallel()
	at := noon()
	tests := map[string]struct {
		rule slacksim.Fault
		want string // by call: x for a fault; a minute passes between calls
	}{
		"first":  {slacksim.Fault{Method: "auth.test", First: 2}, "xx...."},
		"every":  {slacksim.Fault{Method: "*", Every: 3}, "..x..x"},
		"all":    {slacksim.Fault{Method: "*"}, "xxxxxx"},
		"other":  {slacksim.Fault{Method: "chat.update"}, "......"},
		"window": {slacksim.Fault{Method: "*", From: at.Add(2 * time.Minute), To: at.Add(4 * time.Minute)}, "..xx.."},
	}
	for name, tt := range tests {
		standing := &clock{at}
		tt.rule.Trouble = "internal_error"
		s := start(t, slacksim.Options{Clock: standing.now, Faults: []slacksim.Fault{tt.rule}})
		got := []byte("......")
		for i := range got {
			if _, err := client(s).AuthTest(); err != nil {
				got[i] = 'x'
			}
			s.Advance(time.Minute)
		}
		if string(got) != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func TestFaults_ThatCouldNeverBeFeltAreRefused(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]slacksim.Fault{
		"method":  {Method: "chat.shout", Trouble: slacksim.Broken},
		"trouble": {Method: "*"},
		"both":    {Method: "*", First: 1, Every: 1, Trouble: slacksim.Broken},
		"below":   {Method: "*", First: -1, Trouble: slacksim.Broken},
		"window":  {Method: "*", From: noon(), To: noon(), Trouble: slacksim.Broken},
	} {
		if _, err := slacksim.Start(slacksim.Options{Faults: []slacksim.Fault{bad}}); err == nil {
			t.Errorf("%s: started with %+v", name, bad)
		}
	}
}

func TestOutage_LetsNothingThroughUntilItEnds(t *testing.T) {
	t.Parallel()
	standing := &clock{noon()}
	transports(t, slacksim.Options{Clock: standing.now}, ok, func(t *testing.T, a app) {
		_, ts, _ := a.PostMessage(oncall, text("x"), button("fault.ack", "响应"))
		sockets := a.s.Sockets()
		if err := a.s.SetFaults(slacksim.Outage(noon().Add(time.Minute), noon().Add(6*time.Minute))); err != nil {
			t.Fatal(err)
		}
		a.s.Advance(time.Minute)
		if _, _, err := a.PostMessage(oncall, text("x")); err == nil {
			t.Error("a message was taken")
		}
		if _, err := a.s.Click(t.Context(), zhang, oncall, ts, "fault.ack"); !errors.Is(err, slacksim.ErrOutage) {
			t.Error(err)
		}
		until(t, a.s, func() bool { return a.s.Sockets() == 0 })
		a.s.Advance(5 * time.Minute)
		until(t, a.s, func() bool { return a.s.Sockets() == sockets })
		if _, err := a.s.Click(t.Context(), zhang, oncall, ts, "fault.ack"); err != nil {
			t.Error(err)
		}
	})
}

func TestForgeries_AreTurnedAwayByTheVendorsVerifier(t *testing.T) {
	t.Parallel()
	book := &notebook{}
	s := start(t, slacksim.Options{})
	serveHTTP(t, s, func(got seen) (any, int) { book.note(got); return nil, 0 })
	_, ts, _ := client(s).PostMessage(oncall, text("x"), button("fault.ack", "响应"))
	for _, forgery := range slacksim.Forgeries() {
		status, err := s.ForgeClick(t.Context(), forgery, zhang, oncall, ts, "fault.ack")
		if err != nil || status != http.StatusUnauthorized || book.count() != 0 {
			t.Errorf("%s: %d %v, %d seen", forgery, status, err, book.count())
		}
	}
	d, err := s.Click(t.Context(), zhang, oncall, ts, "fault.ack")
	if err != nil {
		t.Fatal(err)
	}
	if status, err := s.Forge(t.Context(), slacksim.Replayed, d); err != nil || status != http.StatusOK || book.count() != 2 {
		t.Errorf("a replay, which only deduplication can tell: %d %v", status, err)
	}
	if err := s.VerifyURL(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestEvents_ComeAgainUntilTheyAreAcknowledged(t *testing.T) {
	t.Parallel()
	for name, serve := range map[string]func(*testing.T, *slacksim.Server, handle){"http": serveHTTP, "socket": serveSocket} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			book := &notebook{}
			standing := &clock{noon()}
			s := start(t, slacksim.Options{Clock: standing.now, AckWithin: 100 * time.Millisecond})
			serve(t, s, func(got seen) (any, int) { book.note(got); return nil, silent })
			if _, err := s.OpenHome(t.Context(), zhang); err == nil {
				t.Fatal("it was acknowledged")
			}
			until(t, s, func() bool { return len(s.Deliveries()) == 2 }) // at once
			s.Advance(59 * time.Second)
			if n := len(s.Deliveries()); n != 2 {
				t.Errorf("%d tries before the minute", n)
			}
			s.Advance(2 * time.Second)
			until(t, s, func() bool { return len(s.Deliveries()) == 3 })
			s.Advance(5 * time.Minute)
			until(t, s, func() bool { return len(s.Deliveries()) == 4 })
			s.Advance(time.Hour)
			got := s.Deliveries()
			for i, d := range got {
				if d.Attempt != i || d.Field("event_id") != got[0].Field("event_id") {
					t.Errorf("try %d: %+v", i, d)
				}
			}
			if last := book.last(); last.retry != 3 || last.reason == "" || len(got) != 4 {
				t.Errorf("%+v, %d tries", last, len(got))
			}
		})
	}
}

func TestEvents_ToWhichTheAppIsNotSubscribedAreNotSent(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	if _, err := s.Emit(t.Context(), map[string]any{"type": "app_mention"}); !errors.Is(err, slacksim.ErrNotSubscribed) {
		t.Error(err)
	}
}
