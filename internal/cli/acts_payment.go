package cli

import (
	"github.com/spf13/cobra"

	"lvyue/internal/message"
)

func signCommand(s *session) *cobra.Command {
	var by, on, signatory, authority string
	var sealed bool
	c := s.actCommand("sign FORM", "记录一方签署（§5.1）", "record a signature (§5.1)",
		"sign contract.yaml --by customer --on 2025-09-26 --signatory 张立 --authority legal-representative --sealed",
		wants(1, 1), func(in *input, args []string) act {
			body := message.Signature{
				By: in.side(by), On: in.optionalDate("on", on), Signatory: signatory,
				Authority: in.optionalChoice("authority", authority, "legal-representative", "authorised"), Sealed: sealed,
			}
			form := in.form("FORM", args[0])
			body.FormHash = form.Hash()
			return act{name: message.Sign, contract: form.Number, side: body.By, body: body, form: &form}
		})
	flags := c.Flags()
	flags.StringVar(&by, "by", "", s.say("签署方：customer 或 provider", "the side that signs: customer or provider"))
	flags.StringVar(&on, "on", "", s.say("签署日（默认收到之日）", "day of signing (default: the day of receipt)"))
	flags.StringVar(&signatory, "signatory", "", s.say("签署人", "who signed"))
	flags.StringVar(&authority, "authority", "", "legal-representative | authorised")
	flags.BoolVar(&sealed, "sealed", false, s.say("已盖章", "the form bears the seal"))
	suggest(c, "by", "customer", "provider")
	suggest(c, "authority", "legal-representative", "authorised")
	return c
}

func payCommand(s *session) *cobra.Command {
	var amount, on, reference, account, by string
	c := s.actCommand("pay NUMBER", "登记到账款项（§5.4、§5.6）", "record money received (§5.4, §5.6)",
		"pay HT-2025-001 --amount 120000.00 --on 2025-10-09 --reference ICBC-001",
		wants(1, 1), func(in *input, args []string) act {
			return act{name: message.Pay, contract: in.number(args[0]), who: by, body: message.Payment{
				Amount: in.positive("amount", amount), On: in.optionalDate("on", on),
				Reference: in.required("reference", reference), Account: account,
			}}
		})
	flags := c.Flags()
	flags.StringVar(&amount, "amount", "", s.say("金额（元，至多两位小数）", "amount in CNY, at most two decimals"))
	flags.StringVar(&on, "on", "", s.say("银行入账日（默认收到之日）", "day of the credit (default: the day of receipt)"))
	flags.StringVar(&reference, "reference", "", s.say("银行流水号", "the bank's reference"))
	flags.StringVar(&account, "account", "", s.say("收款账户", "the account that was credited"))
	s.person(c, &by)
	return c
}

func designateCommand(s *session) *cobra.Command {
	var deployOn, by string
	c := s.actCommand("designate NUMBER", "甲方指定部署日（§5.5）", "name the day of deployment, a right of the customer (§5.5)",
		"designate HT-2025-001 --deploy-on 2025-10-20",
		wants(1, 1), func(in *input, args []string) act {
			return act{name: message.Designate, contract: in.number(args[0]), who: by, body: message.Designation{
				DeployOn: in.date("deploy-on", deployOn),
			}}
		})
	c.Flags().StringVar(&deployOn, "deploy-on", "", s.say("部署日", "the day"))
	s.person(c, &by)
	return c
}

// person adds the flag that names who acts.
func (s *session) person(c *cobra.Command, by *string) {
	c.Flags().StringVar(by, "by", "", s.say("经办人（默认合同的客户经理）", "who acts (default: the contract's account manager)"))
}

// side is the party that acts.
func (in *input) side(typed string) message.Side {
	return message.Side(in.choice("by", typed, string(message.Customer), string(message.Provider)))
}

// optionalChoice is one of the options, or nothing.
func (in *input) optionalChoice(path, typed string, options ...string) string {
	if typed == "" {
		return ""
	}
	return in.choice(path, typed, options...)
}
