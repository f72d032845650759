package test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"lvyue/internal/failure"
	"lvyue/internal/message"
)

// verdict is what somebody was told of what they did.
type verdict int

// Nothing: there was no answer, or one that leaves open whether it is stored. Again: nothing was stored, they must do it again.
const (
	toldNothing verdict = iota
	toldReceived
	toldAgain
)

// deed is what somebody did to a contract or a fault; without an id, they asked for a form only.
type deed struct {
	message.Act

	user  string // who clicked in Slack; empty for the command line's way
	began time.Time
	told  verdict
}

// bustle is what people do to an office while its programs are killed: in Slack, and by the command line's way in. It remembers each
// deed with what was said of it.
type bustle struct {
	*office

	mu    sync.Mutex
	deeds []*deed
	open  []faultAt // what anybody may do anything to

	away []span // when a program was not there
}

// span is a time from one instant to another.
type span struct{ from, to time.Time }

// faultAt names a fault.
type faultAt struct {
	contract string
	n        int
}

// done remembers a deed, which may still be told something else.
func (b *bustle) done(d deed) *deed {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.deeds = append(b.deeds, &d)
	return &d
}

func (b *bustle) say(d *deed, t verdict) {
	b.mu.Lock()
	defer b.mu.Unlock()
	d.told = t
}

func (b *bustle) any(random *rand.Rand) faultAt {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.open[random.IntN(len(b.open))]
}

// send does an act by the command line's way, and waits a while for the engine. As one is told there, what was not stored is done
// again under another id if it is still wanted, and what nobody knows of is sent again under its own. It tells whether the act is
// received.
func (b *bustle) send(ctx context.Context, t *testing.T, act message.Act) bool {
	t.Helper()
	const patience, pause = 3 * time.Second, 50 * time.Millisecond
	d := b.done(deed{Act: act, began: time.Now()})
	for unsure := false; ctx.Err() == nil; time.Sleep(pause) {
		stored, _, err := b.Submit(ctx, act)
		if err == nil {
			b.say(d, toldReceived)
			waits, cancel := context.WithTimeout(ctx, patience)
			_, err = b.Deliver(waits, stored)
			cancel()
			if f, known := failure.As(err); err != nil && (!known || f.Code != "stored_unanswered") {
				t.Errorf("%s: %v", act.ID, err)
			}
			return true
		}
		f, known := failure.As(err)
		switch {
		case !known:
			if ctx.Err() == nil {
				t.Errorf("%s: %v", act.ID, err)
			}
			return false
		case f.Code == "database_unreachable" && !unsure:
			b.say(d, toldAgain)
			return false
		}
		unsure = true
	}
	return false
}

// commands does one thing after another to any fault, by the command line's way.
func (b *bustle) commands(ctx context.Context, t *testing.T, random *rand.Rand) {
	t.Helper()
	for n := 0; ctx.Err() == nil; n++ {
		f := b.any(random)
		act := b.act(t, f.contract, fmt.Sprintf("command-%d-%d", random.Uint32(), n), "", time.Time{}, nil)
		act.Fault = f.n
		act.Name, act.Body = anything(random)
		b.send(ctx, t, act)
		pause(ctx, random, 300*time.Millisecond)
	}
}

// anything is one of the acts of who looks after a fault.
func anything(random *rand.Rand) (message.ActName, []byte) {
	switch random.IntN(10) {
	case 0, 1, 2:
		return message.Acknowledge, []byte(`{}`)
	case 3, 4:
		return message.Plan, []byte(`{"cause": "磁盘写满", "steps": "清理日志"}`)
	case 5, 6:
		return message.HandOver, []byte(`{"to": "zhao"}`)
	case 7, 8:
		return message.Progress, []byte(`{"text": "处理中"}`)
	default:
		return message.Resolve, []byte(`{"text": "已恢复"}`)
	}
}

func pause(ctx context.Context, random *rand.Rand, most time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(time.Duration(random.Int64N(int64(most)))):
	}
}

// telephone takes in faults that were called in almost an hour ago, so that their hours pass meanwhile. Of every other one the plan
// comes in the last moment. No more calls come when ctx ends; plans that were promised do.
func (b *bustle) telephone(ctx context.Context, t *testing.T, random *rand.Rand, contracts []string) {
	t.Helper()
	var planning sync.WaitGroup
	defer planning.Wait()
	for n := 0; ctx.Err() == nil; n++ {
		deadline := time.Now().Add(3*time.Second + time.Duration(random.Int64N(int64(9*time.Second)))).Truncate(time.Microsecond)
		act := b.act(t, contracts[random.IntN(len(contracts))], fmt.Sprintf("call-%d-%d", random.Uint32(), n), message.ReportFault, time.Time{},
			message.FaultReport{Called: message.Called{CalledAt: deadline.Add(-time.Hour)}, Reporter: "李明", Text: "打不开", Separate: true})
		before := time.Duration(random.Int64N(int64(time.Second)))
		planned := n%2 == 0
		planning.Go(func() {
			if b.send(t.Context(), t, act) && planned {
				b.planAt(t.Context(), t, act, deadline.Add(-before))
			}
		})
		pause(ctx, random, 2*time.Second)
	}
}

// planAt sends the plan of a fault at an instant, or as soon as its number is known; again for as long as it is not received.
func (b *bustle) planAt(ctx context.Context, t *testing.T, report message.Act, at time.Time) {
	t.Helper()
	f, known := b.numbered(ctx, report)
	if !known {
		return
	}
	select {
	case <-ctx.Done():
		return
	case <-time.After(time.Until(at)):
	}
	const between = 100 * time.Millisecond
	for n := 0; ctx.Err() == nil; n++ {
		act := b.act(t, f.contract, fmt.Sprintf("plan-%s-%d", report.ID, n), message.Plan, time.Time{}, message.FaultPlan{Cause: "磁盘写满", Steps: "清理日志"})
		act.Fault = f.n
		if b.send(ctx, t, act) {
			return
		}
		time.Sleep(between)
	}
}

var numberOf = regexp.MustCompile(`^fault/(\d+) `)

// numbered waits for the number that a report gets.
func (b *bustle) numbered(ctx context.Context, report message.Act) (faultAt, bool) {
	const between = 50 * time.Millisecond
	for ; ctx.Err() == nil; time.Sleep(between) {
		answer, err := b.Store.Answered(ctx, report.ID)
		if err != nil {
			continue
		}
		found := numberOf.FindStringSubmatch(answer.EN)
		if found == nil {
			return faultAt{}, false
		}
		n, _ := strconv.Atoi(found[1])
		return faultAt{report.Contract, n}, true
	}
	return faultAt{}, false
}
