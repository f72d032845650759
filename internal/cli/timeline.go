package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"lvyue/internal/failure"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
)

// timelineDocument is the evidence of one contract. Verified is null unless the chain was recomputed.
type timelineDocument struct {
	Contract string      `json:"contract"`
	Events   []eventLine `json:"events"`
	Head     string      `json:"head"`
	Verified *bool       `json:"verified"`
}

type eventLine struct {
	Seq        int64     `json:"seq"`
	Hash       string    `json:"hash"`
	Previous   string    `json:"previous"`
	RecordedAt time.Time `json:"recorded_at"`
	message.Event
}

func timelineCommand(s *session) *cobra.Command {
	var verify bool
	c := &cobra.Command{
		Use: "timeline NUMBER", Args: wants(1, 1),
		Short:   s.say("证据日志及其校验链", "the event log with its evidence chain"),
		Example: "  starter timeline HT-2025-001 --verify",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			var in input
			number := in.number(args[0])
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.timeline(ctx, number, verify)
		}),
	}
	c.Flags().BoolVar(&verify, "verify", false, s.say("重新计算校验链", "recompute the chain"))
	return c
}

// timeline fails as "evidence_broken" if the chain is recomputed and does not hold.
func (s *session) timeline(ctx context.Context, number string, verify bool) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	events, err := store.Timeline(ctx, number)
	if err != nil {
		return reply{}, fmt.Errorf("read the timeline of %s: %w", number, err)
	}
	document := timelineOf(number, events)
	if !verify {
		return reply{document: document, print: func(p *paper) { p.timeline(document) }}, nil
	}
	chain, err := store.Verify(ctx, number)
	if err != nil {
		return reply{}, fmt.Errorf("verify the timeline of %s: %w", number, err)
	}
	if !chain.Verified {
		return reply{}, broken(chain)
	}
	document.Verified, document.Head = &chain.Verified, chain.Head
	return reply{document: document, print: func(p *paper) {
		p.timeline(document)
		p.line("%s 校验链完整：%d 条，链头 %s", "%s the chain holds: %d events, head %s", p.paint(good, "✓"), chain.Events, chain.Head)
	}}, nil
}

func broken(chain postgres.Chain) error {
	return failure.New("evidence_broken", nil,
		fmt.Sprintf("证据链在第 %d 条处断开：内容被改动或缺失", chain.BrokenAt),
		fmt.Sprintf("the evidence chain is broken at event %d: something was changed or is missing", chain.BrokenAt))
}

func timelineOf(number string, events []postgres.StoredEvent) timelineDocument {
	d := timelineDocument{Contract: number, Events: []eventLine{}}
	for _, e := range events {
		line := eventLine{Seq: e.Seq, Hash: e.Hash, Previous: e.Previous, RecordedAt: shanghai(e.RecordedAt), Event: e.Event}
		line.At = shanghai(line.At)
		d.Events = append(d.Events, line)
		d.Head = e.Hash
	}
	return d
}

func (p *paper) timeline(d timelineDocument) {
	header := table.Row{"序", "时刻", "条款", "事项", "对象", "变化", "谁", "指纹"}
	if p.lang != "zh" {
		header = table.Row{"no.", "at", "§", "what", "about", "change", "who", "hash"}
	}
	const short = 10
	rows := make([]table.Row, len(d.Events))
	for i, e := range d.Events {
		rows[i] = table.Row{
			e.Seq, p.instant(e.At), e.Clause, p.what(e.Event), p.in(words.Duty(e.Subject)), p.change(e.Event),
			p.in(words.Side(message.Side(e.Actor.Who))), fmt.Sprintf("%.*s", short, e.Hash),
		}
	}
	p.rows(header, rows)
}

// what names an event. A duty that waits for a person no more is worked at again: only a retry, or the next stage of a move,
// ends the waiting of a duty that stays open.
func (p *paper) what(e message.Event) string {
	if o := e.Changed.Obligation; o != nil && e.What == attention && o.Attention == "" {
		return p.in(refusal.Text{ZH: "再次办理", EN: "tried again"})
	}
	return p.in(words.Event(e.What))
}

// attention is an event of a duty whose status stays as it was: it begins or ceases to wait for a person.
const attention = "attention"

// change is what became of what: a day that moved, a day that is due, why a person is needed, what a person decided, a code
// in words.
func (p *paper) change(e message.Event) string {
	if told, is := p.faultChange(e); is {
		return told
	}
	if o := e.Changed.Obligation; o != nil && e.What == attention {
		return p.waiting(o.Attention)
	}
	if o := e.Changed.Obligation; o != nil && e.What == "moved" && len(o.Moved) > 0 {
		last := o.Moved[len(o.Moved)-1]
		return last.From.String() + " → " + last.To.String()
	}
	if o := e.Changed.Obligation; o != nil && (e.What == "opened" || e.What == "counted") && !o.DueOn.IsZero() {
		return p.in(refusal.Text{ZH: "到期 ", EN: "due "}) + p.due(o.DueOn, o.Provisional)
	}
	if e.ActID != "" {
		if matter := words.Matter(message.ActName(e.What), e.Detail); matter.ZH != "" {
			return p.in(matter)
		}
	}
	if e.Old == "" || e.Old == e.New {
		return p.in(words.Code(e.New))
	}
	return p.in(words.Code(e.Old)) + " → " + p.in(words.Code(e.New))
}

// waiting says why a duty waits for a person, or that it does so no more.
func (p *paper) waiting(why string) string {
	if why == "" {
		return p.in(refusal.Text{ZH: "不再等待人工处理", EN: "no longer waits for a person"})
	}
	return why
}
