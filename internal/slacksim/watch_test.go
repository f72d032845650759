package slacksim_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"lvyue/internal/slacksim"
)

// trial is a test that is looked at itself.
type trial struct {
	ctx    context.Context
	ends   []func()
	failed []string
}

func (*trial) Helper()                    {}
func (l *trial) Context() context.Context { return l.ctx }
func (l *trial) Cleanup(f func())         { l.ends = append(l.ends, f) }

func (l *trial) Errorf(format string, args ...any) {
	l.failed = append(l.failed, fmt.Sprintf(format, args...))
}

func (l *trial) Fatalf(format string, args ...any) {
	l.Errorf(format, args...)
	panic(l)
}

func TestWatch_FailsOnWhatItDidNotExpect(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	post(t, s, "before the watch")
	l := &trial{ctx: t.Context()}
	w := s.Watch(l)
	post(t, s, "first")
	post(t, s, "second")
	w.ExpectMessage(oncall, "second")
	if l.ends[0](); len(l.failed) != 1 || !strings.Contains(l.failed[0], "first") || strings.Contains(l.failed[0], "second") {
		t.Errorf("%q", l.failed)
	}
	if w.ExpectNoMore(); len(l.failed) != 1 {
		t.Errorf("it failed twice for the same: %q", l.failed)
	}
}

func TestWatch_IgnoresWhatItIsTold(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	w := s.Watch(t)
	w.Ignore(func(h slacksim.Happening) bool { return h.Kind == slacksim.Posted })
	post(t, s, "noise")
	post(t, s, "signal")
	w.ExpectMessage(oncall, "signal")
	if h := s.Happened(); len(h) != 2 || h[1].Message.Text != "signal" {
		t.Errorf("%+v", h)
	}
}

func TestWatch_EndsTheTestWhereNothingComes(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	l := &trial{ctx: ctx}
	defer func() {
		if recover() == nil || len(l.failed) != 1 {
			t.Errorf("%q", l.failed)
		}
	}()
	s.Watch(l).ExpectMessage(oncall, "nothing")
}
