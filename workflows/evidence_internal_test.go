package workflows

import (
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

func TestTransition_NamesWhatAPersonWouldRead(t *testing.T) {
	t.Parallel()
	duty := message.Obligation{ID: "deployment", Status: message.Pending, DueOn: workday.MustDate("2026-03-20")}
	changed := func(change func(*message.Obligation)) message.Obligation {
		o := duty
		change(&o)
		return o
	}
	for want, now := range map[string]message.Obligation{
		"":          duty,
		"met":       changed(func(o *message.Obligation) { o.Status = message.Met }),
		"frozen":    changed(func(o *message.Obligation) { o.Status = message.Frozen }),
		"opened":    changed(func(o *message.Obligation) { o.OpenedAt = time.Unix(1, 0) }),
		"attention": changed(func(o *message.Obligation) { o.Attention = "no stock" }),
		"counted":   changed(func(o *message.Obligation) { o.Provisional = true }),
		"moved": changed(func(o *message.Obligation) {
			o.DueOn, o.Moved = workday.MustDate("2026-03-23"), []message.Move{{Notice: "2026"}}
		}),
	} {
		if got := transition(duty, now); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	reminded := changed(func(o *message.Obligation) { o.RemindedAt = time.Unix(1, 0) })
	if got := transition(duty, reminded); got != "" {
		t.Errorf("a reminder is %q, want nothing: the message says it", got)
	}
	if got := transition(message.Obligation{}, duty); got != "opened" {
		t.Errorf("a new duty is %q, want opened", got)
	}
}
