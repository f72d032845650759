package cli

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/postgres"
	"lvyue/internal/sla"
	"lvyue/internal/workday"
)

// reportCommand groups what is told of a month.
func reportCommand(s *session) *cobra.Command {
	group := &cobra.Command{
		Use:     "report",
		Short:   s.say("月报：故障的响应、方案与恢复", "a month's report: responses, plans, restorations of faults"),
		Example: "  starter report sla --month 2025-11",
	}
	group.AddCommand(slaCommand(s))
	group.RunE = s.choose(group)
	return group
}

// monthly is a report as it was typed.
type monthly struct{ month, csv, xlsx string }

func slaCommand(s *session) *cobra.Command {
	var f monthly
	c := &cobra.Command{
		Use: "sla [NUMBER]", Args: wants(0, 1),
		Short: s.say("一个月内报障的故障：达标、超时、职责变更，用时的中位数、P90（最近秩法）、最大值",
			"the faults that were reported in a month: met, breached, changed duty; median, P90 (nearest rank) and maximum of the times"),
		Example: "  starter report sla --month 2025-11 HT-2025-001 --csv november.csv",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			return s.slaReport(ctx, f, args)
		}),
	}
	flags := c.Flags()
	flags.StringVar(&f.month, "month", "", s.say("报障的月份（北京时间），如 2025-11", "the month of the report, by the clock of Beijing, such as 2025-11"))
	flags.StringVar(&f.csv, "csv", "", s.say("另存为 CSV 文件，一行一个故障", "also write a CSV file, a line for each fault"))
	flags.StringVar(&f.xlsx, "xlsx", "", s.say("另存为 Excel 文件，一行一个故障", "also write an Excel file, a line for each fault"))
	return c
}

func (s *session) slaReport(ctx context.Context, f monthly, args []string) (reply, error) {
	var in input
	var month workday.Date
	if typed := in.required("month", f.month); typed != "" {
		month = in.month("month", typed)
	}
	number := ""
	if len(args) > 0 {
		number = in.number(args[0])
	}
	if err := in.err(); err != nil {
		return reply{}, err
	}
	m, err := s.slaMonth(ctx, month, number, time.Now().Truncate(time.Microsecond))
	if err != nil {
		return reply{}, err
	}
	if err := s.saveMonth(f, m); err != nil {
		return reply{}, err
	}
	d := monthDocumentOf(m, number)
	return reply{document: d, print: func(p *paper) { p.month(d, m) }}, nil
}

// slaMonth reads the evidence of the contracts that had a fault in the month: of one contract, or of all.
func (s *session) slaMonth(ctx context.Context, month workday.Date, number string, now time.Time) (sla.Month, error) {
	var args []string
	if number != "" {
		args = append(args, number)
	}
	if _, err := s.maybeContract(ctx, args); err != nil {
		return sla.Month{}, err
	}
	known, err := s.store.Faults(ctx, number)
	if err != nil {
		return sla.Month{}, err
	}
	defer s.whileWaiting("正在读取证据……", "reading the evidence…").Stop()
	var all []sla.Fault
	for _, contract := range contractsOf(known, month) {
		timeline, err := s.store.Timeline(ctx, contract)
		if err != nil {
			return sla.Month{}, err
		}
		failures, err := s.store.PageFailures(ctx, contract)
		if err != nil {
			return sla.Month{}, err
		}
		for _, f := range sla.Fold(contract, entries(timeline)) {
			all = append(all, f.Failed(failures))
		}
	}
	return sla.Of(month, all, now), nil
}

// contractsOf are the contracts that had a fault in the month.
func contractsOf(known []postgres.Fault, month workday.Date) []string {
	var contracts []string
	for _, f := range known {
		if on := workday.Of(f.ReportedAt); on.Year() == month.Year() && on.Month() == month.Month() {
			contracts = append(contracts, f.Contract)
		}
	}
	slices.Sort(contracts)
	return slices.Compact(contracts)
}

// saveMonth writes the files that were asked for.
func (s *session) saveMonth(f monthly, m sla.Month) error {
	if f.csv != "" {
		if err := saveWhole("csv", f.csv, func(w io.Writer) error { return writeMonthCSV(w, m) }); err != nil {
			return err
		}
	}
	if f.xlsx == "" {
		return nil
	}
	return saveWhole("xlsx", f.xlsx, func(w io.Writer) error { return s.writeMonthSheet(w, m) })
}
