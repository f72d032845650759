package cli

import (
	"context"

	"github.com/spf13/cobra"

	"lvyue/internal/backup"
	"lvyue/internal/engine"
	"lvyue/internal/failure"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

func backupRunCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "run NUMBER", Args: wants(1, 1),
		Short:   s.say("立即做当天的备份；已有则原样返回", "make today's copy now; one that is there already is given as it is"),
		Example: "  starter backup run HT-2025-001 --wait 2h",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			var in input
			number := in.number(args[0])
			if err := in.err(); err != nil {
				return reply{}, err
			}
			if err := s.servedFor(ctx, number); err != nil {
				return reply{}, err
			}
			var made backup.Copy
			if err := s.copying(ctx, "backup/copy/"+number, message.BackupCopyWorkflow, backup.Order{Contract: number}, &made); err != nil {
				return reply{}, err
			}
			return reply{document: made, print: func(p *paper) { p.made(made) }}, nil
		}),
	}
}

// servedFor refuses what cannot be copied.
func (s *session) servedFor(ctx context.Context, number string) error {
	store, err := s.open(ctx)
	if err != nil {
		return err
	}
	standing, err := store.OffsiteStanding(ctx, number)
	if err == nil {
		err = standing.Copiable()
	}
	return err
}

// drillDocument is a drill; Error is there if what was restored differs.
type drillDocument struct {
	backup.Drill

	Error *errorBody `json:"error,omitempty"`
}

func backupDrillCommand(s *session) *cobra.Command {
	var day string
	c := &cobra.Command{
		Use: "drill NUMBER", Args: wants(1, 1),
		Short: s.say("把一份备份真正恢复到演练系统并逐字节比对；不一致则退出码为 3",
			"really restore a copy into a system for drills, and compare; exit status 3 if it differs"),
		Example: "  starter backup drill HT-2025-001 --copy 2026-03-02 --wait 2h",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			var in input
			order := backup.DrillOrder{Contract: in.number(args[0]), Day: in.optionalDate("copy", day)}
			if err := in.err(); err != nil {
				return reply{}, err
			}
			if _, err := s.goodCopy(ctx, order.Contract, order.Day); err != nil {
				return reply{}, err
			}
			var done backup.Drill
			if err := s.copying(ctx, "backup/drill/"+order.Contract, message.BackupDrillWorkflow, order, &done); err != nil {
				return reply{}, err
			}
			return s.drilled(drillDocument{Drill: done})
		}),
	}
	c.Flags().StringVar(&day, "copy", "", s.say("哪一天的备份（默认最新）", "the copy of which day (default: the newest)"))
	return c
}

// drilled is the answer; what differs is shown before it is refused.
func (s *session) drilled(d drillDocument) (reply, error) {
	if d.Same() {
		return reply{document: d, print: func(p *paper) { p.proof(d.Drill) }}, nil
	}
	no := refusal.Rule("drill_differs", "3.9", "恢复的数据与备份清单不一致", "what was restored is not what the copy's manifest says")
	return s.shown(no, func(body *errorBody) reply {
		d.Error = body
		return reply{document: d, print: func(p *paper) { p.proof(d.Drill) }}
	})
}

// copying has a worker do something with copies, and waits for it. What went wrong is "backup_failed".
func (s *session) copying(ctx context.Context, id, workflow string, order, into any) error {
	return s.await(ctx, job{
		id: id, workflow: workflow, args: []any{order}, code: "backup_unanswered",
		doing: refusal.Text{ZH: "正在读取、加密、核验……", EN: "reading, enciphering, verifying…"},
		late: refusal.Text{
			ZH: "尚未完成；请确认工作进程在运行，并以更长的 --wait 重试，已开始的会继续",
			EN: "it is not over yet; check that a worker runs and ask again with a longer --wait: what has begun goes on",
		},
		failed: unsuccessful,
	}, into)
}

// unsuccessful says why, in the words of the activity.
func unsuccessful(err error) error {
	why := engine.Reason(err)
	return failure.New("backup_failed", err, "没有成功："+why, "it did not succeed: "+why)
}
