package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/backup"
	"lvyue/internal/refusal"
)

// backupCommand groups what is asked of the copies outside the cloud (§3.9).
func backupCommand(s *session) *cobra.Command {
	group := &cobra.Command{
		Use:     "backup",
		Short:   s.say("异地备份：查看、立即备份、恢复演练、恢复（§3.9）", "off-site copies: list them, make one, prove one, restore one (§3.9)"),
		Example: "  starter backup list",
	}
	group.AddCommand(backupListCommand(s), backupRunCommand(s), backupDrillCommand(s), backupRestoreCommand(s))
	group.RunE = s.choose(group)
	return group
}

// backupDocument is how contracts stand with their copies; Error is there if one has a gap. Copies are there for one contract.
type backupDocument struct {
	Contracts []backupLine  `json:"contracts"`
	Copies    []backup.Copy `json:"copies,omitempty"`
	Error     *errorBody    `json:"error,omitempty"`
}

// backupLine is a contract. AgeSeconds is the age of its newest good copy, or of its service if it has none; Gap, that this is
// too old.
type backupLine struct {
	backup.Standing

	AgeSeconds int64 `json:"age_seconds"`
	Gap        bool  `json:"gap"`
}

func backupListCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "list [NUMBER]", Args: wants(0, 1),
		Short: s.say("最新可用备份及其时间、缺口、演练；有缺口则退出码为 3",
			"the newest good copies and their age, gaps, drills; exit status 3 if there is a gap"),
		Example: "  starter backup list HT-2025-001",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			d, err := s.standings(ctx, args)
			if err != nil {
				return reply{}, err
			}
			return s.standing(d)
		}),
	}
}

// standings asks for one contract with its copies, or for all that have copies or should have.
func (s *session) standings(ctx context.Context, args []string) (backupDocument, error) {
	d := backupDocument{Contracts: []backupLine{}}
	if len(args) == 0 {
		return d, s.everyStanding(ctx, &d)
	}
	var in input
	number := in.number(args[0])
	if err := in.err(); err != nil {
		return d, err
	}
	store, err := s.open(ctx)
	if err != nil {
		return d, err
	}
	one, err := store.OffsiteStanding(ctx, number)
	if err != nil {
		return d, err
	}
	d.add(one, time.Now())
	d.Copies, err = store.OffsiteCopies(ctx, number)
	return d, err
}

func (s *session) everyStanding(ctx context.Context, d *backupDocument) error {
	store, err := s.open(ctx)
	if err != nil {
		return err
	}
	const page = 200
	for after, now := "", time.Now(); ; after = d.Contracts[len(d.Contracts)-1].Contract {
		all, err := store.OffsiteStandings(ctx, after, page)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, one := range all {
			d.add(one, now)
		}
	}
}

func (d *backupDocument) add(s backup.Standing, now time.Time) {
	line := backupLine{Standing: s, Gap: s.Gap(now)}
	if !s.Fresh().IsZero() {
		line.AgeSeconds = int64(now.Sub(s.Fresh()) / time.Second)
	}
	d.Contracts = append(d.Contracts, line)
}

// gaps are the contracts with a gap.
func (d *backupDocument) gaps() []string {
	var gaps []string
	for _, c := range d.Contracts {
		if c.Gap {
			gaps = append(gaps, c.Contract)
		}
	}
	return gaps
}

// standing is the answer. A gap is shown before it is refused.
func (s *session) standing(d backupDocument) (reply, error) {
	gaps := d.gaps()
	if len(gaps) == 0 {
		return reply{document: d, print: func(p *paper) { p.backups(d) }}, nil
	}
	return s.shown(gapRefusal(gaps), func(body *errorBody) reply {
		d.Error = body
		return reply{document: d, print: func(p *paper) { p.backups(d) }}
	})
}

func gapRefusal(gaps []string) *refusal.Refusal {
	const hours = int(backup.Longest / time.Hour)
	zh, en := fmt.Sprintf("%d 份合同没有 %d 小时以内的异地备份，例如 %s", len(gaps), hours, gaps[0]),
		fmt.Sprintf("contracts without an off-site copy of the last %d hours: %d, such as %s", hours, len(gaps), gaps[0])
	return refusal.Rule("backup_gap", "3.9", zh, en)
}
