package cli

import (
	"slices"
	"testing"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/sla"
)

// A promise in dispute is shown so wherever a fault is, and is counted as one that runs: nobody calls it missed.
func TestFaultShow_TellsWhatIsInDispute(t *testing.T) { // §6.3
	t.Parallel()
	d := openDesk(t)
	f := d.opens(nil, message.FaultReport{Reporter: "李明", Text: "x", Administrator: true}, shanghaiAt("2025-11-03 10:00:00"))
	row := message.ContractRow{
		Number: "HT-1", Customer: "甲方", Provider: "乙方", AccountManager: "chen", Language: "zh", FormHash: "x", Phase: message.InService,
		Fee: money.MustParse("120000.00"), Disputed: "fault/1/plan",
	}
	at := shanghaiAt("2025-11-03 10:01:00")
	d.record(nil, message.Event{What: "contract", Subject: "HT-1", At: at, Changed: message.Changed{Contract: &row}})
	d.takes(f, nil, at, func() {
		f.Disputed = []string{"fault/1/plan"}
		incident.Freeze(f, at)
	}, message.Event{What: "disputed", Clause: "6.3", Subject: "fault/1/plan", New: "dispute 1"})
	p := told[faultDocument](d, "fault", "show", "HT-1", "1").Promises
	if p.Plan != sla.Running || !slices.Equal(p.Disputed, []string{"plan"}) || p.Response != sla.Breached {
		t.Errorf("the promises are %+v", p)
	}
	month := told[monthDocument](d, "report", "sla", "--month", "2025-11", "HT-1")
	if month.Disputed.Count != 1 || month.Plan.Running.Count != 1 || month.Plan.Breached.Count != 0 || !slices.Equal(month.Rows[0].Disputed, []string{"plan"}) {
		t.Errorf("the month is %+v", month)
	}
	d.reads(map[string][]string{"zh": {"争议中：方案（§6.3）", "列入争议"}, "en": {"in dispute: plan (§6.3)", "frozen"}}, "fault", "show", "HT-1", "1")
	d.reads(map[string][]string{"zh": {"争议中：fault/1/plan（§6.3）"}, "en": {"in dispute: fault/1/plan (§6.3)"}}, "show", "HT-1")
	d.reads(map[string][]string{
		"zh": {"争议中，未了结前不判超时（§6.3）：1（HT-1 fault/1）"}, "en": {"in dispute, not called missed until it is settled (§6.3): 1 (HT-1 fault/1)"},
	}, "report", "sla", "--month", "2025-11")
}
