package ledger_test

import (
	"math"
	"testing"

	"lvyue/internal/ledger"
)

func TestAClaimAgesBy30Days(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from, to int
		want     string
	}{
		{math.MinInt, -1, "not-due"},
		{-1, 0, "not-due"},
		{1, 30, "1-30"},
		{31, 60, "31-60"},
		{61, 90, "61-90"},
		{91, math.MaxInt, "over-90"},
	} {
		if first, last := ledger.Bucket(tt.from), ledger.Bucket(tt.to); first != tt.want || last != tt.want {
			t.Errorf("%d and %d days late are %s and %s, want %s", tt.from, tt.to, first, last, tt.want)
		}
	}
}
