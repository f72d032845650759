package slack_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/slacksim"
)

// §4.2: whoever presses is stored with the moment of receipt, and told what the engine says.
func TestPress_IsStoredAndAnswered(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		delivery := d.click(zhang, "fault.ack", fault(0, "primary"))
		d.watch.ExpectEphemeral(zhang, "✅", "好的 ack", "done ack")
		act := d.only()
		id := strings.Join([]string{
			"ba", slacksim.TeamID, room, delivery.Field("container.message_ts"), "fault.ack", zhang, delivery.Field("actions.0.action_ts"),
		}, ":")
		if act.ID != id || act.Name != message.Acknowledge || act.Fault != 1 || act.ReceivedAt.IsZero() ||
			act.Actor != (message.Actor{Who: "zhang", Role: "oncall", Way: "slack"}) {
			t.Errorf("stored %+v, want the id %s", act, id)
		}
	})
}

// §4.2: of twenty who press at once one is first, and the others hear who.
func TestPress_OfTwentyAtOnceOneIsFirst(t *testing.T) {
	t.Parallel()
	over(t, setting{more: 20, unwatched: true}, func(t *testing.T, d *desk) {
		now := time.Now()
		f := message.Incident{N: 1, Terms: incident.Terms(oncall.DefaultLadder())}
		f.Fault = 1
		incident.Begin(&f, message.FaultReport{Reporter: "x", Text: "x", Administrator: true}, now)
		d.engine.judge = func(act message.Act) message.Answer {
			if no := incident.RefuseAcknowledge(&f); no != nil {
				return message.Answer{Text: no.Text, Refusal: no}
			}
			incident.Acknowledge(&f, act.Actor.Who, act.ReceivedAt)
			return message.Answer{}
		}
		ts := d.card("fault.ack", fault(0, ""))
		var everyone sync.WaitGroup
		for i := range 20 {
			everyone.Go(func() {
				if _, err := d.s.Click(context.WithoutCancel(t.Context()), engineer(i), room, ts, "fault.ack"); err != nil {
					t.Error(err)
				}
			})
		}
		everyone.Wait()
		d.until(func() bool { return whispers(d, "") == 20 })
		if n := len(d.engine.effects()); n != 1 || len(d.inbox()) != 20 {
			t.Errorf("%d took effect, %d are stored", n, len(d.inbox()))
		}
		if n := whispers(d, "已由 "+f.RespondedBy); n != 19 {
			t.Errorf("%d were told who was first", n)
		}
	})
}

func engineer(i int) string { return "U0E" + string(rune('0'+i/10)) + string(rune('0'+i%10)) }

// whispers counts the ephemeral messages with these words.
func whispers(d *desk, words string) int {
	n := 0
	for _, h := range d.s.Happened() {
		if h.Kind == slacksim.Whispered && h.Message.Says(words) {
			n++
		}
	}
	return n
}

// §4.1: a click that comes twice has one effect, whatever envelope or signature it comes with.
func TestPress_ThatComesTwiceHasOneEffect(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		first := d.click(zhang, "fault.ack", fault(0, ""))
		d.watch.ExpectEphemeral(zhang, "好的 ack")
		again, err := d.s.Redeliver(t.Context(), first)
		if err != nil || first.ID != "" && again.ID == first.ID {
			t.Fatal(err)
		}
		d.watch.ExpectEphemeral(zhang, "好的 ack")
		if d.only().ID == "" || len(d.engine.effects()) != 1 {
			t.Errorf("%d effects", len(d.engine.effects()))
		}
	})
}

func TestPress_ReplayedToTheLetterHasOneEffect(t *testing.T) {
	t.Parallel()
	d := open(t, setting{}, "http")
	first := d.click(zhang, "fault.ack", fault(0, ""))
	d.watch.ExpectEphemeral(zhang, "好的 ack")
	if status, err := d.s.Forge(t.Context(), slacksim.Replayed, first); status != 200 || err != nil {
		t.Fatal(status, err)
	}
	d.watch.ExpectEphemeral(zhang, "好的 ack")
	if d.only(); len(d.engine.effects()) != 1 {
		t.Errorf("%d effects", len(d.engine.effects()))
	}
}

// §4.1: late clicks and those on old cards are answered by the state of the fault.
func TestPress_OnAStaleCardIsAnsweredByTheState(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		row := d.openFault(1, 5, time.Minute)
		rung := "primary"
		d.engine.judge = func(act message.Act) message.Answer {
			switch {
			case act.Name == message.Escalate && strings.Contains(string(act.Body), `"`+rung+`"`):
				rung = "lead"
				return message.Answer{}
			case act.Name == message.Escalate:
				return message.Answer{Refusal: incident.Closed(row)}
			}
			no := incident.Closed(row)
			return message.Answer{Text: no.Text, Refusal: no}
		}
		d.click(zhang, "fault.ack", fault(5, "primary"))
		if m := d.watch.ExpectEphemeral(zhang, "⛔", "关闭", "was closed"); m.Says("不是最新") {
			t.Errorf("the card was the latest: %s", m.Text)
		}
		d.click(zhang, "fault.escalate", fault(2, "primary"))
		d.watch.ExpectEphemeral(zhang, "✅", "不是最新", "not the latest")
		d.click(li, "fault.escalate", fault(2, "primary"))
		d.watch.ExpectEphemeral(li, "⛔", "不是最新")
		if n := len(d.engine.effects()); n != 1 {
			t.Errorf("%d steps", n)
		}
	})
}

// §4.1: an act to a contract that is not there is refused, and kept as an attempt.
func TestPress_ForAnUnknownContractIsRefused(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		d.click(zhang, "fault.ack", "HT-0|1|0|")
		d.watch.ExpectEphemeral(zhang, "⛔", "HT-0")
		d.click(zhao, "contract.retry", "HT-0|deployment")
		d.watch.ExpectEphemeral(zhao, "⛔", "HT-0")
		for _, value := range []string{"", "HT-2025-001", "HT-2025-001|x|0|", "HT-2025-001|-1|0|", "HT-2025-001|0|0|"} {
			d.click(zhang, "fault.ack", value)
			d.watch.ExpectEphemeral(zhang, "⛔", "最新的卡片")
		}
		d.click(zhang, "fault.burn", fault(0, ""))
		d.watch.ExpectEphemeral(zhang, "⛔", "最新的卡片")
		attempts := d.attempts()
		if len(attempts) != 2 || attempts[0].Reason != "unknown_contract" || attempts[0].Person != "zhang" || attempts[0].Contract != "HT-0" {
			t.Errorf("%+v", attempts)
		}
	})
}

// §4.2: who waits is told that the result will follow, and then the result; directly when the place to tell it is gone.
func TestPress_WhileTheEngineIsSlowTheResultFollows(t *testing.T) {
	t.Parallel()
	over(t, setting{patience: time.Millisecond}, func(t *testing.T, d *desk) {
		gate := d.engine.hold()
		d.click(zhang, "fault.ack", fault(0, ""))
		d.watch.ExpectEphemeral(zhang, "已收到，处理中", "the result will follow")
		d.s.Advance(31 * time.Minute)
		close(gate)
		d.watch.ExpectMessage(zhang, "好的 ack", "done ack")
		if d.only().Name != message.Acknowledge {
			t.Error("it was not stored")
		}
	})
}

// §4.2: whatever the engine does, the click is stored and acknowledged; who ends the desk meanwhile tells that it stands.
func TestPress_WhileTheEngineIsAwayIsKept(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		d.engine.hold()
		d.click(zhang, "fault.ack", fault(0, ""))
		<-d.engine.called
		d.h.Close()
		d.watch.ExpectEphemeral(zhang, "已收到并保存", "Received and stored")
		if act := d.only(); act.ReceivedAt.IsZero() {
			t.Errorf("%+v", act)
		}
	})
}

// §4.1: what could not be stored is said to have done nothing.
func TestPress_WithoutADatabaseSaysThatNothingWasStored(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		view := d.form(zhang, "fault.resolve", fault(0, ""))
		d.books.Close()
		d.click(zhang, "fault.ack", fault(0, ""))
		d.watch.ExpectEphemeral(zhang, "没有生效", "nothing has been done")
		delivery, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"text": "好了"})
		if err != nil || !strings.Contains(delivery.Errors["text"], "没有生效") {
			t.Errorf("%v %v", delivery.Errors, err)
		}
		d.watch.ExpectView(slacksim.Refused, zhang)
		if _, err := d.s.Command(t.Context(), zhang, room, "/fault list"); err != nil {
			t.Error(err)
		}
		d.watch.ExpectEphemeral(zhang, "⛔")
		if n := len(d.inbox()); n != 0 {
			t.Errorf("%d are stored", n)
		}
	})
}
