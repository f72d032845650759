package statement_test

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"lvyue/internal/refusal"
	"lvyue/internal/statement"
)

func FuzzRead(f *testing.F) {
	plain := text("账号：62", head, "2025-10-09,\"1,200.00\",R1,甲方,62,货款", "20251009 140322,-5,R2,,,", "合计,,,,,")
	for _, seed := range [][]byte{
		plain, gb18030(f, plain), text("日期;收入;支出;流水号", "2025年10月9日;5;;R"), text("date\tamount\tdirection\treference", "2025/10/9\t5\tD\tR"),
		workbook(f, titles, []any{"2025-10-09", 12.5, "R1", "甲方"}, []any{45939.5, "(5)", 7}),
		rawSheet(f, cells(`<c r="A2"><v>45939</v></c>`, `<c r="B2"><v>0.30000000000000004</v></c>`, `<c r="C2" t="s"><v>0</v></c>`), "R"),
		[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), []byte("PK\x03\x04"),
		{},
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		s, err := statement.Read("statement", content, today)
		if err != nil {
			if r, is := refusal.As(err); !is || r.Code != "bad_statement" || len(r.Fields) > 201 || s.Lines != nil {
				t.Fatalf("error %v with %+v", err, s)
			}
			return
		}
		wantPromises(t, s)
	})
}

// FuzzRead_Sheet reaches the rows of a workbook, which a changed archive hides behind its sums.
func FuzzRead_Sheet(f *testing.F) {
	f.Add(cells(`<c r="A2"><v>45939</v></c>`, `<c r="B2"><v>0.30000000000000004</v></c>`, `<c r="C2" t="s"><v>0</v></c>`), "R")
	f.Add(cells(`<c><v>2.0251009E7</v></c>`, `<c t="str"><v>(5)</v></c>`, `<c t="inlineStr"><is><t>R</t></is></c>`), "")
	f.Fuzz(func(t *testing.T, sheet, shared string) {
		s, err := statement.Read("statement", rawSheet(t, sheet, shared), today)
		if r, is := refusal.As(err); err != nil && (!is || r.Code != "bad_statement") {
			t.Fatal(err)
		}
		if err == nil {
			wantPromises(t, s)
		}
	})
}

func wantPromises(t *testing.T, s statement.Statement) {
	t.Helper()
	seen, last := map[string]bool{}, 0
	for _, l := range s.Lines {
		switch {
		case l.Amount.IsZero(), l.On.IsZero(), l.On.After(today), l.Number <= last,
			l.Reference == "", utf8.RuneCountInString(l.Reference) > 64, seen[l.Reference]:
			t.Fatalf("a line is %+v", l)
		}
		for _, text := range []string{l.Reference, l.Payer, l.PayerAccount, l.Memo} {
			for _, r := range text {
				if unicode.IsControl(r) || r == utf8.RuneError {
					t.Fatalf("a line is %+v", l)
				}
			}
			if utf8.RuneCountInString(text) > 500 {
				t.Fatalf("a line is %+v", l)
			}
		}
		seen[l.Reference], last = true, l.Number
	}
	if len(s.Lines) == 0 || len(s.SHA256) != 64 {
		t.Fatalf("the statement is %+v", s)
	}
}
