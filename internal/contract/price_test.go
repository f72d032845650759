package contract_test

import (
	"strings"
	"testing"

	"lvyue/internal/contract"
	"lvyue/internal/money"
)

// §5.8: without growth the fee may stay or fall, never rise; with growth it may be anything.
func TestRefuseRise_HigherFeeNeedsGrowth(t *testing.T) {
	t.Parallel()
	same, more, less := agreed(), agreed(), agreed()
	more.Load.DiskGB++
	less.Load.DiskGB--
	tests := []struct {
		name     string
		asked    string
		askedFor contract.Configuration
		refused  bool
	}{
		{"the same fee", "120000.00", same, false},
		{"one fen less", "119999.99", same, false},
		{"one fen more", "120000.01", same, true},
		{"one fen more for less", "120000.01", less, true},
		{"one fen more for one G more", "120000.01", more, false},
		{"twice the fee for one G more", "240000.00", more, false},
		{"the same fee for one G more", "120000.00", more, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := contract.RefuseRise(money.MustParse("120000.00"), agreed(), money.MustParse(tt.asked), tt.askedFor)
			if (got != nil) != tt.refused {
				t.Errorf("RefuseRise = %v, want refused %v", got, tt.refused)
			}
		})
	}
}

func TestRefuseRise_SaysWhy(t *testing.T) {
	t.Parallel()
	got := contract.RefuseRise(money.MustParse("120000.00"), agreed(), money.MustParse("130000.00"), agreed())
	if got == nil || got.Code != "fee_rise_without_growth" || got.Clause != "5.8" || got.Input {
		t.Fatalf("refusal is %+v", got)
	}
	for _, sentence := range []string{got.ZH, got.EN} {
		if !strings.Contains(sentence, "120000.00") || !strings.Contains(sentence, "130000.00") {
			t.Errorf("%q does not name both fees", sentence)
		}
	}
}

// §5.8: what was bought in mid-year was not in the configuration for which the annual fee was agreed, so it
// counts as growth at the next renewal, and only at that one.
func TestRefuseRise_MidYearExpansionCountsOnce(t *testing.T) {
	t.Parallel()
	expanded := agreed()
	expanded.Load.DatabaseGB = 200
	now, next := money.MustParse("120000.00"), money.MustParse("130000.00")
	if r := contract.RefuseRise(now, agreed(), next, expanded); r != nil {
		t.Errorf("first renewal after the expansion: %v", r)
	}
	if r := contract.RefuseRise(next, expanded, money.MustParse("130000.01"), expanded); r == nil {
		t.Error("the expansion counted a second time")
	}
}

// §1.4: the whole fee of the running year, and what was paid ahead.
func TestShortfallRefund_WholeRunningYearAndLaterOnes(t *testing.T) {
	t.Parallel()
	paid := map[int]money.CNY{
		1: money.MustParse("120000.00"), 2: money.MustParse("110000.50"), 3: money.MustParse("0.50"),
	}
	tests := []struct {
		name    string
		paid    map[int]money.CNY
		running int
		want    string
	}{
		{"nothing paid", nil, 1, "0.00"},
		{"no year runs yet", paid, 0, "230001.00"},
		{"first year", paid, 1, "230001.00"},
		{"second year keeps the first fee", paid, 2, "110001.00"},
		{"last year paid", paid, 3, "0.50"},
		{"running year unpaid", paid, 4, "0.00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := contract.ShortfallRefund(tt.paid, tt.running); got.String() != tt.want {
				t.Errorf("refund is %s, want %s", got, tt.want)
			}
		})
	}
}
