package money_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// The rows of 支付结算办法 appendix 1 and of the boundaries around them: the canonical spelling, then others
// that the rules allow.
func capitals() []struct {
	amount, canonical string
	allowed           []string
} {
	return []struct {
		amount, canonical string
		allowed           []string
	}{
		{"0.00", "零元整", []string{"零元正", "人民币零元整"}},
		{"0.01", "壹分", nil},
		{"0.10", "壹角整", []string{"壹角", "壹角正"}},
		{"0.11", "壹角壹分", nil},
		{"1.00", "壹元整", []string{"壹圆整", "壹圓正"}},
		{"1.05", "壹元零伍分", nil},
		{"1.50", "壹元伍角整", []string{"壹元伍角"}},
		{"10.00", "壹拾元整", nil},
		{"10.10", "壹拾元零壹角整", []string{"壹拾元零壹角", "壹拾元壹角整", "壹拾元壹角"}},
		{"10.01", "壹拾元零壹分", nil},
		{"325.04", "叁佰贰拾伍元零肆分", nil},
		{"1010.10", "壹仟零壹拾元零壹角整", []string{"壹仟零壹拾元壹角"}},
		{"1409.50", "壹仟肆佰零玖元伍角整", []string{"壹仟肆佰零玖元伍角"}},
		{"1680.32", "壹仟陆佰捌拾元零叁角贰分", []string{"壹仟陆佰捌拾元叁角贰分", "壹仟陸佰捌拾圓叁角貳分"}},
		{"6007.14", "陆仟零柒元壹角肆分", nil},
		{"9999.99", "玖仟玖佰玖拾玖元玖角玖分", nil},
		{"10000.00", "壹万元整", []string{"壹萬圓整"}},
		{"10001.00", "壹万零壹元整", nil},
		{"11000.00", "壹万壹仟元整", nil},
		{"16409.02", "壹万陆仟肆佰零玖元零贰分", nil},
		{"50000.30", "伍万元零叁角整", []string{"伍万元叁角"}},
		{"100500.00", "壹拾万零伍佰元整", nil},
		{"107000.53", "壹拾万柒仟元零伍角叁分", []string{"壹拾万零柒仟元伍角叁分", "壹拾万柒仟元伍角叁分", "壹拾万零柒仟元零伍角叁分"}},
		{"120000.00", "壹拾贰万元整", []string{"人民币壹拾贰万元正"}},
		{"99999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分", nil},
		{"100000000.00", "壹亿元整", []string{"壹億元整"}},
		{"100000001.00", "壹亿零壹元整", nil},
		{"100001000.00", "壹亿零壹仟元整", []string{"壹亿壹仟元整"}},
		{"100010000.00", "壹亿零壹万元整", nil},
		{"101000000.00", "壹亿零壹佰万元整", nil},
		{"110000000.00", "壹亿壹仟万元整", nil},
		{"1050000000.00", "壹拾亿伍仟万元整", []string{"壹拾亿零伍仟万元整"}},
		{"1000000000000.00", "壹万亿元整", nil},
		{"1000100000001.00", "壹万零壹亿零壹元整", nil},
		{"9999999999999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分", nil},
	}
}

func TestCapital_WritesTheCanonicalSpelling(t *testing.T) {
	t.Parallel()
	for _, tt := range capitals() {
		if got := money.MustParse(tt.amount).Capital(); got != tt.canonical {
			t.Errorf("%s is %s, want %s", tt.amount, got, tt.canonical)
		}
	}
	if got := money.MustParse("-12.00").Capital(); got != "负壹拾贰元整" {
		t.Errorf("-12.00 is %s", got)
	}
}

func TestParseCapital_TakesEverySpellingTheRulesAllow(t *testing.T) {
	t.Parallel()
	for _, tt := range capitals() {
		for _, text := range append(tt.allowed, tt.canonical, "人民币"+tt.canonical) {
			got, err := money.ParseCapital(text)
			if err != nil || got.String() != tt.amount {
				t.Errorf("%s reads as %s, %v, want %s", text, got, err, tt.amount)
			}
		}
	}
}

func TestParseCapital_RefusesAllElse(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "元整", "整", "壹", "人民币", "一二三元整", "壹拾二万元整", "二十元整", "念元整", "拾元整", "拾贰万元整",
		"壹拾贰万元", "壹分整", "壹角贰分整", "壹元整整", "壹元零整", "零壹元整", "零元零伍分", "零角整", "零分", "零元伍角整",
		"贰佰叁仟元整", "贰佰叁佰元整", "壹万贰万元整", "壹亿贰亿元整", "壹元贰元整", "伍分壹角", "壹万壹亿元整",
		"壹仟壹拾元整", "壹仟零零壹元整", "壹仟零壹佰元整", "壹元零伍角整", "壹元伍分", "壹亿零壹亿元整", "壹万零元整",
		"壹元整。", " 壹元整", "壹元整 ", "￥1.00", "1.00", "壹元 整", "人民币 壹元整", "人民币人民币壹元整", "负壹元整", "壹元整贰角",
		"玖玖元整", "壹万亿亿元整", strings.Repeat("玖仟亿", 20) + "元整", strings.Repeat("零", 1000), "\xff",
	} {
		got, err := money.ParseCapital(text)
		if err == nil {
			t.Errorf("%q was read as %s", text, got)
			continue
		}
		if r, ok := refusal.As(err); !ok || r.Code != "bad_capital" || !r.Input || r.ZH == "" || r.EN == "" {
			t.Errorf("%q refused with %#v, want bad_capital in two languages", text, err)
		}
	}
}

func checkCapital(t interface {
	Fatalf(format string, args ...any)
}, c money.CNY,
) {
	text := c.Capital()
	back, err := money.ParseCapital(text)
	if err != nil || !back.Equal(c) {
		t.Fatalf("%s is %s, which reads as %s, %v", c, text, back, err)
	}
	if strings.Contains(text, "零零") || strings.HasPrefix(text, "零") != c.IsZero() || utf8.RuneCountInString(text) > 36 {
		t.Fatalf("%s has an ugly spelling %s", c, text)
	}
}

func TestCapital_ReadsBackAsItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		// Zeros are where the rules differ, so nearly half of the digits are zeros.
		checkCapital(t, money.MustParse(rapid.StringMatching(`([1-9]|000?|00){1,5}\.[0-3][0-3]`).Draw(t, "amount")))
	})
	for fen := range 100 {
		for _, whole := range []string{"0", "1", "10", "100", "1000", "1001", "10000", "100000000", "1000000000000"} {
			checkCapital(t, money.MustParse(whole+"."+string([]byte{byte('0' + fen/10), byte('0' + fen%10)})))
		}
	}
}

func FuzzCapital(f *testing.F) {
	f.Add(uint64(101010))
	f.Add(uint64(10000100000))
	f.Fuzz(func(t *testing.T, fen uint64) {
		c := money.MustParse("0.01")
		for n, d := fen%1_000_000_000_000_000_000, c; n > 0; n, d = n/2, d.Add(d) {
			if n%2 == 1 {
				c = c.Add(d)
			}
		}
		checkCapital(t, c.Sub(money.MustParse("0.01")))
	})
}

func FuzzParseCapital(f *testing.F) {
	for _, tt := range capitals() {
		f.Add(tt.canonical)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := money.ParseCapital(text); err == nil {
			checkCapital(t, c)
		}
	})
}
