package cli

import (
	"github.com/spf13/cobra"

	"lvyue/internal/contract"
	"lvyue/internal/message"
)

func offerCommand(s *session) *cobra.Command {
	var fee, by, terms string
	c := s.actCommand("offer NUMBER", "下一服务年度的报价（§5.6、§5.8）", "offer a fee for the next service year (§5.6, §5.8)",
		"offer HT-2025-001 --fee 120000.00 --by provider",
		wants(1, 1), func(in *input, args []string) act {
			side := in.side(by)
			return act{name: message.Offer, contract: in.number(args[0]), side: side, body: message.Proposal{
				By: side, Fee: in.positive("fee", fee), Terms: in.configuration("terms", terms),
			}}
		})
	flags := c.Flags()
	flags.StringVar(&fee, "fee", "", s.say("年服务费（元）", "annual fee in CNY"))
	flags.StringVar(&by, "by", string(message.Provider), s.say("报价方：provider 或 customer", "who offers: provider or customer"))
	flags.StringVar(&terms, "terms", "", s.say("下一年的 products 和 load（YAML 文件）", "a YAML file with next year's products and load"))
	suggest(c, "by", "provider", "customer")
	return c
}

// configuration is what is asked for in the file of that name; nil for no file.
func (in *input) configuration(path, name string) *contract.Configuration {
	if name == "" {
		return nil
	}
	data := in.file(path, name)
	if data == nil {
		return nil
	}
	asked, err := contract.ParseConfiguration(data)
	in.note(path, err)
	return &asked
}

func answerCommand(s *session) *cobra.Command {
	var accept, decline bool
	var by string
	c := s.actCommand("answer NUMBER", "答复报价（§5.6）", "answer the offer on the table (§5.6)",
		"answer HT-2025-001 --accept",
		wants(1, 1), func(in *input, args []string) act {
			if accept == decline {
				in.fail("bad_choice", "accept", "--accept 和 --decline 须给出其一", "give one of --accept and --decline")
			}
			return act{name: message.Reply, contract: in.number(args[0]), who: by, body: message.Decision{Accept: accept}}
		})
	c.Flags().BoolVar(&accept, "accept", false, s.say("接受", "accept it"))
	c.Flags().BoolVar(&decline, "decline", false, s.say("拒绝", "decline it"))
	s.person(c, &by)
	return c
}

func shortfallCommand(s *session) *cobra.Command {
	var required, measured, evidence, by string
	c := s.actCommand("shortfall NUMBER", "记录未达负载标准（§1.4）", "record a measured miss of the load standard (§1.4)",
		"shortfall HT-2025-001 --required 120 --measured 80 --evidence loadtest.pdf",
		wants(1, 1), func(in *input, args []string) act {
			return act{name: message.Shortfall, contract: in.number(args[0]), who: by, body: message.Measurement{
				Required: int64(in.count("required", required, 1)),
				Measured: int64(in.count("measured", measured, 0)),
				Evidence: hash(in.file("evidence", evidence)),
			}}
		})
	flags := c.Flags()
	flags.StringVar(&required, "required", "", s.say("标准值", "what the standard asks for"))
	flags.StringVar(&measured, "measured", "", s.say("实测值", "what was reached"))
	flags.StringVar(&evidence, "evidence", "", s.say("测试报告（文件；只记录其指纹）", "the report (a file; its hash is kept)"))
	s.person(c, &by)
	return c
}
