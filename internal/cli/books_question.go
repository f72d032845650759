package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// question is one thing that finance asks: a view of the books, and how its rows are called and shown.
type question struct {
	command  string // and what it takes: "statement NUMBER"
	least    int    // how many arguments it needs; it takes one at most
	title    refusal.Text
	short    refusal.Text
	example  string
	view     string
	about    string // the column that the argument names: contract or account; empty: it takes none
	monthsOf string // the column of days that --months limits; empty: there is no such option
	option   string // an option by which another question is asked instead; empty: there is none
	instead  func() question
	columns  []column
	ties     []tie
}

// column is a column of the view in the reader's words. Where say is nil the value stands for itself.
type column struct {
	name   string
	zh, en string
	where  place
	say    func(code string) refusal.Text
}

// place is where a column is to be seen, and whether its amounts are summed. Documents and sheets have them all.
type place int

const (
	paper80  place = 1 << iota // on every terminal
	paper110                   // on wide ones, and where the width does not matter
	summed
	withNext // on paper the next column stands behind it: "R1 → INV-2025-000001"
	onlyZH   // on paper in Chinese only
	onlyEN   // on paper in English only
	byMonth  // a day that stands for its month
)

// tie is an account of the trial balance that the sum of a column must equal; of the other sign for a credit.
type tie struct {
	column, account string
	credit          bool
}

// asked is a question as it was typed.
type asked struct {
	question

	argument, months     string
	asOf, knownAt, sheet string
}

func (s *session) questionCommand(q question) *cobra.Command {
	a := asked{question: q}
	most, other := 0, false
	if q.about != "" {
		most = 1
	}
	c := &cobra.Command{
		Use: q.command, Args: wants(q.least, most), Short: q.short.In(s.lang), Example: "  starter books " + q.example,
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			if len(args) > 0 {
				a.argument = args[0]
			}
			if other {
				a.question = q.instead()
			}
			return s.ask(ctx, a)
		}),
	}
	s.moments(c, &a)
	if q.option != "" {
		c.Flags().BoolVar(&other, q.option, false, q.instead().short.In(s.lang))
	}
	if q.monthsOf != "" {
		c.Flags().StringVar(&a.months, "months", "3", s.say("今后几个月内", "within so many months from the day asked for"))
	}
	return c
}

// moments adds the options that every question takes.
func (s *session) moments(c *cobra.Command, a *asked) {
	flags := c.Flags()
	flags.StringVar(&a.asOf, "as-of", "", s.say("截至该日（默认不限）", "what belongs to that day or before it (default: everything)"))
	flags.StringVar(&a.knownAt, "known-at", "", s.say("只算该时刻前已记录的：日期或 RFC 3339 时刻（默认不限）",
		"only what was written down by then: a day or an RFC 3339 instant (default: everything)"))
	flags.StringVar(&a.sheet, "xlsx", "", s.say("另存为 Excel 文件", "also write it to an Excel file"))
}

// ask answers a question.
func (s *session) ask(ctx context.Context, a asked) (reply, error) {
	var in input
	q := in.question(a, workday.Of(time.Now()))
	if err := in.err(); err != nil {
		return reply{}, err
	}
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	defer s.whileWaiting("正在查询……", "asking the books…").Stop()
	var result answer
	err = store.Ask(ctx, q, func(rows *postgres.Answer) error {
		result, err = s.collect(a, q, rows)
		return err
	})
	if err != nil {
		return reply{}, err
	}
	if a.about == "number" && result.count == 0 {
		return reply{}, unknownInvoice(a.argument)
	}
	alarm, err := store.Alarm(ctx)
	if err != nil {
		return reply{}, err
	}
	return reply{document: result.document(), print: func(p *paper) {
		p.answer(result)
		p.alarm(alarm)
	}}, nil
}

// question makes of what was typed what the store is asked.
func (in *input) question(a asked, today workday.Date) postgres.Question {
	q := postgres.Question{View: a.view, AsOf: in.optionalDate("as-of", a.asOf), KnownAt: in.known("known-at", a.knownAt)}
	for _, c := range a.columns {
		q.Columns = append(q.Columns, c.name)
	}
	if a.argument != "" {
		if a.about == "contract" {
			in.number(a.argument)
		}
		q.Where = append(q.Where, postgres.Condition{Column: a.about, Is: postgres.Equal, Value: a.argument})
	}
	if a.monthsOf != "" {
		day := today
		if !q.AsOf.IsZero() {
			day = q.AsOf
		}
		through := monthsLater(day, in.count("months", a.months, 0))
		q.Where = append(q.Where, postgres.Condition{Column: a.monthsOf, Is: postgres.AtMost, Value: through})
	}
	if len(q.Where) == 0 {
		for _, t := range a.ties {
			q.Balances = append(q.Balances, t.account)
		}
	}
	return q
}

// known is an instant, or the end of a day.
func (in *input) known(path, typed string) time.Time {
	return in.moment(path, typed, func(d workday.Date) time.Time { return d.End().Add(-time.Microsecond) })
}

// monthsLater is the corresponding day so many months on, or the last day of a month that lacks it.
func monthsLater(day workday.Date, months int) workday.Date {
	first := workday.Of(time.Date(day.Year(), day.Month()+time.Month(months), 1, 0, 0, 0, 0, workday.Shanghai))
	last := workday.Of(time.Date(day.Year(), day.Month()+time.Month(months)+1, 0, 0, 0, 0, 0, workday.Shanghai))
	return first.AddDays(min(day.Day(), last.Day()) - 1)
}
