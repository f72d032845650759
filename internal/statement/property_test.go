package statement_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"lvyue/internal/money"
	"lvyue/internal/statement"
)

// movements draws lines whose every field a statement can tell.
func movements(t *rapid.T) []statement.Line {
	word := rapid.StringMatching(`([A-Za-z0-9甲乙丙模一€"',;.=-]{1,8}( [甲0-9,;"]{1,4})?)?`)
	lines := make([]statement.Line, rapid.IntRange(1, 30).Draw(t, "lines"))
	for i := range lines {
		fen := rapid.Int64Range(1, 999_999_999_999).Draw(t, "fen")
		sign := rapid.SampledFrom([]string{"", "-"}).Draw(t, "sign")
		lines[i] = statement.Line{
			Number:    i + 3,
			On:        today.AddDays(-rapid.IntRange(0, 20_000).Draw(t, "days")),
			Amount:    money.MustParse(fmt.Sprintf("%s%d.%02d", sign, fen/100, fen%100)),
			Reference: fmt.Sprintf("%s%d", rapid.StringMatching(`[A-Z流]{0,3}`).Draw(t, "prefix"), i),
			Payer:     word.Draw(t, "payer"), PayerAccount: word.Draw(t, "account"), Memo: word.Draw(t, "memo"),
		}
	}
	return lines
}

// figures writes an amount in one of the forms of banks.
func figures(t *rapid.T, amount money.CNY) string {
	minus := ""
	if amount.IsNegative() {
		minus, amount = "-", money.CNY{}.Sub(amount)
	}
	yuan, fen, _ := strings.Cut(amount.String(), ".")
	if rapid.Bool().Draw(t, "grouped") {
		for i := len(yuan) - 3; i > 0; i -= 3 {
			yuan = yuan[:i] + "," + yuan[i:]
		}
	}
	form := rapid.SampledFrom([]string{"%[1]s%[2]s", "%[2]s%[1]s", "¥%[1]s%[2]s", "%[1]sCNY %[2]s"}).Draw(t, "form")
	return fmt.Sprintf(form, minus, yuan+"."+fen)
}

func TestRead_TellsBackWhateverABankWrote(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		lines := movements(rt)
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = rapid.SampledFrom([]rune(",;\t")).Draw(rt, "separator")
		w.UseCRLF = rapid.Bool().Draw(rt, "crlf")
		w.Write([]string{"某银行 对账单"})
		w.Write(strings.Split(head, ","))
		for _, l := range lines {
			w.Write([]string{l.On.String(), figures(rt, l.Amount), l.Reference, l.Payer, l.PayerAccount, l.Memo})
		}
		w.Flush()
		content := b.Bytes()
		if rapid.Bool().Draw(rt, "gb") {
			content = gb18030(t, content)
		}
		wantSame(rt, content, lines)
	})
}

func TestRead_TellsBackWhateverASpreadsheetKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		lines := movements(rt)
		rows := [][]any{{"某银行 对账单"}, titles}
		for _, l := range lines {
			amount, _ := excelFloat(l.Amount)
			rows = append(rows, []any{l.On.Start(), amount, l.Reference, l.Payer, l.PayerAccount, l.Memo})
		}
		wantSame(rt, workbook(t, rows...), lines)
	})
}

// excelFloat is the nearest float, as a spreadsheet keeps an amount.
func excelFloat(amount money.CNY) (float64, error) {
	var f float64
	_, err := fmt.Sscan(amount.String(), &f)
	return f, err
}

func wantSame(t *rapid.T, content []byte, want []statement.Line) {
	s, err := statement.Read("statement", content, today)
	if err != nil {
		t.Fatalf("%v\nin %q", err, content)
	}
	if got := fmt.Sprintf("%+v", s.Lines); got != fmt.Sprintf("%+v", want) {
		t.Fatalf("read %s\nwant %+v\nin %q", got, want, content)
	}
}

func TestRead_HasTheTextsThatTheLibraryReads(t *testing.T) {
	t.Parallel()
	content := workbook(t, titles, []any{"2025-10-09", "12", "R1", "甲方", "62", "货款"}, nil, []any{"2025-10-09", "13", "R2"})
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range read(t, content) {
		if got := rows[l.Number-1][2]; got != l.Reference {
			t.Errorf("row %d has %s, read %s", l.Number, got, l.Reference)
		}
	}
}
