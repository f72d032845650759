package slack

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
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

// opened are the faults that are not closed: what is due first stands first, what has no deadline last.
func opened(faults []message.FaultOf) []message.FaultOf {
	var open []message.FaultOf
	for _, f := range faults {
		if !f.Ended() {
			open = append(open, f)
		}
	}
	slices.SortStableFunc(open, func(a, b message.FaultOf) int {
		if a.DeadlineAt.IsZero() != b.DeadlineAt.IsZero() {
			if a.DeadlineAt.IsZero() {
				return 1
			}
			return -1
		}
		return a.DeadlineAt.Compare(b.DeadlineAt)
	})
	return open
}

func openList(faults []message.FaultOf, now time.Time) string {
	open := opened(faults)
	if len(open) == 0 {
		return "✅ 没有未关闭的故障\nNo open faults"
	}
	all := []string{fmt.Sprintf("未关闭的故障 %d 件 / open faults: %d", len(open), len(open))}
	for _, f := range open[:min(len(open), mostListed)] {
		all = append(all, "• "+faultLine(f, now))
	}
	if more := len(open) - mostListed; more > 0 {
		all = append(all, fmt.Sprintf("… 另有 %d 件 / and %d more", more, more))
	}
	return strings.Join(all, "\n")
}

// faultLine is a fault in a line: where it stands, and how long there is until its plan is due.
func faultLine(f message.FaultOf, now time.Time) string {
	state := faultStateName(f.State)
	parts := []string{f.Contract + faultName(f.Fault), state.ZH + " " + state.EN}
	if f.System != "" {
		parts = append(parts, f.System)
	}
	if waitsForPlan(f) {
		t := left(f.DeadlineAt, now)
		parts = append(parts, "方案截止 plan due "+atClock(f.DeadlineAt)+"（"+t.ZH+" "+t.EN+"）")
	}
	if f.SLA == message.SLABreached {
		parts = append(parts, "⛔ 超时 SLA breached")
	}
	if f.Owner != "" {
		parts = append(parts, f.Owner)
	}
	return strings.Join(parts, " · ")
}

func waitsForPlan(f message.FaultOf) bool {
	return !f.DeadlineAt.IsZero() && f.PlanAt.IsZero() && (f.State == message.FaultOpen || f.State == message.FaultAcknowledged)
}

func faultStateName(s message.FaultState) refusal.Text {
	t, known := map[message.FaultState]refusal.Text{
		message.FaultReported:     {ZH: "待管理员确认", EN: "awaiting the administrator"},
		message.FaultOpen:         {ZH: "待响应", EN: "awaiting response"},
		message.FaultAcknowledged: {ZH: "处理中", EN: "acknowledged"},
		message.FaultPlanned:      {ZH: "已出方案", EN: "planned"},
		message.FaultMajeure:      {ZH: "不可抗力", EN: "force majeure"},
		message.FaultResolved:     {ZH: "已解决，待确认", EN: "resolved, awaiting confirmation"},
		message.FaultClosed:       {ZH: "已关闭", EN: "closed"},
		message.FaultRequest:      {ZH: "需求", EN: "request"},
	}[s]
	if !known {
		return refusal.Text{ZH: string(s), EN: string(s)}
	}
	return t
}

// shownFaults are those of a number: of one contract if it is named, else of all.
func shownFaults(faults []message.FaultOf, asked []string, now time.Time) (string, error) {
	contract := ""
	if len(asked) == 2 {
		contract, asked = asked[0], asked[1:]
	}
	n := 0
	if len(asked) == 1 {
		number := strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(asked[0]), "f-"), "fault/")
		n, _ = strconv.Atoi(number)
	}
	if n <= 0 {
		return "", refusal.BadInput("usage", "用法：/fault show [合同] N，例如 /fault show 12", "usage: /fault show [contract] N, such as /fault show 12")
	}
	var all []string
	for _, f := range faults {
		if f.Fault == n && (contract == "" || f.Contract == contract) {
			all = append(all, faultPage(f, now))
		}
	}
	if len(all) == 0 {
		return "", refusal.Rule("unknown_fault", "3.11", fmt.Sprintf("没有故障 %s%s。", contract, faultName(n)),
			fmt.Sprintf("there is no fault %s%s", contract, faultName(n)))
	}
	return strings.Join(all[:min(len(all), mostListed)], "\n\n"), nil
}

// faultPage is all that a fault's row tells.
func faultPage(f message.FaultOf, now time.Time) string {
	all := []string{faultLine(f, now)}
	for _, fact := range []struct {
		name string
		at   time.Time
		who  string
	}{
		{"报障 reported", f.ReportedAt, ""},
		{"响应 acknowledged", f.ResponseAt, f.RespondedBy},
		{"方案 plan", f.PlanAt, f.PlannedBy},
		{"超时 breached", f.BreachedAt, ""},
		{"不可抗力 force majeure", f.MajeureAt, string(f.MajeureKind)},
		{"解除 lifted", f.LiftedAt, ""},
		{"解决 resolved", f.ResolvedAt, ""},
		{"关闭 closed", f.ClosedAt, ""},
	} {
		if !fact.at.IsZero() {
			all = append(all, strings.TrimSpace("  "+fact.name+"："+atClock(fact.at)+" "+fact.who))
		}
	}
	return strings.Join(all, "\n")
}

// dutyRoster says who is on call, and where nobody is.
func dutyRoster(rota oncall.Rota, now time.Time) string {
	all := []string{"值班 On call"}
	for _, s := range onDuty(rota, now) {
		all = append(all, "• "+shiftLine(rota, s))
	}
	return strings.Join(append(all, gapLines(rota, now)...), "\n")
}

func shiftLine(rota oncall.Rota, s oncall.Shift) string {
	person, _ := rota.Person(s.Person)
	who := strings.TrimSpace(person.Name + " (" + s.Person + ")")
	if s.Why != "" {
		why := words.Why(s.Why)
		who = "⚠️ 无人 nobody：" + why.ZH + " " + why.EN
	}
	until := ""
	if !s.To.IsZero() {
		until = "，至 until " + atClock(s.To)
	}
	return s.Rotation + "：" + who + until
}

// gapLines are the times ahead for which nobody is found.
func gapLines(rota oncall.Rota, now time.Time) []string {
	var all []string
	for _, g := range rota.Gaps(now, now.Add(shiftsAhead)) {
		why := words.Why(g.Why)
		span := ""
		if !g.From.IsZero() {
			span += " " + atClock(g.From)
		}
		if !g.To.IsZero() {
			span += " – " + atClock(g.To)
		}
		all = append(all, "⚠️ 空档 gap："+g.Target+span+"（"+why.ZH+" "+why.EN+"）")
	}
	return all[:min(len(all), mostListed)]
}
