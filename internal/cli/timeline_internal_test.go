package cli

import (
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/postgres"
)

// A duty that waits for a person stays pending all along: the timeline says why it waits, and that it is tried again.
func TestTimeline_SaysWhatADutyWaitsForAndThatItIsTriedAgain(t *testing.T) { // §3.2
	t.Parallel()
	for lang, want := range map[string][]string{
		"en": {
			"needs attention  Deployment  no stock in zone h",
			"needs attention  Deployment  no money",
			"tried again      Deployment  no longer waits for a person",
			"counted again    Deployment  pending",
			"met              Deployment  pending → met",
		},
		"zh": {
			"需人工处理  系统部署  no stock in zone h",
			"需人工处理  系统部署  no money",
			"再次办理    系统部署  不再等待人工处理",
			"重新推算    系统部署  待履行",
			"已履行      系统部署  待履行 → 已履行",
		},
	} {
		p := &paper{lang: lang}
		p.timeline(timelineOf("HT-1", []postgres.StoredEvent{
			change("attention", message.Pending, "no stock in zone h"),
			change("attention", message.Pending, "no money"),
			change("attention", message.Pending, ""),
			change("counted", message.Pending, ""),
			change("met", message.Met, ""),
		}))
		lines := strings.Split(strings.TrimSpace(p.String()), "\n")[2:]
		for i, line := range lines {
			if !strings.Contains(line, want[i]) {
				t.Errorf("%q does not say %q", line, want[i])
			}
		}
		if len(lines) != len(want) {
			t.Errorf("it has %d lines:\n%s", len(lines), p.String())
		}
	}
}

// change is an event of the deployment, which was pending until then, as it is stored.
func change(what string, now message.Status, attention string) postgres.StoredEvent {
	return postgres.StoredEvent{Hash: "0123456789abcdef", Event: message.Event{
		At: time.Date(2025, 10, 9, 7, 0, 0, 0, time.UTC), What: what, Clause: "5.5", Subject: "deployment",
		Old: string(message.Pending), New: string(now),
		Changed: message.Changed{Obligation: &message.Obligation{ID: "deployment", Status: now, Attention: attention}},
	}}
}
