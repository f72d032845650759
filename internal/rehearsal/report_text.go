package rehearsal

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/terminal"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

// Text is the report for people, in Chinese ("zh") or English, for a terminal of that many columns; 0 sets no
// limit.
func (r Report) Text(lang string, columns int) string {
	on := page{lang: lang, columns: columns}
	parts := []string{r.headline(lang), r.dutiesTable(on), r.yearsTable(on), r.invoicesTable(on), r.refusedTable(on), strings.Join(terminal.Wrap(r.footer(lang), columns), "\n")}
	filled := parts[:0]
	for _, part := range parts {
		if part != "" {
			filled = append(filled, part)
		}
	}
	return strings.Join(filled, "\n\n") + "\n"
}

// page is how the report is read.
type page struct {
	lang    string
	columns int
}

// headline: which contract, where it stands, when and why it ended.
func (r Report) headline(lang string) string {
	line := refusal.Text{ZH: "合同 ", EN: "Contract "}.In(lang) + r.Contract + " · " + words.Phase(r.Phase).In(lang)
	if !r.EndedOn.IsZero() {
		line += " · " + refusal.Text{ZH: "终止于 ", EN: "ended on "}.In(lang) + r.EndedOn.String()
		line += " · " + words.Ground(r.Ground).In(lang)
	}
	return line
}

func (r Report) dutiesTable(on page) string {
	rows := make([]table.Row, 0, len(r.Obligations))
	for _, o := range r.Obligations {
		rows = append(rows, table.Row{
			sign(o.Clause), words.Duty(o.ID).In(on.lang), words.Side(o.OwedBy).In(on.lang), o.OpenedAt.short(), o.dueText(on.lang),
			o.SettledAt.short(), words.Status(o.Status).In(on.lang),
		})
	}
	return on.table(rows, refusal.Text{ZH: "条款", EN: "Clause"}, refusal.Text{ZH: "义务", EN: "Duty"},
		refusal.Text{ZH: "义务人", EN: "Owed by"}, refusal.Text{ZH: "产生", EN: "Opened"}, refusal.Text{ZH: "期限", EN: "Due day"},
		refusal.Text{ZH: "履行", EN: "Performed"}, refusal.Text{ZH: "状态", EN: "Status"})
}

// dueText is the due day, with the days that it moved from and a mark while it may still move.
func (o Obligation) dueText(lang string) string {
	var text strings.Builder
	text.WriteString(o.DueOn.String())
	if o.Provisional {
		text.WriteString(refusal.Text{ZH: "（暂定）", EN: " (provisional)"}.In(lang))
	}
	for _, m := range o.Moved {
		text.WriteString(refusal.Text{ZH: "，原 ", EN: ", was "}.In(lang) + m.From.String())
	}
	return text.String()
}

func (r Report) yearsTable(on page) string {
	rows := make([]table.Row, 0, len(r.ServiceYears))
	for _, y := range r.ServiceYears {
		name := refusal.Text{ZH: fmt.Sprintf("第 %d 年", y.Year), EN: fmt.Sprintf("year %d", y.Year)}
		rows = append(rows, table.Row{name.In(on.lang), y.First.String(), y.Last.String(), y.Fee.String()})
	}
	return on.table(rows, refusal.Text{ZH: "服务年度", EN: "Service year"}, refusal.Text{ZH: "首日", EN: "First day"},
		refusal.Text{ZH: "末日", EN: "Last day"}, refusal.Text{ZH: "年服务费（元）", EN: "Fee (CNY)"})
}

// invoicesTable is what was asked for, and what came of it.
func (r Report) invoicesTable(on page) string {
	rows := make([]table.Row, 0, len(r.Invoices))
	for _, i := range r.Invoices {
		rows = append(rows, table.Row{
			i.Number, words.Duty(i.Obligation).In(on.lang), i.IssuedOn.String(), i.Gross.String(), i.Tax.String(), i.Open.String(),
		})
	}
	return on.table(rows, refusal.Text{ZH: "账单", EN: "Invoice"}, refusal.Text{ZH: "款项", EN: "For"},
		refusal.Text{ZH: "开具", EN: "Issued"}, refusal.Text{ZH: "价税合计（元）", EN: "Gross (CNY)"},
		refusal.Text{ZH: "其中税额", EN: "VAT in it"}, refusal.Text{ZH: "未结", EN: "Open"})
}

func (r Report) refusedTable(on page) string {
	rows := make([]table.Row, 0, len(r.Refused))
	for _, no := range r.Refused {
		rows = append(rows, table.Row{no.At.short(), words.Act(message.ActName(no.Do)).In(on.lang), no.Code, sign(no.Clause), no.Message})
	}
	return on.table(rows, refusal.Text{ZH: "被拒时间", EN: "Refused at"}, refusal.Text{ZH: "行为", EN: "Act"},
		refusal.Text{ZH: "代码", EN: "Code"}, refusal.Text{ZH: "条款", EN: "Clause"}, refusal.Text{ZH: "原因", EN: "Why"})
}

// footer: what can be checked, and what it cost.
func (r Report) footer(lang string) string {
	chain := refusal.Text{ZH: "完好", EN: "unbroken"}
	if !r.Evidence.Verified {
		chain = refusal.Text{ZH: "已断裂！", EN: "BROKEN"}
	}
	zh := fmt.Sprintf("证据 %d 条，哈希链%s；云资源共创建 %d 个，剩余 %d 个；提醒 %d 条；未抵用款 %s 元",
		r.Evidence.Events, chain.ZH, r.Resources.Created, r.Resources.Left, len(r.Messages), r.Unapplied)
	en := fmt.Sprintf("%d events of evidence, chain %s; %d cloud resources created, %d left; %d messages; %s CNY unapplied",
		r.Evidence.Events, chain.EN, r.Resources.Created, r.Resources.Left, len(r.Messages), r.Unapplied)
	if n := len(r.Books.Audit.Failed); n > 0 {
		zh += fmt.Sprintf("；账目检查 %d 项未通过！", n)
		en += fmt.Sprintf("; %d checks of the books FAIL", n)
	} else {
		zh += fmt.Sprintf("；账目 %d 项检查全部通过", r.Books.Audit.Checked)
		en += fmt.Sprintf("; the books hold by %d checks", r.Books.Audit.Checked)
	}
	if r.NotPlayed > 0 {
		zh += fmt.Sprintf("；时钟停止后的 %d 个事件未演练", r.NotPlayed)
		en += fmt.Sprintf("; %d events lie after the end of the clock and were not played", r.NotPlayed)
	}
	return refusal.Text{ZH: zh, EN: en}.In(lang)
}

// table draws a table, or nothing when there are no rows.
func (on page) table(rows []table.Row, columns ...refusal.Text) string {
	if len(rows) == 0 {
		return ""
	}
	head := make(table.Row, 0, len(columns))
	for _, c := range columns {
		head = append(head, c.In(on.lang))
	}
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = 0
	return terminal.Table(t, head, rows, on.columns)
}

// sign is a clause as people write it; nothing for none.
func sign(clause string) string {
	if clause == "" {
		return ""
	}
	return "§" + clause
}

// short is the minute in Shanghai, or nothing.
func (i Instant) short() string {
	if i.IsZero() {
		return ""
	}
	return i.In(workday.Shanghai).Format("2006-01-02 15:04")
}
