package statement_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"lvyue/internal/refusal"
	"lvyue/internal/statement"
	"lvyue/internal/workday"
)

var today = workday.MustDate("2025-10-31")

// head is a header that names everything, in the order of the cells of a line below it.
const head = "交易日期,交易金额,流水号,对方户名,对方账号,摘要"

func text(lines ...string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }

func gb18030(t testing.TB, text []byte) []byte {
	t.Helper()
	encoded, err := simplifiedchinese.GB18030.NewEncoder().Bytes(text)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// workbook has one sheet with these rows from A1 on.
func workbook(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	return sheets(t, rows)
}

func sheets(t testing.TB, all ...[][]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, rows := range all {
		name := fmt.Sprintf("Sheet%d", i+1)
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for j, cells := range rows {
			if err := book.SetSheetRow(name, fmt.Sprintf("A%d", j+1), &cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	return saved(t, book)
}

func saved(t testing.TB, book *excelize.File, options ...excelize.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := book.Write(&b, options...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rawSheet is a workbook whose only sheet has this XML, with shared strings if there are any.
func rawSheet(t testing.TB, sheetData string, shared ...string) []byte {
	t.Helper()
	items := ""
	var itemsSb70 strings.Builder
	for _, s := range shared {
		itemsSb70.WriteString("<si><t>" + s + "</t></si>")
	}
	items += itemsSb70.String()
	return altered(t, workbook(t), map[string]func([]byte) []byte{
		"xl/worksheets/sheet1.xml": func([]byte) []byte {
			return []byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + sheetData + `</worksheet>`)
		},
		"xl/sharedStrings.xml": func([]byte) []byte {
			return []byte(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + items + `</sst>`)
		},
	})
}

// altered is a zip archive with some of its parts changed; a part that is not there is added.
func altered(t testing.TB, archive []byte, change map[string]func([]byte) []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	parts, order := map[string][]byte{}, []string{}
	for _, f := range r.File {
		var b bytes.Buffer
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.ReadFrom(part); err != nil {
			t.Fatal(err)
		}
		parts[f.Name], order = b.Bytes(), append(order, f.Name)
	}
	for name, f := range change {
		if _, there := parts[name]; !there {
			order = append(order, name)
		}
		parts[name] = f(parts[name])
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range order {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write(parts[name])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, content []byte) []statement.Line {
	t.Helper()
	s, err := statement.Read("statement", content, today)
	if err != nil {
		t.Fatalf("%v\nin %s", err, clipped(content))
	}
	return s.Lines
}

// one reads a statement of a single movement.
func one(t testing.TB, content []byte) statement.Line {
	t.Helper()
	lines := read(t, content)
	if len(lines) != 1 {
		t.Fatalf("%d lines, want 1, in %s", len(lines), clipped(content))
	}
	return lines[0]
}

// refused is the refusal of a statement, of which nothing may have been read.
func refused(t testing.TB, content []byte) *refusal.Refusal {
	t.Helper()
	s, err := statement.Read("statement", content, today)
	r, is := refusal.As(err)
	if !is || r.Code != "bad_statement" || !r.Input || r.ZH == "" || r.EN == "" {
		t.Fatalf("error %v of %s, want the bad input bad_statement", err, clipped(content))
	}
	if s.Lines != nil || s.Name != "" || s.SHA256 != "" {
		t.Fatalf("a refused statement has %+v", s)
	}
	for _, f := range r.Fields {
		if f.Path == "" || f.ZH == "" || f.EN == "" {
			t.Errorf("field %+v is not fully said", f)
		}
	}
	return r
}

// places are the wrong fields as "path@line".
func places(r *refusal.Refusal) string {
	var all []string
	for _, f := range r.Fields {
		all = append(all, fmt.Sprintf("%s@%d", f.Path, f.Line))
	}
	return strings.Join(all, " ")
}

func wantPlaces(t testing.TB, content []byte, want string) *refusal.Refusal {
	t.Helper()
	r := refused(t, content)
	if got := places(r); got != want {
		t.Errorf("wrong fields %s, want %s, in %s\n%v", got, want, clipped(content), r)
	}
	return r
}

func clipped(content []byte) string {
	if len(content) > 400 {
		return fmt.Sprintf("%q…", content[:400])
	}
	return fmt.Sprintf("%q", content)
}
