package cli

import (
	"context"

	"github.com/spf13/cobra"

	"lvyue/internal/oncall"
	"lvyue/internal/workday"
)

// overridesDocument is what was entered: one override, or the two of a swap; then who is on call.
type overridesDocument struct {
	Entered []oncall.Override `json:"entered"`
	standingDocument
}

func oncallOverrideCommand(s *session) *cobra.Command {
	var from, to string
	var o oncall.Override
	c := &cobra.Command{
		Use: "override ROTATION", Args: wants(1, 1),
		Short:   s.say("某段时间由另一人值班；后登记的优先", "put a person on call for a time; of two, the one entered later wins"),
		Example: "  starter oncall override primary --from 2026-10-01T18:00 --to 2026-10-02 --person wang --reason 看病 --by chen",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			in := input{}
			o.Rotation, o.By, o.Reason = args[0], in.required("by", o.By), in.required("reason", o.Reason)
			o.From, o.To = in.moment("from", in.required("from", from), workday.Date.Start), in.moment("to", in.required("to", to), workday.Date.End)
			if o.Person = in.required("person", o.Person); o.Person == oncall.Nobody {
				o.Person = ""
			}
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.override(ctx, o)
		}),
	}
	c.Flags().StringVar(&from, "from", "", s.say("开始：时刻，或日期（其 00:00）", "its beginning: an instant, or a day (its 00:00)"))
	c.Flags().StringVar(&to, "to", "", s.say("结束：时刻，或日期（其 24:00）", "its end: an instant, or a day (its 24:00)"))
	c.Flags().StringVar(&o.Person, "person", "", s.say("值班人的 id；nobody 为无人", "id of the person; nobody for no one"))
	c.Flags().StringVar(&o.Reason, "reason", "", s.say("事由", "why"))
	s.handler(c, &o.By)
	return c
}

func (s *session) override(ctx context.Context, o oncall.Override) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	entered, err := store.Override(ctx, o)
	if err != nil {
		return reply{}, err
	}
	return s.entered(ctx, entered)
}

func oncallSwapCommand(s *session) *cobra.Command {
	var swap oncall.Swap
	var week, other string
	c := &cobra.Command{
		Use: "swap ROTATION", Args: wants(1, 1),
		Short:   s.say("两人互换各自的一整班，同时生效或都不生效", "two people exchange a whole turn each, both or neither"),
		Example: "  starter oncall swap primary --of zhang --with li --week 2026-09-28 --for 2026-10-12 --by chen",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			in := input{}
			swap.Rotation, swap.By = args[0], in.required("by", swap.By)
			swap.Of, swap.With = in.required("of", swap.Of), in.required("with", swap.With)
			swap.Week, swap.For = in.date("week", week), in.date("for", other)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.swap(ctx, swap)
		}),
	}
	c.Flags().StringVar(&swap.Of, "of", "", s.say("让出 --week 那一班的人", "who gives the turn of --week"))
	c.Flags().StringVar(&swap.With, "with", "", s.say("接手的人，让出 --for 那一班", "who takes it, and gives the turn of --for"))
	c.Flags().StringVar(&week, "week", "", s.say("该班交接的那一天，或其中任一天", "the day on which that turn begins, or any day of it"))
	c.Flags().StringVar(&other, "for", "", s.say("另一班的那一天", "the same for the other turn"))
	c.Flags().StringVar(&swap.Reason, "reason", "", s.say("事由（可省略）", "why (optional)"))
	s.handler(c, &swap.By)
	return c
}

func (s *session) swap(ctx context.Context, swap oncall.Swap) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	both, err := store.Swap(ctx, swap)
	if err != nil {
		return reply{}, err
	}
	return s.entered(ctx, both...)
}

// entered tells what was entered, and who is on call now.
func (s *session) entered(ctx context.Context, all ...oncall.Override) (reply, error) {
	standing, err := s.standingNow(ctx, s.store)
	if err != nil {
		return reply{}, err
	}
	d := overridesDocument{Entered: all, standingDocument: standing}
	return reply{document: d, print: func(p *paper) {
		p.line("%s 已登记，编号 #%d", "%s entered as #%d", p.paint(good, "✓"), all[0].ID)
		p.overrides(d.Entered)
		p.onCall(d.OnCall)
		p.rotaGaps(d.Gaps)
	}}, nil
}

// cancelledDocument is an override, or a swap, that holds no more.
type cancelledDocument struct {
	Cancelled int64 `json:"cancelled"`
	standingDocument
}

func oncallCancelCommand(s *session) *cobra.Command {
	var by, reason string
	c := &cobra.Command{
		Use: "cancel OVERRIDE", Args: wants(1, 1),
		Short:   s.say("撤销一次换班（互换则两班一并撤销）；记录保留", "cancel an override, or a swap whole; what was entered stays on record"),
		Example: "  starter oncall cancel 3 --reason 已康复 --by chen",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			in := input{}
			id, why, who := in.count("OVERRIDE", args[0], 1), in.required("reason", reason), in.required("by", by)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.cancelOverride(ctx, int64(id), why, who)
		}),
	}
	c.Flags().StringVar(&reason, "reason", "", s.say("事由", "why"))
	s.handler(c, &by)
	return c
}

func (s *session) cancelOverride(ctx context.Context, id int64, reason, by string) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	if err := store.CancelOverride(ctx, id, reason, by); err != nil {
		return reply{}, err
	}
	standing, err := s.standingNow(ctx, store)
	d := cancelledDocument{Cancelled: id, standingDocument: standing}
	return reply{document: d, print: func(p *paper) {
		p.line("%s 已撤销 #%d", "%s #%d is cancelled", p.paint(good, "✓"), id)
		p.onCall(d.OnCall)
		p.rotaGaps(d.Gaps)
	}}, err
}
