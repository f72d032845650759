package cli

import (
	"regexp"

	"github.com/spf13/cobra"

	"lvyue/internal/message"
)

func amendCommand(s *session) *cobra.Command {
	var by, document string
	c := s.actCommand("amend NUMBER FORM", "一方签署变更后的表单（§6.4）", "record a side's signature under a changed form (§6.4)",
		"amend HT-2025-001 changed.yaml --document amendment.pdf --by customer",
		wants(2, 2), func(in *input, args []string) act {
			side, paper := in.side(by), in.file("document", document)
			number := in.number(args[0])
			form := in.form("FORM", args[1])
			return act{name: message.Amend, contract: number, side: side, form: &form, body: message.Amendment{
				By: side, FormHash: form.Hash(), Terms: form.Public(), Document: hash(paper),
			}}
		})
	c.Flags().StringVar(&by, "by", "", s.say("签署方：customer 或 provider", "the side that signs: customer or provider"))
	c.Flags().StringVar(&document, "document", "", s.say("变更文件（只记录其指纹）", "the signed paper (its hash is kept)"))
	return c
}

func disputeCommand(s *session) *cobra.Command {
	var by string
	var obligations []string
	c := s.actCommand("dispute NUMBER", "提出争议，冻结所列义务（§6.3）", "dispute obligations; they freeze, the rest goes on (§6.3)",
		"dispute HT-2025-001 --obligation first-payment --by customer",
		wants(1, 1), func(in *input, args []string) act {
			side := in.side(by)
			if len(obligations) == 0 {
				in.fail("missing", "obligation", "须指明有争议的义务", "name the obligations in dispute")
			}
			return act{name: message.Dispute, contract: in.number(args[0]), side: side, body: message.Complaint{
				By: side, Obligations: obligations,
			}}
		})
	c.Flags().StringVar(&by, "by", "", s.say("提出方：customer 或 provider", "the side that disputes: customer or provider"))
	c.Flags().StringSliceVar(&obligations, "obligation", nil, s.say("义务编号，可多次给出", "id of an obligation; may be repeated"))
	return c
}

func settleDisputeCommand(s *session) *cobra.Command {
	var outcome, number, by string
	c := s.actCommand("settle-dispute NUMBER", "记录争议的结果（§6.2）", "record how a dispute ended (§6.2)",
		`settle-dispute HT-2025-001 --outcome "both agree: payment by 2025-11-01"`,
		wants(1, 1), func(in *input, args []string) act {
			body := message.Settlement{Outcome: in.required("outcome", outcome)}
			if number != "" {
				body.Dispute = in.count("dispute", number, 1)
			}
			return act{name: message.SettleDispute, contract: in.number(args[0]), who: by, body: body}
		})
	c.Flags().StringVar(&outcome, "outcome", "", s.say("结果", "the outcome"))
	c.Flags().StringVar(&number, "dispute", "", s.say("第几项争议（默认最近一项未决的）", "number of the dispute (default: the latest open one)"))
	s.person(c, &by)
	return c
}

func waiveCommand(s *session) *cobra.Command {
	var by, reason string
	c := s.actCommand("waive NUMBER OBLIGATION", "豁免一项义务", "let a duty go, by a named person",
		"waive HT-2025-001 renewal-fee/2 --by chen --reason goodwill",
		wants(2, 2), func(in *input, args []string) act {
			if isFault(args[1]) {
				return in.waivedFault(by, reason, args)
			}
			return act{name: message.Waive, contract: in.number(args[0]), who: by, body: message.Waiver{
				Obligation: in.required("OBLIGATION", args[1]), Reason: in.required("reason", reason),
			}}
		})
	c.Flags().StringVar(&reason, "reason", "", s.say("理由", "why"))
	s.person(c, &by)
	return c
}

var missedHour = regexp.MustCompile(`^fault/([1-9][0-9]{0,8})(/plan)?$`)

// waivedFault is the waiver of a missed hour, which is done to the fault: fault/2/plan, or fault/2.
func (in *input) waivedFault(by, reason string, args []string) act {
	a := act{name: message.WaiveFault, contract: in.number(args[0]), who: by, body: message.Words{Text: in.required("reason", reason)}}
	found := missedHour.FindStringSubmatch(args[1])
	if found == nil {
		in.fail("bad_choice", "OBLIGATION", "故障只能豁免解决方案的超时：fault/N/plan", "of a fault, the hour for the plan is what may be waived: fault/N/plan")
		return a
	}
	a.fault = in.count("OBLIGATION", found[1], 1)
	return a
}
