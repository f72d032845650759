package statement_test

import (
	"strings"
	"testing"
)

func quotedField(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func TestAmount_TakesTheFormsOfBanks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"120000": "120000.00", "120000.00": "120000.00", "120000.5": "120000.50", "0.01": "0.01", "-0.01": "-0.01", "007": "7.00",
		"1,200.00": "1200.00", "1,200": "1200.00", "12,345,678.90": "12345678.90", "100,000": "100000.00", "999": "999.00",
		"１２０，０００．００": "120000.00", "－１２．５": "-12.50", "（１，２００．００）": "-1200.00",
		"¥1,200.00": "1200.00", "￥1200": "1200.00", "CNY1200": "1200.00", "CNY 1,200.00": "1200.00", "rmb 5": "5.00", "¥-5": "-5.00", "-¥5": "-5.00", "- ¥ 5": "-5.00",
		"(1,200.00)": "-1200.00", "(5)": "-5.00", "(¥5.00)": "-5.00", "( 5 )": "-5.00", "1200.00-": "-1200.00", "1,200.00-": "-1200.00", "+5": "5.00", "+1,200.00": "1200.00",
		"−5": "-5.00", "  5\t": "5.00", "　5": "5.00",
		"9999999999999999.99": "9999999999999999.99", "9,999,999,999,999,999.99": "9999999999999999.99",
	} {
		if got := one(t, text(head, "2025-10-09,"+quotedField(in)+",R1,,,")); got.Amount.String() != want {
			t.Errorf("%q is %s, want %s", in, got.Amount, want)
		}
	}
}

func TestAmount_RefusesAllElse(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"", " ", "-", "x", "12,00.00", "1,20", "1,2000", ",100", "100,", "1,,000", "1200,000", "0,1.5", "1.234", "1.200", "0.010", "120000.00000001",
		"0", "0.00", "-0", "(0.00)", "0-", "+0", "1.", ".5", "1.2.3", "1 200", "1'200.00", "1.200,00", "--5", "-5-", "+-5", "-(5)", "(-5)", "(5-)", "(5", "5)",
		"5+", "$5", "€5", "USD 5", "5元", "1e3", "1E3", "0x10", "NaN", "∞", "壹仟", "五", "10000000000000000", "10,000,000,000,000,000", "1/2", "٣", "5\x005",
	} {
		if strings.Contains(in, "\x00") {
			continue // no text at all
		}
		wantPlaces(t, text(head, "2025-10-09,"+quotedField(in)+",R1,,,"), "amount@2")
	}
	r := refused(t, text(head, "2025-10-09,0.00,R1,,,", "2025-10-09,1.005,R2,,,"))
	if !strings.Contains(r.Fields[0].EN, "zero") || !strings.Contains(r.Fields[1].EN, "two decimals") {
		t.Errorf("zero and a third decimal are refused with %v", r)
	}
}

func TestAmount_CreditAndDebitStandApart(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"120,": "120.00", ",120": "-120.00", "120,0.00": "120.00", "0,120": "-120.00", `"1,200.00",`: "1200.00",
		"120,120": "amount@2", "0.01,0.01": "amount@2", ",": "amount@2", "0,0": "amount@2", "0.00,": "amount@2",
		"-120,": "credit@2", ",-120": "debit@2", ",(120)": "debit@2", "x,": "credit@2", "120,x": "debit@2", "1.005,": "credit@2", "120,0.001": "debit@2",
	} {
		for _, header := range []string{"日期,流水号,贷方发生额,借方发生额", "日期,流水号,收入,支出", "date,reference,credit,debit", "日期,流水号,收入金额（元）,支出金额（元）"} {
			wantAmount(t, text(header, "2025-10-09,R1,"+line), want)
		}
	}
	wantAmount(t, text("日期,流水号,收入", "2025-10-09,R1,5"), "5.00")
	wantAmount(t, text("日期,流水号,支出", "2025-10-09,R1,5"), "-5.00")
}

func TestAmount_DirectionStandsBesideIt(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"120,贷": "120.00", "120,收": "120.00", "120,C": "120.00", "120,c": "120.00", "120,Credit": "120.00", "120,收入": "120.00", "120,Ｃ": "120.00", "120, 贷\u0020": "120.00",
		"120,借": "-120.00", "120,支": "-120.00", "120,D": "-120.00", "120,debit": "-120.00", "120,支出": "-120.00", "120,DR": "-120.00",
		"120,": "direction@2", "120,x": "direction@2", "120,借贷": "direction@2", "120,-": "direction@2", "-120,借": "amount@2", "-120,贷": "amount@2",
		"0,贷": "amount@2", ",贷": "amount@2", "(5),借": "amount@2",
	} {
		for _, header := range []string{"日期,流水号,金额,借贷标志", "日期,流水号,发生额,收支", "date,reference,amount,direction", "日期,流水号,金额,收/支"} {
			wantAmount(t, text(header, "2025-10-09,R1,"+line), want)
		}
	}
}

func TestAmount_DirectionBesideCreditAndDebitAgrees(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"5,,贷": "5.00", ",5,借": "-5.00", "5,,": "5.00", "5,,借": "direction@2", ",5,贷": "direction@2", "5,,x": "direction@2", "0,0,借": "amount@2",
	} {
		wantAmount(t, text("日期,流水号,收入,支出,借贷标志", "2025-10-09,R1,"+line), want)
	}
}

func TestAmount_IsOfYuan(t *testing.T) {
	t.Parallel()
	for currency, want := range map[string]string{
		"": "5.00", "人民币": "5.00", "人民币元": "5.00", "CNY": "5.00", "rmb": "5.00", "156": "5.00", "01": "5.00", "ＣＮＹ": "5.00", "01-人民币": "5.00",
		"USD": "currency@2", "美元": "currency@2", "840": "currency@2", "港币": "currency@2", "CNH": "currency@2",
	} {
		wantAmount(t, text("日期,流水号,金额,币种", "2025-10-09,R1,5,"+currency), want)
	}
}

// wantAmount wants an amount, or a wrong place.
func wantAmount(t *testing.T, content []byte, want string) {
	t.Helper()
	if strings.Contains(want, "@") {
		wantPlaces(t, content, want)
		return
	}
	if got := one(t, content); got.Amount.String() != want {
		t.Errorf("%q is %s, want %s", content, got.Amount, want)
	}
}
