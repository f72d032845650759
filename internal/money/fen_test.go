package money_test

import (
	"math/big"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lvyue/internal/money"
)

func TestPart_RoundsHalfAFenAwayFromZero(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		of                     string
		numerator, denominator int64
		want                   string
	}{
		{"0.00", 1, 3, "0.00"},
		{"0.01", 0, 3, "0.00"},
		{"100.00", 3, 3, "100.00"},
		{"100.00", 1, 3, "33.33"},
		{"100.00", 2, 3, "66.67"},
		{"0.01", 1, 2, "0.01"},
		{"0.01", 49, 100, "0.00"},
		{"0.01", 50, 100, "0.01"},
		{"0.03", 1, 2, "0.02"},
		{"0.05", 1, 2, "0.03"}, // not to the even fen
		{"-0.05", 1, 2, "-0.03"},
		{"0.05", -1, 2, "-0.03"},
		{"0.05", 1, -2, "-0.03"},
		{"-0.01", 49, 100, "0.00"},
		{"1.00", 7, 2, "3.50"},
		{"9999999999999999.99", 1, 1, "9999999999999999.99"},
		{"9999999999999999.99", 1, 2, "5000000000000000.00"},
		// Hardly less than half a fen: a quotient of sixteen digits, rounded again, would be a fen.
		{"0.01", 499_999_999_999_999_999, 1_000_000_000_000_000_000, "0.00"},
	} {
		got := money.Part(money.MustParse(tt.of), tt.numerator, tt.denominator)
		if !reflect.DeepEqual(got, money.MustParse(tt.want)) {
			t.Errorf("%s × %d / %d = %s, want %s", tt.of, tt.numerator, tt.denominator, got, tt.want)
		}
	}
}

func TestPart_IsTheFenNearestToTheFraction(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := amounts().Draw(t, "amount")
		n, d := rapid.Int64().Draw(t, "numerator"), rapid.Int64Min(1).Draw(t, "denominator")
		part := money.Part(c, n, d)
		// 2 × |fen × n − part × d| ≤ d, and where they are equal the part is the one farther from zero.
		exact := new(big.Int).Mul(fen(c), big.NewInt(n))
		off := new(big.Int).Sub(exact, new(big.Int).Mul(fen(part), big.NewInt(d)))
		twice := new(big.Int).Lsh(new(big.Int).Abs(off), 1)
		if cmp := twice.CmpAbs(big.NewInt(d)); cmp > 0 || cmp == 0 && off.Sign() == exact.Sign() {
			t.Fatalf("%s × %d / %d = %s", c, n, d, part)
		}
	})
}

func TestPart_OfACreditMirrorsThatOfTheAmount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := amounts().Draw(t, "amount")
		n, d := rapid.Int64Min(0).Draw(t, "numerator"), rapid.Int64Min(1).Draw(t, "denominator")
		if !reflect.DeepEqual(money.Part(c.Neg(), n, d), money.Part(c, n, d).Neg()) {
			t.Fatalf("%s × %d / %d does not mirror", c, n, d)
		}
		if !c.Neg().Add(c).IsZero() || !reflect.DeepEqual(c.Neg().Neg(), c) {
			t.Fatalf("−%s is %s", c, c.Neg())
		}
	})
}

func TestPart_OfNothingPanicsLikeADivision(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a part of zero parts was computed")
		}
	}()
	money.Part(money.MustParse("1.00"), 1, 0)
}

// fen reads the figures of an amount as a whole number of fen.
func fen(c money.CNY) *big.Int {
	n, ok := new(big.Int).SetString(strings.Replace(c.String(), ".", "", 1), 10)
	if !ok {
		panic(c.String())
	}
	return n
}
