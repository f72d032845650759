package cli

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lvyue/internal/message"
)

func TestReportSLA_EveryNumberLeadsToItsFaultsAndEvents(t *testing.T) { // §3.11 §3.12 §4.2 §4.3
	t.Parallel()
	d := toldStory(t)
	m := told[monthDocument](d, "report", "sla", "--month", "2025-11")
	for what, tt := range map[string]struct {
		got  tally
		want []int
	}{
		"plan met":           {m.Plan.Met, []int{1}},
		"plan breached":      {m.Plan.Breached, []int{2}},
		"changed duty":       {m.Plan.Changed, []int{3}},
		"requests":           {m.Requests, []int{4}},
		"never acknowledged": {m.NeverAcknowledged, []int{2}},
		"never planned":      {m.NeverPlanned, []int{2}},
		"response met":       {m.Response.Met, []int{1}},
		"response breached":  {m.Response.Breached, []int{2, 3}},
		"running":            {m.Plan.Running, nil},
	} {
		var got []int
		for _, r := range tt.got.Faults {
			got = append(got, r.Fault)
		}
		if tt.got.Count != len(tt.want) || len(got) != len(tt.want) || len(got) > 0 && got[0] != tt.want[0] {
			t.Errorf("%s: %+v, want %v", what, tt.got, tt.want)
		}
	}
	if m.Faults != 4 || m.Contract != nil || m.Percentile != "nearest-rank" || *m.Plan.Took.P90 != 3600 || *m.Response.Took.Max != 5*3600 || *m.Restore.Median != 12600 {
		t.Errorf("got %+v", m)
	}
	if len(m.Majeure) != 1 || m.Majeure[0].Kind != message.CloudVendor || *m.Majeure[0].Seconds != 16800 {
		t.Errorf("force majeure: %+v", m.Majeure)
	}
	events := told[timelineDocument](d, "timeline", "HT-1").Events
	if e := events[m.Rows[0].Events.Plan-1]; e.Changed.Fault == nil || e.Changed.Fault.PlanAt.IsZero() || e.Changed.Fault.Fault != 1 {
		t.Errorf("the plan's event is %+v", e)
	}
	if e := events[m.Majeure[0].MarkedBy-1]; e.Changed.Fault == nil || e.Changed.Fault.State != message.FaultMajeure {
		t.Errorf("the mark's event is %+v", e)
	}
	if december := told[monthDocument](d, "report", "sla", "--month", "2025-12", "HT-1"); december.Faults != 1 || *december.Contract != "HT-1" {
		t.Errorf("December has %+v", december)
	}
	d.reads(map[string][]string{
		"zh": {"2025-11 报障 4 起", "无人响应（计入响应超时）：1（HT-1 fault/2）", "最近秩", "不可抗力（云厂商）：HT-1 fault/3"},
		"en": {"2025-11: 4 reported", "never planned (among the breached plans): 1 (HT-1 fault/2)", "nearest rank", "requests (§4.3): 1"},
	}, "report", "sla", "--month", "2025-11")
}

func TestReportSLA_AMonthWithoutFaultsHasNoTimes(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	if m := told[monthDocument](d, "report", "sla", "--month", "2024-02", "HT-1"); m.Faults != 0 || m.Plan.Took.P90 != nil || m.Rows == nil || m.Until.Day() != 1 {
		t.Errorf("got %+v", m)
	}
	d.reads(map[string][]string{"zh": {"2024-02 报障 0 起"}}, "report", "sla", "--month", "2024-02")
}

// §6.3: what is in dispute is named in the files, too.
func TestMonthColumns_TellWhatIsInDispute_6_3(t *testing.T) {
	t.Parallel()
	columns := monthColumns()
	last := columns[len(columns)-1]
	for want, row := range map[string]monthRow{"response plan": {Disputed: []string{"response", "plan"}}, "": {}} {
		if got := last.value(row); last.name != "disputed" || got != want {
			t.Errorf("%s is %q, want %q", last.name, got, want)
		}
	}
}

func TestReportSLA_FilesHaveALineForEachFault(t *testing.T) {
	t.Parallel()
	d := toldStory(t)
	text, book := filepath.Join(t.TempDir(), "m.csv"), filepath.Join(t.TempDir(), "m.xlsx")
	told[monthDocument](d, "report", "sla", "--month", "2025-11", "--csv", text, "--xlsx", book)
	file, err := os.Open(text)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil || len(lines) != 5 || strings.Join(lines[1][:5], " ") != "HT-1 1 OA resolved met" || lines[1][14] != "3600" ||
		lines[1][6] != "2025-11-03T10:00:00+08:00" || lines[4][14] != "" {
		t.Errorf("%v: %v", err, lines)
	}
	x, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows, err := x.GetRows(x.GetSheetName(0))
	if err != nil || len(rows) != 6 || rows[2][4] != "met" && rows[2][4] != "达标" {
		t.Errorf("%v: %v", err, rows)
	}
}
