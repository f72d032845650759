package cli

import (
	"github.com/spf13/cobra"

	"lvyue/internal/message"
)

// booksActs are what finance does, beside what it asks.
func booksActs(s *session) []*cobra.Command {
	return append(bankActs(s), refundGroup(s), claimCommand(s), compensateCommand(s), payCompensationCommand(s),
		fapiaoAddCommand(s), closeCommand(s), policyCommand(s), catchUpCommand(s))
}

// refundGroup are the steps of a refund: asked for, approved by another person, red fapiao confirmed, paid.
func refundGroup(s *session) *cobra.Command {
	group := &cobra.Command{
		Use:     "refund",
		Short:   s.say("退款：申请、批准（另一人）、红字确认、付款", "refunds: asked for, approved by another person, red fapiao confirmed, paid"),
		Example: "  starter books refund request HT-2025-001 --amount 5000.00 --by chen",
	}
	group.AddCommand(refundRequestCommand(s), refundApproveCommand(s), refundRedCommand(s), refundPayCommand(s))
	group.RunE = s.choose(group)
	return group
}

func refundRequestCommand(s *session) *cobra.Command {
	var amount, reason, by string
	c := s.actCommand("request NUMBER", "申请退还多付款（§5.4），或未达负载标准的年服务费（§1.4）",
		"ask for a refund of what came too much (§5.4), or of the fee after a missed load standard (§1.4)",
		"books refund request HT-2025-001 --amount 5000.00 --by chen",
		wants(1, 1), func(in *input, args []string) act {
			body := message.RefundRequest{Reason: in.choice("reason", reason, message.RefundOverpayment, message.RefundShortfall)}
			switch {
			case reason == message.RefundOverpayment:
				body.Amount = in.positive("amount", amount)
			case amount != "":
				in.fail("bad_amount", "amount", "§1.4 的退款金额由已付款项决定，不得填写", "§1.4 says itself how much goes back; leave it out")
			}
			return act{name: message.RequestRefund, contract: in.number(args[0]), who: in.required("by", by), body: body}
		})
	c.Flags().StringVar(&amount, "amount", "", s.say("金额（元）", "amount in CNY"))
	c.Flags().StringVar(&reason, "reason", message.RefundOverpayment, "overpayment | load-shortfall")
	suggest(c, "reason", message.RefundOverpayment, message.RefundShortfall)
	s.person(c, &by)
	return c
}

func refundApproveCommand(s *session) *cobra.Command {
	var by string
	c := s.actCommand("approve NUMBER REFUND", "批准退款，须非申请人（§1.4）", "approve a refund; not the one who asked for it (§1.4)",
		"books refund approve HT-2025-001 refund/1 --by wang",
		wants(2, 2), func(in *input, args []string) act {
			return act{name: message.ApproveRefund, contract: in.number(args[0]), who: in.required("by", by), body: message.RefundStep{
				Refund: in.required("REFUND", args[1]),
			}}
		})
	s.person(c, &by)
	return c
}

func refundRedCommand(s *session) *cobra.Command {
	var confirmation, by string
	c := s.actCommand("red NUMBER REFUND", "登记红字信息确认单，此后才能付款（§1.4）",
		"record the confirmation of the red fapiao, without which nothing is paid (§1.4)",
		"books refund red HT-2025-001 refund/1 --confirmation 1101082612345678 --by wang",
		wants(2, 2), func(in *input, args []string) act {
			return act{name: message.ConfirmRed, contract: in.number(args[0]), who: in.required("by", by), body: message.RefundStep{
				Refund: in.required("REFUND", args[1]), Confirmation: in.required("confirmation", confirmation),
			}}
		})
	c.Flags().StringVar(&confirmation, "confirmation", "", s.say("红字信息确认单编号", "number of the confirmation"))
	s.person(c, &by)
	return c
}

func refundPayCommand(s *session) *cobra.Command {
	var on, reference, account, line, by string
	c := s.lineCommand("pay NUMBER REFUND", "登记退款已付（§1.4、§5.4）", "record that a refund was paid (§1.4, §5.4)",
		"books refund pay HT-2025-001 refund/1 --reference ICBC-R-9 --by chen",
		wants(2, 2), func(in *input, args []string) (act, int64) {
			n := 0
			if line != "" {
				n = in.count("line", line, 1)
			}
			return act{name: message.PayRefund, contract: in.number(args[0]), who: in.required("by", by), body: message.RefundStep{
				Refund: in.required("REFUND", args[1]), On: in.optionalDate("on", on),
				Reference: in.required("reference", reference), Account: account,
			}}, int64(n)
		})
	flags := c.Flags()
	flags.StringVar(&on, "on", "", s.say("付款日（默认收到之日）", "day of the payment (default: the day of receipt)"))
	flags.StringVar(&reference, "reference", "", s.say("银行流水号", "the bank's reference"))
	flags.StringVar(&account, "account", "", s.say("付款账户", "the account that paid"))
	flags.StringVar(&line, "line", "", s.say("银行流水编号（已导入对账单时）", "the bank line, if its statement is imported"))
	s.person(c, &by)
	return c
}
