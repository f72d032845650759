package statement

import (
	"bytes"
	"iter"
	"strings"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// largestFile is the size in bytes of the largest file that is looked at.
const largestFile = 64 << 20

// table is one way to see the file as rows: a sheet, or the text split at one separator.
type table struct {
	// rows starts from the top each time. An error ends it and is a refusal of the whole file.
	rows iter.Seq2[row, error]
	// separator is 0 for a sheet.
	separator rune
	// epoch is day 0 of a sheet's day numbers; no day for a text.
	epoch workday.Date
}

// row is one record. broken says why it could not be split into cells, else it is nil.
type row struct {
	number int
	cells  []cell
	broken *refusal.Text
}

// cell is one field as the file has it. number tells that a sheet holds it as a number, and not as a text.
type cell struct {
	text   string
	number bool
}

// at is the cell of a column, empty where the row is too short.
func (r row) at(column int) cell {
	if column >= len(r.cells) {
		return cell{}
	}
	return r.cells[column]
}

// filled counts the cells with something in them.
func (r row) filled() int {
	n := 0
	for _, c := range r.cells {
		if !c.empty() {
			n++
		}
	}
	return n
}

func (c cell) empty() bool { return strings.TrimSpace(c.text) == "" }

// open tells the kind of file from its first bytes and gives every way to see it as a table, the likely ones
// first.
func open(content []byte) ([]table, error) {
	switch {
	case len(content) > largestFile:
		return nil, refused("文件超过 64 MB，请按日期分成几个文件", "the file is larger than 64 MB; export it in parts by date")
	case len(bytes.TrimSpace(content)) == 0:
		return nil, refused("文件是空的", "the file is empty")
	case bytes.HasPrefix(content, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return nil, refuseCompound(content)
	case bytes.HasPrefix(content, []byte("PK\x03\x04")), bytes.HasPrefix(content, []byte("PK\x05\x06")):
		return openWorkbook(content)
	case bytes.IndexByte(content, 0) >= 0:
		return nil, refused("文件既不是 CSV（UTF-8 或 GB18030），也不是 XLSX", "the file is neither CSV (UTF-8 or GB18030) nor XLSX")
	default:
		return openText(content)
	}
}

// refuseCompound refuses the container that both the old XLS and a workbook with a password come in. The name of
// the stream with the locked workbook stands in it in UTF-16.
func refuseCompound(content []byte) error {
	if bytes.Contains(content, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
		return refused("工作簿有密码，请去掉密码后另存再导入", "the workbook has a password; save it without one")
	}
	return refused("文件是旧版 XLS，请另存为 XLSX 或 CSV", "the file is an old XLS; save it as XLSX or CSV")
}
