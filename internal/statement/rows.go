package statement

import (
	"fmt"
	"regexp"
	"strings"

	"lvyue/internal/refusal"
)

// passesOver reports whether a row below the header is no movement and is not meant to be one: an empty one, the
// header again on the next page, a total, or a remark under the table.
func (h header) passesOver(r row) bool {
	if r.broken != nil {
		return false
	}
	filled := r.filled()
	return filled == 0 || h.repeats(r) || h.anonymous(r) || filled == 1 && h.remarks(r)
}

// repeats reports whether the row is the header again.
func (h header) repeats(r row) bool {
	for _, of := range []role{roleDate, roleReference} {
		if strings.TrimSpace(h.cell(r, of).text) != strings.TrimSpace(h.cell(h.row, of).text) {
			return false
		}
	}
	return true
}

// total is a word of a line that sums up or carries over.
var total = regexp.MustCompile(`(?i)合计|总计|小计|共计|累计|总笔数|总收入|总支出|期初余额|期末余额|上期余额|承前页|过次页|^\s*(?:sub-?|grand )?totals?\b`)

// anonymous reports whether the row is a total. A movement has a day, a reference or another side; a row with any
// of these is never passed over for a word in it.
func (h header) anonymous(r row) bool {
	for _, of := range []role{roleDate, roleReference, rolePayer, roleAccount} {
		if c := h.cell(r, of); !c.empty() && !total.MatchString(c.text) {
			return false
		}
	}
	for _, c := range r.cells {
		if total.MatchString(c.text) {
			return true
		}
	}
	return false
}

// remark is the beginning of a line under the table.
var remark = regexp.MustCompile(`(?i)^(?:注|备注|说明|打印|导出|制表|以上|\*|#|-{2}|end\b|note\b|printed\b|exported\b)`)

// remarks reports whether the only cell of a row is a remark.
func (h header) remarks(r row) bool {
	for _, c := range r.cells {
		if text := strings.TrimSpace(c.text); text != "" {
			return remark.MatchString(text)
		}
	}
	return false
}

// Parts of one amount that was cut at the comma between its thousands.
var (
	headOfAmount = regexp.MustCompile(`^\s*[-+¥￥]?[0-9]{1,3}\s*$`)
	tailOfAmount = regexp.MustCompile(`^[0-9]{3}(?:\.[0-9]*)?-?\s*$`)
)

// misfit is why a record of a text file cannot stand under the header. A separator that stands unquoted within a
// field moves all fields behind it: 1,200.00 becomes an amount of 1. Excel leaves separators out at the end of a
// record, so that a short record fits, unless it looks like a cut amount.
func (h header) misfit(r row) *refusal.Text {
	width, fields := len(h.row.cells), len(r.cells)
	switch {
	case r.broken != nil:
		return r.broken
	case h.table.separator == 0 || fields == width:
		return nil
	case fields > width:
		return says(fmt.Sprintf("这一行有 %d 格，表头只有 %d 格；含分隔符的内容须加引号", fields, width),
			fmt.Sprintf("the line has %d fields, the header only %d; a field with a separator in it stands in quotes", fields, width))
	case h.table.separator == ',' && h.cut(r):
		return says("金额像是被千分位逗号断开；带逗号的金额须加引号",
			"the amount looks cut at the comma of its thousands; an amount with commas stands in quotes")
	default:
		return nil
	}
}

func (h header) cut(r row) bool {
	for _, of := range []role{roleAmount, roleCredit, roleDebit} {
		for _, i := range h.at[of] {
			if headOfAmount.MatchString(r.at(i).text) && tailOfAmount.MatchString(r.at(i+1).text) {
				return true
			}
		}
	}
	return false
}
