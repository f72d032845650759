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

// ours tells whether a deed was meant for this app, in this workspace.
func (h *Handler) ours(d deed) bool {
	return h.config.Team != "" && d.team == h.config.Team && (h.config.App == "" || d.app == h.config.App)
}

// identify finds the person of the rota who did something. That an account is somebody's, the rota says, which a person has set, or
// another person who approved it. Names and mail addresses, which people change themselves, prove nothing.
//
// If Slack does not tell whether somebody is a guest, the rota alone decides, so that a click is not lost to an outage.
func (h *Handler) identify(ctx context.Context, d deed) (oncall.Person, *refusal.Refusal, error) {
	if no, told := h.outsider(ctx, d); told && no != nil {
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
		no, err := h.unlinked(ctx, d.member)
		return person, no, err
	case person.Inactive:
		return person, refusal.Rule("inactive", "", "您已在值班表中停用（"+person.ID+"），请联系管理员。",
			"You are inactive on the rota ("+person.ID+"); please ask an administrator."), nil
	default:
		return person, nil, nil
	}
}

// unlinked is the code of the refusal of a member who is nobody of the rota yet, and may ask to be.
const unlinked = "unlinked"

// unlinked says to a member how it stands with their link.
func (h *Handler) unlinked(ctx context.Context, member string) (*refusal.Refusal, error) {
	link, err := h.Books.Approval(ctx, message.LinkOf(h.config.Team, member))
	switch link.State {
	case message.AskedFor:
		return refusal.Rule("link_pending", "", "您的绑定申请（"+link.Person+"）待主管或经理批准。",
			"Your link to "+link.Person+" waits for the approval of a lead or a manager."), err
	case message.Revoked:
		return refusal.Rule("link_revoked", "", "您的账号绑定已由 "+link.By+" 撤销。如有需要请联系主管。",
			"The link of your account was revoked by "+link.By+". Please ask a lead if you need it."), err
	case message.Refused, message.Approved:
	}
	return refusal.Rule(unlinked, "",
		"您的 Slack 账号（"+member+"）未绑定到值班表中的人。请输入 /fault link 您的编号，或按“绑定”；主管或经理批准后生效。",
		"Your Slack account ("+member+") is linked to nobody of the rota. Type /fault link and your id there, or press \"Link\"; "+
			"it holds once a lead or a manager approves it."), err
}

// outsider refuses who is no full member of this workspace. Told is false if Slack does not say.
func (h *Handler) outsider(ctx context.Context, d deed) (no *refusal.Refusal, told bool) {
	if !h.ours(d) || d.memberTeam != "" && d.memberTeam != h.config.Team {
		return refusal.Rule("other_team", "", "只接受本工作区成员的操作。", "Only members of this workspace may do this."), true
	}
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	user, err := h.client.GetUserInfoContext(ctx, d.member)
	if said, ok := errors.AsType[api.SlackErrorResponse](err); ok && slices.Contains([]string{"user_not_found", "user_not_visible"}, said.Err) {
		return stranger(), true
	}
	if err != nil {
		h.warn(ctx, "Slack does not tell who somebody is", slog.String("member", d.member), slog.Any("error", err))
		return nil, false
	}
	return h.refuseUser(user), true
}

// refuseUser refuses an account that may do nothing here, whoever it is said to be.
func (h *Handler) refuseUser(user *api.User) *refusal.Refusal {
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

// member is a full member of the workspace, whom the rota need not know. Unlike for a click, nothing is lost when Slack does not answer:
// nobody is taken for a member then.
func (h *Handler) member(ctx context.Context, d deed) (message.Actor, *refusal.Refusal) {
	no, told := h.outsider(ctx, d)
	if !told {
		no = refusal.Rule("not_told", "", "Slack 暂时不能证明您是本工作区的成员，请稍后再试。",
			"Slack does not say at the moment that you are a member of this workspace; please try again.")
	}
	return message.Actor{Who: d.member, Way: way}, no
}

func stranger() *refusal.Refusal {
	return refusal.Rule("stranger", "", "外部成员不能操作。", "People of other workspaces may not do this.")
}

// allow finds who did something and in which role they may. The refusal says why not; the error, that nobody knows.
func (h *Handler) allow(ctx context.Context, d deed, l level, number string) (message.Actor, *refusal.Refusal, error) {
	if l == members {
		actor, no := h.member(ctx, d)
		return actor, no, nil
	}
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
