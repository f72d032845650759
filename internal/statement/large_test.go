package statement_test

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lvyue/internal/money"
	"lvyue/internal/statement"
)

const many = 100_000 / oneIn

// longCSV is a statement of so many movements on the lines from 2 on; those on the given lines have a bad amount.
func longCSV(lines int, bad map[int]bool) []byte {
	var b bytes.Buffer
	b.WriteString(head + "\r\n")
	for line := 2; line < lines+2; line++ {
		amount := fmt.Sprintf(`"%d,%03d.%02d"`, line%900+1, line%1000, line%100)
		if bad[line] {
			amount = "1.005"
		}
		fmt.Fprintf(&b, "2025-10-%02d,%s,HC%09d,甲方科技有限公司%d,6222020200%09d,\"HC-2026-%04d, 首期款\"\r\n", line%30+1, amount, line, line%997, line, line%10_000)
	}
	return b.Bytes()
}

// longWorkbook is the same as a workbook, with numbers and days as a spreadsheet keeps them.
func longWorkbook(t testing.TB) []byte {
	t.Helper()
	book := excelize.NewFile()
	w, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	w.SetRow("A1", titles)
	for line := 2; line < many+2; line++ {
		w.SetRow(fmt.Sprintf("A%d", line), []any{
			45931 + line%30, float64((line%900+1)*100_000+line%1000*100+line%100) / 100, fmt.Sprintf("HC%09d", line),
			fmt.Sprintf("甲方科技有限公司%d", line%997), fmt.Sprintf("6222020200%09d", line), fmt.Sprintf("HC-2026-%04d, 首期款", line%10_000),
		})
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return saved(t, book)
}

func TestRead_Takes100000Lines(t *testing.T) {
	t.Parallel()
	for name, content := range map[string][]byte{"UTF-8": longCSV(many, nil), "GB18030": gb18030(t, longCSV(many, nil)), "XLSX": longWorkbook(t)} {
		lines := read(t, content)
		if len(lines) != many {
			t.Fatalf("%s: %d lines", name, len(lines))
		}
		for i, l := range lines {
			n := i + 2
			amount := money.MustParse(fmt.Sprintf("%d%03d.%02d", n%900+1, n%1000, n%100))
			if l.Number != n || !l.Amount.Equal(amount) || l.Reference != fmt.Sprintf("HC%09d", n) || l.On.Day() != n%30+1 ||
				l.Payer != fmt.Sprintf("甲方科技有限公司%d", n%997) || l.Memo != fmt.Sprintf("HC-2026-%04d, 首期款", n%10_000) {
				t.Fatalf("%s: line %d is %+v", name, n, l)
			}
		}
	}
}

func TestRead_NamesBadLinesScatteredIn100000(t *testing.T) {
	t.Parallel()
	bad, want := map[int]bool{}, []string{}
	for line := 2; line < many+2; line += 997 {
		bad[line] = true
		want = append(want, fmt.Sprintf("amount@%d", line))
	}
	bad[many+1] = true
	want = append(want, fmt.Sprintf("amount@%d", many+1))
	wantPlaces(t, longCSV(many, bad), strings.Join(want, " "))
}

func TestRead_Lists200WrongFieldsAndCountsTheRest(t *testing.T) {
	t.Parallel()
	for wrong, more := range map[int]string{199: "", 200: "", 201: "1 more", many: strconv.Itoa(many-200) + " more"} {
		bad := map[int]bool{}
		for line := 2; line < wrong+2; line++ {
			bad[line] = true
		}
		r := refused(t, longCSV(wrong, bad))
		if more == "" {
			if len(r.Fields) != wrong {
				t.Errorf("%d wrong fields are %d", wrong, len(r.Fields))
			}
			continue
		}
		if last := r.Fields[len(r.Fields)-1]; len(r.Fields) != 201 || r.Fields[199].Line != 201 || !strings.HasPrefix(last.EN, more) || last.Line != 0 {
			t.Errorf("%d wrong fields are %d, the last %+v", wrong, len(r.Fields), last)
		}
	}
}

func BenchmarkRead_100000Lines(b *testing.B) {
	for _, bb := range []struct {
		name    string
		content []byte
	}{
		{"UTF-8", longCSV(many, nil)},
		{"GB18030", gb18030(b, longCSV(many, nil))},
		{"XLSX", longWorkbook(b)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.content)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := statement.Read("statement", bb.content, today); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
