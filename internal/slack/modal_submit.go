package slack

import (
	"context"
	"encoding/json"
	"log/slog"

	api "github.com/slack-go/slack"

	"lvyue/internal/incident"
	"lvyue/internal/refusal"
)

// submit takes a form that was filled in: what is wrong stands beside its input, and the form stays open.
func (h *Handler) submit(ctx context.Context, d deed) any {
	var a about
	c, known := controls()[d.name]
	if !known || c.modal == nil || d.view == nil || json.Unmarshal([]byte(d.view.PrivateMetadata), &a) != nil {
		h.later(ctx, func(ctx context.Context) { h.tell(ctx, d.listener(), refusing(unknownButton())) })
		return nil
	}
	d.channel, d.ts = a.Channel, a.TS
	in := entered(d.view)
	if c.modal.asks("contract") {
		a.Contract = in.text("contract")
	}
	no, wrong := h.file(ctx, d, c, a, in)
	if len(wrong) > 0 {
		return beside(wrong)
	}
	if no != nil {
		return c.modal.says(no)
	}
	return nil
}

// file checks a form and stores what it asks for. Wrong are its inputs that are wrong.
func (h *Handler) file(ctx context.Context, d deed, c control, a about, in values) (*refusal.Refusal, map[string]refusal.Text) {
	if wrong := c.modal.check(in); len(wrong) > 0 {
		return nil, wrong
	}
	actor, no := h.mayAct(ctx, d, c.level, a)
	if no != nil {
		return no, nil
	}
	if no := h.tooLate(ctx, c, a); no != nil {
		h.turnAway(ctx, d, actor.Who, a, no)
		return no, nil
	}
	if c.modal.verify != nil {
		wrong, err := c.modal.verify(ctx, h, a, in)
		if no, ok := refusal.As(err); ok {
			return no, nil
		}
		if err != nil {
			h.warn(ctx, "a form cannot be checked", slog.Any("error", err))
			return unstored(err), nil
		}
		if len(wrong) > 0 {
			return nil, wrong
		}
	}
	no = h.perform(ctx, d.submissionID(), c, request{d, a, in, actor})
	if no != nil && no.Code == "id_used_otherwise" {
		no = refusal.Rule("submitted_already", "", "此表单先前已提交并收到；如需更改请重新打开。",
			"This form was submitted and received before; to change it, open it again.")
	}
	return no, nil
}

// tooLate refuses what is said of a fault that was closed while the form stood open (§3.11). Where nobody knows, the engine decides.
func (h *Handler) tooLate(ctx context.Context, c control, a about) *refusal.Refusal {
	if a.Fault == 0 || c.ofContract {
		return nil
	}
	if f, no := h.fault(ctx, a); no == nil && f.Ended() {
		return incident.Closed(f)
	}
	return nil
}

func (m *modal) asks(id string) bool {
	for _, i := range m.inputs {
		if i.id == id {
			return true
		}
	}
	return false
}

// check finds inputs that are empty or endless.
func (m *modal) check(in values) map[string]refusal.Text {
	wrong := map[string]refusal.Text{}
	for _, i := range m.inputs {
		switch {
		case i.entry == dayAndTime:
		case in.text(i.id) == "" && !i.optional:
			wrong[i.id] = refusal.Text{ZH: "不能为空", EN: "is missing"}
		case len([]rune(in.text(i.id))) > longest:
			wrong[i.id] = refusal.Text{ZH: "超过 10000 字", EN: "has more than 10,000 characters"}
		}
	}
	return wrong
}

// beside answers a submission with what is wrong, each beside its input.
func beside(wrong map[string]refusal.Text) *api.ViewSubmissionResponse {
	told := map[string]string{}
	for id, t := range wrong {
		told[id] = t.ZH + " / " + t.EN
	}
	return api.NewErrorsViewSubmissionResponse(told)
}

// says answers a submission that is refused: beside the inputs that the refusal names, else at the first one; where there is none, in
// the place of the form.
func (m *modal) says(no *refusal.Refusal) *api.ViewSubmissionResponse {
	wrong := map[string]refusal.Text{}
	for _, f := range no.Fields {
		if m.asks(f.Path) {
			wrong[f.Path] = f.Text
		}
	}
	if len(wrong) == 0 && len(m.inputs) > 0 {
		wrong[m.inputs[0].id] = no.Text
	}
	if len(wrong) > 0 {
		return beside(wrong)
	}
	return api.NewUpdateViewSubmissionResponse(&api.ModalViewRequest{
		Type: api.VTModal, Title: worded(m.title), Close: worded(refusal.Text{ZH: "关闭", EN: "Close"}),
		Blocks: api.Blocks{BlockSet: []api.Block{paragraph(escaped(refusing(no)))}},
	})
}
