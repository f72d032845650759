package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/ledger"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

func closeCommand(s *session) *cobra.Command {
	var by string
	c := s.writes("close MONTH", "结账：确认该月收入，此后不得再记入该月", "close a month: its revenue is recognised, and nothing is booked into it any more",
		"books close 2026-10 --by fang", wants(1, 1),
		func(ctx context.Context, store *postgres.Store, in *input, args []string) (reply, error) {
			month, who := in.month("MONTH", args[0]), in.required("by", by)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			today, err := store.Today(ctx)
			if err != nil {
				return reply{}, err
			}
			err = store.CloseMonth(ctx, month, today, who)
			return s.noted(noted{Number: args[0]}, refusal.Text{ZH: args[0] + " 已结账。", EN: args[0] + " is closed"}), err
		})
	c.Flags().StringVar(&by, "by", "", s.say("结账人", "who closes it"))
	return c
}

// month is a calendar month such as 2026-10; its first day.
func (in *input) month(path, typed string) workday.Date {
	at, err := time.Parse("2006-01", typed)
	if err != nil {
		in.fail("bad_month", path, "月份写作 2026-10", "a month is written 2026-10")
		return workday.Date{}
	}
	return workday.Of(time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, workday.Shanghai))
}

func policyCommand(s *session) *cobra.Command {
	var rate, grain, right, by string
	c := s.writes("policy", "账务政策：查看，或由财务决定其后如何入账",
		"what finance has decided: look, or decide how things are booked from now on",
		"books policy --grain month --by fang", wants(0, 0),
		func(ctx context.Context, store *postgres.Store, in *input, _ []string) (reply, error) {
			p, err := store.Policy(ctx)
			if err != nil {
				return reply{}, err
			}
			if rate+grain+right == "" {
				return policyReply(p), nil
			}
			who := in.required("by", by)
			in.decide(&p, rate, grain, right)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return policyReply(p), store.SetPolicy(ctx, p, who)
		})
	flags := c.Flags()
	flags.StringVar(&rate, "vat-rate", "", "0 | 0.01 | 0.03 | 0.06 | 0.09 | 0.13")
	flags.StringVar(&grain, "grain", "", s.say("收入按日（day）或按月（month）确认", "revenue is earned by the day or by the month"))
	flags.StringVar(&right, "refund-right", "", s.say("§1.4 退款权：ignore 不影响收入，hold 期满才确认",
		"the refund right of §1.4: ignore, or hold revenue until the year is over"))
	flags.StringVar(&by, "by", "", s.say("决定人", "who decides"))
	return c
}

// decide puts what was typed in place of what ruled.
func (in *input) decide(p *ledger.Policy, rate, grain, right string) {
	if rate != "" {
		parsed, err := ledger.ParseRate(rate)
		in.note("vat-rate", err)
		p.Rate = parsed
	}
	if grain != "" {
		p.Grain = ledger.Grain(in.choice("grain", grain, string(ledger.ByDay), string(ledger.ByMonth)))
	}
	if right != "" {
		p.RefundRight = ledger.RefundRight(in.choice("refund-right", right, string(ledger.IgnoreRefund), string(ledger.HoldForRefund)))
	}
}

type policyDocument struct {
	VATRate     string `json:"vat_rate"`
	Grain       string `json:"grain"`
	RefundRight string `json:"refund_right"`
	OpenFrom    string `json:"open_from"`
}

func policyReply(p ledger.Policy) reply {
	d := policyDocument{
		VATRate: p.Rate.String(), Grain: string(p.Grain), RefundRight: string(p.RefundRight), OpenFrom: p.OpenFrom.String(),
	}
	return reply{document: d, print: func(out *paper) {
		out.line("增值税率 %s，收入确认 %s，§1.4 退款权 %s，最早可入账日 %s", "VAT %s, revenue by the %s, refund right of §1.4: %s, open from %s",
			p.Rate.Percent(), d.Grain, d.RefundRight, out.day(p.OpenFrom))
	}}
}
