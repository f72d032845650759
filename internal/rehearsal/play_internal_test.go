package rehearsal

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/workday"
)

func TestReport_ListsAreNeverNull(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(tell(postgres.View{Obligations: []message.Obligation{{ID: "refund/1"}}}))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"service_years", "payments", "refused", "incidents", "invoices", "refunds", "messages", "moved",
	} {
		if !strings.Contains(string(data), `"`+name+`":[]`) {
			t.Errorf("%s is not an empty list in %s", name, data)
		}
	}
}

func TestClock_EarliestAndLatestLeaveOutNoInstant(t *testing.T) {
	t.Parallel()
	first, second := workday.MustDate("2026-01-01").Start(), workday.MustDate("2026-01-02").Start()
	if got := earliest(time.Time{}, second, first); !got.Equal(first) {
		t.Errorf("earliest = %v", got)
	}
	if got := latest(first, second, time.Time{}); !got.Equal(second) {
		t.Errorf("latest = %v", got)
	}
	if !earliest().IsZero() || !latest().IsZero() {
		t.Error("of no instants there is neither")
	}
}

func TestStep_TellsWhatAManagerUnderstands(t *testing.T) {
	t.Parallel()
	due := message.Obligation{ID: "first-payment", Clause: "5.4", DueOn: workday.MustDate("2025-10-10"), Status: message.Met}
	known := duties{"first-payment": due}
	tests := []struct {
		name   string
		event  message.Event
		clause string
		en     string
		tone   Tone
	}{
		{
			"a duty performed",
			message.Event{What: "met", Clause: "5.4", Subject: due.ID, Changed: message.Changed{Obligation: &due}},
			"5.4", "met", Good,
		},
		{
			"a reminder knows its clause",
			message.Event{What: "message", Subject: due.ID, New: "reminder", Changed: message.Changed{Notice: &message.Notice{}}},
			"5.4", "account manager reminded", Heed,
		},
		{
			"money",
			message.Event{What: "receipt", Clause: "5.4", Changed: message.Changed{
				Receipt: &message.Receipt{Amount: money.MustParse("1.00")},
			}},
			"5.4", "receipt of 1.00 CNY", Plain,
		},
		{
			"what the vendor publishes",
			message.Event{What: "quoted", Clause: "5.7", New: "2263.80", Changed: message.Changed{Quote: &message.Price{}}},
			"5.7", "the vendor's published price: 2263.80 CNY", Plain,
		},
		{
			"a declined offer",
			message.Event{What: "answer", Clause: "5.6", ActID: "a", Actor: message.Actor{Who: "chen"}, Detail: map[string]any{"accept": false}},
			"5.6", "chen: answer to the offer (declined)", Plain,
		},
		{"the end", message.Event{What: "phase", New: "destroyed"}, "", "contract is now destroyed", Good},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, shown := known.step(tt.event)
			if !shown || got.Clause != tt.clause || got.What.EN != tt.en || got.Tone != tt.tone {
				t.Errorf("step = %+v, shown %v", got, shown)
			}
		})
	}
}

func TestStep_LeavesOutBookkeeping(t *testing.T) {
	t.Parallel()
	for _, e := range []message.Event{
		{What: "contract"},
		{What: "pay", ActID: "a"},
		{What: "message", New: "opened", Changed: message.Changed{Notice: &message.Notice{}}},
		{What: "counted", Changed: message.Changed{Obligation: &message.Obligation{}}},
	} {
		if got, shown := (duties{}).step(e); shown {
			t.Errorf("%s is shown as %+v", e.What, got)
		}
	}
}
