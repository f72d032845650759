package cli

import (
	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/postgres"
	"lvyue/internal/words"
)

// progress is how far the works in the cloud have come: what is there, and in which state.
func (p *paper) progress(works []postgres.Progress) {
	for _, w := range works {
		p.line("\n%s：%s 查看云上", "\n%s: the cloud as of %s", p.paint(bold, p.in(words.Duty(w.Duty))), p.instant(w.LookedAt))
		header := table.Row{"资源", "编号", "状态", "地址"}
		if p.lang != "zh" {
			header = table.Row{"what", "id", "state", "address"}
		}
		rows := make([]table.Row, len(w.Pieces))
		for i, r := range w.Pieces {
			mark := p.paint(urgent, "…")
			if r.Usable {
				mark = p.paint(good, "✓")
			}
			rows[i] = table.Row{p.in(words.Piece(r.Kind)), r.ID, mark + " " + r.Status, r.Address}
		}
		p.rows(header, rows)
	}
}
