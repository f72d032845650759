package money_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

func TestParse_TakesPlainFigures(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"0", "0.00"},
		{"-0.00", "0.00"},
		{"0.1", "0.10"},
		{"0.01", "0.01"},
		{"-0.01", "-0.01"},
		{"007.50", "7.50"},
		{"120000", "120000.00"},
		{"120000.00", "120000.00"},
		{"9999999999999999.99", "9999999999999999.99"},
	}
	for _, tt := range tests {
		got, err := money.Parse(tt.in)
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.in, err)
			continue
		}
		if got.String() != tt.want {
			t.Errorf("Parse(%q) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestParse_RefusesAllElseAndNeverRounds(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"", "-", ".", "1.", ".5", "+1", " 1", "1 ", "1,000", "1,0000", "1e5", "1E2", "0x10", "1_000", "--1", "1.2.3",
		"0.001", "120000.000", "1.005", "NaN", "Inf", "¥1", "1元", "１２", "10000000000000000", "1\n",
	} {
		got, err := money.Parse(in)
		if err == nil {
			t.Errorf("Parse(%q) = %s, want a refusal", in, got)
			continue
		}
		if r, ok := refusal.As(err); !ok || r.Code != "bad_amount" || !r.Input || r.ZH == "" || r.EN == "" {
			t.Errorf("Parse(%q) refused with %#v, want bad_amount in two languages", in, err)
		}
	}
}

func TestMustParse_PanicsWhereParseRefuses(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("MustParse(\"1.001\") did not panic")
		}
	}()
	money.MustParse("1.001")
}

func TestCNY_ZeroValueIsNothing(t *testing.T) {
	t.Parallel()
	var c money.CNY
	if c.String() != "0.00" || !c.IsZero() || c.IsPositive() || c.IsNegative() || !c.Equal(money.MustParse("0")) {
		t.Errorf("zero value is %s", c)
	}
}

func TestCNY_SignTurnsAtOneFen(t *testing.T) {
	t.Parallel()
	for amount, sign := range map[string]int{"-0.01": -1, "0.00": 0, "0.01": 1} {
		c := money.MustParse(amount)
		if c.IsNegative() != (sign < 0) || c.IsZero() != (sign == 0) || c.IsPositive() != (sign > 0) {
			t.Errorf("%s has the wrong sign", amount)
		}
		if c.Cmp(money.CNY{}) != sign || c.Less(money.CNY{}) != (sign < 0) {
			t.Errorf("%s is on the wrong side of zero", amount)
		}
	}
}

func TestMin_IsTheSmallerAmount(t *testing.T) {
	t.Parallel()
	less, more := money.MustParse("-0.01"), money.MustParse("0.01")
	if !money.Min(less, more).Equal(less) || !money.Min(more, less).Equal(less) {
		t.Error("Min is not the smaller amount")
	}
}

func TestCNY_TravelsInJSONAsAString(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(money.MustParse("120000"))
	if err != nil || string(data) != `"120000.00"` {
		t.Fatalf("Marshal = %s, %v", data, err)
	}
	var c money.CNY
	if err := json.Unmarshal(data, &c); err != nil || c.String() != "120000.00" {
		t.Errorf("Unmarshal = %s, %v", c, err)
	}
	for _, bad := range []string{`120000.00`, `120000`, `"120000.001"`, `"1e5"`, `""`, `true`, `{}`} {
		if err := json.Unmarshal([]byte(bad), &c); err == nil {
			t.Errorf("Unmarshal(%s) was taken as %s", bad, c)
		}
	}
}

func TestCNY_SumsBeyondWhatMayBeTypedStillTravel(t *testing.T) {
	t.Parallel()
	most := money.MustParse("9999999999999999.99")
	data, err := json.Marshal(most.Add(most))
	if err != nil {
		t.Fatal(err)
	}
	var c money.CNY
	if err := json.Unmarshal(data, &c); err != nil || !c.Equal(most.Add(most)) {
		t.Errorf("Unmarshal(%s) = %s, %v", data, c, err)
	}
}

func TestScan_TakesExactNumericTextOnly(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"5": "5.00", "5.0000": "5.00", "-12.5": "-12.50", "120000.00": "120000.00"} {
		var c money.CNY
		if err := c.Scan(in); err != nil || c.String() != want || !reflect.DeepEqual(c, money.MustParse(want)) {
			t.Errorf("Scan(%q) = %s, %v, want %s", in, c, err, want)
		}
	}
	for _, in := range []any{"0.001", "NaN", "", nil, 1.5, int64(5)} {
		var c money.CNY
		if err := c.Scan(in); err == nil {
			t.Errorf("Scan(%#v) = %s, want an error", in, c)
		}
	}
	v, err := money.MustParse("-3").Value()
	if err != nil || v != "-3.00" {
		t.Errorf("Value = %v, %v", v, err)
	}
}

// amounts draws any amount that can be typed.
func amounts() *rapid.Generator[money.CNY] {
	return rapid.Map(rapid.StringMatching(`-?[0-9]{1,16}\.[0-9]{2}`), money.MustParse)
}

func TestCNY_ArithmeticIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := amounts().Draw(t, "a"), amounts().Draw(t, "b")
		if !reflect.DeepEqual(a.Add(b), b.Add(a)) || !reflect.DeepEqual(a.Add(b).Sub(b), a) {
			t.Fatalf("%s + %s − %s is not %s", a, b, b, a)
		}
		if a.Sub(b).IsNegative() != a.Less(b) || a.Sub(b).IsZero() != a.Equal(b) {
			t.Fatalf("%s and %s are ordered against their difference", a, b)
		}
		if back := money.MustParse(a.String()); !reflect.DeepEqual(back, a) {
			t.Fatalf("%s came back as %s", a, back)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"120000.00", "-0.01", "1e5", "0.001", "９"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := money.Parse(s)
		if err != nil {
			return
		}
		if back, err := money.Parse(c.String()); err != nil || !back.Equal(c) {
			t.Errorf("Parse(%q) = %s, which reads as %s, %v", s, c, back, err)
		}
	})
}
