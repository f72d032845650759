package ledger_test

import (
	"testing"
	"time"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// After everything is over the bank takes money back: what it had paid is owed again by its old day, if it had one.
func TestMoneyTakenBackAtLast_IsOwedByItsOldDay(t *testing.T) { // §5.4 §5.7
	t.Parallel()
	at := time.Date(2026, time.December, 1, 10, 0, 0, 0, workday.Shanghai)
	for _, tt := range []struct {
		name string
		due  time.Time
		want message.Status
	}{
		{"no day", time.Time{}, message.Pending},
		{"a day that has passed", at, message.Overdue},
		{"a day to come", at.Add(time.Second), message.Pending},
	} {
		m := message.Money{
			Charges:  []message.Charge{{Obligation: "expansion-fee/1", Kind: message.ExpansionCharge, Year: 1, Amount: money.MustParse("10.00")}},
			Receipts: []message.Receipt{{Reference: "R", Amount: money.MustParse("10.00"), On: workday.MustDate("2026-11-01"), At: at.AddDate(0, -1, 0)}},
			Applied:  []message.Applied{{Reference: "R", To: "expansion-fee/1", Amount: money.MustParse("10.00")}},
		}
		after, no := ledger.LateReturn(m, at, "chen", message.Return{Reference: "R"}, message.Reversed)
		if no != nil {
			t.Fatal(no)
		}
		met := message.Obligation{ID: "expansion-fee/1", Status: message.Met, DueAt: tt.due, SettledAt: at.AddDate(0, -1, 0)}
		after = after.Settle([]message.Obligation{met}, at)
		if len(after.Duties) != 1 || after.Duties[0].Status != tt.want {
			t.Errorf("%s: %+v, want %s", tt.name, after.Duties, tt.want)
		}
	}
}
