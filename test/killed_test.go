package test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
	"lvyue/internal/testkit"
)

// The worker, the desk, Temporal and PostgreSQL are killed with SIGKILL in turn, while a hundred incidents are open and people act
// all the time. Whatever somebody was told is received stands once in the evidence; what they were told is not stored does not; every
// hour is judged by the moments of receipt; everybody was called once.
//
// One round; with LVYUE_SOAK, rounds until it is over. LVYUE_SEED repeats a life, as far as a machine does.
func TestOffice_KilledAtAnyMomentNoActIsLostNoneIsAppliedTwiceAndNoHourIsMisjudged_3_11_4_2(t *testing.T) {
	t.Parallel()
	seed := testkit.Seed(t)
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	at := openApart(t)
	transport := []string{overSockets, overHTTP}[random.IntN(2)]
	b := &bustle{office: openOffice(t, at.place, transport, slacksim.Options{})}
	contracts := b.contracts(t, 5)
	b.reportAll(t, contracts, 80)
	stop := b.begin(t, random, contracts)
	kills := b.killAll(t, at, random)
	for giveUp := time.Now().Add(testkit.Soak(t)); time.Now().Before(giveUp); {
		kills += b.killAll(t, at, random)
	}
	stop()
	b.settle(t)
	b.takeBack()
	a := b.account(t, contracts)
	a.checkDeeds(t)
	a.checkEffects(t)
	a.checkHours(t)
	a.checkPages(t)
	t.Logf("over %s, %d kills: %s", transport, kills, a)
}

func (b *bustle) contracts(t *testing.T, many int) []string {
	t.Helper()
	var all []string
	for range many {
		all = append(all, b.usable(time.Now().Add(-2*time.Hour)))
	}
	return all
}

// reportAll reports so many faults, each another one.
func (b *bustle) reportAll(t *testing.T, contracts []string, many int) {
	t.Helper()
	var group errgroup.Group
	group.SetLimit(len(contracts))
	for n := range many {
		group.Go(func() error {
			act := b.act(t, contracts[n%len(contracts)], fmt.Sprintf("report-%d", n), message.ReportFault, time.Time{},
				message.FaultReport{Reporter: "李明", Text: "打不开", Separate: true})
			if !b.send(t.Context(), t, act) {
				return fmt.Errorf("%s was not received", act.ID)
			}
			f, known := b.numbered(t.Context(), act)
			if !known {
				return fmt.Errorf("%s got no number", act.ID)
			}
			b.mu.Lock()
			defer b.mu.Unlock()
			b.open = append(b.open, f)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
}

// begin lets people act until stop, which waits for them.
func (b *bustle) begin(t *testing.T, random *rand.Rand, contracts []string) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var everyone sync.WaitGroup
	own := func() *rand.Rand { return rand.New(rand.NewPCG(random.Uint64(), random.Uint64())) }
	for range 3 {
		dice := own()
		everyone.Go(func() { b.commands(ctx, t, dice) })
	}
	for _, user := range []string{zhangOnCall, "U0ZHAO", "U0WANG"} {
		dice := own()
		everyone.Go(func() { b.clicks(ctx, t, dice, user) })
	}
	dice := own()
	everyone.Go(func() { b.telephone(ctx, t, dice, contracts) })
	return sync.OnceFunc(func() {
		cancel()
		everyone.Wait()
	})
}

// killAll kills each program once, in an order that is drawn, and starts it again after a while. It tells how many it killed. While
// nothing can judge it, an hour ends whose plan came in its last moment.
func (b *bustle) killAll(t *testing.T, at *apart, random *rand.Rand) int {
	t.Helper()
	programs := []struct {
		name        string
		judges      bool
		kill, start func()
	}{
		{"worker", true, func() { b.worker.kill(t) }, func() { b.worker.start(t) }},
		{"desk", false, func() { b.chat.kill(t) }, b.startDesk},
		{"Temporal", true, func() { at.engine.kill(t) }, func() { at.engine.start(t) }},
		{"PostgreSQL", false, func() { at.killPostgres(t) }, func() { at.startPostgres(t) }},
	}
	random.Shuffle(len(programs), func(i, j int) { programs[i], programs[j] = programs[j], programs[i] })
	for _, p := range programs {
		pause(t.Context(), random, 4*time.Second)
		report, deadline := b.lastCall(t, random)
		began := time.Now()
		p.kill()
		if p.judges {
			b.planAt(t.Context(), t, report, began)
			time.Sleep(time.Until(deadline))
		}
		pause(t.Context(), random, 4*time.Second)
		p.start()
		b.away = append(b.away, span{began, time.Now()})
		t.Logf("the %s was away for %s", p.name, time.Since(began).Round(time.Millisecond))
	}
	return len(programs)
}

// lastCall takes in a fault whose hour is over in a moment, and waits for its number.
func (b *bustle) lastCall(t *testing.T, random *rand.Rand) (report message.Act, deadline time.Time) {
	t.Helper()
	const left = 4 * time.Second
	deadline = time.Now().Add(left).Truncate(time.Microsecond)
	report = b.act(t, b.any(random).contract, fmt.Sprintf("last-call-%d", random.Uint32()), message.ReportFault, time.Time{}, message.FaultReport{
		Called: message.Called{CalledAt: deadline.Add(-time.Hour)}, Reporter: "李明", Text: "打不开", Separate: true,
	})
	b.send(t.Context(), t, report)
	b.numbered(t.Context(), report)
	return report, deadline
}
