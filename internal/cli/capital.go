package cli

import (
	"context"

	"github.com/spf13/cobra"

	"lvyue/internal/money"
)

// capitalDocument is an amount in figures and in words (§5.3).
type capitalDocument struct {
	Amount  money.CNY `json:"amount"`
	Capital string    `json:"capital"`
}

func capitalCommand(s *session) *cobra.Command {
	var parse string
	c := &cobra.Command{
		Use: "capital AMOUNT | --parse TEXT", Args: wants(0, 1),
		Short:   s.say("金额的大写与小写互换", "an amount in capital numerals, and back"),
		Example: "  starter capital 1010.10\n  starter capital --parse 壹拾贰万元整",
	}
	c.RunE = s.does(func(_ context.Context, args []string) (reply, error) {
		if parse != "" && len(args) == 0 {
			return readCapital(parse)
		}
		if parse != "" || len(args) == 0 {
			return reply{}, wants(1, 0)(c, args)
		}
		return writeCapital(args[0])
	})
	c.Flags().StringVar(&parse, "parse", "", s.say("大写金额，换成数字", "capital numerals to read"))
	return c
}

func writeCapital(typed string) (reply, error) {
	var in input
	amount := in.amount("AMOUNT", typed)
	if len(in.wrong) == 0 && amount.IsNegative() {
		in.fail("bad_amount", "AMOUNT", "不能是负数", "must not be negative")
	}
	if err := in.err(); err != nil {
		return reply{}, err
	}
	words := amount.Capital()
	return reply{
		document: capitalDocument{Amount: amount, Capital: words},
		print:    func(p *paper) { p.line("%s", "%s", words) },
	}, nil
}

func readCapital(text string) (reply, error) {
	var in input
	amount, err := money.ParseCapital(text)
	in.note("parse", err)
	if err := in.err(); err != nil {
		return reply{}, err
	}
	return reply{
		document: capitalDocument{Amount: amount, Capital: amount.Capital()},
		print:    func(p *paper) { p.line("%s", "%s", amount) },
	}, nil
}
