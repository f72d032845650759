package slack

import (
	"context"
	"log/slog"
	"strings"

	"lvyue/internal/refusal"
)

// link asks to be a person of the rota, or tells how it stands.
func (h *Handler) link(ctx context.Context, d deed, asked []string) any {
	if len(asked) == 0 {
		return h.linked(ctx, d)
	}
	actor, no := h.mayAct(ctx, d, members, about{})
	if no == nil {
		in := values{"person": {Value: strings.Join(asked, " ")}}
		if no = h.perform(ctx, "", controls()[ActLink], request{d, about{}, in, actor}); no != nil && !troubled(no) {
			h.turnAway(ctx, d, "", about{}, no)
		}
	}
	if no != nil {
		return whisperNo(no)
	}
	return nil
}

// linked tells somebody who they are here.
func (h *Handler) linked(ctx context.Context, d deed) any {
	person, no, err := h.identify(ctx, d)
	if err != nil {
		h.warn(ctx, "nobody knows who asks", slog.Any("error", err))
		no = unread()
	}
	if no != nil {
		return whisperNo(no)
	}
	return whisper(lines(refusal.Text{ZH: "您已绑定为 " + person.ID + "。", EN: "You are " + person.ID + " here."}))
}
