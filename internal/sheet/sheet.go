// Package sheet writes one table as an Excel workbook (XLSX) for accountants: real numbers, real dates, and
// texts that never run.
//
// It writes row by row, so a table may be far larger than memory. It knows no database and no clock, computes
// no sums, and never writes a formula.
package sheet

import (
	"fmt"

	"lvyue/internal/refusal"
)

const (
	// mostRows is how many lines a worksheet has (Microsoft, "Excel specifications and limits").
	mostRows = 1_048_576
	// mostColumns is far below Excel's 16,384, and above what anybody reads: each width costs the library as
	// much as all widths before it.
	mostColumns = 256
)

// Kind is what a column holds, and thereby which Go values it takes. Every kind takes nil, an empty cell.
type Kind int

const (
	// Text takes a string. It stays text however much it looks like a number, a date or a formula; see Write.
	Text Kind = iota
	// Amount takes a money.CNY: a number shown as #,##0.00, in yuan. An amount of more than 15 digits
	// (from 10,000,000,000,000.00 on) is written as text, because Excel would round it; figures cannot run, so
	// a negative one has no apostrophe before it.
	Amount
	// Day takes a workday.Date: a date shown as yyyy-mm-dd. No day is an empty cell; a day before 1900-03-01,
	// which Excel miscounts, is text.
	Day
	// Instant takes a time.Time: its second in Shanghai, shown as yyyy-mm-dd hh:mm:ss. The zero time is an
	// empty cell; a time outside 1900-03-01–9999-12-31 is text.
	Instant
	// Count takes an int or int64: a whole number. One of more than 15 digits is text, as with Amount.
	Count
	// Flag takes a bool, shown as 是 or 否.
	Flag
)

// Column is one column of a table: the words in its header and what stands below.
type Column struct {
	Title string
	Kind  Kind
}

// Table is everything about a sheet except its rows.
type Table struct {
	// Name is the sheet's name on its tab. Excel takes 31 characters and none of []:*?/\ or '; what it does
	// not take is cut or replaced by _. An empty name is Sheet1.
	Name string
	// Title is the line above the header, such as 应收账款 截至 2026-03-02. Without a title the header is the
	// first line.
	Title string
	// Columns are in the order of the values in a row, 1–256 of them.
	Columns []Column
}

// check finds a table that no rows could save.
func (t Table) check() error {
	if len(t.Columns) == 0 || len(t.Columns) > mostColumns {
		return fmt.Errorf("a table has 1–%d columns, not %d", mostColumns, len(t.Columns))
	}
	for _, c := range t.Columns {
		if c.Kind < Text || c.Kind > Flag {
			return fmt.Errorf("column %s is of no known kind: %d", c.Title, c.Kind)
		}
	}
	return nil
}

// tooManyRows is the refusal of a table that Excel could not open.
func tooManyRows() *refusal.Refusal {
	return refusal.BadInput("too_many_rows",
		"一张工作表最多 1,048,576 行，本次数据放不下；请缩小范围，分几次导出。",
		"a worksheet has at most 1,048,576 rows, too few for this table; choose a smaller range and export in parts.")
}
