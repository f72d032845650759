package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

// contract is the page about one contract, most important first: where it stands, what is owed next.
func (p *paper) contract(v postgres.View) {
	c := v.Contract
	p.line("%s  %s 与 %s", "%s  %s and %s", p.paint(bold, c.Number), c.Customer, c.Provider)
	p.line("阶段：%s    客户经理：%s", "phase: %s    account manager: %s", p.paint(bold, p.in(words.Phase(c.Phase))), c.AccountManager)
	p.line("生效：%s    服务起始：%s", "in force: %s    service from: %s", p.day(c.Effective), p.day(c.Start))
	p.ending(c)
	p.decided(c)
	p.openFaults(v.Faults, time.Now())
	if c.Phase == message.Signing {
		p.line("下一步：另一方签署（starter sign）", "next: the other side signs (starter sign)")
	} else {
		p.next(nextDuty(v.Obligations))
	}
	p.destroying(v)
	p.duties(v.Obligations)
	p.progress(underWay(v))
	p.years(v.Years)
	p.money(c, v.Receipts)
}

func (p *paper) ending(c message.ContractRow) {
	switch {
	case !c.EndedOn.IsZero():
		p.line("已于 %s 终止（%s）", "ended on %s (%s)", p.day(c.EndedOn), p.in(words.Ground(c.Ground)))
	case !c.EndsOn.IsZero():
		p.line("将于 %s 终止（%s）", "ends on %s (%s)", p.day(c.EndsOn), p.in(words.Ground(c.Ground)))
	}
}

// decided is what people have decided that no duty shows.
func (p *paper) decided(c message.ContractRow) {
	if !c.Named.IsZero() {
		p.line("甲方指定部署日：%s（§5.5）", "deployment day named by the customer: %s (§5.5)", p.day(c.Named))
	}
	if c.Disputed != "" {
		p.line("争议中：%s（§6.3）", "in dispute: %s (§6.3)", strings.ReplaceAll(c.Disputed, ",", ", "))
	}
	if c.HeldBy != "" {
		p.line("数据销毁由 %s 保全（§7.2）", "the destruction is held by %s (§7.2)", c.HeldBy)
	}
	if c.Quoted.IsPositive() {
		p.line("扩容报价 %s 元，%s 前可接受（§5.7，starter accept-quote）",
			"an expansion is quoted at %s CNY; the customer may accept it before %s (§5.7, starter accept-quote)", c.Quoted, p.instant(c.QuotedUntil))
	}
	if c.Shortfalls > 0 {
		p.line("未达负载标准记录 %d 次，甲方可单方解除（§1.4）",
			"the load standard was missed (recorded %d times); the customer may terminate alone (§1.4)", c.Shortfalls)
	}
}

func (p *paper) next(o *message.Obligation) {
	if o == nil {
		p.line("没有未了的义务", "nothing is owed")
		return
	}
	p.line("下一项：%s（%s，§%s），到期 %s，%s", "next: %s (%s, §%s), due %s, %s",
		p.paint(bold, p.in(words.Duty(o.ID))), p.in(words.Side(o.OwedBy)), o.Clause, p.dueOf(*o), p.status(*o))
}

// status is coloured by how urgent it is; a parked duty says so.
func (p *paper) status(o message.Obligation) string {
	text := p.paint(statusColour(o.Status), p.in(words.Status(o.Status)))
	if o.Attention != "" {
		text += p.paint(urgent, " ⚠ "+o.Attention)
	}
	return text
}

func (p *paper) duties(all []message.Obligation) {
	if len(all) == 0 {
		return
	}
	p.title("义务", "Duties")
	header := table.Row{"条款", "义务", "编号", "义务方", "产生", "到期", "状态", "履行"}
	if p.lang != "zh" {
		header = table.Row{"§", "duty", "id", "owed by", "opened", "due", "status", "settled"}
	}
	rows := make([]table.Row, len(all))
	for i, o := range all {
		rows[i] = table.Row{
			o.Clause, p.in(words.Duty(o.ID)), o.ID, p.in(words.Side(o.OwedBy)), workday.Of(o.OpenedAt),
			p.dueOf(o), p.status(o), p.instant(o.SettledAt),
		}
	}
	p.rows(header, rows)
}

func (p *paper) years(all []message.ServiceYear) {
	if len(all) == 0 {
		return
	}
	p.title("服务年度", "Service years")
	header := table.Row{"年度", "首日", "末日", "年服务费（元）"}
	if p.lang != "zh" {
		header = table.Row{"year", "first", "last", "fee (CNY)"}
	}
	rows := make([]table.Row, len(all))
	for i, y := range all {
		rows[i] = table.Row{y.Year, p.day(y.First), p.day(y.Last), y.Fee}
	}
	p.rows(header, rows)
}

func (p *paper) money(c message.ContractRow, receipts []message.Receipt) {
	p.title("款项", "Money")
	p.line("年服务费 %s 元，累计到账 %s 元，未抵用 %s 元", "annual fee %s CNY, received %s CNY, unapplied %s CNY", c.Fee, c.Received, c.Unapplied)
	header := table.Row{"到账日", "流水号", "金额（元）"}
	if p.lang != "zh" {
		header = table.Row{"day", "reference", "amount (CNY)"}
	}
	rows := make([]table.Row, len(receipts))
	for i, r := range receipts {
		rows[i] = table.Row{p.day(r.On), r.Reference, fmt.Sprintf("%14s", r.Amount)}
	}
	p.rows(header, rows)
}
