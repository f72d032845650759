package workflows

import (
	"slices"
	"strconv"
	"strings"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/contract"
	"lvyue/internal/handover"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

const (
	migrationsIn  = "migration-in/"
	migrationsOff = "migration-off/"
)

func isMigration(duty string) bool {
	return strings.HasPrefix(duty, migrationsIn) || strings.HasPrefix(duty, migrationsOff)
}

// mayMigrateIn (§3.7): a customer that ran on its own servers before signing, as the form says, may have its data moved once,
// from the deployment on. The day is agreed; the duty never delays §5.5. Until the cut-over the contract's system is there
// for trying: every copy replaces what is in it.
func mayMigrateIn(p *performance, d done, m message.MovingIn) *refusal.Refusal {
	if no := p.refuseMigrationIn(); no != nil {
		return no
	}
	return firstOf(
		contract.RefuseHost("from", m.From), p.refuseSameSystem(m.From), contract.RefuseAgreedDay("3.7", d.ReceivedAt, m.AgreedOn),
		p.refuseMovingIn(),
	)
}

func (p *performance) refuseMigrationIn() *refusal.Refusal {
	switch {
	case p.Terms.MigrationIn == nil || !p.Terms.MigrationIn.FromOwnServers:
		return refusal.Rule("nothing_to_migrate", "3.7", "合同表明甲方此前未在自有服务器上运行，无可迁入。",
			"the form says that the customer did not run on servers of its own: there is nothing to migrate")
	case p.UsableAt.IsZero():
		return notDeployed("3.7")
	case p.openMigration(migrationsIn) != nil:
		return refusal.Rule("already_open", "3.7", "迁入已在办理；如主机有误，先豁免再重新提出。",
			"a migration in is open already; if its host is wrong, waive it and ask again")
	case p.any(func(o message.Obligation) bool { return strings.HasPrefix(o.ID, migrationsIn) && o.Done() }):
		return refusal.Rule("already_migrated", "3.7", "数据已迁入，再次复制会覆盖现有数据。",
			"the data has been migrated; another copy would replace what has been entered since")
	default:
		return nil
	}
}

func notDeployed(clause string) *refusal.Refusal {
	return refusal.Rule("not_deployed", clause, "系统尚未部署完成。", "the system is not deployed yet")
}

// refuseSameSystem: a system is not moved onto itself.
func (p *performance) refuseSameSystem(from string) *refusal.Refusal {
	name, _, _ := strings.Cut(strings.ToLower(from), ":")
	own := slices.ContainsFunc(p.Resources, func(r hosting.Resource) bool { return strings.EqualFold(r.Address, name) })
	if !own && !strings.EqualFold(p.Terms.Hosting.Host, name) {
		return nil
	}
	return refusal.BadInput("same_system", "这是本合同在云上的系统。", "this is the contract's own system on the cloud",
		refusal.Wrong("from", "须为甲方旧系统的地址", "must be the host of the customer's old system"))
}

// refuseMovingIn: nothing is moved into a system that stands still for its last package (§3.8).
func (p *performance) refuseMovingIn() *refusal.Refusal {
	if p.Stilled {
		return refusal.Rule("system_frozen", "3.8", "云上系统已为迁出停止接受修改。", "the system on the cloud is frozen for its last package")
	}
	return p.refuseMoving()
}

// refuseMoving: one move at a time.
func (p *performance) refuseMoving() *refusal.Refusal {
	if p.moving() {
		return refusal.Rule("migration_running", "3.7", "数据正在搬迁，请等待其结束。", "data is being moved; wait until that is over")
	}
	return nil
}

// moving tells whether a try at a migration has not reported.
func (p *performance) moving() bool {
	return slices.ContainsFunc(p.Works, func(w message.Work) bool { return isMigration(w.Duty) && !w.Answered })
}

// migrateIn opens the duty and has the move rehearsed at once.
func migrateIn(_ workflow.Context, p *performance, d done, m message.MovingIn) refusal.Text {
	o := p.openMove(migrationsIn, "3.7", d, m.AgreedOn)
	p.Migrations = append(p.Migrations, message.Migration{Obligation: o, Stage: message.Rehearse, From: m.From})
	p.want(o)
	return refusal.Text{
		ZH: o + "：约定 " + m.AgreedOn.String() + " 前完成；正在预演，云上系统的数据将被旧系统的数据替换。",
		EN: o + ": agreed for " + m.AgreedOn.String() + "; it is being rehearsed, and the old system's data replaces what is on the cloud",
	}
}

// openMove opens the next migration of its kind. Its day is a civil one that no calendar moves.
func (p *performance) openMove(kind, clause string, d done, on workday.Date) string {
	n := 1
	for _, m := range p.Migrations {
		if strings.HasPrefix(m.Obligation, kind) {
			n++
		}
	}
	id := kind + strconv.Itoa(n)
	p.open(message.Obligation{
		ID: id, Clause: clause, OwedBy: message.Provider, OpenedAt: d.ReceivedAt, DueOn: on, DueAt: on.End(),
	})
	return id
}

// openMigration is the migration of that kind that is still owed, nil if there is none.
func (p *performance) openMigration(kind string) *message.Migration {
	for i := range p.Migrations {
		if m := &p.Migrations[i]; strings.HasPrefix(m.Obligation, kind) && p.find(m.Obligation).Open() {
			return m
		}
	}
	return nil
}

func (p *performance) migration(obligation string) *message.Migration {
	i := slices.IndexFunc(p.Migrations, func(m message.Migration) bool { return m.Obligation == obligation })
	if i < 0 {
		return nil
	}
	return &p.Migrations[i]
}

// mayCutOver (§3.7): after a rehearsal that found both systems equal. A dispute about it holds it back (§6.3).
func mayCutOver(p *performance, _ done, c message.CuttingOver) *refusal.Refusal {
	m := p.migration(c.Migration)
	switch {
	case m == nil || !strings.HasPrefix(c.Migration, migrationsIn):
		return refusal.Rule("unknown_migration", "3.7", "没有迁入 "+c.Migration+"。", "there is no migration in "+c.Migration)
	case !p.find(c.Migration).Open():
		return refusal.Rule("not_open", "3.7", c.Migration+" 已了结。", c.Migration+" is closed already")
	case p.disputed(c.Migration):
		return refusal.Rule("frozen", "6.3", c.Migration+" 在争议中。", c.Migration+" is in dispute")
	case !m.Rehearsed:
		return firstOf(p.refuseMoving(), refusal.Rule("not_rehearsed", "3.7", "预演尚未成功，不能切换。",
			"no rehearsal has succeeded yet: there is no cut-over before one"))
	default:
		return p.refuseMovingIn()
	}
}

// cutOver has the old system stand still, and its data moved for good. The engine never does it alone.
func cutOver(_ workflow.Context, p *performance, _ done, c message.CuttingOver) refusal.Text {
	p.beginStage(p.migration(c.Migration), message.Switch)
	return refusal.Text{
		ZH: "正在切换：旧系统停止接受修改，数据最后一次复制。",
		EN: "cutting over: the old system takes no changes any more, its data is copied for the last time",
	}
}

// beginStage has a stage of a migration worked at.
func (p *performance) beginStage(m *message.Migration, stage message.Stage) {
	m.Stage = stage
	p.find(m.Obligation).Attention = ""
	p.want(m.Obligation)
}

// migrationOf is what a try at a migration is told.
func (p *performance) migrationOf(id string, w message.Work) message.MigrationInput {
	m := p.migration(w.Duty)
	return message.MigrationInput{
		ContractID: id, Duty: w.Duty, N: w.N, Contract: p.Terms.Number, Stage: m.Stage, From: m.From,
		Host: hosting.Endpoint(p.Resources), Folder: handover.FolderOf(p.Terms.Number, p.packages()), TakenAt: p.cause.at,
		Frozen: p.Stilled, Rehearsal: p.clock.carried(),
	}
}

// carried takes the report of a migration's try.
func (p *performance) carried(r message.Report) {
	m, o := p.migration(r.Duty), p.find(r.Duty)
	off := strings.HasPrefix(r.Duty, migrationsOff)
	if off && r.Carried != nil {
		p.Stilled = r.Carried.Frozen
	}
	if r.Failure != "" || r.Carried == nil {
		p.movedNot(r, o)
		return
	}
	what := map[message.Stage]string{
		message.Rehearse: "migration-rehearsed", message.Switch: "migrated", message.Export: "exported", message.Final: "exported",
		message.Thaw: "thawed",
	}[r.Carried.Stage]
	p.noted = append(p.noted, message.Event{What: what, Clause: o.Clause, Subject: r.Duty, Detail: r})
	p.tell(r.Duty, what)
	switch r.Carried.Stage {
	case message.Rehearse:
		m.Rehearsed = true
	case message.Switch:
		p.settle(o, r.At)
	case message.Export, message.Final:
		m.Package, m.Final = r.Carried.Package.Manifest.Folder, r.Carried.Stage == message.Final
	case message.Thaw:
	}
}

// movedNot keeps why a move failed. A person hears of it while the duty is owed, and also later if a system may be left frozen.
func (p *performance) movedNot(r message.Report, o *message.Obligation) {
	p.noted = append(p.noted, message.Event{What: "migration-failed", Clause: o.Clause, Subject: r.Duty, New: r.Failure, Detail: r})
	if !o.Open() && r.Carried != nil && r.Carried.Frozen {
		p.tell(r.Duty, "attention")
	}
	p.park(r.Duty, r.Failure)
}
