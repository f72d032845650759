package statement

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// widest is how many columns of a sheet may hold a value. Without an end, a row could cost 16,384 cells.
const widest = 256

// proof is what excelize does not tell of a sheet: that its XML is whole, that its rows and cells come in order,
// and which of its cells are numbers. excelize reads a sheet that breaks off as a short one, and merges rows that
// are out of order.
type proof struct {
	// numbers has a bit per column, counted from 0, for each row with a number in it.
	numbers map[int]*[widest / 64]uint64
	// flags are the cells with true or false, which excelize gives as 1 and 0, by row from 1 and column from 1.
	flags  map[[2]int]bool
	row    int // the last row, from 1
	column int // the last column in it, from 1
	done   bool
}

var errSheet = errors.New("the sheet is not well formed")

// cell is the cell of a row, from 1, and a column, from 0, for which excelize has this text.
func (p *proof) cell(row, column int, text string) cell {
	if p.flags[[2]int{row, column + 1}] {
		return cell{text: strings.NewReplacer("1", "TRUE", "0", "FALSE").Replace(text)}
	}
	bits := p.numbers[row]
	return cell{text: text, number: bits != nil && column < widest && bits[column/64]&(1<<(column%64)) != 0}
}

// prove reads the sheet's XML from end to end, in whatever encoding the workbook can read. No XML is no proof.
func prove(book *excelize.File, part []byte) (proof, error) {
	p := proof{numbers: map[int]*[widest / 64]uint64{}, flags: map[[2]int]bool{}}
	d := xml.NewDecoder(bytes.NewReader(part))
	d.CharsetReader = book.CharsetReader
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && len(part) > 0 {
			return p, nil
		}
		if err != nil {
			return p, fmt.Errorf("read the sheet: %w", err)
		}
		if err := p.take(token); err != nil {
			return p, err
		}
	}
}

// take follows one token. After the end of the rows only the place of form controls is told in elements that are
// called row as well; a cell there would be read as one of the last row.
func (p *proof) take(token xml.Token) error {
	switch element := token.(type) {
	case xml.EndElement:
		p.done = p.done || element.Name.Local == "sheetData"
	case xml.StartElement:
		switch local := element.Name.Local; {
		case p.done && local == "c":
			return errSheet
		case p.done:
			return nil
		case local == "row":
			return p.startRow(attribute(element, "r"))
		case local == "c":
			return p.startCell(attribute(element, "r"), attribute(element, "t"))
		case p.column > widest && (local == "v" || local == "is" || local == "f"):
			return refused("表格超过 256 列，不是对账单", "the sheet has more than 256 columns and is no statement")
		}
	}
	return nil
}

// startRow goes to the row that is named, or to the next.
func (p *proof) startRow(name string) error {
	number := p.row + 1
	if name != "" {
		var err error
		if number, err = strconv.Atoi(name); err != nil || number <= p.row || number > excelize.TotalRows {
			return errSheet
		}
	}
	p.row, p.column = number, 0
	return nil
}

// startCell goes to the cell that is named, or to the next.
func (p *proof) startCell(name, kind string) error {
	number := p.column + 1
	if name != "" {
		var err error
		if number, _, err = excelize.CellNameToCoordinates(name); err != nil || number <= p.column {
			return errSheet
		}
	}
	p.column = number
	switch {
	case number > widest:
	case kind == "b":
		p.flags[[2]int{p.row, number}] = true
	case kind == "" || kind == "n":
		p.markNumber()
	}
	return nil
}

func (p *proof) markNumber() {
	bits := p.numbers[p.row]
	if bits == nil {
		bits = new([widest / 64]uint64)
		p.numbers[p.row] = bits
	}
	bits[(p.column-1)/64] |= 1 << ((p.column - 1) % 64)
}

func attribute(element xml.StartElement, name string) string {
	for _, a := range element.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
