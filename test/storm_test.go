package test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/slacksim"
	"lvyue/internal/testkit"
)

// storm is how many faults are reported within a time, evenly, over how many rooms: those of the people who are called. So many of
// these people click.
type storm struct {
	faults, rooms, clicks int
	within                time.Duration
}

// A thousand faults are reported within a minute, and twenty people are called: for each fault somebody is within the minute after
// its report, no room takes two messages within a second, and who clicks meanwhile sees the card change.
//
// A tenth of them in a tenth of the time, which is the same rate; with LVYUE_SOAK, all.
func TestOffice_AStormOfFaultsCallsEverybodyInTimeAndFloodsNoRoom_4_2(t *testing.T) {
	t.Parallel()
	s := storm{faults: 100, rooms: 20, clicks: 5, within: 6 * time.Second}
	if testkit.Soak(t) > 0 {
		s = storm{faults: 1000, rooms: 20, clicks: 20, within: time.Minute}
	}
	o := openOffice(t, here(), overSockets, s.team())
	o.setRota(s.rota())
	contracts := s.contracts(o)
	began := time.Now().Add(5 * time.Second) // until then, the turns are entered
	s.takeTurns(o, began)
	time.Sleep(time.Until(began))
	var reporting sync.WaitGroup
	reporting.Go(func() { o.reportEvenly(t, s, contracts, began) })
	clicks := o.clickEvenly(t, s)
	reporting.Wait()
	t.Logf("%d faults are reported within %s", s.faults, time.Since(began).Round(time.Millisecond))
	o.until("somebody is called for every fault", func() bool {
		called := o.firstPages(t)
		return len(called) == s.faults && !slices.ContainsFunc(called, func(c firstPage) bool { return c.ToldAt.IsZero() })
	})
	o.checkFirstPages(t)
	o.checkRooms(t)
	t.Logf("from click to card: %s", <-clicks)
}

func person(n int) string { return fmt.Sprintf("p%02d", n) }

func member(n int) string { return fmt.Sprintf("U0PERSON%02d", n) }

func (s storm) team() slacksim.Options {
	options := slacksim.Options{}
	room := slacksim.Channel{ID: slacksim.OncallChannel, Name: "oncall", Members: []string{slacksim.BotUser}}
	for n := range s.rooms {
		options.Users = append(options.Users, slacksim.User{ID: member(n), Name: person(n), RealName: person(n)})
		room.Members = append(room.Members, member(n))
	}
	options.Channels = []slacksim.Channel{room}
	return options
}

// rota has one rotation, whose shifts are overridden.
func (s storm) rota() string {
	var text strings.Builder
	text.WriteString("people:\n")
	for n := range s.rooms {
		fmt.Fprintf(&text, "  - {id: %s, name: %s, roles: [oncall], slack: %s}\n", person(n), person(n), member(n))
	}
	text.WriteString(`rotations:
  - {name: primary, weekday: monday, at: "09:00", since: 2025-01-06, people: [p00]}
ladder:
  rungs:
    - {after_minutes: 0, name: first, kind: first, targets: [primary]}
  again: {every_minutes: 60, name: again, kind: escalation, targets: [primary]}
`)
	return text.String()
}

// takeTurns has everybody be on call for a moment, five times over, until the storm is over: so each of them is called for a share of
// the faults.
func (s storm) takeTurns(o *office, from time.Time) {
	o.t.Helper()
	const each = 5
	turns := each * s.rooms
	for n := range turns {
		at := func(n int) time.Time { return from.Add(s.within * time.Duration(n) / time.Duration(turns)) }
		_, err := o.Store.Override(o.t.Context(), oncall.Override{
			Rotation: "primary", From: at(n), To: at(n + 1), Person: person(n % s.rooms), Reason: "storm", By: "chen",
		})
		if err != nil {
			o.t.Fatal(err)
		}
	}
}

func (s storm) contracts(o *office) []string {
	var all []string
	for range s.rooms {
		all = append(all, o.usable(time.Now().Add(-2*time.Hour)))
	}
	return all
}

// reportEvenly reports the faults at their moments, whatever becomes of those before, and waits for all answers.
func (o *office) reportEvenly(t *testing.T, s storm, contracts []string, began time.Time) {
	t.Helper()
	var everybody sync.WaitGroup
	defer everybody.Wait()
	for n := range s.faults {
		time.Sleep(time.Until(began.Add(s.within * time.Duration(n) / time.Duration(s.faults))))
		act := o.act(t, contracts[n%len(contracts)], fmt.Sprintf("storm-%d", n), message.ReportFault, time.Time{}, message.FaultReport{
			Reporter: "李明", Text: "打不开", Separate: true,
		})
		everybody.Go(func() {
			if _, answer, err := o.Take(t.Context(), act, nil); err != nil || answer.Refusal != nil {
				t.Errorf("%s: %v, %v", act.ID, answer, err)
			}
		})
	}
}

// clickEvenly has people take up faults on their cards while the storm lasts, each another, and tells how long it took until the
// cards showed it.
func (o *office) clickEvenly(t *testing.T, s storm) <-chan times {
	t.Helper()
	told := make(chan times, 1)
	go func() {
		var all times
		var mu sync.Mutex
		var everybody sync.WaitGroup
		for n := range s.clicks {
			card, came := o.nthCard(n)
			if !came {
				t.Errorf("card %d does not come", n)
				break
			}
			everybody.Go(func() {
				took := o.takeUp(t, member(n), card)
				mu.Lock()
				defer mu.Unlock()
				all = append(all, took)
			})
		}
		everybody.Wait()
		told <- all
	}()
	return told
}

// patienceInAStorm is how long people look for a card, or for its change, before they take it for lost.
const patienceInAStorm = 3 * time.Minute

// nthCard waits for the card that comes after so many.
func (o *office) nthCard(n int) (card slacksim.Message, came bool) {
	for giveUp := time.Now().Add(patienceInAStorm); time.Now().Before(giveUp); time.Sleep(50 * time.Millisecond) {
		all := slices.DeleteFunc(o.slack.Messages(slacksim.OncallChannel), func(m slacksim.Message) bool {
			_, isCard := cardOf(m)
			return !isCard
		})
		if len(all) > n {
			return all[n], true
		}
	}
	return card, false
}

// takeUp clicks, and tells how long it took until the card shows it.
func (o *office) takeUp(t *testing.T, user string, card slacksim.Message) time.Duration {
	t.Helper()
	began := time.Now()
	if _, err := o.slack.Click(t.Context(), user, card.Channel, card.TS, "fault.ack"); err != nil {
		t.Errorf("%s clicks: %v", user, err)
	}
	for time.Since(began) < patienceInAStorm {
		for _, h := range o.slack.Happened() {
			if h.Kind == slacksim.Updated && h.Message.Channel == card.Channel && h.Message.TS == card.TS && h.Message.Says("已响应") {
				return h.At.Sub(began)
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("the card never changed for %s", user)
	return time.Since(began)
}
