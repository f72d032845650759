package ledger_test

import (
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lvyue/internal/ledger"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// percents are the rates that there are.
func percents() []int64 { return []int64{0, 1, 3, 6, 9, 13} }

func rateOf(percent int64) ledger.Rate {
	tens, ones := '0'+rune(percent/10), '0'+rune(percent%10)
	r, err := ledger.ParseRate("0." + string(tens) + string(ones))
	if err != nil {
		panic(err)
	}
	return r
}

func TestARateIsOneOfSixAndReadsBackAsItself(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"0": {"0.00", "0%"}, "0.00": {"0.00", "0%"}, "0.01": {"0.01", "1%"}, "0.03": {"0.03", "3%"},
		"0.06": {"0.06", "6%"}, "0.09": {"0.09", "9%"}, "0.13": {"0.13", "13%"},
	} {
		r, err := ledger.ParseRate(text)
		if err != nil || r.String() != want[0] || r.Percent() != want[1] {
			t.Errorf("%q is %s, %s (%v), want %s, %s", text, r, r.Percent(), err, want[0], want[1])
		}
		data, err := json.Marshal(r)
		var back ledger.Rate
		if err != nil || string(data) != `"`+want[0]+`"` || json.Unmarshal(data, &back) != nil || back != r {
			t.Errorf("%s travels as %s (%v) and arrives as %s", r, data, err, back)
		}
	}
}

func TestNoOtherRateIsTaken(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "0.02", "0.05", "0.07", "0.10", "0.12", "0.14", "0.16", "0.17", "1", "6", "6%", "-0.06", "+0.06", "0.060",
		"0.6", ".06", "0,06", "0.0", "00", " 0.06", "0.06 ", "6e-2", "NaN", "０.06",
	} {
		got, err := ledger.ParseRate(text)
		if r, ok := refusal.As(err); !ok || r.Code != "bad_rate" || !r.Input || r.ZH == "" || r.EN == "" {
			t.Errorf("%q gives %s and %v, want bad_rate in two languages", text, got, err)
		}
		back := rateOf(13)
		if json.Unmarshal([]byte(strconv.Quote(text)), &back) == nil || back != rateOf(13) {
			t.Errorf("%q was read as %s", text, back)
		}
	}
}

func TestTaxIsTheRestOfWhatIsRounded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		gross    string
		percent  int64
		net, tax string
	}{
		{"107000.53", 6, "100943.90", "6056.63"},
		{"106.00", 6, "100.00", "6.00"},
		{"113.00", 13, "100.00", "13.00"},
		{"120000.00", 0, "120000.00", "0.00"},
		{"0.00", 6, "0.00", "0.00"},
		{"0.01", 13, "0.01", "0.00"},
		{"0.53", 6, "0.50", "0.03"},
		{"-0.53", 6, "-0.50", "-0.03"},
		{"0.09", 6, "0.08", "0.01"}, // 0.0849…
		{"0.08", 6, "0.08", "0.00"}, // 0.0754…
		{"9999999999999999.99", 6, "9433962264150943.39", "566037735849056.60"},
	} {
		net, tax := ledger.SplitVAT(money.MustParse(tt.gross), rateOf(tt.percent))
		if net.String() != tt.net || tax.String() != tt.tax {
			t.Errorf("%s at %d%% is %s + %s, want %s + %s", tt.gross, tt.percent, net, tax, tt.net, tt.tax)
		}
	}
}

// Every fen up to ten thousand yuan, beside whole numbers of fen.
func TestEveryFenIsSplitAsWholeNumbersSplitIt(t *testing.T) {
	t.Parallel()
	fen := money.MustParse("0.01")
	for _, percent := range percents() {
		r := rateOf(percent)
		t.Run(r.Percent(), func(t *testing.T) {
			t.Parallel()
			var gross, net, tax money.CNY
			netFen := int64(0)
			for grossFen := int64(1); grossFen <= 1_000_000/oneIn; grossFen++ {
				gross = gross.Add(fen)
				if wholeNet(grossFen, percent) > netFen {
					net, netFen = net.Add(fen), netFen+1
				} else {
					tax = tax.Add(fen)
				}
				if n, x := ledger.SplitVAT(gross, r); !n.Equal(net) || !x.Equal(tax) {
					t.Fatalf("%s is %s + %s, want %s + %s", gross, n, x, net, tax)
				}
			}
		})
	}
}

// wholeNet rounds half up by the remainder. With each fen of gross it grows by one fen or not at all.
func wholeNet(grossFen, percent int64) int64 {
	net, remainder := grossFen*100/(100+percent), grossFen*100%(100+percent)
	if 2*remainder >= 100+percent {
		net++
	}
	return net
}

func TestHugeAmountsAndCreditNotesAreSplitExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		percent := rapid.SampledFrom(percents()).Draw(t, "percent")
		figures := rapid.StringMatching(`[0-9]{1,16}\.[0-9]{2}`).Draw(t, "gross")
		gross, r := money.MustParse(figures), rateOf(percent)
		net, tax := ledger.SplitVAT(gross, r)
		if !net.Add(tax).Equal(gross) || net.IsNegative() || tax.IsNegative() {
			t.Fatalf("%s is %s + %s", gross, net, tax)
		}
		if back, backTax := ledger.SplitVAT(gross.Neg(), r); !back.Equal(net.Neg()) || !backTax.Equal(tax.Neg()) {
			t.Fatalf("−%s is %s + %s, but %s is %s + %s", gross, back, backTax, gross, net, tax)
		}
		// ⌊(200 × gross + d) ÷ 2d⌋ in fen, with d = 100 + percent.
		d := big.NewInt(100 + percent)
		want, _ := new(big.Int).SetString(strings.Replace(figures, ".", "", 1), 10)
		want.Mul(want, big.NewInt(200)).Add(want, d).Div(want, d.Lsh(d, 1))
		if got := strings.TrimLeft(strings.Replace(net.String(), ".", "", 1), "0"); got != strings.TrimLeft(want.String(), "0") {
			t.Fatalf("%s is %s net, want %s fen", gross, net, want)
		}
	})
}
