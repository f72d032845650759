package statement_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"lvyue/internal/money"
	"lvyue/internal/statement"
	"lvyue/internal/workday"
)

func TestRead_TellsEveryMovementAndWhereItStands(t *testing.T) {
	t.Parallel()
	content := text(
		"账号：6222020200112233,,,,,",
		"期间：2025-10-01 至 2025-10-31,,,,,",
		"",
		head,
		`2025-10-09,"120,000.00",HC-1,甲方科技有限公司,6222 0001,HC-2026-0117 首期`,
		"",
		`2025-10-10,-35.50,HC-2,某银行,,"手续费`,
		`第二行"`,
		"2025-10-11,0.01,HC-3,,,",
		`合计,"119,964.51",,,,`,
	)
	s, err := statement.Read("十月.csv", content, today)
	if err != nil {
		t.Fatal(err)
	}
	want := []statement.Line{
		{
			Number: 5, On: workday.MustDate("2025-10-09"), Amount: money.MustParse("120000"), Reference: "HC-1",
			Payer: "甲方科技有限公司", PayerAccount: "6222 0001", Memo: "HC-2026-0117 首期",
		},
		{
			Number: 7, On: workday.MustDate("2025-10-10"), Amount: money.MustParse("-35.5"), Reference: "HC-2",
			Payer: "某银行", Memo: "手续费 第二行",
		},
		{Number: 9, On: workday.MustDate("2025-10-11"), Amount: money.MustParse("0.01"), Reference: "HC-3"},
	}
	if fmt.Sprintf("%+v", s.Lines) != fmt.Sprintf("%+v", want) {
		t.Errorf("read %+v\nwant %+v", s.Lines, want)
	}
	if digest := fmt.Sprintf("%x", sha256.Sum256(content)); s.Name != "十月.csv" || s.SHA256 != digest {
		t.Errorf("the statement is %q %s, want 十月.csv %s", s.Name, s.SHA256, digest)
	}
}

func TestRead_FindsTheSeparator(t *testing.T) {
	t.Parallel()
	for _, separator := range []string{",", "\t", ";"} {
		line := strings.Join([]string{"2025-10-09", "12", "R1", "甲方", "62", "货款"}, separator)
		got := one(t, text("对账单, 一般户", strings.ReplaceAll(head, ",", separator), line))
		if got.Amount.String() != "12.00" || got.Reference != "R1" || got.Memo != "货款" {
			t.Errorf("separator %q: %+v", separator, got)
		}
	}
}

func TestRead_TakesEveryLineEnd(t *testing.T) {
	t.Parallel()
	lf := string(text(head, "2025-10-09,12,R1,甲方,62,货款", "", "2025-10-09,13,R2,乙方,63,"))
	for _, content := range []string{lf, strings.ReplaceAll(lf, "\n", "\r\n"), strings.TrimSuffix(lf, "\n")} {
		lines := read(t, []byte(content))
		if len(lines) != 2 || lines[0].Number != 2 || lines[1].Number != 4 || lines[1].Payer != "乙方" {
			t.Errorf("%q: %+v", content, lines)
		}
	}
}

func TestRead_PassesOverWhatIsNoMovement(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"", ",,,,,", " ,\t,,,,", head,
		"合计,100.00,,,,", "本页小计：,100.00,,,,", ",,,,,合计 100.00", "总笔数：1", "贷方合计,100", "Total,100,,,,", "Grand total,100",
		"sub-total,1", "期末余额,1000", "承前页,,,,,", "注：本单仅供参考", "打印时间：2025-10-31 10:00:00", "---- end ----", "#1",
	} {
		lines := read(t, text(head, "2025-10-09,12,R1,甲方,62,货款", line, "2025-10-09,13,R2,乙方,63,"))
		if len(lines) != 2 || lines[1].Number != 4 && line != "" {
			t.Errorf("%q: %+v", line, lines)
		}
	}
}

func TestRead_PassesOverNoMovementForAWordInIt(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"2025-10-09,,,,,合计":      "amount@3 reference@3",
		",13,R2,,,合计":            "date@3",
		",13,,合计科技有限公司乙方,63,":    "date@3 reference@3",
		",13,,乙方,,合计":            "date@3 reference@3",
		"总和,13,,,,":              "date@3 reference@3",
		",13,,,,":                "date@3 reference@3",
		"注意,13,,,,":              "date@3 reference@3",
		"2025-10-09;13;R2;;;":    "date@3 amount@3 reference@3",
		"totally,13,R9,,,":       "date@3",
		"2025-10-09,13,合计,a,b,c": "",
	} {
		content := text(head, "2025-10-09,12,R1,甲方,62,货款", line)
		if want == "" {
			if lines := read(t, content); len(lines) != 2 {
				t.Errorf("%q was passed over", line)
			}
			continue
		}
		wantPlaces(t, content, want)
	}
}

func TestRead_RefusesAFileWithoutMovements(t *testing.T) {
	t.Parallel()
	for _, content := range []string{"", "\n \r\n", "\uFEFF", head, head + "\n合计,0,,,,\n"} {
		refused(t, []byte(content))
	}
}

func TestRead_RefusesAFieldTooMany(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"2025-10-09,1,200.00,R1,甲方,62,货款", "2025-10-09,12,R1,甲方,62,货款,", "2025-10-09,12,R1,甲方,62,货款,尾款"} {
		wantPlaces(t, text(head, line), "line@2")
	}
	wantPlaces(t, text(head, "2025-10-09,1,200.00"), "line@2")
	wantPlaces(t, text(head, "2025-10-09,-1,200,甲方,62"), "line@2")
	if got := one(t, text(head, "2025-10-09,1,200.00,甲方,62,")); got.Reference != "200.00" {
		t.Errorf("a full line is never taken for a cut one: %+v", got)
	}
	if got := one(t, text(head, "2025-10-09,1.00,200")); got.Reference != "200" {
		t.Errorf("a short line: %+v", got)
	}
	if got := one(t, text(strings.ReplaceAll(head, ",", ";"), "2025-10-09;1;200")); got.Amount.String() != "1.00" {
		t.Errorf("only a comma cuts thousands: %+v", got)
	}
}

func TestRead_RefusesQuotesThatDoNotMatch(t *testing.T) {
	t.Parallel()
	good := "2025-10-09,12,R1,甲方,62,货款"
	wantPlaces(t, text(head, `2025-10-09,12,R2,甲"方,62,`, good), "line@2")
	wantPlaces(t, text(head, good, `2025-10-09,12,R2,"甲"方,62,`), "line@3")
	r := wantPlaces(t, text(head, good, `2025-10-09,12,R2,"甲方,62,`, "2025-10-09,12,R3,甲方,62,", "2025-10-09,12,R4,甲方,62,"), "line@3")
	if !strings.Contains(r.Fields[0].EN, "line 5") {
		t.Errorf("the end of the open quote is not told: %s", r.Fields[0].EN)
	}
	if got := one(t, text(head, `2025-10-09,12,R1,"甲""方",62,"a,b"`)); got.Payer != `甲"方` || got.Memo != "a,b" {
		t.Errorf("quotes are read as %+v", got)
	}
}

func TestRead_RefusesTheSameReferenceTwiceAndNamesBothLines(t *testing.T) {
	t.Parallel()
	r := wantPlaces(t, text(head,
		"2025-10-09,1,R1,,,", "2025-10-09,x,R2,,,", "2025-10-09,2,R1,,,", "2025-10-09,2, R2 ,,,", "2025-10-09,2,r1,,,"),
		"amount@3 reference@4 reference@5")
	if f := r.Fields[1]; !strings.Contains(f.EN, "line 2") || !strings.Contains(f.ZH, "第 2 行") {
		t.Errorf("the first line of R1 is not named: %+v", f)
	}
	if f := r.Fields[2]; !strings.Contains(f.EN, "line 3") {
		t.Errorf("the first line of R2 is not named, though it is bad itself: %+v", f)
	}
}
