package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Formats that every Excel knows by number (ECMA-376 part 1, 18.8.30).
const (
	whole   = 1  // 0
	grouped = 4  // #,##0.00
	asText  = 49 // @
)

// styles are the numbers of the workbook's cell styles.
type styles struct {
	title      int
	header, of map[Kind]int
	longNumber int // a number as text
}

// stylist adds styles to a workbook until one fails.
type stylist struct {
	book *excelize.File
	err  error
}

// newStyles adds the styles to book.
func newStyles(book *excelize.File) (styles, error) {
	a := &stylist{book: book}
	formats := map[Kind]excelize.Style{
		Text:    {NumFmt: asText},
		Amount:  {NumFmt: grouped},
		Day:     {CustomNumFmt: new("yyyy-mm-dd")},
		Instant: {CustomNumFmt: new("yyyy-mm-dd hh:mm:ss")},
		Count:   {NumFmt: whole},
		Flag:    {},
	}
	s := styles{header: make(map[Kind]int), of: make(map[Kind]int)}
	s.title = a.add(excelize.Style{Font: bold(14)})
	s.longNumber = a.add(excelize.Style{NumFmt: asText, Alignment: aligned(Amount)})
	for kind := Text; kind <= Flag; kind++ { // in order, so that equal tables are equal files
		style := formats[kind]
		style.Alignment = aligned(kind)
		s.of[kind] = a.add(style)
		s.header[kind] = a.add(excelize.Style{Font: bold(11), Fill: grey(), Border: under(), Alignment: aligned(kind)})
	}
	return s, a.err
}

func (a *stylist) add(style excelize.Style) int {
	id, err := a.book.NewStyle(&style)
	if a.err == nil && err != nil {
		a.err = fmt.Errorf("add a cell style: %w", err)
	}
	return id
}

// bold is the default font of the workbook, bold, in points.
func bold(size float64) *excelize.Font {
	return &excelize.Font{Bold: true, Family: "Calibri", Size: size, Color: "000000"}
}

// aligned is where the values of a column stand, and its title above them.
func aligned(kind Kind) *excelize.Alignment {
	switch kind {
	case Amount, Count:
		return &excelize.Alignment{Horizontal: "right", Vertical: "center"}
	case Day, Instant, Flag:
		return &excelize.Alignment{Horizontal: "center", Vertical: "center"}
	default:
		return &excelize.Alignment{Horizontal: "left", Vertical: "center"}
	}
}

func grey() excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDF0F4"}}
}

func under() []excelize.Border {
	return []excelize.Border{{Type: "bottom", Color: "7F8A99", Style: 1}}
}
