package statement_test

import (
	"strings"
	"testing"
)

func TestRead_KnowsTheNamesOfColumns(t *testing.T) {
	t.Parallel()
	for role, names := range map[string]string{
		"date":      "交易日期 记账日期 入账日期 日期 date booked_on value_date",
		"amount":    "金额 交易金额 发生额 amount",
		"reference": "流水号 交易流水号 银行流水号 凭证号 reference transaction_id",
		"payer":     "对方户名 付款人 付款方 对方名称 payer counterparty",
		"account":   "对方账号 付款账号 counterparty_account",
		"memo":      "摘要 附言 用途 备注 memo",
	} {
		for name := range strings.FieldsSeq(names) {
			name = strings.ReplaceAll(name, "_", " ")
			titles := map[string]string{"date": "日期", "amount": "金额", "reference": "流水号", "payer": "付款人", "account": "对方账号", "memo": "摘要"}
			titles[role] = name
			got := one(t, text(
				strings.Join([]string{"序号", titles["date"], titles["amount"], titles["reference"], titles["payer"], titles["account"], titles["memo"]}, ","),
				"1,2025-10-09,12,R1,甲方,62,货款"))
			if got.On.String() != "2025-10-09" || got.Amount.String() != "12.00" || got.Reference != "R1" ||
				got.Payer != "甲方" || got.PayerAccount != "62" || got.Memo != "货款" {
				t.Errorf("%s named %s: %+v", role, name, got)
			}
		}
	}
}

func TestRead_TakesNamesAsBanksWriteThem(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"金额", " 金额 ", "金 额", "金额（元）", "金额(元)", "金额【元】", "金额（人民币）", "金额（单位：元）", "金额(CNY)", "金额（ＲＭＢ）", "金额/元", "*金额",
		"AMOUNT", "Ａｍｏｕｎｔ", "Amount (CNY)", "amount:", "\"金\n额\"", "金额\u200B",
	} {
		if got := one(t, text("日期,"+name+",流水号", "2025-10-09,12,R1")); got.Amount.String() != "12.00" {
			t.Errorf("%q: %+v", name, got)
		}
	}
	for _, name := range []string{"金额（美元）", "金额(USD)", "金额2", "余额", "Amount due", ""} {
		wantPlaces(t, text("日期,"+name+",流水号", "2025-10-09,12,R1"), "amount@1")
	}
}

func TestRead_NamesEveryMissingColumn(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"交易金额,流水号":         "date@2",
		"日期,流水号":           "amount@2",
		"日期,金额":            "reference@2",
		"流水号,摘要":           "date@2 amount@2",
		"对方户名,摘要":          "date@2 amount@2 reference@2",
		"日期,借贷标志,流水号":      "amount@2",
		"日期,付款人":           "amount@2 reference@2",
		"摘要":               "date@0 amount@0 reference@0",
		"a,b,c":            "date@0 amount@0 reference@0",
		"日期,日期,流水号":        "amount@2 date@2",
		"日期：2025-10-09,金额": "date@0 amount@0 reference@0",
	} {
		r := wantPlaces(t, text("某银行", header, "2025-10-09,12,R1"), want)
		for _, f := range r.Fields {
			if name := map[string]string{"date": "记账日期", "amount": "贷方发生额", "reference": "交易流水号"}[f.Path]; f.Path != "date" &&
				!strings.Contains(f.ZH, name) || f.Path != "date" && !strings.Contains(f.EN, name) {
				t.Errorf("%s: %s does not say which names are understood", header, f.EN)
			}
		}
	}
}

func TestRead_NamesColumnsThatTellTheSame(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"记账日期,入账日期,金额,流水号":           "date@1",
		"日期,金额,发生额,流水号":              "amount@1",
		"日期,金额,流水号,交易流水号":            "reference@1",
		"日期,金额,流水号,付款人,对方户名":         "payer@1",
		"日期,金额,流水号,付款账号,对方账号":        "payer_account@1",
		"日期,金额,流水号,收支,借贷标志":          "direction@1",
		"日期,收入,贷方发生额,流水号":            "credit@1",
		"日期,收入,支出,借方发生额,流水号":         "debit@1",
		"日期,金额,收入,支出,流水号":            "amount@1",
		"日期,金额,流水号,币种,货币":            "currency@1",
		"交易日期,日期,金额,金额（元）,流水号,流水号,,": "date@1 amount@1 reference@1",
	} {
		r := wantPlaces(t, text(header, "2025-10-09,12,R1"), want)
		if first, _, _ := strings.Cut(header, ","); want == "date@1" && !strings.Contains(r.Fields[0].EN, first+"、") {
			t.Errorf("%s: %s does not name the columns", header, r.Fields[0].EN)
		}
	}
}

func TestRead_JoinsMemos(t *testing.T) {
	t.Parallel()
	header := "日期,金额,流水号,摘要,附言,用途"
	for line, want := range map[string]string{
		"转账,HC-2026-0117,货款": "转账 / HC-2026-0117 / 货款",
		"转账,,货款":             "转账 / 货款",
		"转账,转账,":             "转账",
		",,":                 "",
	} {
		if got := one(t, text(header, "2025-10-09,12,R1,"+line)); got.Memo != want {
			t.Errorf("%s is %q, want %q", line, got.Memo, want)
		}
	}
}

func TestRead_LooksForTheHeaderInTheFirst100Rows(t *testing.T) {
	t.Parallel()
	title := strings.Repeat("某银行\n", 99)
	if got := one(t, text(title+head, "2025-10-09,12,R1,,,")); got.Number != 101 {
		t.Errorf("the line below row 100 is %d", got.Number)
	}
	wantPlaces(t, text(title+"某银行\n"+head, "2025-10-09,12,R1,,,"), "date@0 amount@0 reference@0")
}
