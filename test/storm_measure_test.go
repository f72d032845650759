package test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"lvyue/internal/slacksim"
)

// times are how long something took, many times.
type times []time.Duration

// share is what so many percent did not exceed.
func (all times) share(percent int) time.Duration {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}

func (all times) String() string {
	const digits = time.Millisecond
	return fmt.Sprintf("median %s, p99 %s, longest %s of %d", all.share(50).Round(digits), all.share(99).Round(digits),
		all.share(100).Round(digits), len(all))
}

// firstPage is a fault with the first page about it. ToldAt is when a message with it was taken; zero until then.
type firstPage struct {
	Contract   string
	Fault      int
	ReportedAt time.Time
	WrittenAt  time.Time
	ToldAt     time.Time
}

func (o *office) firstPages(t *testing.T) []firstPage {
	t.Helper()
	return rowsOf[firstPage](t, o, `
SELECT contract, fault, reported_at, p.enqueued_at AS written_at, coalesce(min(e.ended_at), '0001-01-01 00:00:00Z') AS told_at
FROM fault JOIN page AS p USING (contract, fault) LEFT JOIN page_try_end AS e ON e.key = p.key AND e.outcome IN ('sent', 'folded')
WHERE p.kind = 'first'
GROUP BY contract, fault, reported_at, p.enqueued_at`)
}

// checkFirstPages tells how long it took from each report until somebody was called for it, and what of that the engine and the
// sender took.
func (o *office) checkFirstPages(t *testing.T) {
	t.Helper()
	var whole, engine, sender times
	for _, c := range o.firstPages(t) {
		whole = append(whole, c.ToldAt.Sub(c.ReportedAt))
		engine = append(engine, c.WrittenAt.Sub(c.ReportedAt))
		sender = append(sender, c.ToldAt.Sub(c.WrittenAt))
		if took := c.ToldAt.Sub(c.ReportedAt); took > time.Minute {
			t.Errorf("nobody was called for %s fault %d for %s", c.Contract, c.Fault, took)
		}
	}
	t.Logf("from report to first page: %s; until it was written: %s; from there: %s", whole, engine, sender)
}

// checkRooms looks for two messages in one room within a second. Slack itself limits new messages; a message that is written over is
// counted by the desk as one, too.
func (o *office) checkRooms(t *testing.T) {
	t.Helper()
	last, closest := map[string]slacksim.Happening{}, map[string]time.Duration{}
	for _, h := range o.slack.Happened() {
		if h.Kind != slacksim.Posted && h.Kind != slacksim.Updated {
			continue
		}
		room := h.Message.Channel
		if before, known := last[room]; known {
			gap := h.At.Sub(before.At)
			if least, known := closest[room]; !known || gap < least {
				closest[room] = gap
			}
			if gap < time.Second {
				t.Errorf("%s: %s and %s within %s", room, before.Kind, h.Kind, gap)
			}
		}
		last[room] = h
	}
	t.Logf("%d rooms; the least time between two messages is %s", len(last), slices.Min(slices.Collect(maps.Values(closest))))
}
