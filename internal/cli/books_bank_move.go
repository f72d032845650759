package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"lvyue/internal/failure"
	"lvyue/internal/intake"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
)

// movedDocument is money that went from one contract to another.
type movedDocument struct {
	Contract  string    `json:"contract"`
	Reference string    `json:"reference"`
	To        string    `json:"to"`
	Amount    money.CNY `json:"amount"`
	BankLine  int64     `json:"bank_line"`
	Message   string    `json:"message"`
}

// move is what was asked for.
type move struct{ number, reference, to, reason, who string }

func moveCommand(s *session) *cobra.Command {
	var reason, by string
	c := &cobra.Command{
		Use: "move NUMBER REFERENCE TO", Args: wants(3, 3),
		Short: s.say("将归错合同的收款移至另一份合同（§5.4）", "move a receipt to the contract that it was for (§5.4)"),
		Long: s.say("将归错合同的收款移至另一份合同（§5.4）。\n\n先移出，款项回到其银行流水，再归入另一份合同。若第二步被拒绝或中断，款项留在待核销收款中，不会丢失；重新运行本命令即从中断处继续。",
			"Move a receipt to the contract that it was for (§5.4).\n\nIt is moved out first, and the money is free on its bank line; then it is matched to the other contract. "+
				"If the second step is refused or cut short, the money is unapplied cash and nothing is lost; the same command again goes on from there."),
		Example: `  starter books move HT-2025-001 ICBC-001 HT-2025-002 --by lin --reason "paid for the other contract"`,
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			in := &input{}
			m := move{
				number: in.number(args[0]), reference: in.required("REFERENCE", args[1]), to: in.destination(args[2]),
				reason: in.required("reason", reason), who: in.required("by", by),
			}
			if m.number == m.to {
				in.fail("bad_move", "TO", "须为另一份合同", "must be another contract")
			}
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.move(ctx, m)
		}),
	}
	c.Flags().StringVar(&reason, "reason", "", s.say("理由", "why"))
	s.handler(c, &by)
	return c
}

// destination is the number of the contract that gets the money.
func (in *input) destination(typed string) string {
	if !contractNumber.MatchString(typed) {
		in.fail("bad_number", "TO", "合同编号只能含字母、数字和连字符，最多 64 个",
			"a contract's number has letters, digits and hyphens only, at most 64")
	}
	return typed
}

func (s *session) move(ctx context.Context, m move) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	if _, err := store.Form(ctx, m.to); err != nil {
		return reply{}, err
	}
	p, err := store.LastPayment(ctx, m.number, m.reference)
	if err != nil {
		return reply{}, err
	}
	if !p.Moved { // else an earlier run was cut short here
		if err := s.moveOut(ctx, m, p.Key); err != nil {
			return reply{}, again(err)
		}
	}
	answer, err := s.moveIn(ctx, m, p)
	if err != nil {
		return reply{}, again(err)
	}
	document := movedDocument{
		Contract: m.number, Reference: m.reference, To: m.to, Amount: p.Amount, BankLine: p.Line, Message: answer.In(s.lang),
	}
	return reply{document: document, print: func(page *paper) {
		page.line("%s 收款 %s（%s 元）已从 %s 移至 %s：%s", "%s receipt %s (%s CNY) is moved from %s to %s: %s",
			page.paint(good, "✓"), m.reference, p.Amount, m.number, m.to, document.Message)
	}}, nil
}

// moveOut takes the money from the contract that has it. The id is that of the payment, so that it is asked for once.
func (s *session) moveOut(ctx context.Context, m move, key string) error {
	_, answer, err := s.deliver(ctx, "move/"+key+"/"+m.to, act{
		name: message.MoveReceipt, contract: m.number, who: m.who,
		body: message.Return{Reference: m.reference, To: m.to, Reason: m.reason},
	}, func(ctx context.Context, door intake.Intake, sent message.Act) (message.Act, message.Answer, error) {
		return door.Take(ctx, sent, nil)
	})
	if err == nil && answer.Refusal != nil {
		return answer.Refusal
	}
	return err
}

// moveIn matches the money to the contract that it is for. A refusal says where the money is meanwhile. The id is that of
// the payment, so that it is matched once, and of the refusals so far, so that it may be tried again.
func (s *session) moveIn(ctx context.Context, m move, p postgres.BankedPayment) (message.Answer, error) {
	refusals, err := s.store.RefusedMatches(ctx, p.Line, m.to)
	if err != nil {
		return message.Answer{}, err
	}
	_, answer, err := s.match(ctx, fmt.Sprintf("move/%s/in/%s/%d", p.Key, m.to, refusals+1), p.Line, act{
		name: message.Pay, contract: m.to, who: m.who, body: message.Payment{Amount: p.Amount},
	})
	no, refused := refusal.As(err)
	if err == nil {
		no, refused = answer.Refusal, answer.Refusal != nil
	}
	if !refused {
		return answer, err
	}
	return answer, refusal.Rule(no.Code, no.Clause,
		fmt.Sprintf("收款已从 %s 移出，但未归入 %s：%s 款项在待核销收款中（银行流水 %d），没有丢失。", m.number, m.to, no.ZH, p.Line),
		fmt.Sprintf("the receipt is moved out of %s, but not to %s: %s. The money is unapplied cash, on bank line %d; nothing is lost",
			m.number, m.to, no.EN, p.Line))
}

// again says of an act that waits for the engine that the same command goes on from there.
func again(err error) error {
	f, failed := failure.As(err)
	if !failed || f.Code != unanswered {
		return err
	}
	return failure.New(unanswered, err,
		"已保存，引擎尚未答复；不会丢失。引擎恢复后重新运行同一命令，即从此处继续",
		"stored, but the engine has not answered yet; nothing is lost. The same command again, when the engine is back, goes on from here")
}
