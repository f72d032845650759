package paging_test

import (
	"reflect"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
)

// §4.2: when pages of a fault went by other ways because Slack did not take them, that is known once Slack is back and has them all; not
// while it is away, and not of a hitch that nobody noticed.
func TestAway_IsFromTheFirstFailureUntilSlackTakesMessagesAgain_4_2(t *testing.T) {
	t.Parallel()
	at := func(seconds int) time.Time { return reported.Add(time.Duration(seconds) * time.Second) }
	for name, tt := range map[string]struct {
		until int // Slack is away for so many seconds
		err   error
		told  map[int][]paging.Away // by when it is asked
	}{
		"an outage": {40, passing("HTTP 503", 0), map[int][]paging.Away{
			39: nil, 44: nil, 46: {{Contract: "HT-1", Fault: 1, Since: at(0), Until: at(45), Ways: []paging.Way{paging.DingTalk, paging.Email}}},
		}},
		"a hitch":         {10, passing("HTTP 503", 0), map[int][]paging.Away{46: nil}},
		"a revoked token": {40, final("token_revoked"), map[int][]paging.Away{46: nil}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.slack.answer = func(_ paging.Envelope, after int) error {
				if after < tt.until {
					return tt.err
				}
				return nil
			}
			d.enqueue(page(message.FirstPage, 1, "zhang", 0), page(message.WarningPage, 1, "zhang", 100))
			for _, seconds := range []int{39, 44, 46} {
				d.run(seconds)
				want, asked := tt.told[seconds]
				got, err := d.store.Away(t.Context(), *d.now)
				if err != nil || asked && (len(got)+len(want) > 0 && !reflect.DeepEqual(inUTC(got), inUTC(want))) {
					t.Errorf("after %d s: %+v, want %+v (%v)", seconds, got, want, err)
				}
			}
		})
	}
}

func inUTC(all []paging.Away) []paging.Away {
	for i := range all {
		all[i].Since, all[i].Until = all[i].Since.UTC(), all[i].Until.UTC()
	}
	return all
}
