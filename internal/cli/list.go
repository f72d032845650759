package cli

import (
	"context"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

// listDocument is every contract asked for, at a glance.
type listDocument struct {
	Contracts []contractLine `json:"contracts"`
}

type contractLine struct {
	Contract string `json:"contract"`
	message.ContractRow

	NextDuty *duty `json:"next_duty"`
}

func listCommand(s *session) *cobra.Command {
	var phase, within string
	c := &cobra.Command{
		Use: "list", Args: wants(0, 0),
		Short:   s.say("合同一览", "contracts at a glance"),
		Example: "  starter list --phase in-service --due-within 30",
		RunE: s.does(func(ctx context.Context, _ []string) (reply, error) {
			var in input
			filter := in.filter(phase, within)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			store, err := s.open(ctx)
			if err != nil {
				return reply{}, err
			}
			lines, err := store.List(ctx, filter)
			return reply{document: listOf(lines), print: func(p *paper) { p.list(lines) }}, err
		}),
	}
	c.Flags().StringVar(&phase, "phase", "", s.say("只列某一阶段", "only contracts in this phase"))
	suggest(c, "phase", phases()...)
	c.Flags().StringVar(&within, "due-within", "", s.say("只列 N 天内有义务到期的", "only contracts with a duty due within N days"))
	return c
}

func (in *input) filter(phase, within string) postgres.Filter {
	filter := postgres.Filter{Today: workday.Of(time.Now())}
	filter.Phase = message.Phase(in.optionalChoice("phase", phase, phases()...))
	if within != "" {
		days := in.count("due-within", within, 0)
		filter.DueWithin = &days
	}
	return filter
}

// phases are the phases of a contract in the order of its life.
func phases() []string {
	return []string{"signing", "awaiting-payment", "deploying", "in-service", "ended", "destroying", "destroyed"}
}

func listOf(lines []postgres.Line) listDocument {
	d := listDocument{Contracts: []contractLine{}}
	for _, l := range lines {
		line := contractLine{Contract: l.Number, ContractRow: l.ContractRow}
		if l.NextDuty != nil {
			next := dutyOf(*l.NextDuty)
			line.NextDuty = &next
		}
		d.Contracts = append(d.Contracts, line)
	}
	return d
}

func (p *paper) list(lines []postgres.Line) {
	if len(lines) == 0 {
		p.line("没有合同；starter sign 登记第一份签署", "no contract; starter sign records a first signature")
		return
	}
	header := table.Row{"合同", "甲方", "阶段", "客户经理", "下一项义务", "到期", "状态"}
	if p.lang != "zh" {
		header = table.Row{"contract", "customer", "phase", "account manager", "next duty", "due", "status"}
	}
	rows := make([]table.Row, len(lines))
	for i, l := range lines {
		rows[i] = table.Row{l.Number, l.Customer, p.in(words.Phase(l.Phase)), l.AccountManager, "—", "—", ""}
		if o := l.NextDuty; o != nil {
			rows[i][4], rows[i][5], rows[i][6] = p.in(words.Duty(o.ID)), p.dueOf(*o), p.status(*o)
		}
	}
	p.rows(header, rows)
}
