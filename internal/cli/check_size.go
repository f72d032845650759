package cli

import (
	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/contract"
	"lvyue/internal/sizing"
	"lvyue/internal/words"
)

// chosenSize is what would be ordered for a form (§1.3, §3.2) and how it would be tuned (§3.10). Short: no single server or
// database is large enough, the largest is ordered, and it takes a cluster (§3.5).
type chosenSize struct {
	Short   bool           `json:"short"`
	Numbers []chosenNumber `json:"numbers"`
}

// chosenNumber is one number, named as in the shape or the parameters, and why it is what it is.
type chosenNumber struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Why   string `json:"why"`
}

func (s *session) size(terms contract.Terms) chosenSize {
	load := sizing.LoadOf(terms.Load, terms.Products)
	shape := sizing.For(load)
	chosen := chosenSize{Short: shape.Short}
	for _, n := range append(sizing.Numbers(load), sizing.Tuning(shape, load.Concurrent)...) {
		chosen.Numbers = append(chosen.Numbers, chosenNumber{Name: n.Name, Value: n.Value, Why: n.Why.In(s.lang)})
	}
	return chosen
}

func (p *paper) size(chosen chosenSize) {
	p.title("部署规格与参数（我方估算，以负载验收为准）", "Size and parameters (our estimate; the load acceptance decides)")
	header := table.Row{"项目", "数值", "理由"}
	if p.lang != "zh" {
		header = table.Row{"what", "value", "why"}
	}
	rows := make([]table.Row, len(chosen.Numbers))
	for i, n := range chosen.Numbers {
		rows[i] = table.Row{p.in(words.Number(n.Name)), n.Value, n.Why}
	}
	p.rows(header, rows)
	if chosen.Short {
		p.line("%s 超出单台最大规格：按最大规格部署，须建集群（§3.5）",
			"%s more than the largest single size carries: the largest is deployed, and a cluster is needed (§3.5)", p.paint(urgent, "⚠"))
	}
}
