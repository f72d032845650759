package ledger_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

func instant(day int) time.Time { return time.Date(2026, 3, day, 10, 0, 0, 0, workday.Shanghai) }

func claim(amount string, day int) ledger.Claim {
	return ledger.Claim{Amount: money.MustParse(amount), Since: instant(day)}
}

func receipt(amount string, day int) message.Receipt {
	return message.Receipt{Amount: money.MustParse(amount), At: instant(day)}
}

func TestAFeeIsCompleteWithTheReceiptThatReachesIt_5_5(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		claims   []ledger.Claim
		receipts []message.Receipt
		want     []string // the day of completion of each claim, "" while something is missing
		rest     string
	}{
		"one fen short":              {[]ledger.Claim{claim("100.00", 1)}, []message.Receipt{receipt("99.99", 2)}, []string{""}, "0.00"},
		"exactly":                    {[]ledger.Claim{claim("100.00", 1)}, []message.Receipt{receipt("100.00", 2)}, []string{"2"}, "0.00"},
		"two receipts":               {[]ledger.Claim{claim("100.00", 1)}, []message.Receipt{receipt("40.00", 2), receipt("60.00", 5)}, []string{"5"}, "0.00"},
		"recorded out of order":      {[]ledger.Claim{claim("100.00", 1)}, []message.Receipt{receipt("40.00", 5), receipt("60.00", 2)}, []string{"5"}, "0.00"},
		"one fen more is kept":       {[]ledger.Claim{claim("100.00", 1)}, []message.Receipt{receipt("100.01", 2)}, []string{"2"}, "0.01"},
		"the rest waits for a fee":   {[]ledger.Claim{claim("100.00", 1), claim("50.00", 9)}, []message.Receipt{receipt("150.00", 2)}, []string{"2", "9"}, "0.00"},
		"the older fee comes first":  {[]ledger.Claim{claim("100.00", 1), claim("50.00", 3)}, []message.Receipt{receipt("120.00", 4)}, []string{"4", ""}, "0.00"},
		"nothing owed, nothing lost": {nil, []message.Receipt{receipt("7.00", 4)}, nil, "7.00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shares, rest := ledger.Allocate(tt.claims, tt.receipts)
			var got []string
			for _, s := range shares {
				day := ""
				if !s.CompleteAt.IsZero() {
					day = strconv.Itoa(s.CompleteAt.Day())
				}
				got = append(got, day)
			}
			if fmt.Sprint(got) != fmt.Sprint(tt.want) || rest.String() != tt.rest {
				t.Errorf("complete on days %q with %s left, want %q with %s", got, rest, tt.want, tt.rest)
			}
		})
	}
}

func TestNoFenIsLostOrMade(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.SliceOfN(rapid.IntRange(1, 100_000), 0, 8)
		var claims []ledger.Claim
		for i, n := range fen.Draw(t, "claims") {
			claims = append(claims, claim(fmt.Sprintf("%d.%02d", n/100, n%100), 1+i))
		}
		var receipts []message.Receipt
		var received money.CNY
		for _, n := range fen.Draw(t, "receipts") {
			r := receipt(fmt.Sprintf("%d.%02d", n/100, n%100), rapid.IntRange(1, 28).Draw(t, "day"))
			receipts, received = append(receipts, r), received.Add(r.Amount)
		}
		shares, sum := ledger.Allocate(claims, receipts)
		for i, s := range shares {
			sum = sum.Add(s.Applied)
			if s.Applied.Equal(claims[i].Amount) == s.CompleteAt.IsZero() {
				t.Fatalf("claim %d of %s got %s and is complete at %v", i, claims[i].Amount, s.Applied, s.CompleteAt)
			}
		}
		if !sum.Equal(received) {
			t.Fatalf("%s received, %s applied or kept", received, sum)
		}
	})
}
