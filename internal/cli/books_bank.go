package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"lvyue/internal/intake"
	"lvyue/internal/message"
)

// bankActs are what finance does with the lines of the bank's statements.
func bankActs(s *session) []*cobra.Command {
	return []*cobra.Command{
		importStatementCommand(s), matchCommand(s), moveCommand(s), unapplyCommand(s), applyCommand(s),
	}
}

func unapplyCommand(s *session) *cobra.Command {
	var reason, by string
	c := s.actCommand("unapply NUMBER REFERENCE", "撤销核销：该收款暂不抵用任何费用（§5.4）",
		"take a receipt off what it paid, and keep it off (§5.4)",
		`books unapply HT-2025-001 ICBC-001 --by lin --reason "paid for another year"`,
		wants(2, 2), func(in *input, args []string) act {
			return act{name: message.Unapply, contract: in.number(args[0]), who: in.required("by", by), body: message.Keeping{
				Reference: in.required("REFERENCE", args[1]), Reason: in.required("reason", reason),
			}}
		})
	c.Flags().StringVar(&reason, "reason", "", s.say("理由", "why"))
	s.handler(c, &by)
	return c
}

func applyCommand(s *session) *cobra.Command {
	var by string
	c := s.actCommand("apply NUMBER REFERENCE", "重新核销已撤销的收款（§5.4）", "apply a receipt again that was taken off (§5.4)",
		"books apply HT-2025-001 ICBC-001 --by lin",
		wants(2, 2), func(in *input, args []string) act {
			return act{name: message.Apply, contract: in.number(args[0]), who: in.required("by", by), body: message.Keeping{
				Reference: in.required("REFERENCE", args[1]),
			}}
		})
	s.handler(c, &by)
	return c
}

// handler adds the flag that names who acts, which has no default.
func (s *session) handler(c *cobra.Command, by *string) {
	c.Flags().StringVar(by, "by", "", s.say("经办人", "who acts"))
}

// lineCommand is actCommand for an act that may be about money of a bank line; line 0 is none.
func (s *session) lineCommand(use, zh, en, example string, args cobra.PositionalArgs,
	read func(in *input, args []string) (a act, line int64),
) *cobra.Command {
	var id string
	c := &cobra.Command{
		Use: use, Short: s.say(zh, en), Example: "  starter " + example, Args: args,
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			in := &input{}
			a, line := read(in, args)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			if line == 0 {
				return s.take(ctx, id, a)
			}
			return s.takeOf(ctx, id, line, a)
		}),
	}
	c.Flags().StringVar(&id, "id", "", s.say("业务编号；重发同一编号得到同一答复（默认随机；有 LINE 时由银行流水和合同决定）",
		"business id; sending it again repeats the answer (default: random; with a LINE, named by line and contract)"))
	return c
}

// takeOf is take for an act about money of a bank line.
func (s *session) takeOf(ctx context.Context, id string, line int64, a act) (reply, error) {
	stored, answer, err := s.match(ctx, id, line, a)
	if err != nil {
		return reply{}, err
	}
	if answer.Refusal != nil {
		return reply{}, answer.Refusal
	}
	return s.answered(ctx, stored, answer), nil
}

// match stores an act with the money of a bank line that it sets aside, and waits for its answer. Without an id it gets
// the one that line and contract name, so that the same command again repeats the answer.
func (s *session) match(ctx context.Context, id string, line int64, a act) (message.Act, message.Answer, error) {
	return s.deliver(ctx, id, a, func(ctx context.Context, door intake.Intake, sent message.Act) (message.Act, message.Answer, error) {
		sent.ID = id
		return door.TakeMatch(ctx, line, sent)
	})
}

// deliver signs an act, brings it in by way of take, and waits for its answer.
func (s *session) deliver(ctx context.Context, id string, a act,
	take func(context.Context, intake.Intake, message.Act) (message.Act, message.Answer, error),
) (message.Act, message.Answer, error) {
	door, err := s.intake(ctx)
	if err != nil {
		return message.Act{}, message.Answer{}, err
	}
	sent, err := s.sign(ctx, id, a)
	if err != nil {
		return message.Act{}, message.Answer{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	defer s.whileWaiting("已保存，正在等待引擎答复……", "stored; waiting for the engine's answer…").Stop()
	stored, answer, err := take(ctx, door, sent)
	if err != nil {
		return stored, message.Answer{}, fmt.Errorf("%s (--id %s): %w", a.name, stored.ID, err)
	}
	return stored, answer, nil
}
