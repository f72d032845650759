package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/handover"
	"lvyue/internal/message"
	"lvyue/internal/suite"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

// migrationDocument is what was done about the moves of a contract's data.
type migrationDocument struct {
	Contract string               `json:"contract"`
	Duties   []message.Obligation `json:"duties"`
	Steps    []carriedDocument    `json:"steps"`
}

// carriedDocument is one step: what was moved, by the counts of both systems or as a package; or why nothing was.
type carriedDocument struct {
	At      time.Time         `json:"at"`
	What    string            `json:"what"`
	Duty    string            `json:"duty"`
	Failure string            `json:"failure,omitempty"`
	Moved   *suite.Moved      `json:"moved,omitempty"`
	Package *handover.Package `json:"package,omitempty"`
}

func showMigrationCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "show NUMBER", Args: wants(1, 1),
		Short:   s.say("迁入迁出的进展、核对结果和数据包", "how the moves stand: what was compared, which packages there are"),
		Example: "  starter migration show HT-2025-001",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			view, err := s.view(ctx, args[0])
			if err != nil {
				return reply{}, err
			}
			d := migrationDocument{Contract: view.Contract.Number, Duties: []message.Obligation{}, Steps: []carriedDocument{}}
			for _, o := range view.Obligations {
				if isMove(o.ID) {
					d.Duties = append(d.Duties, o)
				}
			}
			if d.Steps, err = s.moves(ctx, d.Contract); err != nil {
				return reply{}, err
			}
			return reply{document: d, print: func(p *paper) { p.migrations(d) }}, nil
		}),
	}
}

// moves are the steps that the evidence tells of.
func (s *session) moves(ctx context.Context, number string) ([]carriedDocument, error) {
	timeline, err := s.store.Timeline(ctx, number)
	if err != nil {
		return nil, fmt.Errorf("read the evidence: %w", err)
	}
	steps := []carriedDocument{}
	for _, stored := range timeline {
		e := stored.Event
		if e.Detail == nil || !isMove(e.Subject) {
			continue
		}
		var r message.Report
		detail, err := json.Marshal(e.Detail)
		if err != nil || json.Unmarshal(detail, &r) != nil {
			return nil, fmt.Errorf("read the evidence of %s: %w", e.Subject, err)
		}
		step := carriedDocument{At: e.At.In(workday.Shanghai), What: e.What, Duty: e.Subject, Failure: r.Failure}
		if r.Carried != nil {
			step.Moved, step.Package = r.Carried.Moved, r.Carried.Package
		}
		steps = append(steps, step)
	}
	return steps, nil
}

func (p *paper) migrations(d migrationDocument) {
	if len(d.Duties) == 0 {
		p.line("合同 %s 没有迁入或迁出。", "contract %s has no migration", d.Contract)
		return
	}
	p.duties(d.Duties)
	for _, step := range d.Steps {
		p.line("%s %s %s", "%s %s %s", p.instant(step.At), p.in(words.Duty(step.Duty)), p.in(words.Event(step.What)))
		p.moved(step)
	}
}

func (p *paper) moved(step carriedDocument) {
	switch {
	case step.Failure != "":
		p.line("  %s", "  %s", step.Failure)
	case step.Moved != nil:
		p.line("  旧系统 %d 行、%d 个文件；云上 %d 行、%d 个文件", "  old system: %d rows, %d files; on the cloud: %d rows, %d files",
			step.Moved.Old.Rows(), step.Moved.Old.Files.Files, step.Moved.New.Rows(), step.Moved.New.Files.Files)
	case step.Package != nil:
		m := step.Package.Manifest
		p.line("  %s（%s）：%d 行、%d 个文件、%d 字节，清单 SHA-256 %s", "  %s (%s): %d rows, %d files, %d bytes; SHA-256 of its manifest %s",
			m.Folder, step.Package.Place, m.Counts.Rows(), m.Counts.Files.Files, step.Package.Bytes(), step.Package.SHA256)
	}
}
