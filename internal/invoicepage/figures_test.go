package invoicepage

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lvyue/internal/money"
	"lvyue/internal/workday"
)

func TestFigures_HaveACommaBetweenThousands(t *testing.T) {
	t.Parallel()
	for amount, want := range map[string]string{
		"0.00":                 "0.00",
		"0.01":                 "0.01",
		"-0.01":                "-0.01",
		"999.99":               "999.99",
		"1000.00":              "1,000.00",
		"-999.99":              "-999.99",
		"-1000.00":             "-1,000.00",
		"999999.99":            "999,999.99",
		"1000000.00":           "1,000,000.00",
		"-9999999999999999.99": "-9,999,999,999,999,999.99",
	} {
		if got := figures(money.MustParse(amount)); got != want {
			t.Errorf("%s is shown as %s, want %s", amount, got, want)
		}
	}
}

func TestFigures_WithoutCommasAreTheAmount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		amount := money.MustParse(rapid.StringMatching(`-?(0|[1-9][0-9]{0,15})\.[0-9]{2}`).Draw(t, "amount"))
		if got := figures(amount); strings.ReplaceAll(got, ",", "") != amount.String() || strings.Contains(got, "-,") {
			t.Fatalf("%s is shown as %s", amount, got)
		}
	})
}

func TestDate_IsWrittenInChinese(t *testing.T) {
	t.Parallel()
	for day, want := range map[workday.Date]string{
		workday.MustDate("2026-03-02"): "2026年3月2日",
		workday.MustDate("2026-12-31"): "2026年12月31日",
		{}:                             "—",
	} {
		if got := date(day); got != want {
			t.Errorf("%s is shown as %s, want %s", day, got, want)
		}
	}
}
