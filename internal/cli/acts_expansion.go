package cli

import (
	"strconv"

	"github.com/spf13/cobra"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
)

// growthFlags are an expansion as it is typed.
type growthFlags struct{ disk, database, nodes, terms, price, answer, until, by string }

func expandCommand(s *session) *cobra.Command {
	var f growthFlags
	c := s.actCommand("expand NUMBER", "要求扩容，并附云厂商公布的价格（§5.7）",
		"ask for more capacity, at the price that the vendor publishes (§5.7)",
		"expand HT-2025-001 --disk-gb 700 --price 1234.56 --answer price.json --valid-until 2026-03-31",
		wants(1, 1), func(in *input, args []string) act {
			return act{name: message.Expand, contract: in.number(args[0]), who: f.by, body: in.priced(f)}
		})
	s.growth(c, &f)
	flags := c.Flags()
	flags.StringVar(&f.price, "price", "", s.say("至本服务年度末的公布价（元）", "the list price to the end of the service year, in CNY"))
	flags.StringVar(&f.answer, "answer", "", s.say("云厂商的原始答复（文件，原样留存）", "the vendor's own answer (a file; kept as it is)"))
	flags.StringVar(&f.until, "valid-until", "", s.say("报价有效的末日", "the last day on which the price holds"))
	s.person(c, &f.by)
	return c
}

// growth are the flags that say what is asked for.
func (s *session) growth(c *cobra.Command, f *growthFlags) {
	flags := c.Flags()
	flags.StringVar(&f.disk, "disk-gb", "", s.say("磁盘总量（G）", "the whole disk, in G"))
	flags.StringVar(&f.database, "database-gb", "", s.say("数据库总量（G）", "the whole database, in G"))
	flags.StringVar(&f.nodes, "nodes", "", s.say("服务器台数（§3.5）", "how many servers (§3.5)"))
	flags.StringVar(&f.terms, "terms", "", s.say("其他配置：含 products 和 load 的 YAML 文件", "other capacity: a YAML file with products and load"))
}

// asked is what is asked for, without a price.
func (in *input) asked(f growthFlags) message.Growth {
	if f.disk == "" && f.database == "" && f.nodes == "" && f.terms == "" {
		in.fail("missing", "disk-gb", "须给出 --disk-gb、--database-gb、--nodes 或 --terms", "give --disk-gb, --database-gb, --nodes or --terms")
	}
	body := message.Growth{
		DiskGB: in.optionalCount("disk-gb", f.disk), DatabaseGB: in.optionalCount("database-gb", f.database),
		Nodes: in.optionalCount("nodes", f.nodes),
	}
	if asked := in.configuration("terms", f.terms); asked != nil {
		body.Load = &asked.Load
	}
	return body
}

func (in *input) priced(f growthFlags) message.Growth {
	body := in.asked(f)
	body.Price = message.Price{Amount: in.positive("price", f.price), Answer: in.file("answer", f.answer)}
	if len(body.Price.Answer) > ledger.LongestAnswer {
		in.fail("bad_file", "answer", "最多 16 KB", "has at most 16 KB")
	}
	if day := in.date("valid-until", f.until); !day.IsZero() {
		body.Price.ValidUntil = day.End()
	}
	return body
}

// optionalCount is a whole number of at least 1, or 0 if nothing was typed.
func (in *input) optionalCount(path, typed string) int {
	if typed == "" {
		return 0
	}
	return in.count(path, typed, 1)
}

func acceptQuoteCommand(s *session) *cobra.Command {
	var price, by string
	c := s.actCommand("accept-quote NUMBER", "接受扩容报价（§5.7）", "accept the quote for an expansion (§5.7)",
		"accept-quote HT-2025-001 --price 1234.56",
		wants(1, 1), func(in *input, args []string) act {
			return act{name: message.AcceptQuote, contract: in.number(args[0]), who: by, body: message.Acceptance{
				Amount: in.positive("price", price),
			}}
		})
	c.Flags().StringVar(&price, "price", "", s.say("所接受的金额（元），须与报价相同", "the amount accepted in CNY; that of the quote"))
	s.person(c, &by)
	return c
}

func expandedCommand(s *session) *cobra.Command {
	var on, evidence, by string
	c := s.actCommand("expanded NUMBER N", "记录第 N 次扩容已完成（§5.7）", "record that expansion N is carried out (§5.7)",
		"expanded HT-2025-001 1 --evidence disk.png --by wang",
		wants(2, 2), func(in *input, args []string) act {
			return act{name: message.Expanded, contract: in.number(args[0]), who: by, body: message.CarriedOut{
				Expansion: "expansion/" + strconv.Itoa(in.count("N", args[1], 1)), On: in.optionalDate("on", on),
				Evidence: hash(in.file("evidence", evidence)),
			}}
		})
	c.Flags().StringVar(&on, "on", "", s.say("完成日（默认收到之日）", "the day on which it was there (default: the day of receipt)"))
	c.Flags().StringVar(&evidence, "evidence", "", s.say("证明（文件；只记录其指纹）", "what shows it (a file; its hash is kept)"))
	s.person(c, &by)
	return c
}
