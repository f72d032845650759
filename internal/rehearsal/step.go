package rehearsal

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"lvyue/internal/backup"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

// Step is one thing that happened, for a person who watches.
type Step struct {
	At     time.Time
	Clause string
	// Duty is the duty that it is about; no words when it is about the contract as a whole.
	Duty refusal.Text
	// DueOn is the due day of that duty as it is known now; no day when it has none.
	DueOn workday.Date
	What  refusal.Text
	Tone  Tone
}

// Tone says how to take a step.
type Tone int

// Tones of a step.
const (
	Plain Tone = iota
	Good       // a duty performed, a service year begun
	Heed       // a reminder, a day that moved
	Bad        // late, refused, or waiting for a person
)

// tell shows a step to whoever watches.
func (p *play) tell(s Step) {
	if p.Watch != nil {
		p.Watch(s)
	}
}

// show tells of what was recorded since the last look.
func (p *play) show(ctx context.Context) error {
	if p.Watch == nil {
		return nil
	}
	timeline, err := p.store.Timeline(ctx, p.Scenario.Form.Number)
	if err != nil {
		return fmt.Errorf("read the evidence: %w", err)
	}
	for _, stored := range timeline[p.shown:] {
		p.due.follow(stored.Event)
		if step, ok := p.due.step(stored.Event); ok {
			p.tell(step)
		}
	}
	p.shown = len(timeline)
	return nil
}

func refusedStep(event Event, no *refusal.Refusal) Step {
	act := words.Act(event.act())
	return Step{
		At: event.At, Clause: no.Clause, Tone: Bad,
		What: refusal.Text{ZH: act.ZH + "被拒：" + no.ZH, EN: act.EN + " refused: " + no.EN},
	}
}

func publishedStep(event Event, year string) Step {
	return Step{At: event.At, Tone: Heed, What: refusal.Text{
		ZH: "国务院公布 " + year + " 年放假通知", EN: "the State Council publishes the calendar of " + year,
	}}
}

func copiedStep(event Event, made backup.Copy) Step {
	size := strconv.FormatInt(made.Bytes, 10)
	return Step{At: event.At, Clause: "3.9", What: refusal.Text{
		ZH: "云外备份已完成，" + size + " 字节", EN: "copied outside the cloud, " + size + " bytes",
	}}
}

// duties are the duties as they are known so far, by id: a reminder does not repeat the clause and the due day.
type duties map[string]message.Obligation

func (d duties) follow(e message.Event) {
	if o := e.Changed.Obligation; o != nil {
		d[o.ID] = *o
	}
}

// step is what an event of the evidence means to a watcher; false for bookkeeping.
func (d duties) step(e message.Event) (Step, bool) {
	s := Step{At: e.At, Clause: e.Clause}
	shown := true
	switch {
	case e.Changed.Obligation != nil:
		s.What, s.Tone, shown = dutyStep(e)
	case e.Changed.Receipt != nil:
		amount := e.Changed.Receipt.Amount.String()
		s.What = refusal.Text{ZH: "收款 " + amount + " 元", EN: "receipt of " + amount + " CNY"}
	case e.Changed.Year != nil:
		s.What, s.Tone = yearStep(*e.Changed.Year), Good
	case e.Changed.Notice != nil && slices.Contains([]string{"reminder", "due-today"}, e.New):
		s.What, s.Tone = refusal.Text{ZH: "提醒客户经理", EN: "account manager reminded"}, Heed
	case e.Changed.Quote != nil:
		s.What = refusal.Text{ZH: "云厂商公布价 " + e.New + " 元", EN: "the vendor's published price: " + e.New + " CNY"}
	case e.What == "phase":
		s.What, s.Tone = phaseStep(e), toneOf(e)
	case e.ActID != "" && e.What != string(message.Pay): // a receipt that was known already brings no money
		s.What = actStep(e)
	default:
		return Step{}, false
	}
	if o, known := d[e.Subject]; known {
		s.Clause, s.Duty, s.DueOn = o.Clause, words.Duty(o.ID), o.DueOn
	}
	return s, shown
}

// dutyStep says what happened to a duty.
func dutyStep(e message.Event) (refusal.Text, Tone, bool) {
	o := e.Changed.Obligation
	status := words.Status(o.Status)
	switch e.What {
	case "opened":
		return refusal.Text{ZH: "义务产生", EN: "duty opens"}, Plain, true
	case "moved":
		from := o.Moved[len(o.Moved)-1].From.String()
		return refusal.Text{ZH: "期限变更，原为 " + from, EN: "due day moved from " + from}, Heed, true
	case "attention":
		return refusal.Text{ZH: "需要人工处理：" + o.Attention, EN: "needs a person: " + o.Attention}, Bad, o.Attention != ""
	case string(message.Met):
		return status, Good, true
	case string(message.MetLate), string(message.Overdue):
		return status, Bad, true
	case string(message.Void), string(message.Waived), string(message.Frozen), string(message.Pending):
		return status, Plain, true
	default:
		return refusal.Text{}, Plain, false
	}
}

func yearStep(y message.ServiceYear) refusal.Text {
	days := y.First.String() + " – " + y.Last.String()
	return refusal.Text{
		ZH: fmt.Sprintf("第 %d 服务年度开始：%s", y.Year, days), EN: fmt.Sprintf("service year %d begins: %s", y.Year, days),
	}
}

func phaseStep(e message.Event) refusal.Text {
	phase := words.Phase(message.Phase(e.New))
	return refusal.Text{ZH: "合同进入：" + phase.ZH, EN: "contract is now " + phase.EN}
}

func toneOf(e message.Event) Tone {
	if message.Phase(e.New) == message.Destroyed {
		return Good
	}
	return Plain
}

// actStep says who did what, with what matters of it.
func actStep(e message.Event) refusal.Text {
	name := message.ActName(e.What)
	act, who, matter := words.Act(name), words.Side(message.Side(e.Actor.Who)), words.Matter(name, e.Detail)
	said := refusal.Text{ZH: who.ZH + "：" + act.ZH, EN: who.EN + ": " + act.EN}
	if matter.ZH != "" && name != message.Sign { // the day of a signature stands in its row
		said.ZH, said.EN = said.ZH+"（"+matter.ZH+"）", said.EN+" ("+matter.EN+")"
	}
	return said
}
