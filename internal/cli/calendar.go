package cli

import (
	"context"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"lvyue/internal/workday"
)

func calendarCommand(s *session) *cobra.Command {
	group := &cobra.Command{
		Use: "calendar", Args: cobra.ArbitraryArgs,
		Short:   s.say("国务院节假日通知", "Notices of the State Council on holidays"),
		Example: "  starter calendar list",
	}
	group.AddCommand(calendarListCommand(s), calendarImportCommand(s))
	group.RunE = s.choose(group)
	return group
}

// calendarDocument is what the engine knows of the State Council's arrangements.
type calendarDocument struct {
	Calendar string       `json:"calendar"`
	Notices  []noticeLine `json:"notices"`
}

// noticeLine is a notice at a glance: how many days it gives off, and on how many weekend days people work.
type noticeLine struct {
	Year        int          `json:"year"`
	Number      string       `json:"number"`
	PublishedOn workday.Date `json:"published_on"`
	URL         string       `json:"url"`
	Amends      string       `json:"amends"`
	DaysOff     int          `json:"days_off"`
	DaysWorked  int          `json:"days_worked"`
}

func calendarListCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "list", Args: wants(0, 0),
		Short:   s.say("列出已知的通知", "list the notices that are known"),
		Example: "  starter calendar list",
		RunE: s.does(func(ctx context.Context, _ []string) (reply, error) {
			c := s.calendar(ctx)
			document := calendarDocument{Calendar: c.Version(), Notices: []noticeLine{}}
			for _, n := range c.Notices() {
				document.Notices = append(document.Notices, lineOf(n))
			}
			return reply{document: document, print: func(p *paper) { p.notices(document) }}, nil
		}),
	}
}

func lineOf(n workday.Notice) noticeLine {
	line := noticeLine{Year: n.Year, Number: n.Number, PublishedOn: n.PublishedOn, URL: n.URL, Amends: n.Amends}
	for _, d := range n.Days {
		if d.Off {
			line.DaysOff++
		} else {
			line.DaysWorked++
		}
	}
	return line
}

func (p *paper) notices(d calendarDocument) {
	header := table.Row{"年份", "文号", "发布日期", "修改", "放假天数", "调休上班天数"}
	if p.lang != "zh" {
		header = table.Row{"year", "number", "published", "amends", "days off", "weekend days worked"}
	}
	rows := make([]table.Row, len(d.Notices))
	for i, n := range d.Notices {
		rows[i] = table.Row{n.Year, n.Number, n.PublishedOn, n.Amends, n.DaysOff, n.DaysWorked}
	}
	p.rows(header, rows)
	p.line("日历版本：%s", "calendar version: %s", d.Calendar)
}
