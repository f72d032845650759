package statement

import (
	"encoding/xml"
	"fmt"
	"iter"
	"path"
	"strings"
	"sync"

	"github.com/xuri/excelize/v2"

	"lvyue/internal/refusal"
)

// sheetRows streams the rows of one sheet. The sheet is proved first, and only once, see proof.
func sheetRows(book *excelize.File, name string) iter.Seq2[row, error] {
	proved := sync.OnceValues(func() (proof, error) { return prove(book, partOf(book, name)) })
	return func(yield func(row, error) bool) {
		rows, err := openSheet(book, name, proved)
		for number := 1; err == nil; number++ {
			var next *row
			next, err = rows.next(number)
			if err == nil && (next == nil || !yield(*next, nil)) {
				return
			}
		}
		if _, is := refusal.As(err); !is {
			err = damaged()
		}
		yield(row{}, err)
	}
}

// sheetReader is the way through a sheet.
type sheetReader struct {
	*excelize.Rows

	proof proof
}

func openSheet(book *excelize.File, name string, proved func() (proof, error)) (r sheetReader, err error) {
	err = guarded(func() (err error) {
		if r.proof, err = proved(); err != nil {
			return err
		}
		if r.Rows, err = book.Rows(name); err != nil {
			return fmt.Errorf("open sheet %s: %w", name, err)
		}
		return nil
	})
	return r, err
}

// next is the row of that number, nil after the last. A row that the sheet leaves out comes as an empty one.
func (r sheetReader) next(number int) (next *row, err error) {
	err = guarded(func() error {
		if !r.Next() {
			return r.Error()
		}
		texts, err := r.Columns()
		if err != nil {
			return fmt.Errorf("read row %d: %w", number, err)
		}
		next = &row{number: number, cells: make([]cell, len(texts))}
		for i, text := range texts {
			next.cells[i] = r.proof.cell(number, i, text)
		}
		return nil
	})
	return next, err
}

// partOf is the XML of a sheet. excelize keeps the name of the part to itself, but not the workbook's table of
// relations. It is empty, which proves nothing, unless exactly one part is the sheet's: among several, excelize
// could read another.
func partOf(book *excelize.File, name string) []byte {
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := xml.Unmarshal(bytesOf(book, "xl/_rels/workbook.xml.rels"), &relations); err != nil {
		return nil
	}
	var parts []string
	for _, sheet := range book.WorkBook.Sheets.Sheet {
		for _, relation := range relations.All {
			if strings.EqualFold(sheet.Name, name) && relation.ID == sheet.ID {
				parts = append(parts, absolute(relation.Target))
			}
		}
	}
	if len(parts) != 1 {
		return nil
	}
	return bytesOf(book, parts[0])
}

// absolute is the name of a part that the workbook points at.
func absolute(target string) string {
	target = strings.ReplaceAll(target, "\\", "/")
	if rooted, is := strings.CutPrefix(target, "/"); is {
		return rooted
	}
	return path.Join("xl", target)
}

func bytesOf(book *excelize.File, part string) []byte {
	value, _ := book.Pkg.Load(part)
	content, _ := value.([]byte)
	return content
}
