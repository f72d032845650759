package slack

import (
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

// accountManager is the role of the person of the form who looks after its contract.
const accountManager = "account-manager"

// level is who may do something.
type level int

const (
	anybody     level = iota // of the rota
	engineers                // who may be on call, or lead
	leads                    // or manage
	managers                 //
	contractors              // managers, sales, and the account manager of the contract
	members                  // full members of the workspace, on the rota or not
)

// role is in which role somebody may do something of the level about a contract, empty for none: of several the highest. The rules of
// the contract are the engine's; this only keeps out who has no business there.
func (l level) role(p oncall.Person, manages bool) string {
	has := func(roles ...oncall.Role) string {
		for _, r := range roles {
			if p.Has(r) {
				return string(r)
			}
		}
		return ""
	}
	switch l {
	case engineers:
		return has(oncall.Manager, oncall.Lead, oncall.Engineer)
	case leads:
		return has(oncall.Manager, oncall.Lead)
	case managers:
		return has(oncall.Manager)
	case contractors:
		if manages {
			return accountManager
		}
		return has(oncall.Manager, oncall.Sales)
	case anybody:
		if manages {
			return accountManager
		}
		return has(oncall.Manager, oncall.Lead, oncall.Engineer, oncall.Sales, oncall.Finance)
	default:
		return ""
	}
}

// needs says which role is wanted.
func (l level) needs() *refusal.Refusal {
	who := map[level]refusal.Text{
		anybody:     {ZH: "值班表中的任一角色", EN: "any role on the rota"},
		engineers:   {ZH: "“值班工程师”角色（oncall）", EN: "the role \"oncall\""},
		leads:       {ZH: "“主管”角色（lead）", EN: "the role \"lead\""},
		managers:    {ZH: "“经理”角色（manager）", EN: "the role \"manager\""},
		contractors: {ZH: "该合同的客户经理、“销售”（sales）或“经理”（manager）角色", EN: "to be the contract's account manager, or the role \"sales\" or \"manager\""},
	}[l]
	return refusal.Rule("needs_role", "", "您没有权限：需要"+who.ZH+"。", "You may not do this: it takes "+who.EN+".")
}
