package slack

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	api "github.com/slack-go/slack"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

// askWithin is how long Slack may take to tell whether somebody is a guest.
const askWithin = time.Second

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
)

// ours tells whether a deed was meant for this app, in this workspace.
func (h *Handler) ours(d deed) bool {
	return h.config.Team != "" && d.team == h.config.Team && (h.config.App == "" || d.app == h.config.App)
}

// identify finds the person of the rota who did something. That the member id stands on the rota is the approval: an administrator has
// set it. Names and mail addresses, which people change themselves, prove nothing.
func (h *Handler) identify(ctx context.Context, d deed) (oncall.Person, *refusal.Refusal, error) {
	if !h.ours(d) || d.memberTeam != "" && d.memberTeam != h.config.Team {
		return oncall.Person{}, refusal.Rule("other_team", "", "只接受本工作区成员的操作。",
			"Only members of this workspace may do this."), nil
	}
	if no := h.outsider(ctx, d.member); no != nil {
		return oncall.Person{}, no, nil
	}
	rota, err := h.Books.Rota(ctx)
	if no, ok := refusal.As(err); ok {
		return oncall.Person{}, no, nil
	}
	if err != nil {
		return oncall.Person{}, nil, err
	}
	person, known := rota.BySlack(d.member)
	switch {
	case !known:
		return person, unmapped(d.member), nil
	case person.Inactive:
		return person, refusal.Rule("inactive", "", "您已在值班表中停用（"+person.ID+"），请联系管理员。",
			"You are inactive on the rota ("+person.ID+"); please ask an administrator."), nil
	default:
		return person, nil, nil
	}
}

func unmapped(member string) *refusal.Refusal {
	return refusal.Rule("unmapped", "",
		"您的 Slack 账号尚未登记到值班表。请把成员编号 "+member+" 交给管理员，由其用 starter oncall set 登记。",
		"Your Slack account is not on the rota. Please give your member id "+member+" to an administrator, who enters it with starter oncall set.")
}

// outsider refuses who is no full member. If Slack does not answer, the rota alone decides, so that a click is not lost to an outage.
func (h *Handler) outsider(ctx context.Context, member string) *refusal.Refusal {
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	user, err := h.client.GetUserInfoContext(ctx, member)
	if said, ok := errors.AsType[api.SlackErrorResponse](err); ok && slices.Contains([]string{"user_not_found", "user_not_visible"}, said.Err) {
		return stranger()
	}
	if err != nil {
		h.warn(ctx, "Slack does not tell who somebody is", slog.String("member", member), slog.Any("error", err))
		return nil
	}
	switch {
	case user.Deleted:
		return refusal.Rule("deleted", "", "该 Slack 账号已停用。", "This Slack account is deactivated.")
	case user.IsRestricted, user.IsUltraRestricted:
		return refusal.Rule("guest", "", "访客账号不能操作。", "Guests may not do this.")
	case user.IsStranger, user.TeamID != "" && user.TeamID != h.config.Team:
		return stranger()
	case user.IsBot:
		return refusal.Rule("bot", "", "机器人不能操作。", "Bots may not do this.")
	default:
		return nil
	}
}

func stranger() *refusal.Refusal {
	return refusal.Rule("stranger", "", "外部成员不能操作。", "People of other workspaces may not do this.")
}

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

// allow finds who did something and in which role they may. The refusal says why not; the error, that nobody knows.
func (h *Handler) allow(ctx context.Context, d deed, l level, number string) (message.Actor, *refusal.Refusal, error) {
	person, no, err := h.identify(ctx, d)
	actor := message.Actor{Who: person.ID, Way: way}
	if no != nil || err != nil {
		return actor, no, err
	}
	manages := false
	if number != "" && (l == contractors || l == anybody) {
		form, err := h.Books.RulingForm(ctx, number)
		if no, ok := refusal.As(err); ok {
			return actor, no, nil
		}
		if err != nil {
			return actor, nil, err
		}
		manages = form.AccountManager == person.ID
	}
	if actor.Role = l.role(person, manages); actor.Role == "" {
		return actor, l.needs(), nil
	}
	return actor, nil, nil
}

// way is how acts from here came in, as the evidence names it.
const way = "slack"

// turnAway keeps that somebody was refused.
func (h *Handler) turnAway(ctx context.Context, d deed, who string, a about, no *refusal.Refusal) {
	what := d.name
	if d.typed != "" {
		what += " " + d.typed
	}
	err := h.Books.KeepAttempt(ctx, message.Attempt{
		Team: teamOf(d), Member: d.member, Person: who, What: what, Contract: a.Contract, Fault: a.Fault, Reason: no.Code, ActedAt: d.at,
	})
	if err != nil {
		h.warn(ctx, "a refused attempt was not kept", slog.String("member", d.member), slog.String("reason", no.Code), slog.Any("error", err))
	}
}

// teamOf is the workspace of who did it, where that is told.
func teamOf(d deed) string {
	if d.memberTeam != "" {
		return d.memberTeam
	}
	return d.team
}
