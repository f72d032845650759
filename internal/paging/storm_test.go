package paging_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/testkit"
)

// §4.2, a case to try: 1,000 faults in a minute are one counted message a room, written over as it grows; no more than one
// message a second, and no fault waits longer than the next one.
func TestDeliver_AThousandFirstPagesInAMinuteFoldIntoOne(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var pages []message.Page
	for fault := range 1000 {
		pages = append(pages, page(message.FirstPage, fault+1, "zhang", fault*59/1000))
	}
	d.enqueue(pages...)
	d.run(300)
	once := map[int]int{}
	keys := map[string]bool{}
	for _, l := range d.slack.asked {
		once[l.after]++
		keys[l.Key] = true
	}
	for second, n := range once {
		if n > 1 {
			t.Errorf("%d messages in second %d", n, second)
		}
	}
	last := d.slack.took[len(d.slack.took)-1]
	if len(keys) != 1 || last.Count != 1000 || last.Earlier == "" || len(last.Pages) != 20 || last.after > 60 {
		t.Errorf("%d messages, the last is %+v", len(keys), last)
	}
	if text := last.Body(0); !strings.Contains(text, "一分钟内共 1000 条") || !strings.Contains(text, "F-0001") || !strings.Contains(text, "980 more") {
		t.Errorf("it says %s", text)
	}
	if len(d.mail.asked)+len(d.ding.asked) > 0 {
		t.Error("a fall-back was tried")
	}
}

// §4.2: a storm that goes on is told anew each minute, for nobody is called by a message that is written over.
func TestDeliver_AStormIsToldAnewEachMinute(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var pages []message.Page
	for fault := range 300 {
		pages = append(pages, page(message.FirstPage, fault+1, "zhang", fault/2))
	}
	d.enqueue(pages...)
	d.run(300)
	keys, lists, told := map[string]int{}, 0, 0
	for _, l := range d.slack.took {
		keys[l.Key] = l.Count
	}
	for key, n := range keys {
		told += n
		if strings.HasPrefix(key, "fold/") {
			lists++
		}
	}
	if lists != 3 || told != 300 {
		t.Errorf("messages and their pages: %v", keys)
	}
}

// §4.2: what cannot be written over gets a new message, each counting what is new.
func TestDeliver_AStormByMailCountsEachPageOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.slack.answer = func(paging.Envelope, int) error { return final("is_archived") }
	var pages []message.Page
	for fault := range 100 {
		pages = append(pages, page(message.FirstPage, fault+1, "zhang", fault/20))
	}
	d.enqueue(pages...)
	d.run(60)
	counted := 0
	for _, l := range d.mail.took {
		if l.Pages[0].Kind == message.FirstPage {
			counted += l.Count
		}
		if l.Earlier != "" {
			t.Errorf("a mail is to be written over: %+v", l)
		}
	}
	if counted != 100 {
		t.Errorf("%d pages in %d mails", counted, len(d.mail.took))
	}
}

// §4.2: one message a second to a room, and first pages before all others.
func TestDeliver_OneMessageASecondARoom_FirstPagesFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for fault := range 3 {
		d.enqueue(page(message.WarningPage, fault+1, "zhang", 0), page(message.BreachPage, fault+1, "zhang", 0))
	}
	d.enqueue(page(message.FirstPage, 8, "zhang", 1), page(message.FirstPage, 9, "zhang", 1), page(message.FirstPage, 9, "li", 1))
	d.run(60)
	var order []string
	for _, l := range d.slack.took {
		if l.Room == "U-zhang" {
			order = append(order, fmt.Sprintf("%d %s", l.after, l.Pages[0].Kind))
		}
	}
	want := []string{"0 breach", "1 first", "2 first", "3 warning", "4 breach", "5 warning", "6 breach", "7 warning"}
	if !slices.Equal(order, want) {
		t.Errorf("sent %v\nwant %v", order, want)
	}
}

// §4.2: two senders side by side, each with connections of its own, send nothing twice and no room two messages a second.
func TestDeliver_TwoSendersSendNothingTwice(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for fault := range 60 {
		d.enqueue(page(message.FirstPage, fault+1, fmt.Sprintf("p%d", fault/2), 0))
	}
	senders := []*paging.Sender{d.Sender}
	for range 3 {
		senders = append(senders, d.senderOn(testkit.Open(t, d.store.Schema())))
	}
	for range 4 {
		var everyone sync.WaitGroup
		for _, s := range senders {
			everyone.Go(func() {
				if _, err := s.Deliver(t.Context(), *d.now); err != nil {
					t.Error(err)
				}
			})
		}
		everyone.Wait()
		*d.now = d.now.Add(time.Second)
	}
	keys, rooms := map[string]int{}, map[string]int{}
	for _, l := range d.slack.asked {
		keys[l.Key]++
		rooms[fmt.Sprintf("%s in second %d", l.Room, l.after)]++
	}
	for what, n := range keys {
		if n != 1 {
			t.Errorf("%s was sent %d times", what, n)
		}
	}
	for what, n := range rooms {
		if n != 1 {
			t.Errorf("%d messages for %s", n, what)
		}
	}
	if len(keys) != 60 {
		t.Errorf("%d of 60 were sent", len(keys))
	}
}
