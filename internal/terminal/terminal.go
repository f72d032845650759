// Package terminal lays text out for the terminal that shows it: how wide it is, tables that fit into it, and
// Chinese beside Latin letters in straight columns.
package terminal

import (
	"fmt"
	"strings"
	"unicode"

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

// Table draws t with its header and rows in at most columns, by wrapping the cells of its widest columns between
// words. It becomes wider where words leave no choice. Columns 0 set no limit.
func Table(t table.Writer, header table.Row, rows []table.Row, columns int) string {
	t.AppendHeader(header)
	t.AppendRows(rows)
	t.SuppressTrailingSpaces()
	drawn := t.Render()
	excess := text.LongestLineLen(drawn) - columns
	if columns == 0 || excess <= 0 {
		return drawn
	}
	t.SetColumnConfigs(limits(narrowed(append([]table.Row{header}, rows...), excess)))
	return t.Render()
}

// narrowed is how wide the columns are once excess is taken away, each time from the widest that still gives.
func narrowed(rows []table.Row, excess int) []int {
	widths, least := make([]int, len(rows[0])), make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], text.StringWidthWithoutEscSequences(fmt.Sprint(cell)))
			least[i] = max(least[i], narrowest, longestWord(fmt.Sprint(cell))+1) // Wrap leaves the last column free
		}
	}
	for ; excess > 0; excess-- {
		widest := -1
		for i, width := range widths {
			if width > least[i] && (widest < 0 || width > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		widths[widest]--
	}
	return widths
}

// longestWord is how wide the longest part of a cell is that should not be broken; Chinese breaks anywhere.
func longestWord(cell string) int {
	longest := 0
	for _, word := range strings.FieldsFunc(text.StripEscape(cell), func(r rune) bool {
		return unicode.IsSpace(r) || text.RuneWidth(r) > 1
	}) {
		longest = max(longest, text.StringWidth(word))
	}
	return longest
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
