package statement

import (
	"fmt"
	"slices"
	"strings"

	"lvyue/internal/refusal"
)

// searched is how many rows from the top the header is looked for in; banks print the account and the period
// first.
const searched = 100

// header is the row that names the columns, and the table below it.
type header struct {
	table table
	row   row
	// at are the columns of a role. Only a memo may have more than one.
	at map[role][]int
}

// findHeader takes the first row of the first table that names all that is needed. If there is none, the refusal
// is about the row that names the most, as the nearest guess at what was meant for the header; one name alone may
// stand in a title by chance.
func findHeader(tables []table) (header, error) {
	var nearest header
	roles := vocabulary()
	for _, t := range tables {
		seen := 0
		for r, err := range t.rows {
			if err != nil {
				return header{}, err
			}
			if seen++; seen > searched {
				break
			}
			h := readHeader(t, r, roles)
			if len(h.missing()) == 0 {
				return h, h.refuse()
			}
			if len(h.at) > max(1, len(nearest.at)) {
				nearest = h
			}
		}
	}
	return header{}, nearest.refuse()
}

func readHeader(t table, r row, roles map[string]role) header {
	h := header{table: t, row: r, at: map[role][]int{}}
	for i, c := range r.cells {
		if role, known := roles[plain(c.text)]; known {
			h.at[role] = append(h.at[role], i)
		}
	}
	h.prefer()
	return h
}

// prefer leaves one of two columns that banks print for one role: the day of the credit, which is the day that counts
// (§5.5), before that of the order; the number of the movement before that of its voucher. Two of equal rank stay, to
// be refused.
func (h header) prefer() {
	ruling := map[string]bool{}
	for _, name := range preferred() {
		ruling[plain(name)] = true
	}
	for _, role := range []role{roleDate, roleReference} {
		best := slices.DeleteFunc(slices.Clone(h.at[role]), func(i int) bool { return !ruling[plain(h.row.cells[i].text)] })
		if len(best) > 0 && len(best) < len(h.at[role]) {
			h.at[role] = best
		}
	}
}

func (h header) has(r role) bool { return len(h.at[r]) > 0 }

// missing are the groups of roles of which none is there.
func (h header) missing() []role {
	var missing []role
	if !h.has(roleDate) {
		missing = append(missing, roleDate)
	}
	if !h.has(roleAmount) && !h.has(roleCredit) && !h.has(roleDebit) {
		missing = append(missing, roleAmount)
	}
	if !h.has(roleReference) {
		missing = append(missing, roleReference)
	}
	return missing
}

// refuse names every column that is missing, and all that tell the same; nil if all is well. The line is 0 if no
// row looked like a header.
func (h header) refuse() error {
	var wrong wrongs
	for _, r := range h.missing() {
		wrong.add(r, h.row.number, absent(r))
	}
	for _, c := range columns() {
		if c.role != roleMemo && len(h.at[c.role]) > 1 {
			wrong.add(c.role, h.row.number, twice(h.titles(c.role)))
		}
	}
	if h.has(roleAmount) && (h.has(roleCredit) || h.has(roleDebit)) {
		wrong.add(roleAmount, h.row.number, twice(h.titles(roleAmount, roleCredit, roleDebit)))
	}
	return wrong.refusal()
}

// titles are the names of the columns as the file writes them.
func (h header) titles(roles ...role) string {
	var titles []string
	for _, r := range roles {
		for _, i := range h.at[r] {
			titles = append(titles, strings.TrimSpace(h.row.at(i).text))
		}
	}
	return strings.Join(titles, "、")
}

func absent(r role) *refusal.Text {
	if r == roleAmount {
		signed, split, direction := names(roleAmount), names(roleCredit, roleDebit), names(roleDirection)
		return says(
			fmt.Sprintf("缺少金额列。可用的列名：%s（带正负号，或另有 %s），或分列 %s", signed, direction, split),
			fmt.Sprintf("no column has the amount. Names understood: %s (signed, or beside one of %s), or apart as %s", signed, direction, split))
	}
	return says("缺少这一列。可用的列名："+names(r), "this column is missing. Names understood: "+names(r))
}

func twice(titles string) *refusal.Text {
	return says("这几列意思相同，只保留一列："+titles, "these columns tell the same; keep one: "+titles)
}
