package slack

import (
	"context"
	"log/slog"
	"strings"

	"lvyue/internal/refusal"
)

// commandNames are what may follow /fault, in both languages.
func commandNames() map[string]string {
	return map[string]string{
		"new": "new", "报障": "new", "新建": "new", "list": "list", "": "list", "列表": "list", "show": "show", "查看": "show",
		"oncall": "oncall", "值班": "oncall", "link": "link", "绑定": "link", "help": "help", "帮助": "help",
	}
}

// mostListed is how many faults a list names.
const mostListed = 25

// command answers /fault. What it shows, only people of the rota see, and each alone.
func (h *Handler) command(ctx context.Context, d deed) any {
	asked := strings.Fields(d.typed)
	first := ""
	if len(asked) > 0 {
		first = strings.ToLower(asked[0])
		asked = asked[1:]
	}
	name, known := commandNames()[first]
	switch {
	case !known:
		return whisper(misunderstood(first) + "\n\n" + usage())
	case name == "help":
		return whisper(usage())
	case name == "link":
		return h.link(ctx, d, asked)
	case name == "new":
		a := about{Channel: d.channel, Contract: strings.Join(asked, " ")}
		d.name, d.typed = ActReport, ""
		h.later(ctx, func(ctx context.Context) { h.askNew(ctx, d, a) })
		return nil
	}
	if _, no := h.mayAct(ctx, d, anybody, about{}); no != nil {
		return whisperNo(no)
	}
	told, err := h.shown(ctx, name, asked)
	if no, ok := refusal.As(err); ok {
		return whisperNo(no)
	}
	if err != nil {
		h.warn(ctx, "a command was not answered", slog.String("command", name), slog.Any("error", err))
		return whisperNo(unread())
	}
	return whisper(told)
}

// askNew opens the form for a report. A contract that is not there is left out: the form lists those that are.
func (h *Handler) askNew(ctx context.Context, d deed, a about) {
	if a.Contract != "" {
		if _, err := h.Books.RulingForm(ctx, a.Contract); err != nil {
			a.Contract = ""
		}
	}
	h.ask(ctx, d, a)
}

// whisper is what a command is acknowledged with: for its user alone.
func whisper(text string) any {
	return map[string]string{"response_type": "ephemeral", "text": escaped(text)}
}

// whisperNo is a refusal in that way.
func whisperNo(no *refusal.Refusal) any {
	return map[string]any{"response_type": "ephemeral", "text": escaped(refusing(no)), "blocks": refusalBlocks(no)}
}

func misunderstood(word string) string {
	word = short(word, 40)
	return "⛔ " + lines(refusal.Text{ZH: "没有 /fault " + word + " 这个命令。", EN: "There is no /fault " + word + "."})
}

func usage() string {
	return strings.Join([]string{
		"/fault new [合同] — 报告故障 report a fault",
		"/fault list — 未关闭的故障 open faults",
		"/fault show [合同 contract] N — 查看故障 N show fault N",
		"/fault oncall — 谁在值班 who is on call",
		"/fault link [编号 id] — 绑定账号 link your account to a person of the rota",
		"/fault help — 帮助 this help",
		"也可用：报障、列表、查看、值班、绑定、帮助",
	}, "\n")
}

func (h *Handler) shown(ctx context.Context, name string, asked []string) (string, error) {
	now, err := h.Books.Now(ctx)
	if err != nil {
		return "", err
	}
	if name == "oncall" {
		rota, err := h.Books.Rota(ctx)
		if err != nil {
			return "", err
		}
		return dutyRoster(rota, now), nil
	}
	faults, err := h.Books.Faults(ctx, "")
	if err != nil {
		return "", err
	}
	if name == "show" {
		return shownFaults(faults, asked, now)
	}
	return openList(faults, now), nil
}
