package slack

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

// approvalControls are those by which one person asks and another approves (§4, §6.4).
func approvalControls() map[string]control {
	return map[string]control{
		ActLink:    {label: "绑定 Link", level: members, modal: linkModal(), do: askLink},
		ActApprove: {label: "批准 Approve", level: leads, do: answerWith(message.Approved)},
		ActRefuse:  {label: "拒绝 Refuse", level: leads, do: answerWith(message.Refused)},
	}
}

// askLink asks that the member is a person of the rota from now on. It says nothing of who they are: another person answers for that.
func askLink(ctx context.Context, h *Handler, r request) *refusal.Refusal {
	a := message.LinkOf(h.config.Team, r.member)
	a.Person = r.in.text("person")
	return h.askFor(ctx, r, a, refusal.Text{
		ZH: "已提出：绑定为 " + a.Person + "。主管或经理批准后生效，结果会告诉您。",
		EN: "Asked for: to be " + a.Person + ". It holds once a lead or a manager approves it; you will be told.",
	})
}

// askWaiver asks that a missed hour is let go, as the customer said (§6.4).
func askWaiver(ctx context.Context, h *Handler, r request) *refusal.Refusal {
	f, no := h.fault(ctx, r.about)
	if no != nil {
		return no
	}
	a := message.WaiverOf(r.Contract, r.Fault)
	a.Person, a.Reason = r.actor.Who, r.in.text("text")
	if no := incident.RefuseMissed(&message.Incident{N: f.Fault, FaultRow: f}, message.Words{Text: a.Reason}); no != nil {
		return no
	}
	return h.askFor(ctx, r, a, refusal.Text{
		ZH: "已提出豁免，待另一位经理批准。", EN: "The waiver is asked for; another person, a manager, approves it.",
	})
}

// askFor keeps the question; its card follows.
func (h *Handler) askFor(ctx context.Context, r request, a message.Approval, said refusal.Text) *refusal.Refusal {
	a.State, a.By, a.Way = message.AskedFor, r.actor.Who, way
	if _, err := h.Books.KeepApproval(ctx, a); err != nil {
		return h.unkept(ctx, err)
	}
	h.later(ctx, func(ctx context.Context) { h.tell(ctx, r.listener(), "✅ "+lines(said)) })
	return nil
}

// unkept is why a word was not kept.
func (h *Handler) unkept(ctx context.Context, err error) *refusal.Refusal {
	if no, ok := refusal.As(err); ok {
		return no
	}
	h.warn(ctx, "a word about an approval was not kept", slog.Any("error", err))
	return unstored(err)
}

// fault is how a fault stands.
func (h *Handler) fault(ctx context.Context, a about) (message.FaultRow, *refusal.Refusal) {
	faults, err := h.Books.Faults(ctx, a.Contract)
	if err != nil {
		return message.FaultRow{}, h.unkept(ctx, err)
	}
	for _, f := range faults {
		if f.Fault == a.Fault {
			return f.FaultRow, nil
		}
	}
	return message.FaultRow{}, unknownFault(a.Contract, a.Fault)
}

// unknownFault is the refusal of a number that no fault of the contract has; of no contract at all, if none is named.
func unknownFault(contract string, n int) *refusal.Refusal {
	return refusal.Rule("unknown_fault", "3.11", "没有故障 "+contract+faultName(n)+"。", "there is no fault "+contract+faultName(n))
}

// answerWith answers the question on a card. Of a waiver that is approved the act is stored first: what is lost to a crash after that is
// the card's last word alone.
func answerWith(state message.ApprovalState) func(context.Context, *Handler, request) *refusal.Refusal {
	return func(ctx context.Context, h *Handler, r request) *refusal.Refusal {
		id, err := strconv.ParseInt(r.What, 10, 64)
		if err != nil {
			return unknownButton()
		}
		asked, err := h.Books.ApprovalOf(ctx, id)
		if err != nil {
			return h.unkept(ctx, err)
		}
		answer := asked
		answer.State, answer.By, answer.Way = state, r.actor.Who, way
		if asked.Fault() > 0 {
			if no := h.letGo(ctx, r, asked, answer); no != nil {
				return no
			}
		}
		if answer, err = h.Books.KeepApproval(ctx, answer); err != nil {
			return h.unkept(ctx, err)
		}
		h.later(ctx, func(ctx context.Context) { h.tellAnswer(ctx, r, answer) })
		return nil
	}
}

// letGo checks who answers for a waiver, and stores the act if it is approved.
func (h *Handler) letGo(ctx context.Context, r request, asked, answer message.Approval) *refusal.Refusal {
	if r.actor.Role != string(oncall.Manager) {
		return managers.needs()
	}
	last, err := h.Books.Approval(ctx, asked)
	if err != nil {
		return h.unkept(ctx, err)
	}
	if no := (oncall.Rota{}).RefuseApproval(last, answer); no != nil || answer.State != message.Approved {
		return no
	}
	waives := control{act: func(about, values) (message.ActName, any) {
		return message.WaiveFault, message.Words{Text: asked.Reason, AskedBy: asked.Person}
	}}
	return h.perform(ctx, fmt.Sprintf("ap:%d:%s", asked.ID, r.actor.Who), waives, request{
		r.deed, about{Contract: asked.Contract, Fault: asked.Fault()}, nil, r.actor,
	})
}

// tellAnswer tells whoever has answered, and whoever has asked.
func (h *Handler) tellAnswer(ctx context.Context, r request, a message.Approval) {
	t := refusal.Text{ZH: "已批准：", EN: "Approved: "}
	if a.State == message.Refused {
		t = refusal.Text{ZH: "已拒绝：", EN: "Refused: "}
	}
	what := askedFor(a)
	told := lines(refusal.Text{ZH: t.ZH + what.ZH, EN: t.EN + what.EN})
	h.tell(ctx, r.listener(), "✅ "+told)
	if asker := h.askerOf(ctx, a); asker != "" && asker != r.member {
		h.tell(ctx, listener{member: asker}, told+"\n"+a.By)
	}
}

// askedFor is what was asked for, in a few words.
func askedFor(a message.Approval) refusal.Text {
	if member := a.Member(); member != "" {
		return refusal.Text{ZH: "Slack 账号 " + member + " 绑定为 " + a.Person, EN: "the Slack account " + member + " is " + a.Person}
	}
	return refusal.Text{ZH: "豁免 " + a.Contract + faultName(a.Fault()) + " 的超时", EN: "the missed hour of " + a.Contract + faultName(a.Fault()) + " is let go"}
}

// askerOf is the member who has asked; empty if nobody knows.
func (h *Handler) askerOf(ctx context.Context, a message.Approval) string {
	if member := a.Member(); member != "" {
		return member
	}
	rota, err := h.Books.Rota(ctx)
	if err != nil {
		return ""
	}
	p, _ := rota.Person(a.Person)
	return p.Slack
}

// linkModal asks who somebody is on the rota.
func linkModal() *modal {
	return &modal{title: refusal.Text{ZH: "绑定账号", EN: "Link account"}, inputs: []input{
		{id: "person", label: refusal.Text{ZH: "您在值班表中的编号（id）", EN: "Your id on the rota"}, entry: oneLine},
	}, intro: func(about) refusal.Text {
		return refusal.Text{
			ZH: "提出后由主管或经理批准；批准之前您不能操作。", EN: "A lead or a manager approves it; until then you may do nothing here.",
		}
	}}
}

// waiverModal (§6.4) asks what the customer said.
func waiverModal() *modal {
	return &modal{title: refusal.Text{ZH: "豁免超时", EN: "Waive"}, inputs: []input{
		{id: "text", label: refusal.Text{ZH: "依据（甲方何时、何人、如何说的）", EN: "What it rests on (who of the customer said so, when, how)"}},
	}, intro: func(about) refusal.Text {
		return refusal.Text{ZH: "由另一位经理批准后生效。", EN: "It holds once another person, a manager, approves it."}
	}}
}
