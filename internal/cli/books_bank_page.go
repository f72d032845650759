package cli

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
)

// mostLines is how many lines of each kind a page shows of a statement; --json has them all.
const mostLines = 20

// bankImport tells what became, or would become, of a statement.
func (p *paper) bankImport(d statementDocument, file, by string) {
	if d.AlreadyImported {
		p.line("该文件此前已导入（%s，账户 %s），账目未变", "this file was imported before (%s, account %s); the books are unchanged", d.File, d.Account)
		return
	}
	if d.Committed {
		p.line("%s 已导入 %s，账户 %s，共 %d 行：新增 %d，已知 %d，确认手工登记 %d",
			"%s imported %s, account %s, %d lines: %d new, %d known, %d confirm what was entered by hand",
			p.paint(good, "✓"), d.File, d.Account, d.Lines, d.Counts.New, d.Counts.Known, d.Counts.Confirmed)
	} else {
		p.line("预演，没有写入任何内容。%s，账户 %s，共 %d 行：新增 %d，已知 %d，确认手工登记 %d",
			"A dry run: nothing was written. %s, account %s, %d lines: %d new, %d known, %d confirm what was entered by hand",
			d.File, d.Account, d.Lines, d.Counts.New, d.Counts.Known, d.Counts.Confirmed)
	}
	p.statementLines("新增", "New", d.New)
	p.statementLines("确认手工登记", "Confirm what was entered by hand", d.Confirmed)
	p.statementLines("已知（此前的文件已导入）", "Known from an earlier file", d.Known)
	switch {
	case !d.Committed:
		p.line("", "")
		p.line("确认无误后写入：starter books import %s --account %s --by %s --commit",
			"to write it: starter books import %s --account %s --by %s --commit", shellWord(file), shellWord(d.Account), shellWord(by))
	case d.Counts.New > 0:
		p.line("", "")
		p.line("归入合同：starter books match --auto --by %s，其余逐笔 starter books match LINE NUMBER",
			"give it to contracts: starter books match --auto --by %s, the others one by one with starter books match LINE NUMBER", shellWord(by))
	}
}

// statementLines is a table of the first lines of a kind.
func (p *paper) statementLines(zh, en string, lines []statementLine) {
	if len(lines) == 0 {
		return
	}
	p.title(zh, en)
	header := table.Row{"行", "日期", "金额", "流水号", "对方", "建议合同", "银行流水"}
	if p.lang != "zh" {
		header = table.Row{"row", "day", "amount", "reference", "other side", "suggested", "bank line"}
	}
	var rows []table.Row
	for _, l := range lines[:min(len(lines), mostLines)] {
		rows = append(rows, table.Row{
			l.Line, p.day(l.On), l.Amount, l.Reference, l.Payer, l.Suggestion, strings.Trim(fmt.Sprint(l.BankLines), "[]"),
		})
	}
	p.rows(header, rows)
	if more := len(lines) - mostLines; more > 0 {
		p.line("……另有 %d 行（--json 列出全部）", "… and %d more (--json lists them all)", more)
	}
}

// shellWord is a word as a shell takes it.
func shellWord(word string) string {
	if !strings.ContainsAny(word, " \t'\"\\$&|;<>()*?[]{}#~`!") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
