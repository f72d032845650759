package statement

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"lvyue/internal/refusal"
)

// longestLine is the length in bytes of the longest line of a text file. It bounds what one record can cost.
const longestLine = 64 << 10

// openText sees a text as separated by commas, by tabs and by semicolons.
func openText(content []byte) ([]table, error) {
	text, err := decode(content)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(text) {
		if len(line) > longestLine {
			return nil, refused("文件中有一行过长，不是 CSV 对账单", "the file has a line too long for a CSV statement")
		}
	}
	var tables []table
	for _, separator := range ",\t;" {
		tables = append(tables, table{separator: separator, rows: records(text, separator)})
	}
	return tables, nil
}

// records splits a text by RFC 4180. Quotes are taken strictly: a lenient reader would swallow all lines after a
// quote that is never closed.
func records(text string, separator rune) iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator, -1, true
		for {
			fields, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(record(r, fields, err), nil) {
				return
			}
		}
	}
}

// record is what was read last, with the line on which it begins. The reader goes on after an error.
func record(r *csv.Reader, fields []string, err error) row {
	if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
		return row{number: wrong.StartLine, broken: misquoted(wrong)}
	}
	line, _ := r.FieldPos(0)
	cells := make([]cell, len(fields))
	for i, field := range fields {
		cells[i].text = field
	}
	return row{number: line, cells: cells}
}

func misquoted(wrong *csv.ParseError) *refusal.Text {
	if wrong.Line != wrong.StartLine {
		return says(fmt.Sprintf("这一行的引号到第 %d 行仍未正确结束", wrong.Line),
			fmt.Sprintf("a quote on this line is not closed properly up to line %d", wrong.Line))
	}
	return says(`引号不成对；含引号的内容须整格加引号，格内的引号写两次（""）`,
		`the quotes do not match; a field with quotes stands in quotes, and a quote in it is doubled ("")`)
}
