package cli

import (
	"context"
	"fmt"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"lvyue/internal/drift"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
)

// driftDocument is what a sweep found; Error is there if something does not agree.
type driftDocument struct {
	drift.Report

	Error *errorBody `json:"error,omitempty"`
}

func driftCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "drift", Args: wants(0, 0),
		Short: s.say("核对云上资源与合同：无主的、缺失的（§3.2、§7.2）；有发现则退出码为 3",
			"compare the cloud with the contracts: what nobody owns, what is missing (§3.2, §7.2); exit status 3 if anything is found"),
		Example: "  starter drift --wait 5m",
		RunE: s.does(func(ctx context.Context, _ []string) (reply, error) {
			found, err := s.sweep(ctx)
			if err != nil {
				return reply{}, err
			}
			return s.swept(driftDocument{Report: found})
		}),
	}
}

// askedSweep is the id of a sweep that a person asked for: who asks while one runs waits for the same.
const askedSweep = "drift/asked"

// sweep has a worker compare, and waits for its report. While none answers, the failure is "drift_unanswered".
func (s *session) sweep(ctx context.Context) (drift.Report, error) {
	var found drift.Report
	err := s.await(ctx, job{
		id: askedSweep, workflow: message.DriftWorkflow, code: "drift_unanswered",
		doing: refusal.Text{ZH: "正在核对云上资源……", EN: "comparing the cloud with the contracts…"},
		late: refusal.Text{
			ZH: "核对尚未完成；请确认工作进程在运行，并以更长的 --wait 重试，已开始的核对会继续",
			EN: "the comparison is not over yet; check that a worker runs and ask again with a longer --wait: what has begun goes on",
		},
		failed: func(err error) error { return fmt.Errorf("compare the cloud with the contracts: %w", err) },
	}, &found)
	return found, err
}

// swept is the answer. What was found is shown before it is refused, and its document holds the refusal.
func (s *session) swept(d driftDocument) (reply, error) {
	if d.Agrees() {
		return reply{document: d, print: func(p *paper) {
			p.line("%s %d 项资源与 %d 份合同相符", "%s all agrees (resources: %d, contracts: %d)", p.paint(good, "✓"), d.Resources, d.Contracts)
		}}, nil
	}
	return s.shown(disagreement(d.Report), func(body *errorBody) reply {
		d.Error = body
		return reply{document: d, print: func(p *paper) { p.drift(d.Report) }}
	})
}

func disagreement(r drift.Report) *refusal.Refusal {
	zh, en := fmt.Sprintf("云上资源与合同有 %d 项不符", r.Found), fmt.Sprintf("the cloud and the contracts disagree about %d resources", r.Found)
	if len(r.Blind) > 0 {
		zh += fmt.Sprintf("；%d 个地域无法查看", len(r.Blind))
		en += fmt.Sprintf("; %d regions could not be looked at", len(r.Blind))
	}
	return refusal.Rule("drift", "", zh, en)
}

func (p *paper) drift(r drift.Report) {
	header := table.Row{"发现", "条款", "合同", "阶段", "种类", "编号", "地域"}
	if p.lang != "zh" {
		header = table.Row{"finding", "§", "contract", "phase", "kind", "id", "region"}
	}
	rows := make([]table.Row, len(r.Findings))
	for i, f := range r.Findings {
		rows[i] = table.Row{p.finding(f.What), f.Clause, f.Contract, p.phase(f.Phase), p.in(words.Piece(f.Kind)), f.ID, f.Region}
	}
	p.rows(header, rows)
	if more := r.Found - len(r.Findings); more > 0 {
		p.line("……另有 %d 项", "… and %d more", more)
	}
	for _, b := range r.Blind {
		p.line("%s 无法查看 %s：%s", "%s %s could not be looked at: %s", p.paint(urgent, "✗"), b.Region, b.Why)
	}
}

func (p *paper) finding(what drift.What) string {
	if what == drift.Missing {
		return p.paint(urgent, p.in(refusal.Text{ZH: "缺失", EN: "missing"}))
	}
	return p.paint(urgent, p.in(refusal.Text{ZH: "无主", EN: "orphan"}))
}

// phase is where the contract stands; one that is unknown here stands nowhere.
func (p *paper) phase(phase message.Phase) string {
	if phase == "" {
		return p.in(refusal.Text{ZH: "未知合同", EN: "unknown"})
	}
	return p.in(words.Phase(phase))
}
