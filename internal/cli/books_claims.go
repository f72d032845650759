package cli

import (
	"context"
	"fmt"
	"strconv"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// noted is what finance wrote down, as a document: ID repeats the answer when the command is sent again with it.
type noted struct {
	ID       string `json:"id,omitempty"`
	Contract string `json:"contract,omitempty"`
	Number   string `json:"number,omitempty"`
	Message  string `json:"message"`
}

func (s *session) noted(n noted, text refusal.Text) reply {
	n.Message = text.In(s.lang)
	return reply{document: n, print: func(p *paper) { p.line("%s %s", "%s %s", p.paint(good, "✓"), n.Message) }}
}

// writes is a command that writes down something for finance; read takes what was typed.
func (s *session) writes(use, zh, en, example string, args cobra.PositionalArgs,
	run func(ctx context.Context, store *postgres.Store, in *input, args []string) (reply, error),
) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: s.say(zh, en), Example: "  starter " + example, Args: args,
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			store, err := s.open(ctx)
			if err != nil {
				return reply{}, err
			}
			return run(ctx, store, &input{}, args)
		}),
	}
}

// day is a day that has come: the one typed, or today.
func (in *input) past(path, typed string, today workday.Date) workday.Date {
	day := in.optionalDate(path, typed)
	if day.After(today) {
		in.fail("future_day", path, "日期尚未到来", "has not come yet")
	}
	if day.IsZero() {
		return today
	}
	return day
}

func (s *session) id(c *cobra.Command, id *string) {
	c.Flags().StringVar(id, "id", "", s.say("业务编号；重发同一编号不会重复登记（默认随机）",
		"business id; sent again it is not written twice (default: random)"))
}

func orRandom(id string) string {
	if id == "" {
		return uuid.NewString()
	}
	return id
}

func claimCommand(s *session) *cobra.Command {
	var clause, amount, on, matter, document, by, id string
	c := s.writes("claim NUMBER", "登记甲方索赔，全额（§7.3）", "record a claim of the customer, in full (§7.3)",
		`books claim HT-2025-001 --clause 7.2 --amount 50000.00 --matter "a snapshot was left" --by chen`, wants(1, 1),
		func(ctx context.Context, store *postgres.Store, in *input, args []string) (reply, error) {
			today, err := store.Today(ctx)
			if err != nil {
				return reply{}, err
			}
			claim := postgres.Claim{
				ID: orRandom(id), Contract: in.number(args[0]), Clause: in.choice("clause", clause, "7.1", "7.2", "3.1"),
				Amount: in.positive("amount", amount), On: in.past("on", on, today), Matter: in.required("matter", matter),
				By: in.required("by", by),
			}
			if document != "" {
				claim.Document = hash(in.file("document", document))
			}
			if err := in.err(); err != nil {
				return reply{}, err
			}
			n, err := store.RecordClaim(ctx, claim)
			return s.noted(noted{ID: claim.ID, Contract: claim.Contract, Number: strconv.Itoa(n)}, refusal.Text{
				ZH: fmt.Sprintf("第 %d 号索赔 %s 元已登记（§%s）。", n, claim.Amount, claim.Clause),
				EN: fmt.Sprintf("claim %d of %s CNY is recorded (§%s)", n, claim.Amount, claim.Clause),
			}), err
		})
	flags := c.Flags()
	flags.StringVar(&clause, "clause", "", s.say("所依条款：7.1、7.2（有上限）或 3.1（无上限）", "the clause: 7.1, 7.2 (capped) or 3.1 (no cap)"))
	suggest(c, "clause", "7.1", "7.2", "3.1")
	flags.StringVar(&amount, "amount", "", s.say("金额（元）", "amount in CNY"))
	flags.StringVar(&on, "on", "", s.say("索赔日（默认今天）", "day of the claim (default: today)"))
	flags.StringVar(&matter, "matter", "", s.say("事由", "what it is about"))
	flags.StringVar(&document, "document", "", s.say("文件（只记录其指纹）", "its paper (the hash is kept)"))
	flags.StringVar(&by, "by", "", s.say("登记人", "who records it"))
	s.id(c, &id)
	return c
}

func compensateCommand(s *session) *cobra.Command {
	var amount, on, by, id string
	c := s.writes("compensate NUMBER CLAIM", "批准应付赔偿，须非登记人，不超过上限（§7.3）",
		"approve what is payable on a claim; not the one who recorded it, within the cap (§7.3)",
		"books compensate HT-2025-001 1 --amount 20000.00 --by wang", wants(2, 2),
		func(ctx context.Context, store *postgres.Store, in *input, args []string) (reply, error) {
			today, err := store.Today(ctx)
			if err != nil {
				return reply{}, err
			}
			comp := postgres.Compensation{
				ID: orRandom(id), Contract: in.number(args[0]), Claim: in.count("CLAIM", args[1], 1),
				Amount: in.positive("amount", amount), On: in.past("on", on, today), By: in.required("by", by),
			}
			if err := in.err(); err != nil {
				return reply{}, err
			}
			n, err := store.Compensate(ctx, comp)
			return s.noted(noted{ID: comp.ID, Contract: comp.Contract, Number: fmt.Sprintf("%d/%d", comp.Claim, n)}, refusal.Text{
				ZH: fmt.Sprintf("应付赔偿 %s 元已批准（索赔 %d 之 %d）。", comp.Amount, comp.Claim, n),
				EN: fmt.Sprintf("%s CNY are payable on claim %d (no. %d)", comp.Amount, comp.Claim, n),
			}), err
		})
	flags := c.Flags()
	flags.StringVar(&amount, "amount", "", s.say("金额（元）", "amount in CNY"))
	flags.StringVar(&on, "on", "", s.say("批准日（默认今天）", "day of the approval (default: today)"))
	flags.StringVar(&by, "by", "", s.say("批准人", "who approves it"))
	s.id(c, &id)
	return c
}

func payCompensationCommand(s *session) *cobra.Command {
	var on, reference, account, by string
	c := s.writes("pay-compensation NUMBER CLAIM N", "登记赔偿已付（§7.3）", "record that compensation was paid (§7.3)",
		"books pay-compensation HT-2025-001 1 1 --reference ICBC-C-1 --by chen", wants(3, 3),
		func(ctx context.Context, store *postgres.Store, in *input, args []string) (reply, error) {
			today, err := store.Today(ctx)
			if err != nil {
				return reply{}, err
			}
			payout := postgres.Payout{
				Contract: in.number(args[0]), Claim: in.count("CLAIM", args[1], 1), N: in.count("N", args[2], 1),
				On: in.past("on", on, today), Reference: in.required("reference", reference), Account: account,
				By: in.required("by", by),
			}
			if err := in.err(); err != nil {
				return reply{}, err
			}
			err = store.PayCompensation(ctx, payout)
			return s.noted(noted{Contract: payout.Contract}, refusal.Text{ZH: "赔偿已付。", EN: "the compensation is paid"}), err
		})
	flags := c.Flags()
	flags.StringVar(&on, "on", "", s.say("付款日（默认今天）", "day of the payment (default: today)"))
	flags.StringVar(&reference, "reference", "", s.say("银行流水号", "the bank's reference"))
	flags.StringVar(&account, "account", "", s.say("付款账户", "the account that paid"))
	flags.StringVar(&by, "by", "", s.say("经办人", "who records it"))
	return c
}
