package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"iter"
	"slices"

	"lvyue/internal/sheet"
)

// fatal is what *testing.T, *testing.B and *rapid.T have in common.
type fatal interface {
	Helper()
	Fatalf(format string, args ...any)
}

// rawCell is a cell as it stands in the file.
type rawCell struct {
	Ref     string  `xml:"r,attr"`
	Style   int     `xml:"s,attr"`
	Type    string  `xml:"t,attr"`
	Number  string  `xml:"v"`
	Text    string  `xml:"is>t"`
	Formula *string `xml:"f"`
}

// workbook writes the table and gives the file.
func workbook(t fatal, table sheet.Table, rows ...[]any) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := sheet.Write(&file, table, slices.Values(rows)); err != nil {
		t.Fatalf("write: %v", err)
	}
	return file.Bytes()
}

// part is one file of the workbook.
func part(t fatal, book []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatalf("open workbook: %v", err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatalf("open %s: %v", name, err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return text
}

// cells are the cells in the file, by reference.
func cells(t fatal, book []byte) map[string]rawCell {
	t.Helper()
	var content struct {
		Cells []rawCell `xml:"sheetData>row>c"`
	}
	if err := xml.Unmarshal(part(t, book, "xl/worksheets/sheet1.xml"), &content); err != nil {
		t.Fatalf("read sheet: %v", err)
	}
	byRef := make(map[string]rawCell, len(content.Cells))
	for _, c := range content.Cells {
		if c.Formula != nil {
			t.Fatalf("%s is a formula", c.Ref)
		}
		byRef[c.Ref] = c
	}
	return byRef
}

// one is the cell that value becomes in a column of that kind.
func one(t fatal, kind sheet.Kind, value any) rawCell {
	t.Helper()
	table := sheet.Table{Columns: []sheet.Column{{Title: "值", Kind: kind}}}
	return cells(t, workbook(t, table, []any{value}))["A2"]
}

// times is n times the row that next gives.
func times(n int, next func(i int) []any) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i := range n {
			if !yield(next(i)) {
				return
			}
		}
	}
}
