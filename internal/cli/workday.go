package cli

import (
	"context"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"lvyue/internal/workday"
)

func workdayCommand(s *session) *cobra.Command {
	group := &cobra.Command{
		Use:     "workday",
		Short:   s.say("按国务院节假日安排推算日期", "Count days as the State Council arranges them"),
		Example: "  starter workday add 2025-09-26 5",
	}
	group.AddCommand(
		countCommand(s, "add DATE N", s.say("DATE 之后第 N 个工作日", "the N-th working day after DATE"),
			"  starter workday add 2025-09-26 5", (*workday.Calendar).AddWorkingDays),
		countCommand(s, "before DATE N", s.say("DATE 之前第 N 个工作日", "the N-th working day before DATE"),
			"  starter workday before 2025-12-31 15", (*workday.Calendar).WorkingDaysBefore),
		yearCommand(s),
		explainCommand(s),
	)
	group.Args = cobra.ArbitraryArgs
	group.RunE = s.choose(group)
	return group
}

type counting func(c *workday.Calendar, from workday.Date, n int) (workday.Result, error)

func countCommand(s *session, use, short, example string, count counting) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Example: example, Args: wants(2, 2),
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			result, err := s.count(ctx, args, count)
			return reply{document: result, print: func(p *paper) {
				p.line("%s", "%s", p.due(result.Date, result.Provisional))
				p.remark(result.Provisional)
			}}, err
		}),
	}
}

func explainCommand(s *session) *cobra.Command {
	var before bool
	c := &cobra.Command{
		Use: "explain DATE N", Args: wants(2, 2),
		Short:   s.say("逐日说明计数", "show every day of a count, and why"),
		Example: "  starter workday explain 2025-09-26 5",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			count := (*workday.Calendar).ExplainAdd
			if before {
				count = (*workday.Calendar).ExplainBefore
			}
			result, err := s.count(ctx, args, count)
			return reply{document: result, print: func(p *paper) { p.explanation(result) }}, err
		}),
	}
	c.Flags().BoolVar(&before, "before", false, s.say("向前推算", "count back instead of on"))
	return c
}

func yearCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "year START K", Args: wants(2, 2),
		Short:   s.say("自 START 起第 K 个服务年度的首日和末日", "first and last day of service year K from START"),
		Example: "  starter workday year 2024-02-29 1",
		RunE: s.does(func(_ context.Context, args []string) (reply, error) {
			var in input
			start, k := in.date("START", args[0]), in.count("K", args[1], 1)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			if err := withinCalendar(start, k); err != nil {
				return reply{}, err
			}
			span := workday.ServiceYear(start, k)
			return reply{document: span, print: func(p *paper) {
				p.line("%s 至 %s", "%s to %s", p.day(span.First), p.day(span.Last))
			}}, nil
		}),
	}
}

// withinCalendar refuses a service year that leaves the years that a date can name.
func withinCalendar(start workday.Date, k int) error {
	const lastYear = 9998
	var in input
	if start.Year()+k > lastYear {
		in.fail("bad_count", "K", "超出可表示的年份", "leaves the years that a date can name")
	}
	return in.err()
}

func (s *session) count(ctx context.Context, args []string, count counting) (workday.Result, error) {
	var in input
	from, n := in.date("DATE", args[0]), in.count("N", args[1], 1)
	if err := in.err(); err != nil {
		return workday.Result{}, err
	}
	return count(s.calendar(ctx), from, n)
}

// remark says what provisional means, once.
func (p *paper) remark(provisional bool) {
	if provisional {
		p.line("暂定：所涉年份没有国务院通知（尚未发布或未收录），按法定节假日和周末推算。",
			"provisional: no notice of the State Council is known for a year involved; computed from statutory days and weekends.")
	}
}

func (p *paper) explanation(result workday.Result) {
	rows := make([]table.Row, len(result.Days))
	for i, d := range result.Days {
		number := any("")
		if d.Working {
			number = d.Number
		}
		rows[i] = table.Row{p.due(d.Date, d.Provisional), number, p.in(d.Why)}
	}
	header := table.Row{"日期", "第几个工作日", "理由"}
	if p.lang != "zh" {
		header = table.Row{"day", "working day", "why"}
	}
	p.rows(header, rows)
	p.line("结果：%s", "result: %s", p.due(result.Date, result.Provisional))
	p.remark(result.Provisional)
}
