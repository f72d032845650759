package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lvyue/internal/ledger"
	"lvyue/internal/refusal"
)

// auditDocument is what an audit of the books found; Error is there if something does not hold.
type auditDocument struct {
	Checked int              `json:"checked"`
	Failed  []ledger.Finding `json:"failed"`
	Error   *errorBody       `json:"error,omitempty"`
}

func auditCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "audit", Args: wants(0, 0),
		Short:   s.say("检查账目的每一条规则；有不符则退出码为 3", "check every invariant of the books; exit status 3 if one does not hold"),
		Example: "  starter books audit",
		RunE: s.does(func(ctx context.Context, _ []string) (reply, error) {
			store, err := s.open(ctx)
			if err != nil {
				return reply{}, err
			}
			defer s.whileWaiting("正在检查账目……", "checking the books…").Stop()
			checked, found, err := store.Audit(ctx)
			if err != nil {
				return reply{}, fmt.Errorf("audit the books: %w", err)
			}
			return s.audited(auditDocument{Checked: checked, Failed: append([]ledger.Finding{}, found...)})
		}),
	}
}

// audited is the answer. What failed is shown before it is refused, and its document holds the refusal.
func (s *session) audited(d auditDocument) (reply, error) {
	if len(d.Failed) == 0 {
		return reply{document: d, print: func(p *paper) {
			p.line("%s %d 项检查全部通过", "%s %d checks hold", p.paint(good, "✓"), d.Checked)
		}}, nil
	}
	no := refusal.Rule("audit_failed", "", fmt.Sprintf("%d 项检查中有 %d 项不符", d.Checked, len(d.Failed)),
		fmt.Sprintf("%d of %d checks do not hold", len(d.Failed), d.Checked))
	return s.shown(no, func(body *errorBody) reply {
		d.Error = body
		return reply{document: d, print: func(p *paper) { p.findings(d) }}
	})
}

func (p *paper) findings(d auditDocument) {
	for _, f := range d.Failed {
		p.line("%s %s  %s", "%s %s  %s", p.paint(urgent, "✗"), f.Invariant, p.in(f.Sentence))
		for _, row := range f.Rows {
			p.text("    " + rowText(row) + "\n")
		}
		if more := f.Count - len(f.Rows); more > 0 {
			p.line("    ……另有 %d 行", "    … and %d rows more", more)
		}
	}
}

// rowText is a row of any columns in one line, by their names.
func rowText(row map[string]any) string {
	var parts []string
	for name, value := range row {
		text, err := json.Marshal(value)
		if err != nil {
			text = []byte(fmt.Sprint(value))
		}
		parts = append(parts, name+" "+strings.Trim(string(text), `"`))
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}
