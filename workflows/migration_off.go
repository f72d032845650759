package workflows

import (
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// mayMigrateOff (§3.8): at any time while there is data, also after the contract's end, until its destruction is confirmed. While
// one is open it may be asked for another package, by the day that stands.
func mayMigrateOff(p *performance, d done, m message.MovingOff) *refusal.Refusal {
	open := p.openMigration(migrationsOff)
	switch {
	case p.UsableAt.IsZero():
		return notDeployed("3.8")
	case len(p.Confirmed) >= twoPersons:
		return underWay()
	case p.moving():
		return p.refuseMoving()
	case open == nil:
		return contract.RefuseAgreedDay("3.8", d.ReceivedAt, m.AgreedOn)
	case p.disputed(open.Obligation):
		return refusal.Rule("frozen", "6.3", open.Obligation+" 在争议中。", open.Obligation+" is in dispute")
	}
	if due := p.find(open.Obligation).DueOn; !m.AgreedOn.IsZero() && m.AgreedOn != due {
		return refusal.Rule("other_day", "3.8",
			open.Obligation+" 已约定 "+due.String()+"。", open.Obligation+" is agreed for "+due.String())
	}
	return nil
}

// migrateOff has a package made. It costs the customer nothing. The customer works on while the first ones are tried; before
// the final one the system is frozen, and stays so: what is accepted is the last word.
func migrateOff(_ workflow.Context, p *performance, d done, off message.MovingOff) refusal.Text {
	m := p.openMigration(migrationsOff)
	if m == nil {
		o := p.openMove(migrationsOff, "3.8", d, off.AgreedOn)
		p.Migrations = append(p.Migrations, message.Migration{Obligation: o})
		m = &p.Migrations[len(p.Migrations)-1]
	}
	m.Packages++
	m.Final = false
	if off.Final {
		p.Stilled = true
		p.beginStage(m, message.Final)
		return refusal.Text{
			ZH: m.Obligation + "：系统已停止接受修改，正在导出最终数据包；不收费。",
			EN: m.Obligation + ": the system takes no changes any more, and the final package is being made; it costs nothing",
		}
	}
	p.beginStage(m, message.Export)
	return refusal.Text{
		ZH: m.Obligation + "：正在导出数据包，甲方可继续使用；不收费。",
		EN: m.Obligation + ": a package is being made while the customer works on; it costs nothing",
	}
}

// packages counts those that were ever asked for: each has a folder of its own.
func (p *performance) packages() int {
	n := 0
	for _, m := range p.Migrations {
		n += m.Packages
	}
	return n
}

// mayAcceptPackage (§3.8): the customer accepts in writing a final package that was read back.
func mayAcceptPackage(p *performance, _ done, a message.PackageAcceptance) *refusal.Refusal {
	m := p.openMigration(migrationsOff)
	switch {
	case a.By != message.Customer:
		return refusal.Rule("not_the_customer", "3.8", "只有甲方可以验收。", "only the customer may accept")
	case !isHash(a.Document):
		return refusal.BadInput("bad_document", "缺少书面验收文件。", "the written acceptance is missing",
			refusal.Wrong("document", "须为文件的 SHA-256（64 位十六进制）", "must be the document's SHA-256, 64 hexadecimal digits"))
	case m == nil:
		return refusal.Rule("no_migration", "3.8", "没有未了结的迁出。", "no migration off is open")
	case p.moving():
		return p.refuseMoving()
	case m.Package == "":
		return refusal.Rule("not_exported", "3.8", "尚无导出并核验过的数据包。", "no package was made and read back yet")
	case !m.Final:
		return refusal.Rule("not_final", "3.8", "最近的数据包不是最终包：系统仍可修改。请先以 --final 导出。",
			"the last package is not the final one: the system could still change. Make it with --final first")
	default:
		return nil
	}
}

func isHash(text string) bool {
	const digits = 64
	return len(text) == digits && strings.Trim(text, "0123456789abcdef") == ""
}

// acceptPackage: the duty is performed; what is on the cloud may be destroyed when the contract has ended (§7.2).
func acceptPackage(_ workflow.Context, p *performance, d done, a message.PackageAcceptance) refusal.Text {
	m := p.openMigration(migrationsOff)
	m.Accepted = a.Document
	o := p.find(m.Obligation)
	o.Attention = ""
	p.settle(o, d.ReceivedAt)
	return refusal.Text{ZH: "甲方已书面验收 " + m.Package + "。", EN: "the customer has accepted " + m.Package + " in writing"}
}

// refuseUnaccepted (§3.8): data is destroyed after the customer's written acceptance, not before. It holds nothing else: the
// clock of §7.2 is held by a dispute or a legal hold alone.
func (p *performance) refuseUnaccepted() *refusal.Refusal {
	m := p.openMigration(migrationsOff)
	if m == nil {
		return nil
	}
	return refusal.Rule("migration_open", "3.8",
		m.Obligation+" 尚未经甲方书面验收（或豁免），不能销毁数据。",
		m.Obligation+" is not accepted by the customer in writing (or waived) yet: nothing may be destroyed before")
}

// letGoAgain lets a system that stands still for its last package work on, since nobody waits for that package any more. After
// the contract's end there is nothing to work for.
func (p *performance) letGoAgain() {
	if !p.Stilled || !p.EndedOn.IsZero() || p.moving() {
		return
	}
	for i := len(p.Migrations) - 1; i >= 0; i-- {
		if m := &p.Migrations[i]; strings.HasPrefix(m.Obligation, migrationsOff) {
			m.Final = false
			p.beginStage(m, message.Thaw)
			return
		}
	}
}

// reopenMigrations follows an end that is taken back: a migration in that only the end had made void is owed again.
func (p *performance) reopenMigrations() {
	for _, m := range p.Migrations {
		if o := p.find(m.Obligation); strings.HasPrefix(o.ID, migrationsIn) && o.Status == message.Void {
			o.Status, o.ClosedAt = message.Pending, time.Time{}
			o.Attention = "the end of the contract interrupted it"
		}
	}
	p.letGoAgain()
}
