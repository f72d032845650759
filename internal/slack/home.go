package slack

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
)

// home publishes the desk's page for whoever has opened it: the open faults, their own shifts, gaps ahead, and what waits for a person.
// Somebody who is not on the rota is told so there; looking is no attempt to do anything, and is not kept.
func (h *Handler) home(ctx context.Context, d deed) {
	if !h.ours(d) {
		return
	}
	person, no, err := h.identify(ctx, d)
	var blocks []api.Block
	switch {
	case err != nil:
		h.warn(ctx, "the home page cannot be made", slog.Any("error", err))
		no = unread()
	case no == nil:
		blocks, err = h.homeOf(ctx, person)
		if err != nil {
			h.warn(ctx, "the home page cannot be made", slog.Any("error", err))
			no = unread()
		}
	}
	if no != nil {
		blocks = refusalBlocks(no)
	}
	view := api.HomeTabViewRequest{Type: api.VTHomeTab, Blocks: api.Blocks{BlockSet: blocks}}
	if _, err := h.client.PublishViewContext(ctx, api.PublishViewContextRequest{UserID: d.member, View: view}); err != nil {
		h.warn(ctx, "the home page was not published", slog.String("member", d.member), slog.Any("error", err))
	}
}

func (h *Handler) homeOf(ctx context.Context, person oncall.Person) ([]api.Block, error) {
	now, err := h.Books.Now(ctx)
	if err != nil {
		return nil, err
	}
	faults, err := h.Books.Faults(ctx, "")
	if err != nil {
		return nil, err
	}
	rota, err := h.Books.Rota(ctx)
	if err != nil {
		return nil, err
	}
	matters, err := h.matters(ctx, faults, now)
	if err != nil {
		return nil, err
	}
	report := api.NewButtonBlockElement(ActReport, "", plain(controls()[ActReport].label))
	blocks := []api.Block{api.NewActionBlock("home", report)}
	blocks = append(blocks, homePart("未关闭的故障 Open faults", faultLines(opened(faults), now))...)
	blocks = append(blocks, homePart("等待处理 Waiting for a person", matters)...)
	blocks = append(blocks, homePart("我的班 My shifts", shiftsOf(rota, person.ID, now))...)
	return append(blocks, homePart("值班空档 Gaps ahead", gapLines(rota, now))...), nil
}

// homePart is a heading and what stands under it.
func homePart(heading string, all []string) []api.Block {
	if len(all) == 0 {
		all = []string{"无 none"}
	}
	return []api.Block{
		api.NewHeaderBlock(api.NewTextBlockObject(api.PlainTextType, heading, false, false)),
		paragraph(escaped(strings.Join(all, "\n"))),
	}
}

func faultLines(open []message.FaultOf, now time.Time) []string {
	var all []string
	for _, f := range open[:min(len(open), mostListed)] {
		all = append(all, "• "+faultLine(f, now))
	}
	if more := len(open) - mostListed; more > 0 {
		all = append(all, fmt.Sprintf("… 另有 %d 件 / and %d more", more, more))
	}
	return all
}

// shiftsOf are the shifts of a person ahead, also the one that is on.
func shiftsOf(rota oncall.Rota, person string, now time.Time) []string {
	var all []string
	for _, r := range rota.Rotations {
		for _, s := range rota.Shifts(r.Name, now, now.Add(4*shiftsAhead)) {
			if s.Person == person && !s.To.IsZero() {
				all = append(all, "• "+r.Name+"："+atClock(s.From)+" – "+atClock(s.To))
			}
		}
	}
	return all
}

// matters are what a person has to decide: of faults, and of contracts.
func (h *Handler) matters(ctx context.Context, faults []message.FaultOf, now time.Time) ([]string, error) {
	var all []string
	for _, f := range faults {
		if t := awaited(f); t.ZH != "" {
			all = append(all, "• "+f.Contract+faultName(f.Fault)+"："+t.ZH+" "+t.EN)
		}
	}
	duties, err := h.Books.NextDuties(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range duties {
		if o.Attention != "" || o.Status == message.Overdue && o.OwedBy != message.Customer {
			duty, status := words.Duty(o.ID), words.Status(o.Status)
			all = append(all, strings.TrimSpace("• "+o.Contract+"："+duty.ZH+" "+duty.EN+"，"+status.ZH+" "+status.EN+" "+o.Attention))
		}
	}
	rows, err := h.Books.Contracts(ctx, "")
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if r.Quoted.IsPositive() && now.Before(r.QuotedUntil) {
			all = append(all, "• "+r.Number+"：扩容报价待接受 quote to be accepted, CNY "+r.Quoted.String())
		}
	}
	return all[:min(len(all), mostListed)], nil
}

// awaited is what a fault waits for from a person, beside its plan.
func awaited(f message.FaultOf) refusal.Text {
	switch {
	case f.AwaitsApproval:
		return refusal.Text{ZH: "不可抗力待第二人复核", EN: "force majeure awaits a second person"}
	case f.State == message.FaultReported:
		return refusal.Text{ZH: "非管理员报障，待管理员确认", EN: "awaits the administrator's word"}
	case f.State == message.FaultResolved:
		return refusal.Text{ZH: "已解决，待确认", EN: "awaits confirmation"}
	default:
		return refusal.Text{}
	}
}
