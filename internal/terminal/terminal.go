// Package terminal lays text out for the terminal that shows it: how wide it is, tables that fit into it, and
// Chinese beside Latin letters in straight columns.
package terminal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// narrowest is how far a column is narrowed for the sake of the others.
const narrowest = 10

// Narrow counts § · – … and the lines of tables as one column whatever the locale. By the locale alone a Chinese
// one would get two, which no terminal in use today draws. It is for the start of a program.
func Narrow() { text.OverrideRuneWidthEastAsianWidth(false) }

// Wrap breaks a sentence into lines of at most columns, between words where there are spaces. Columns below 2
// leave it whole.
func Wrap(sentence string, columns int) []string {
	if columns < 2 || text.StringWidthWithoutEscSequences(sentence) <= columns {
		return []string{sentence}
	}
	// A Chinese character that begins in the last column would stand over it.
	lines := strings.Split(text.WrapSoft(sentence, columns-1), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return lines
}

// Table draws t with its header and rows in at most columns, by wrapping the cells of its widest columns. It
// becomes wider where that would leave a column too narrow to read. Columns 0 set no limit.
func Table(t table.Writer, header table.Row, rows []table.Row, columns int) string {
	t.AppendHeader(header)
	t.AppendRows(rows)
	t.SuppressTrailingSpaces()
	drawn := t.Render()
	widths := widthsOf(append([]table.Row{header}, rows...))
	for range header {
		excess := text.LongestLineLen(drawn) - columns
		if columns == 0 || excess <= 0 {
			break
		}
		widest := slices.Index(widths, slices.Max(widths))
		widths[widest] = max(narrowest, widths[widest]-excess)
		t.SetColumnConfigs(limits(widths))
		drawn = t.Render()
	}
	return drawn
}

// widthsOf is how wide each column must be to hold its cells unbroken.
func widthsOf(rows []table.Row) []int {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], text.StringWidthWithoutEscSequences(fmt.Sprint(cell)))
		}
	}
	return widths
}

func limits(widths []int) []table.ColumnConfig {
	configs := make([]table.ColumnConfig, len(widths))
	for i, width := range widths {
		configs[i] = table.ColumnConfig{Number: i + 1, WidthMax: width, WidthMaxEnforcer: func(cell string, columns int) string {
			return strings.Join(Wrap(cell, columns), "\n")
		}}
	}
	return configs
}
