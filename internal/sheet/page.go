package sheet

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// page is the sheet while it is being written, from top to bottom.
type page struct {
	stream  *excelize.StreamWriter
	style   styles
	columns []Column
	line    int // the last one written, from 1
	cells   []any
}

// begin writes what stands above the rows. Widths and the frozen pane come first: the format has them before
// the cells.
func (p *page) begin(t Table) error {
	// The library puts each width before the earlier ones; Excel wants them from left to right.
	for i, c := range slices.Backward(t.Columns) {
		if err := p.stream.SetColWidth(i+1, i+1, width(c)); err != nil {
			return fmt.Errorf("set the width of column %s: %w", c.Title, err)
		}
	}
	if err := p.stream.SetPanes(frozen(t.headerLine())); err != nil {
		return fmt.Errorf("freeze the header: %w", err)
	}
	if t.Title != "" {
		if err := p.write([]any{excelize.Cell{StyleID: p.style.title, Value: plain(t.Title)}}); err != nil {
			return err
		}
	}
	header := make([]any, 0, len(t.Columns))
	for _, c := range t.Columns {
		header = append(header, excelize.Cell{StyleID: p.style.header[c.Kind], Value: plain(c.Title)})
	}
	return p.write(header)
}

// add writes one row.
func (p *page) add(row []any) error {
	if p.line == mostRows {
		return tooManyRows()
	}
	if len(row) != len(p.columns) {
		return fmt.Errorf("line %d has %d values for %d columns", p.line+1, len(row), len(p.columns))
	}
	p.cells = p.cells[:0]
	for i, value := range row {
		cell, ok := p.style.cell(p.columns[i].Kind, value)
		if !ok {
			return fmt.Errorf("line %d: column %s does not take a %T", p.line+1, p.columns[i].Title, value)
		}
		p.cells = append(p.cells, cell)
	}
	return p.write(p.cells)
}

// end closes the sheet. Filters need rows to filter.
func (p *page) end(book *excelize.File, name string, t Table) error {
	if p.line > t.headerLine() {
		corner, err := excelize.CoordinatesToCellName(len(t.Columns), p.line)
		if err != nil {
			return fmt.Errorf("name the last cell: %w", err)
		}
		if err := book.AutoFilter(name, fmt.Sprintf("A%d:%s", t.headerLine(), corner), nil); err != nil {
			return fmt.Errorf("add filters: %w", err)
		}
	}
	if err := p.stream.Flush(); err != nil {
		return fmt.Errorf("close the sheet: %w", err)
	}
	return nil
}

func (p *page) write(cells []any) error {
	p.line++
	if err := p.stream.SetRow(fmt.Sprintf("A%d", p.line), cells); err != nil {
		return fmt.Errorf("write line %d: %w", p.line, err)
	}
	return nil
}
