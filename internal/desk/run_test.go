package desk_test

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"lvyue/internal/desk"
	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/postgres"
	"lvyue/internal/testkit"
)

// soon is sooner than any look that is taken now and then.
const soon = 3 * time.Second

func TestMain(m *testing.M) { testkit.Main(m) }

// bell is Slack: it tells of each message when it comes.
type bell chan paging.Envelope

// Way is Slack's.
func (bell) Way() paging.Way { return paging.Slack }

// Send takes it.
func (b bell) Send(_ context.Context, e paging.Envelope) (string, error) {
	b <- e
	return "ref", nil
}

// letters are mail that comes to the same place.
type letters struct{ bell }

// Way is mail.
func (letters) Way() paging.Way { return paging.Email }

// watched is an outbox that counts how often it is looked at.
type watched struct {
	*postgres.Store

	looks atomic.Int32
}

// PageBoard is a look.
func (w *watched) PageBoard(ctx context.Context, now time.Time, most int) (paging.Board, error) {
	w.looks.Add(1)
	return w.Store.PageBoard(ctx, now, most)
}

// serving is a desk at work on a database of its own.
type serving struct {
	t     *testing.T
	store *watched
	slack bell
}

func serve(t *testing.T, change func(*desk.Run)) *serving {
	t.Helper()
	s := &serving{t: t, store: &watched{Store: testkit.Spoiled(t)}, slack: make(bell, 99)}
	s.beside(s.store, change)
	return s
}

// beside serves one more desk, by connections of its own.
func (s *serving) beside(store outbox, change func(*desk.Run)) {
	s.t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(s.t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	rota := desk.Rota{Store: book{parsed(s.t)}}
	run := desk.Run{
		Clock: store, News: store.HearPages, Web: http.NotFoundHandler(), Listener: listener, Log: slog.New(slog.DiscardHandler),
		Sender: &paging.Sender{
			Store: store, People: rota, Lines: []paging.Line{{Channel: s.slack, Edits: true}, {Channel: letters{s.slack}}}, Clock: time.Now,
		},
		Watchdog: &paging.Watchdog{Overdue: desk.Overdue{Store: store, Rota: rota}, Store: store, People: rota},
	}
	change(&run)
	ctx, stop := context.WithCancel(s.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- run.Serve(ctx) }()
	s.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			s.t.Error(err)
		}
	})
}

// outbox is a store as a desk needs it.
type outbox interface {
	paging.Store
	paging.Overdue
	desk.Clock
	HearPages(ctx context.Context, ring func()) error
}

func as(*desk.Run) {}

// page writes a page that is due after a while, and gives how long after that it came.
func (s *serving) page(key, to string, after time.Duration) time.Duration {
	s.t.Helper()
	now, err := s.store.Now(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	p := message.Page{Key: key, At: now.Add(after), Kind: message.FirstPage, Contract: "HT-1", Fault: 1, To: to}
	if err := s.store.Enqueue(s.t.Context(), []message.Page{p}); err != nil {
		s.t.Fatal(err)
	}
	select {
	case e := <-s.slack:
		if e.Key != key+"/slack" {
			s.t.Errorf("got %s", e.Key)
		}
		return time.Since(p.At)
	case <-time.After(after + 20*time.Second):
		s.t.Fatalf("%s never came", key)
		return 0
	}
}

// comes is the next message.
func (s *serving) comes() paging.Envelope {
	s.t.Helper()
	select {
	case e := <-s.slack:
		return e
	case <-time.After(20 * time.Second):
		s.t.Fatal("nothing comes")
		return paging.Envelope{}
	}
}

// §4.2: a first page leaves at once, and one that is due later at its moment; meanwhile the desk does not keep asking.
func TestRun_APageLeavesWhenItIsWrittenOrDue_4_2(t *testing.T) {
	t.Parallel()
	s := serve(t, as)
	s.page("warm", "zhang", 0)
	for _, to := range []string{"wang", "hong"} {
		if took := s.page("first/"+to, to, 0); took > soon {
			t.Errorf("a first page took %s", took)
		} else {
			t.Logf("a first page took %s", took)
		}
	}
	before := s.store.looks.Load()
	if took := s.page("later", "zhang", 3*time.Second); took < 0 || took > soon {
		t.Errorf("a page came %s after it was due", took)
	}
	if looks := s.store.looks.Load() - before; looks > 8 {
		t.Errorf("the desk looked %d times in three seconds", looks)
	}
}

// §4.2: news that never comes delays a page by a few seconds and no more.
func TestRun_APageWhoseNewsIsLostIsFoundAllTheSame_4_2(t *testing.T) {
	t.Parallel()
	s := serve(t, func(r *desk.Run) { r.News = nil })
	s.page("warm", "zhang", 0)
	if took := s.page("first", "wang", 0); took > 7*time.Second {
		t.Errorf("a first page took %s", took)
	}
}
