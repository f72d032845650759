package workflows_test

import (
	"fmt"
	"slices"
	"testing"
)

// More acts than one look at the inbox brings (activities.Page) have come in while there was no worker: all of them are
// applied, in the order of their receipt, whether a moment falls due or the next act is delivered.
func TestContract_AFullInboxIsAppliedInOrder(t *testing.T) {
	t.Parallel()
	for _, many := range []int{19, 20, 21, 40, 65} {
		for _, then := range []string{"a moment", "an act"} {
			t.Run(fmt.Sprintf("%d, then %s", many, then), func(t *testing.T) {
				t.Parallel()
				s := begin(t, "2025-09-26 09:00", soon)
				s.comesIntoService()
				s.until("2025-11-01 00:00")
				paid := []string{"ICBC-001"}
				for i := range many {
					reference := fmt.Sprintf("R-%d", i+1)
					s.at(fmt.Sprintf("2026-09-20 %02d:%02d", 10+i/60, i%60), pays("1.00", reference))
					paid = append(paid, reference)
				}
				s.at("2026-09-20 12:00", offers("130000.00", nil).as("rise"), offers(fee, nil).as("fair"), accepts().as("accept"))
				if then == "an act" {
					s.downUntil("2026-09-20 13:00")
					s.at("2026-09-20 14:00", pays("2.00", "LAST").as("last"))
					paid = append(paid, "LAST")
				} else {
					s.downUntil("2026-09-22 00:00") // the talks open on 21 September
				}
				s.until("2026-10-20 00:01")
				view := s.expect(want{State: "in-service", Years: []string{firstYear, "2: 2026-10-20..2027-10-19 120000.00"}})
				got := make([]string, 0, len(view.Receipts))
				for _, r := range view.Receipts {
					got = append(got, r.Reference)
				}
				if !slices.Equal(got, paid) {
					t.Errorf("receipts are %v, want %v", got, paid)
				}
			})
		}
	}
}
