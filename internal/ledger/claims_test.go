package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
)

// named is a receipt with a reference.
func named(reference, amount string, day int) message.Receipt {
	r := receipt(amount, day)
	r.Reference = reference
	return r
}

func TestSpread_TellsByReceiptWhatAClaimHasGot(t *testing.T) { // §5.4 §5.6
	t.Parallel()
	fees := []string{"fee/1", "fee/2"}
	for name, tt := range map[string]struct {
		claims   []ledger.Claim
		receipts []message.Receipt
		want     string
	}{
		"nothing came": {[]ledger.Claim{claim("100.00", 1), claim("50.00", 1)}, nil, ""},
		"nothing owed": {nil, []message.Receipt{named("R1", "7.00", 1)}, ""},
		"one fen short": {
			[]ledger.Claim{claim("100.00", 1), claim("50.00", 1)},
			[]message.Receipt{named("R1", "99.99", 1)},
			"R1 fee/1 99.99",
		},
		"exactly": {
			[]ledger.Claim{claim("100.00", 1), claim("50.00", 1)},
			[]message.Receipt{named("R1", "100.00", 1)},
			"R1 fee/1 100.00",
		},
		"one fen more": {
			[]ledger.Claim{claim("100.00", 1), claim("50.00", 1)},
			[]message.Receipt{named("R1", "100.01", 1)},
			"R1 fee/1 100.00, R1 fee/2 0.01",
		},
		"one claim of three receipts, the oldest first": {
			[]ledger.Claim{claim("100.00", 1)},
			[]message.Receipt{named("R3", "50.00", 3), named("R1", "30.00", 1), named("R2", "40.00", 2)},
			"R1 fee/1 30.00, R2 fee/1 40.00, R3 fee/1 30.00",
		},
		"of one instant, in the order of their recording": {
			[]ledger.Claim{claim("100.00", 1)},
			[]message.Receipt{named("R2", "60.00", 1), named("R1", "60.00", 1)},
			"R2 fee/1 60.00, R1 fee/1 40.00",
		},
		"the receipt that crosses from one claim to the next": {
			[]ledger.Claim{claim("100.00", 1), claim("50.00", 1)},
			[]message.Receipt{named("R1", "60.00", 1), named("R2", "60.00", 2), named("R3", "60.00", 3)},
			"R1 fee/1 60.00, R2 fee/1 40.00, R2 fee/2 20.00, R3 fee/2 30.00",
		},
		"a claim of nothing takes nothing": {
			[]ledger.Claim{claim("0.00", 1), claim("50.00", 1)},
			[]message.Receipt{named("R1", "60.00", 1)},
			"R1 fee/2 50.00",
		},
		"what is over stays with its receipt": {
			[]ledger.Claim{claim("100.00", 1)},
			[]message.Receipt{named("R1", "100.00", 1), named("R2", "60.00", 2)},
			"R1 fee/1 100.00",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, a := range ledger.Spread(fees, tt.claims, tt.receipts) {
				got = append(got, fmt.Sprintf("%s %s %s", a.Reference, a.To, a.Amount))
			}
			if strings.Join(got, ", ") != tt.want {
				t.Errorf("%s, want %s", strings.Join(got, ", "), tt.want)
			}
		})
	}
}

// Spread and Allocate are one judgement: by claim it is the same money, and no receipt gives more than it is.
func TestSpread_IsAllocateToldByReceipt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.SliceOfN(rapid.Int64Range(0, 1_000), 0, 8)
		var to []string
		var claims []ledger.Claim
		for n, amount := range fen.Draw(t, "claims") {
			to, claims = append(to, fmt.Sprintf("fee/%d", n)), append(claims, ledger.Claim{Amount: ofFen(amount), Since: instant(1)})
		}
		var receipts []message.Receipt
		left := map[string]money.CNY{}
		for n, amount := range fen.Draw(t, "receipts") {
			r := message.Receipt{Reference: fmt.Sprintf("R%d", n), Amount: ofFen(amount + 1), At: instant(rapid.IntRange(1, 9).Draw(t, "day"))}
			receipts, left[r.Reference] = append(receipts, r), r.Amount
		}
		shares, rest := ledger.Allocate(claims, receipts)
		got := map[string]money.CNY{}
		for _, a := range ledger.Spread(to, claims, receipts) {
			if !a.Amount.IsPositive() || left[a.Reference].Less(a.Amount) {
				t.Fatalf("%s gives %s and has %s", a.Reference, a.Amount, left[a.Reference])
			}
			got[a.To], left[a.Reference] = got[a.To].Add(a.Amount), left[a.Reference].Sub(a.Amount)
		}
		for n, share := range shares {
			if !got[to[n]].Equal(share.Applied) {
				t.Fatalf("%s got %s, want %s", to[n], got[to[n]], share.Applied)
			}
		}
		for _, amount := range left {
			rest = rest.Sub(amount)
		}
		if !rest.IsZero() {
			t.Fatalf("the rest is off by %s", rest)
		}
	})
}

func TestOnlyMoneyThatCountsIsApplied_AndMoneyKeptBackIsStillReceived(t *testing.T) { // §5.4
	t.Parallel()
	kept, reversed, moved := named("KEPT", "2.00", 1), named("REVERSED", "4.00", 1), named("MOVED", "8.00", 1)
	kept.Held = true
	reversed.Gone, moved.Gone = &message.Gone{Why: message.Reversed}, &message.Gone{Why: message.Moved}
	all := []message.Receipt{named("R1", "1.00", 1), kept, reversed, moved, named("R2", "16.00", 1)}
	before := slices.Clone(all)
	var got []string
	for _, r := range ledger.Counting(all) {
		got = append(got, r.Reference)
	}
	if strings.Join(got, " ") != "R1 R2" {
		t.Errorf("%v may be applied, want R1 and R2", got)
	}
	if sum := ledger.Received(all); sum.String() != "19.00" {
		t.Errorf("%s are received, want 19.00", sum)
	}
	if !slices.Equal(all, before) {
		t.Errorf("the receipts are %v, and were %v", all, before)
	}
}
