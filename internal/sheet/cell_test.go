package sheet_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lvyue/internal/money"
	"lvyue/internal/sheet"
	"lvyue/internal/workday"
)

func TestAmount_IsAnExactNumberUpTo15Digits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ amount, number, text string }{
		{"0.00", "0", ""},
		{"0.01", "0.01", ""},
		{"-0.01", "-0.01", ""},
		{"0.30", "0.3", ""},
		{"1.10", "1.1", ""},
		{"120000.10", "120000.1", ""},
		{"-120000.10", "-120000.1", ""},
		{"4503599627370.49", "4503599627370.49", ""},
		{"9999999999999.99", "9999999999999.99", ""},
		{"-9999999999999.99", "-9999999999999.99", ""},
		{"10000000000000.00", "", "10000000000000.00"},
		{"-10000000000000.00", "", "-10000000000000.00"},
		{"10000000000000.01", "", "10000000000000.01"},
		{"9999999999999999.99", "", "9999999999999999.99"},
	} {
		got := one(t, sheet.Amount, money.MustParse(tt.amount))
		if got.Number != tt.number || got.Text != tt.text || (got.Type == "") != (tt.text == "") {
			t.Errorf("%s is %+v, want number %q or text %q", tt.amount, got, tt.number, tt.text)
		}
	}
}

func TestAmount_SumsHaveNoTailOfAFloat(t *testing.T) {
	t.Parallel()
	sum := money.MustParse("0.10").Add(money.MustParse("0.20"))
	if got := one(t, sheet.Amount, sum); got.Number != "0.3" {
		t.Errorf("0.10 + 0.20 is %s", got.Number)
	}
}

func TestAmount_EveryAmountReadsBackToTheFen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOfN(rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999), 1, 200).Draw(t, "fen")
		rows := make([][]any, len(amounts))
		for i, fen := range amounts {
			rows[i] = []any{yuan(fen)}
		}
		got := cells(t, workbook(t, sheet.Table{Columns: []sheet.Column{{Kind: sheet.Amount}}}, rows...))
		for i, fen := range amounts {
			number := got[fmt.Sprintf("A%d", i+2)].Number
			back, err := money.Parse(number)
			if err != nil || !back.Equal(yuan(fen)) || len(number) > len(yuan(fen).String()) {
				t.Fatalf("%s is written as %s", yuan(fen), number)
			}
		}
	})
}

func yuan(fen int64) money.CNY {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	return money.MustParse(fmt.Sprintf("%s%d.%02d", sign, fen/100, fen%100))
}

func TestCount_IsANumberUpTo15Digits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		value        any
		number, text string
	}{
		{0, "0", ""},
		{-7, "-7", ""},
		{int64(42), "42", ""},
		{999_999_999_999_999, "999999999999999", ""},
		{1_000_000_000_000_000, "", "1000000000000000"},
		{int64(math.MinInt64), "", "-9223372036854775808"},
	} {
		if got := one(t, sheet.Count, tt.value); got.Number != tt.number || got.Text != tt.text {
			t.Errorf("%v is %+v", tt.value, got)
		}
	}
}

func TestDay_IsExcelsDayNumber(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ day, number, text string }{
		{"1900-02-28", "", "1900-02-28"},
		{"1900-03-01", "61", ""},
		{"1970-01-01", "25569", ""},
		{"1988-07-01", "32325", ""}, // daylight saving then
		{"2000-02-29", "36585", ""},
		{"2026-03-02", "46083", ""},
		{"9999-12-31", "2958465", ""},
		{"0001-01-01", "", "0001-01-01"},
	} {
		if got := one(t, sheet.Day, workday.MustDate(tt.day)); got.Number != tt.number || got.Text != tt.text {
			t.Errorf("%s is %+v", tt.day, got)
		}
	}
}

func TestInstant_IsItsSecondInShanghai(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ instant, number, text string }{
		{"2026-03-01T15:59:59.999Z", "46082.9999884259", ""},
		{"2026-03-01T16:00:00Z", "46083", ""},
		{"2026-03-02T12:00:00+08:00", "46083.5", ""},
		{"1900-02-28T15:59:59Z", "", "1900-02-28 23:59:59"},
		{"1900-02-28T16:00:00Z", "61", ""},
		{"9999-12-31T15:59:59Z", "2958465.99998842", ""},
		{"9999-12-31T16:00:00Z", "", "10000-01-01 00:00:00"},
	} {
		at, err := time.Parse(time.RFC3339, tt.instant)
		if err != nil {
			t.Fatal(err)
		}
		got := one(t, sheet.Instant, at)
		if !strings.HasPrefix(got.Number, tt.number) || (got.Number == "") != (tt.number == "") || got.Text != tt.text {
			t.Errorf("%s is %+v, want %s%s", tt.instant, got, tt.number, tt.text)
		}
	}
}

func TestInstant_EverySecondReadsBack(t *testing.T) {
	t.Parallel()
	march1900 := time.Date(1900, 3, 1, 0, 0, 0, 0, workday.Shanghai).Unix()
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(march1900, 253402271999).Draw(t, "second"), rapid.Int64Range(0, 999_999_999).Draw(t, "nano"))
		days, err := strconv.ParseFloat(one(t, sheet.Instant, at).Number, 64)
		if err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		if second := int64(math.Round((days-61)*86400)) + march1900; second != at.Unix() {
			t.Fatalf("%s reads back as %s", at, time.Unix(second, 0))
		}
	})
}

func TestFlag_IsAWord(t *testing.T) {
	t.Parallel()
	if yes, no := one(t, sheet.Flag, true), one(t, sheet.Flag, false); yes.Text != "是" || no.Text != "否" {
		t.Errorf("true is %+v, false is %+v", yes, no)
	}
}

func TestCell_NothingIsEmpty(t *testing.T) {
	t.Parallel()
	for kind := sheet.Text; kind <= sheet.Flag; kind++ {
		if got := one(t, kind, nil); got != (rawCell{}) {
			t.Errorf("nil of kind %d is %+v", kind, got)
		}
	}
	if got := one(t, sheet.Text, ""); got != (rawCell{}) {
		t.Errorf("the empty text is %+v", got)
	}
	if got := one(t, sheet.Day, workday.Date{}); got != (rawCell{}) {
		t.Errorf("no day is %+v", got)
	}
	if got := one(t, sheet.Instant, time.Time{}); got != (rawCell{}) {
		t.Errorf("the zero time is %+v", got)
	}
}
