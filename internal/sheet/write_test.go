package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"lvyue/internal/money"
	"lvyue/internal/sheet"
	"lvyue/internal/workday"
)

func receivables() sheet.Table {
	return sheet.Table{
		Name: "应收账款", Title: "应收账款 截至 2026-03-02",
		Columns: []sheet.Column{
			{Title: "客户", Kind: sheet.Text},
			{Title: "未收金额", Kind: sheet.Amount},
			{Title: "应付日期", Kind: sheet.Day},
			{Title: "登记时间", Kind: sheet.Instant},
			{Title: "逾期天数", Kind: sheet.Count},
			{Title: "已开发票", Kind: sheet.Flag},
		},
	}
}

func receivable(i int) []any {
	return []any{
		fmt.Sprintf("客户 %06d", i), yuan(int64(i)*1_000_001 + 7), workday.MustDate("2026-03-02").AddDays(i % 365),
		time.Date(2026, 3, 2, 9, 0, i, 0, workday.Shanghai), i, i%2 == 0,
	}
}

func TestWrite_ShowsWhatAnAccountantExpects(t *testing.T) {
	t.Parallel()
	book, err := excelize.OpenReader(bytes.NewReader(workbook(t, receivables(), receivable(0), receivable(1))))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	got, err := book.GetRows("应收账款")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"应收账款 截至 2026-03-02"},
		{"客户", "未收金额", "应付日期", "登记时间", "逾期天数", "已开发票"},
		{"客户 000000", "0.07", "2026-03-02", "2026-03-02 09:00:00", "0", "是"},
		{"客户 000001", "10,000.08", "2026-03-03", "2026-03-02 09:00:01", "1", "否"},
	}
	if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Errorf("the sheet shows %q", got)
	}
}

func TestWrite_HeaderIsBoldFrozenAndFiltered(t *testing.T) {
	t.Parallel()
	file := workbook(t, receivables(), receivable(0), receivable(1))
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for ref, bold := range map[string]bool{"A1": true, "A2": true, "B2": true, "A3": false, "B3": false} {
		if style := styleOf(t, book, ref); (style.Font != nil && style.Font.Bold) != bold {
			t.Errorf("%s: bold should be %v", ref, bold)
		}
	}
	if style := styleOf(t, book, "B3"); style.Alignment == nil || style.Alignment.Horizontal != "right" {
		t.Error("amounts do not stand at the right")
	}
	xml := string(part(t, file, "xl/worksheets/sheet1.xml"))
	if !slices.IsSorted(regexp.MustCompile(`<col min="\d`).FindAllString(xml, -1)) {
		t.Error("the widths are not from left to right")
	}
	for _, want := range []string{`ySplit="2"`, `state="frozen"`, `topLeftCell="A3"`, `<autoFilter ref="$A$2:$F$4">`, `fitToPage="true"`} {
		if !strings.Contains(xml, want) {
			t.Errorf("the sheet has no %s", want)
		}
	}
}

func styleOf(t *testing.T, book *excelize.File, ref string) *excelize.Style {
	t.Helper()
	id, err := book.GetCellStyle("应收账款", ref)
	if err != nil {
		t.Fatal(err)
	}
	style, err := book.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return style
}

func TestWrite_WithoutTitleOrRowsIsStillASheet(t *testing.T) {
	t.Parallel()
	file := workbook(t, sheet.Table{Columns: []sheet.Column{{Title: "客户"}}})
	if got := cells(t, file); len(got) != 1 || got["A1"].Text != "客户" {
		t.Errorf("the sheet has %+v", got)
	}
	if strings.Contains(string(part(t, file, "xl/worksheets/sheet1.xml")), "<autoFilter") {
		t.Error("a filter without rows")
	}
}

func TestWrite_EqualTablesAreEqualFiles(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(workbook(t, receivables(), receivable(1)), workbook(t, receivables(), receivable(1))) {
		t.Error("the same table gave two files")
	}
}

func TestWrite_SaysNothingAboutItsLibrary(t *testing.T) {
	t.Parallel()
	file := workbook(t, receivables())
	for _, name := range []string{"docProps/app.xml", "docProps/core.xml"} {
		if text := string(part(t, file, name)); strings.Contains(text, "xuri") || strings.Contains(text, "xcelize") {
			t.Errorf("%s is %s", name, text)
		}
	}
}

func TestWrite_TakesAnySheetName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"":                             "Sheet1",
		"  ":                           "Sheet1",
		"应收账款":                         "应收账款",
		`a[b]c:d*e?f/g\h`:              "a_b_c_d_e_f_g_h",
		"'a'b'":                        "_a_b_",
		"a\x00\n\uFFFFb":               "a___b",
		strings.Repeat("账", 31):        strings.Repeat("账", 31),
		strings.Repeat("账", 32):        strings.Repeat("账", 31),
		"x" + strings.Repeat("𠮷", 16):  "x" + strings.Repeat("𠮷", 15),
		strings.Repeat("x", 30) + "𠮷y": strings.Repeat("x", 30),
		"sheet1":                       "sheet1",
		"<&\">":                        "<&\">",
	} {
		if got := nameOf(t, name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		name := nameOf(t, rapid.String().Draw(t, "name"))
		if n := len(utf16.Encode([]rune(name))); n < 1 || n > 31 || strings.ContainsAny(name, `[]:*?/\'`) {
			t.Fatalf("the name is %q", name)
		}
	})
}

func nameOf(t fatal, name string) string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(workbook(t, sheet.Table{Name: name, Columns: make([]sheet.Column, 1)}, []any{"x"})))
	if err != nil {
		t.Fatalf("open %q: %v", name, err)
	}
	defer book.Close()
	return book.GetSheetList()[0]
}

func TestWrite_RefusesWhatDoesNotFitItsColumns(t *testing.T) {
	t.Parallel()
	values := []any{"x", money.CNY{}, workday.Date{}, time.Time{}, 1, true, int64(1), 1.5, []byte("x"), struct{}{}, int32(1), &money.CNY{}}
	right := map[int]sheet.Kind{0: sheet.Text, 1: sheet.Amount, 2: sheet.Day, 3: sheet.Instant, 4: sheet.Count, 5: sheet.Flag, 6: sheet.Count}
	for i, value := range values {
		for kind := sheet.Text; kind <= sheet.Flag; kind++ {
			table := sheet.Table{Columns: []sheet.Column{{Title: "栏", Kind: kind}}}
			fits, known := right[i]
			err := writeNothingOn(t, table, []any{value})
			if want := !known || fits != kind; (err != nil) != want {
				t.Errorf("a %T in kind %d: %v", value, kind, err)
			}
			if err != nil && (!strings.Contains(err.Error(), "line 2") || !strings.Contains(err.Error(), "栏")) {
				t.Errorf("%v names no line and column", err)
			}
		}
	}
}

func TestWrite_RefusesRowsOfAnotherLengthAndTablesWithoutColumns(t *testing.T) {
	t.Parallel()
	two := sheet.Table{Columns: make([]sheet.Column, 2)}
	for _, row := range [][]any{nil, {}, {"a"}, {"a", "b", "c"}} {
		if err := writeNothingOn(t, two, []any{"a", "b"}, row); err == nil {
			t.Errorf("%d values for 2 columns were taken", len(row))
		}
	}
	for _, columns := range [][]sheet.Column{nil, make([]sheet.Column, 257), {{Kind: -1}}, {{Kind: sheet.Flag + 1}}} {
		if err := writeNothingOn(t, sheet.Table{Columns: columns}); err == nil {
			t.Errorf("%d columns were taken", len(columns))
		}
	}
	if err := writeNothingOn(t, sheet.Table{Columns: make([]sheet.Column, 256)}); err != nil {
		t.Errorf("256 columns: %v", err)
	}
}

// writeNothingOn writes the table and checks that nothing has come out if it is refused.
func writeNothingOn(t *testing.T, table sheet.Table, rows ...[]any) error {
	t.Helper()
	var out bytes.Buffer
	err := sheet.Write(&out, table, slices.Values(rows))
	if (err == nil) != (out.Len() > 0) {
		t.Errorf("%d bytes came out with %v", out.Len(), err)
	}
	return err
}

var errFull = errors.New("no space left")

// full takes some bytes, then no more.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWrite_TellsThatTheFileIsNotWhole(t *testing.T) {
	t.Parallel()
	size := len(workbook(t, receivables(), receivable(0)))
	for room := 0; room < size; room += 97 {
		if err := sheet.Write(&full{room}, receivables(), slices.Values([][]any{receivable(0)})); !errors.Is(err, errFull) {
			t.Errorf("with room for %d of %d bytes: %v", room, size, err)
		}
	}
}

func TestWrite_LeavesNoTemporaryFile(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	long := strings.Repeat("长", 10_000)
	text := sheet.Table{Columns: []sheet.Column{{Title: "值"}}}
	files := 0
	rows := times(1200, func(i int) []any {
		if found, _ := os.ReadDir(dir); len(found) > files {
			files = len(found)
		}
		if i == 1199 {
			return []any{1} // refused
		}
		return []any{long}
	})
	if err := sheet.Write(io.Discard, text, rows); err == nil {
		t.Error("the last row was taken")
	}
	if err := sheet.Write(io.Discard, text, times(1100, func(int) []any { return []any{long} })); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); files == 0 || len(left) > 0 {
		t.Errorf("%d files were used, %d are left", files, len(left))
	}
}

func TestWrite_ManyRowsReadBackAndMemoryStaysBounded(t *testing.T) {
	t.Parallel()
	const many = 100_000 / oneIn
	var before, most runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var file bytes.Buffer
	err := sheet.Write(&file, receivables(), times(many, func(i int) []any {
		if i%(many/5) == many/5-1 {
			var now runtime.MemStats
			runtime.GC()
			if runtime.ReadMemStats(&now); now.HeapAlloc > most.HeapAlloc {
				most = now
			}
		}
		return receivable(i)
	}))
	if err != nil {
		t.Fatal(err)
	}
	// Some 20 MB are usual; the rest is for the tests at its side. The rows themselves would take hundreds.
	if most.HeapAlloc > before.HeapAlloc+96<<20 {
		t.Errorf("the heap grew from %d to %d MB", before.HeapAlloc>>20, most.HeapAlloc>>20)
	}
	checkReceivables(t, file.Bytes(), many)
}

func checkReceivables(t *testing.T, file []byte, many int) {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.Rows("应收账款")
	if err != nil {
		t.Fatal(err)
	}
	line := 0
	for ; rows.Next(); line++ {
		got, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		if line < 2 {
			continue
		}
		i := line - 2
		row := receivable(i)
		amount, err := money.Parse(got[1])
		if err != nil || !amount.Equal(row[1].(money.CNY)) || got[0] != row[0] || got[4] != strconv.Itoa(i) ||
			got[2] != strconv.Itoa(46083+i%365) || !strings.HasPrefix(got[3], strconv.Itoa(46083+(9*3600+i)/86400)) {
			t.Fatalf("row %d reads back as %q: %v", i, got, err)
		}
	}
	if line != many+2 {
		t.Errorf("%d lines, want %d", line, many+2)
	}
}

func BenchmarkWrite_100000Rows(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := sheet.Write(io.Discard, receivables(), times(100_000, receivable)); err != nil {
			b.Fatal(err)
		}
	}
}
