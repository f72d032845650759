package paging_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
)

// §4.2: a page goes by the first way at once, and by no other if that works.
func TestDeliver_APageThatGetsThroughIsSentOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first := page(message.FirstPage, 1, "zhang", 0)
	d.enqueue(first)
	changed := first
	changed.Detail = "written twice"
	d.enqueue(changed)
	d.run(300)
	if got := d.slack.took; len(got) != 1 || got[0].after != 0 || got[0].Pages[0] != first || got[0].Key != first.Key+"/slack" || got[0].Again {
		t.Errorf("Slack took %+v", got)
	}
	if len(d.mail.asked)+len(d.ding.asked) > 0 {
		t.Error("a fall-back was tried")
	}
	if next, err := d.Deliver(t.Context(), *d.now); !next.IsZero() || err != nil {
		t.Errorf("it still waits for %s (%v)", next, err)
	}
}

// §4.2: a page that is not due waits, and the sender says until when.
func TestDeliver_APageWaitsForItsMoment(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enqueue(page(message.WarningPage, 1, "zhang", 45*60))
	d.run(46 * 60)
	if got := d.slack.times(d.slack.took); !slices.Equal(got, []int{45 * 60}) {
		t.Errorf("sent at %v", got)
	}
}

// §4.2: 20 s without success, and the fall-backs begin at once, in parallel, each once; the first way goes on, and gets through
// once later.
func TestDeliver_FallBacksWithin20Seconds_AndTheFirstWayOnceLater(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.slack.answer = func(_ paging.Envelope, after int) error {
		if after < 40 {
			return passing("HTTP 500", 0)
		}
		return nil
	}
	d.enqueue(page(message.FirstPage, 1, "zhang", 0))
	d.run(300)
	for name, got := range map[string][]int{"mail": d.mail.times(d.mail.took), "DingTalk": d.ding.times(d.ding.took)} {
		if !slices.Equal(got, []int{20}) {
			t.Errorf("%s took it at %v", name, got)
		}
	}
	if got := d.slack.times(d.slack.asked); !slices.Equal(got, []int{0, 1, 3, 7, 15, 30, 45}) {
		t.Errorf("Slack was asked at %v", got)
	}
	if len(d.slack.took) != 1 || !d.slack.took[0].Again {
		t.Errorf("Slack took %+v", d.slack.took)
	}
}

// §4.2, a case to try: Slack answers 429 with Retry-After 30. The fall-backs come within 20 s, Slack later once.
func TestDeliver_RetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.slack.answer = func(_ paging.Envelope, after int) error {
		if after < 30 {
			return passing("HTTP 429", 30*time.Second)
		}
		return nil
	}
	d.enqueue(page(message.FirstPage, 1, "zhang", 0))
	d.enqueue(page(message.WarningPage, 1, "zhang", 5)) // for the same room
	d.run(300)
	if got := d.slack.times(d.slack.asked); !slices.Equal(got, []int{0, 30, 31}) {
		t.Errorf("Slack was asked at %v", got)
	}
	if got := d.mail.times(d.mail.took); len(got) == 0 || got[0] > 20 {
		t.Errorf("mail took it at %v", got)
	}
}

// §4.2: what fails for good falls back at once, and the lead is told once of it, not once for each page.
func TestDeliver_PermanentFailureFallsBackAtOnce_AndTheLeadsAreToldOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.slack.answer = func(paging.Envelope, int) error { return final("token_revoked") }
	for fault := range 4 {
		d.enqueue(page(message.FirstPage, fault+1, "p"+string(rune('a'+fault)), 0))
	}
	d.run(120)
	told := 0
	for _, l := range d.mail.took {
		if l.after != 0 {
			t.Errorf("mail took %s at %d", l.Key, l.after)
		}
		if l.Pages[0].Kind == message.TroublePage {
			told++
			if l.Room != "lead@example.com" || !strings.Contains(l.Pages[0].Detail, "slack: token_revoked") {
				t.Errorf("the lead is told %+v", l.Pages[0])
			}
		}
	}
	if told != 1 || len(d.mail.took) != 5 || len(d.slack.asked) != 5 {
		t.Errorf("told %d times, %d mails, Slack asked %d times", told, len(d.mail.took), len(d.slack.asked))
	}
}

// §4.2: a page that got through nowhere is retried without end; once a fall-back has it, the first way is retried for an hour.
func TestDeliver_NothingIsGivenUpThatGotThroughNowhere(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	no := func(paging.Envelope, int) error { return passing("no answer", 0) }
	d.slack.answer, d.mail.answer, d.ding.answer = no, no, no
	d.enqueue(page(message.FirstPage, 1, "zhang", 0))
	d.run(60)
	*d.now = reported.Add(2 * time.Hour)
	d.mail.answer = nil
	d.run(2*3600 + 60)
	if got := d.mail.times(d.mail.took); !slices.Equal(got, []int{2 * 3600}) {
		t.Errorf("mail took it at %v", got)
	}
	if got := d.slack.times(d.slack.asked); got[len(got)-1] != 2*3600 {
		t.Errorf("Slack was asked at %v", got)
	}
	if next, err := d.Deliver(t.Context(), *d.now); !next.IsZero() || err != nil {
		t.Errorf("it still waits for %s (%v)", next, err)
	}
}

// §4.2: a crash between the vendor's acceptance and our record loses no page: it is sent again under the same key, and the
// channel is told that it may be there.
func TestDeliver_ACrashBetweenSendAndRecordLosesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enqueue(page(message.FirstPage, 1, "zhang", 0))
	crashing := d.senderOn(forgetful{d.store})
	if _, err := crashing.Deliver(t.Context(), *d.now); !errors.Is(err, errTorn) {
		t.Fatalf("got %v", err)
	}
	d.run(300)
	got := d.slack.took
	if len(got) != 2 || got[0].Again || !got[1].Again || got[0].Key != got[1].Key || got[1].after != int(paging.Lease.Seconds()) {
		t.Errorf("Slack took %+v", got)
	}
	if len(d.mail.asked) > 0 {
		t.Error("a fall-back was tried")
	}
}

// §4.2: who cannot be reached by any way is told to the leads, and keeps nobody else from being paged.
func TestDeliver_WhoCannotBeReachedIsToldToTheLeads(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.People = rota{nowhere: "ghost"}
	d.enqueue(page(message.FirstPage, 1, "ghost", 0), page(message.FirstPage, 1, "zhang", 0))
	for range 2 {
		next, err := d.Deliver(t.Context(), *d.now)
		if err == nil || !strings.Contains(err.Error(), "ghost") || next.IsZero() || next.After(d.now.Add(time.Minute)) {
			t.Errorf("got %s, %v", next, err)
		}
		*d.now = next
	}
	rooms := make([]string, 0)
	for _, l := range d.slack.took {
		rooms = append(rooms, l.Room)
	}
	slices.Sort(rooms)
	if !slices.Equal(rooms, []string{"U-lead", "U-zhang"}) {
		t.Errorf("Slack took messages for %v", rooms)
	}
}

// §4.2: a channel that breaks in our own hands is left for the next way, and what it says fits any table.
func TestDeliver_AChannelThatPanicsIsLeft(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.slack.answer = func(paging.Envelope, int) error { panic("nil map") }
	d.mail.answer = func(paging.Envelope, int) error { return final("a\x00b\n" + strings.Repeat("云", 500)) }
	d.enqueue(page(message.FirstPage, 1, "zhang", 0))
	d.run(10)
	if len(d.ding.took) == 0 || d.ding.took[0].after != 0 {
		t.Errorf("DingTalk took %+v", d.ding.took)
	}
}
