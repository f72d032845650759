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

// payFlags are a receipt, or its reversal, as they are typed.
type payFlags struct{ amount, on, reference, account, reverse, bankReference, line, by string }

func payCommand(s *session) *cobra.Command {
	var f payFlags
	c := s.lineCommand("pay NUMBER", "登记到账款项，或银行退回的款项（§5.4、§5.6）",
		"record money received, or with --reverse that the bank took it back (§5.4, §5.6)",
		"pay HT-2025-001 --amount 120000.00 --on 2025-10-09 --reference ICBC-001\n"+
			"  starter pay HT-2025-001 --reverse ICBC-001 --on 2025-10-12 --bank-reference ICBC-R-7",
		wants(1, 1), func(in *input, args []string) (act, int64) {
			if f.reverse != "" {
				return in.reversal(f, args[0])
			}
			return in.payment(f, args[0]), 0
		})
	flags := c.Flags()
	flags.StringVar(&f.amount, "amount", "", s.say("金额（元，至多两位小数）", "amount in CNY, at most two decimals"))
	flags.StringVar(&f.on, "on", "", s.say("银行入账日或退回日（默认收到之日）", "day of the credit, or of the reversal (default: the day of receipt)"))
	flags.StringVar(&f.reference, "reference", "", s.say("银行流水号", "the bank's reference"))
	flags.StringVar(&f.account, "account", "", s.say("收款账户", "the account that was credited"))
	flags.StringVar(&f.reverse, "reverse", "", s.say("银行已退回的收款的流水号", "the reference of a receipt that the bank took back"))
	flags.StringVar(&f.bankReference, "bank-reference", "", s.say("退回款项的银行流水号", "the bank's reference of the reversal"))
	flags.StringVar(&f.line, "line", "", s.say("退回款项的银行流水编号（已导入对账单时）", "the bank line of the reversal, if its statement is imported"))
	s.person(c, &f.by)
	return c
}

func (in *input) payment(f payFlags, number string) act {
	for _, t := range []typed{{"bank-reference", f.bankReference}, {"line", f.line}} {
		if t.value != "" {
			in.fail("bad_choice", t.path, "只能与 --reverse 同时使用", "stands beside --reverse only")
		}
	}
	return act{name: message.Pay, contract: in.number(number), who: f.by, body: message.Payment{
		Amount: in.positive("amount", f.amount), On: in.optionalDate("on", f.on),
		Reference: in.required("reference", f.reference), Account: f.account,
	}}
}

// reversal is a receipt that the bank took back, and the bank line by which it did if that is imported.
func (in *input) reversal(f payFlags, number string) (act, int64) {
	in.unwanted("reverse", typed{"amount", f.amount}, typed{"reference", f.reference}, typed{"account", f.account})
	line := 0
	if f.line != "" {
		in.unwanted("line", typed{"bank-reference", f.bankReference})
		line = in.count("line", f.line, 1)
	}
	return act{name: message.Reverse, contract: in.number(number), who: f.by, body: message.Return{
		Reference: in.required("reverse", f.reverse), On: in.optionalDate("on", f.on), BankReference: f.bankReference,
	}}, int64(line)
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
