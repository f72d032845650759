package sheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/xuri/excelize/v2"
)

// Write writes t and its rows to w as an XLSX workbook of one sheet: the title, a bold header that stays in
// view and has filters, and one line per row. Rows are taken one at a time and wait in a temporary file, so
// that memory does not grow with their number; w gets its first byte after the last row.
//
// A row has one value per column, of the type that the column's Kind takes; the slice may be reused for the
// next row. Another number of values or another type is an error that names row and column. More rows than
// Excel has lines (1,048,576 with title and header) are the bad input "too_many_rows". After either, w has
// got nothing. An error from w itself may leave half a file.
//
// Rows that stop early for a reason of their own look like all rows: the caller knows that reason and asks for
// it before handing the file on.
//
// Texts are data, never formulas. A text that begins with = + - @ (also full-width) or a tab or line end, or
// does so after spaces and invisible characters, gets an apostrophe before it, in the text itself: a saved CSV
// keeps it, so that the CSV does not run either. Characters that XML cannot carry are left out, line ends
// become LF as in Excel's own cells, and a text over 32,767 characters (UTF-16) ends in ….
func Write(w io.Writer, t Table, rows iter.Seq[[]any]) (err error) {
	if err := t.check(); err != nil {
		return fmt.Errorf("write sheet %s: %w", t.Name, err)
	}
	book := excelize.NewFile()
	// Closing removes the temporary file.
	defer func() { err = errors.Join(err, book.Close()) }()
	if err := fill(book, t, rows); err != nil {
		return fmt.Errorf("write sheet %s: %w", t.Name, err)
	}
	// The library would gather the whole file in memory; its zip may as well go straight out.
	book.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	if err := book.Write(io.Discard); err != nil {
		return fmt.Errorf("write sheet %s: %w", t.Name, err)
	}
	return nil
}

// fill puts title, header and rows into the only sheet of book.
func fill(book *excelize.File, t Table, rows iter.Seq[[]any]) error {
	name := sheetName(t.Name)
	if err := layOut(book, name, t); err != nil {
		return err
	}
	style, err := newStyles(book)
	if err != nil {
		return err
	}
	stream, err := book.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("open the sheet: %w", err)
	}
	p := &page{stream: stream, style: style, columns: t.Columns}
	if err := p.begin(t); err != nil {
		return err
	}
	for row := range rows {
		if err := p.add(row); err != nil {
			return err
		}
	}
	return p.end(book, name, t)
}
