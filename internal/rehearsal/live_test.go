package rehearsal_test

import (
	"strings"
	"testing"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"

	"lvyue/internal/refusal"
	"lvyue/internal/rehearsal"
	"lvyue/internal/workday"
)

func TestLive_KeepsChineseColumnsInLine(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	live := rehearsal.Live{Out: &out, Language: "zh"}
	live.Begin()
	for _, duty := range []string{"首付款", "续约商谈（第 1 年到期）"} {
		live.Show(rehearsal.Step{
			At: time.Date(2025, 10, 9, 1, 0, 0, 0, time.UTC), Clause: "5.4", Duty: refusal.Text{ZH: duty},
			DueOn: workday.MustDate("2025-10-10"), What: refusal.Text{ZH: "已履行"},
		})
	}
	rows := strings.Split(strings.TrimSpace(out.String()), "\n")[2:]
	if !strings.HasPrefix(rows[0], "2025-10-09  09:00:00  §5.4") {
		t.Errorf("row %q does not begin with the Beijing date, time and clause", rows[0])
	}
	if strings.Contains(rows[1], "2025-10-09") {
		t.Errorf("row %q repeats the date", rows[1])
	}
	if a, b := column(rows[0]), column(rows[1]); a != b {
		t.Errorf("due days stand in columns %d and %d:\n%s", a, b, out.String())
	}
}

// column is the place on a terminal where the due day begins.
func column(row string) int {
	before, _, _ := strings.Cut(row, "2025-10-10")
	return text.StringWidth(before)
}

func TestLive_PaintsOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	step := rehearsal.Step{Tone: rehearsal.Bad, What: refusal.Text{EN: "overdue"}}
	var plain, painted strings.Builder
	(&rehearsal.Live{Out: &plain}).Show(step)
	(&rehearsal.Live{Out: &painted, Colours: true}).Show(step)
	if strings.Contains(plain.String(), "\x1b") || !strings.Contains(painted.String(), "\x1b[") {
		t.Errorf("plain %q, painted %q", plain.String(), painted.String())
	}
}

func TestLive_RowsFitTheTerminal(t *testing.T) {
	t.Parallel()
	const what = "confirmation refused: chen has confirmed already; a different person must"
	for _, tt := range []struct {
		columns, rows, indent int
		duty                  string
	}{
		{0, 1, 0, ""}, {160, 1, 0, ""}, {100, 3, 72, ""}, {100, 3, 72, "Deployment"}, {80, 2, 30, ""}, {80, 3, 30, "Deployment"},
	} {
		var out strings.Builder
		live := rehearsal.Live{Out: &out, Columns: tt.columns}
		live.Show(rehearsal.Step{Duty: refusal.Text{EN: tt.duty}, What: refusal.Text{EN: what}})
		rows := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if len(rows) != tt.rows {
			t.Errorf("%d columns: %q", tt.columns, rows)
		}
		for i, row := range rows {
			tooWide := tt.columns > 0 && text.StringWidth(row) > tt.columns
			if tooWide || i > 0 && !strings.HasPrefix(row, strings.Repeat(" ", tt.indent)) {
				t.Errorf("%d columns: %q", tt.columns, row)
			}
		}
	}
}
