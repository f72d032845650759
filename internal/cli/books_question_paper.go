package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// wide is from how many columns on a terminal shows what is second in importance too.
const wide = 110

// name is the question's name on the command line.
func (a asked) name() string {
	name, _, _ := strings.Cut(a.command, " ")
	return name
}

// heading says what was asked, and of which state of the books.
func (r *answer) heading(lang string) string {
	heading := r.asked.title.In(lang)
	if r.asked.argument != "" {
		heading += " " + r.asked.argument
	}
	if day := r.settings.AsOf; !day.IsZero() {
		heading += refusal.Text{ZH: "，截至 ", EN: ", as of "}.In(lang) + day.String()
	}
	if at := r.settings.KnownAt; !at.IsZero() {
		heading += refusal.Text{ZH: "，据此前所记：", EN: ", as known at "}.In(lang) + at.In(workday.Shanghai).Format(time.DateTime)
	}
	return heading
}

// answer is what a person reads: the heading, the rows with their sums, and whether those are what the ledger says.
func (p *paper) answer(r answer) {
	p.line("%s  （金额单位：元）", "%s  (amounts in CNY)", p.paint(bold, r.heading(p.lang)))
	switch {
	case r.file != "":
		p.line("%s 已写入 %s：%d 行", "%s %s is written: %d rows", p.paint(good, "✓"), r.file, r.count)
	case r.count == 0:
		p.line("没有记录", "there is nothing")
	default:
		p.table(r)
	}
	for _, t := range r.asked.ties {
		p.tie(r, t)
	}
	if r.asked.view == "books_statement" && r.file == "" {
		p.closing(r)
	}
}

// alarm says under the figures that they may be wrong.
func (p *paper) alarm(a postgres.Alarm) {
	if a.Failed > 0 {
		p.line("%s %s 的夜间检查有 %d 项未通过：starter books audit", "%s the nightly audit of %s found %d checks broken: starter books audit",
			p.paint(urgent, "⚠"), p.instant(a.Audited), a.Failed)
	}
	if a.Unbooked > 0 {
		p.line("%s %d 份合同有未能入账的步骤：starter books audit", "%s the books refused a step of %d contracts: starter books audit",
			p.paint(urgent, "⚠"), a.Unbooked)
	}
}

// closing says who owes whom at the end of a statement.
func (p *paper) closing(r answer) {
	balance, _ := r.last("balance").(money.CNY)
	switch {
	case balance.IsPositive():
		p.line("余额 %s 元：客户欠款", "balance %s CNY: the customer owes it", balance)
	case balance.IsNegative():
		p.line("余额 %s 元：客户在我方的款项", "balance %s CNY: it is with us", balance)
	default:
		p.line("余额 0.00 元：两清", "balance 0.00 CNY: nothing is owed")
	}
}

// table draws the columns that find room on the paper.
func (p *paper) table(r answer) {
	var header table.Row
	var drawn []table.Row
	lines := len(r.rows)
	if len(r.totals) > 0 {
		lines++
	}
	drawn = make([]table.Row, lines)
	for i := 0; i < len(r.columns); i++ {
		c := r.asked.columns[i]
		if !p.shows(c) {
			continue
		}
		cells := p.cells(r, i)
		if c.where&withNext != 0 {
			cells = beside(cells, p.cells(r, i+1))
			i++
		}
		title := p.in(refusal.Text{ZH: c.zh, EN: c.en})
		if right(r.columns[i].Kind) {
			title, cells = aligned(title, cells)
		}
		header = append(header, title)
		for n, cell := range cells {
			drawn[n] = append(drawn[n], cell)
		}
	}
	if len(r.totals) > 0 {
		drawn[lines-1][0] = cmp.Or(drawn[lines-1][0], any(""))
		p.sumUp(drawn[lines-1])
	}
	p.rows(header, drawn)
}

func (p *paper) shows(c column) bool {
	switch {
	case c.where&onlyZH != 0 && p.lang != "zh", c.where&onlyEN != 0 && p.lang == "zh":
		return false
	case c.where&paper80 != 0:
		return true
	default:
		return c.where&paper110 != 0 && (p.columns == 0 || p.columns >= wide)
	}
}

// cells are a column on paper, its sum last if any column has one.
func (p *paper) cells(r answer, column int) []string {
	cells := make([]string, 0, len(r.rows)+1)
	for _, row := range r.rows {
		cells = append(cells, p.cell(r.asked.columns[column], row[column]))
	}
	if len(r.totals) == 0 {
		return cells
	}
	if sum, is := r.totals[column]; is {
		return append(cells, sum.String())
	}
	return append(cells, "")
}

// cell is one value as people read it. What is nothing is a dash where amounts stand, and empty elsewhere.
func (p *paper) cell(c column, value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case money.CNY:
		if v.IsZero() {
			return "—"
		}
		return v.String()
	case time.Time:
		return p.instant(v)
	case bool:
		return p.in(yesOrNo(v))
	case workday.Date:
		if c.where&byMonth != 0 {
			return v.String()[:len("2026-03")]
		}
		return v.String()
	case string:
		if c.say != nil {
			return p.in(c.say(v))
		}
		return v
	default:
		return fmt.Sprint(v)
	}
}

func yesOrNo(yes bool) refusal.Text {
	if yes {
		return refusal.Text{ZH: "是", EN: "yes"}
	}
	return refusal.Text{ZH: "否", EN: "no"}
}

// beside puts what a thing is about behind its name.
func beside(names, about []string) []string {
	both := make([]string, len(names))
	for i, name := range names {
		both[i] = name
		if about[i] != "" {
			both[i] += " → " + about[i]
		}
	}
	return both
}

// right tells whether the column's values end below one another.
func right(k postgres.Kind) bool { return k == postgres.Amount || k == postgres.Count }

// aligned makes title and cells equally wide, with their ends below one another.
func aligned(title string, cells []string) (string, []string) {
	width := text.StringWidthWithoutEscSequences(title)
	for _, cell := range cells {
		width = max(width, text.StringWidthWithoutEscSequences(cell))
	}
	pad := func(cell string) string {
		return strings.Repeat(" ", width-text.StringWidthWithoutEscSequences(cell)) + cell
	}
	padded := make([]string, len(cells))
	for i, cell := range cells {
		padded[i] = pad(cell)
	}
	return pad(title), padded
}

// sumUp makes a row the one of the sums.
func (p *paper) sumUp(row table.Row) {
	row[0] = p.in(total())
	for i, cell := range row {
		row[i] = p.paint(bold, fmt.Sprint(cell))
	}
}

// tie says whether a sum is what the ledger says. Of a part of the books the ledger has no account.
func (p *paper) tie(r answer, t tie) {
	sum, summed := r.sum(t.column)
	for _, b := range r.balances {
		if b.Account != t.account || !summed {
			continue
		}
		balance := b.Balance
		if t.credit {
			balance = balance.Neg()
		}
		name := p.in(refusal.Text{ZH: b.NameZH, EN: b.NameEN})
		if balance.Equal(sum) {
			p.line("%s 合计 %s = 科目 %s（%s）余额", "%s total %s = balance of account %s (%s)", p.paint(good, "✓"), sum, t.account, name)
		} else {
			p.line("%s 合计 %s ≠ 科目 %s（%s）余额 %s", "%s total %s ≠ balance of account %s (%s), which is %s",
				p.paint(urgent, "✗"), sum, t.account, name, balance)
		}
	}
}
