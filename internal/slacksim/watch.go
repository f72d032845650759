package slacksim

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// WaitFor returns once the predicate holds, which is asked anew after every change of the workspace, its sockets, its deliveries or
// its time, and may call any method of the server. The error is that ctx ended first.
func (s *Server) WaitFor(ctx context.Context, holds func() bool) error {
	defer context.AfterFunc(ctx, s.changedNow)()
	for {
		s.mu.Lock()
		asked := s.version
		s.mu.Unlock()
		if holds() {
			return nil
		}
		s.mu.Lock()
		for s.version == asked && ctx.Err() == nil {
			s.changed.Wait()
		}
		s.mu.Unlock()
		if ctx.Err() != nil {
			return fmt.Errorf("wait for the Slack simulator: %w", context.Cause(ctx))
		}
	}
}

func (s *Server) changedNow() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changed.Broadcast()
}

// T is what a test lends to a Watch; *testing.T is one.
type T interface {
	Helper()
	Context() context.Context
	Cleanup(f func())
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// patience is how long a test waits, in the machine's time, for what it expects: a machine may be busy.
const patience = time.Minute

// Watch lets a test say what it expects to happen. What happens and was not expected by the end of the test fails it.
type Watch struct {
	t   T
	s   *Server
	mu  sync.Mutex
	due int // the number of the last happening before the watch
	met map[int]bool
	// ignored are what may happen at any time.
	ignored []func(Happening) bool
}

// Watch looks at all that happens from now on.
func (s *Server) Watch(t T) *Watch {
	t.Helper()
	w := &Watch{t: t, s: s, due: len(s.Happened()), met: map[int]bool{}}
	t.Cleanup(w.ExpectNoMore)
	return w
}

// Expect waits for something that fits and was not expected before, and gives it; the test ends where nothing comes.
func (w *Watch) Expect(what string, fits func(Happening) bool) Happening {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	var found Happening
	err := w.s.WaitFor(ctx, func() bool {
		i := slices.IndexFunc(w.open(), fits)
		if i >= 0 {
			found = w.open()[i]
		}
		return i >= 0
	})
	if err != nil {
		w.t.Fatalf("%s did not happen; this did: %s", what, tell(w.open()))
		return found
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.met[found.Number] = true
	return found
}

// open is what happened since the watch began and nobody expected yet.
func (w *Watch) open() []Happening {
	w.mu.Lock()
	defer w.mu.Unlock()
	var open []Happening
	for _, h := range w.s.Happened() {
		if h.Number > w.due && !w.met[h.Number] {
			open = append(open, h)
		}
	}
	return open
}

// Ignore lets whatever fits happen without being expected, before and after: a home tab that follows every change, say. What was
// expected by name is met all the same.
func (w *Watch) Ignore(fits func(Happening) bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ignored = append(w.ignored, fits)
}

// ExpectMessage waits for a new message in a channel whose text or blocks contain all these words. A user's id stands for the direct message
// with the app.
func (w *Watch) ExpectMessage(channel string, words ...string) Message {
	w.t.Helper()
	return *w.Expect(fmt.Sprintf("a message in %s with %q", channel, words), func(h Happening) bool {
		return h.Kind == Posted && w.is(h, channel) && h.Message.Says(words...)
	}).Message
}

// ExpectUpdate waits for a change of the message to one with these words.
func (w *Watch) ExpectUpdate(channel, ts string, words ...string) Message {
	w.t.Helper()
	return *w.Expect(fmt.Sprintf("a change of %s %s to %q", channel, ts, words), func(h Happening) bool {
		return h.Kind == Updated && w.is(h, channel) && h.Message.TS == ts && h.Message.Says(words...)
	}).Message
}

// ExpectEphemeral waits for a message with these words that only the user sees.
func (w *Watch) ExpectEphemeral(user string, words ...string) Message {
	w.t.Helper()
	return *w.Expect(fmt.Sprintf("an ephemeral message to %s with %q", user, words), func(h Happening) bool {
		return h.Kind == Whispered && h.Message.For == user && h.Message.Says(words...)
	}).Message
}

// ExpectDeleted waits until a message goes.
func (w *Watch) ExpectDeleted(channel, ts string) {
	w.t.Helper()
	w.Expect(fmt.Sprintf("the end of %s %s", channel, ts), func(h Happening) bool {
		return h.Kind == Deleted && w.is(h, channel) && h.Message.TS == ts
	})
}

// ExpectView waits until a view of that kind happens to the user: Opened, Redrawn, Published or Refused.
func (w *Watch) ExpectView(kind Kind, user string, words ...string) View {
	w.t.Helper()
	return *w.Expect(fmt.Sprintf("a view %s for %s with %q", kind, user, words), func(h Happening) bool {
		return h.Kind == kind && h.View != nil && h.View.User == user && h.View.Says(words...)
	}).View
}

// ExpectNoMore fails the test if anything happened that it did not expect. It does not wait: the test has to know that
// nothing is on its way.
func (w *Watch) ExpectNoMore() {
	w.t.Helper()
	open := slices.DeleteFunc(w.open(), w.ignores)
	if len(open) > 0 {
		w.t.Errorf("this happened, and was not expected: %s", tell(open))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.due = len(w.s.Happened())
}

func (w *Watch) ignores(h Happening) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.ContainsFunc(w.ignored, func(fits func(Happening) bool) bool { return fits(h) })
}

func (w *Watch) is(h Happening, channel string) bool {
	return h.Message.Channel == channel || h.Message.Channel == w.s.Direct(channel)
}

// Says reports whether all words are in the message: its text, its blocks, its attachments.
func (m *Message) Says(words ...string) bool {
	return says([]any{m.Text, m.Blocks, m.Attachments}, words)
}

// Says reports whether all words are in the view.
func (v *View) Says(words ...string) bool {
	return says([]any{v.Title, v.Blocks, v.Submit, v.Errors}, words)
}

func says(content any, words []string) bool {
	text := fmt.Sprint(content)
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

func tell(happened []Happening) string {
	var lines []string
	for _, h := range happened {
		line := fmt.Sprintf("\n  %d %s", h.Number, h.Kind)
		if h.Message != nil {
			line += fmt.Sprintf(" in %s %s %s: %q %v", h.Message.Channel, h.Message.TS, h.Message.For, h.Message.Text, h.Message.Blocks)
		}
		if h.View != nil {
			line += fmt.Sprintf(" view %s for %s: %v %v", h.View.ID, h.View.User, h.View.Title, h.View.Errors)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "")
}
