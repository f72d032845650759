package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// headerLine is the line of the column titles, from 1.
func (t Table) headerLine() int {
	if t.Title == "" {
		return 1
	}
	return 2
}

// layOut names the sheet and prepares it for the printer: A4 across, all columns on one page, title and header
// again on every page.
func layOut(book *excelize.File, name string, t Table) error {
	steps := []func() error{
		func() error { return book.SetSheetName(noName, name) },
		// The template says that the sheet ends at A1, and some readers believe it.
		func() error { return book.SetSheetDimension(name, "") },
		func() error { return book.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: new(true)}) },
		func() error {
			return book.SetPageLayout(name, &excelize.PageLayoutOptions{
				Size: new(9), Orientation: new("landscape"), FitToWidth: new(1), FitToHeight: new(0), // 9 is A4
			})
		},
		func() error {
			return book.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"})
		},
		func() error {
			return book.SetDefinedName(&excelize.DefinedName{
				Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$%d", name, t.headerLine()), Scope: name,
			})
		},
		func() error {
			return book.SetDocProps(&excelize.DocProperties{Creator: "Lvyue", Title: plain(t.Title)})
		},
		func() error { return book.SetAppProps(&excelize.AppProperties{Application: "Lvyue"}) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("lay out the sheet: %w", err)
		}
	}
	return nil
}

// frozen keeps the first lines in view.
func frozen(lines int) *excelize.Panes {
	return &excelize.Panes{
		Freeze: true, YSplit: lines, TopLeftCell: fmt.Sprintf("A%d", lines+1), ActivePane: "bottomLeft",
	}
}

// width is the width of a column, in characters of the default font: enough for every usual value and, with
// room for the filter's button, for the title.
func width(c Column) float64 {
	title := 4
	for _, r := range c.Title {
		if title++; r > 0x2E7F { // from here on mostly CJK, twice as wide
			title++
		}
	}
	return float64(min(max(title, widthOf(c.Kind)), 60))
}

func widthOf(kind Kind) int {
	switch kind {
	case Amount:
		return 19
	case Day:
		return 12
	case Instant:
		return 20
	case Count:
		return 10
	case Flag:
		return 8
	default:
		return 26
	}
}
